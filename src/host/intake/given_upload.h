/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * given_upload.h - for tests: an officer who sends a file of trees.
 */
#ifndef DAJUAN_HOST_INTAKE_GIVEN_UPLOAD_H
#define DAJUAN_HOST_INTAKE_GIVEN_UPLOAD_H

#include "host/given/given.h"

#define TREES "树种,树名,认养单位,栽种日期,浇水人次\n"
#define ONE "松树,迎客松,区检察院,2024-03-01,10\n"
#define TWO "银杏,望海松,区法院,2024-03-02,20\n"
#define BAD "银杏,听涛松,区法院,2024年2月30日,20\n"

/* An officer at a desk with nothing on it. */
static inline struct given *given_desk(struct test *t)
{
    struct given *g = given(t);

    given_asks(g, ROLE_OFFICER);
    return g;
}

/* Send a file; returns the path of its preview. */
static inline struct str given_upload(struct given *g, struct str bytes)
{
    struct test *t = g->t;
    struct ctx *c;

    given_file(g, S("认养.csv"), bytes);
    c = given_post(g, S("/import/new"));
    NEED_INT(page_status(c), 303);
    return c->location;
}

static inline struct str below(struct given *g, struct str path,
                               const char *end)
{
    return str_fmt(g->m, "%.*s%s", STR_ARG(path), end);
}

/* Undo the first batch, or bring it back, as its page says. */
static inline struct ctx *given_turn(struct given *g, const char *verb,
                                     const char *reason)
{
    struct str path = str_fmt(g->m, "/import/batch/1/%s", verb);

    given_opened(g, given_get(g, path), path);
    given_field(g, "reason", str_from(reason));
    return given_post(g, path);
}

#endif
