/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * ctx.h - one request, as a handler sees it.
 *
 * The host has checked permission, origin, token and form before a handler
 * runs. A handler reads, decides and answers: with a page (page.h), with
 * see_other() or with bytes. What it answers leaves only after commit.
 */
#ifndef DAJUAN_HOST_DESK_CTX_H
#define DAJUAN_HOST_DESK_CTX_H

#include "access/audit.h"
#include "host/house/slice.h"
#include "host/ledger/relation.h"
#include "host/ledger/setting.h"
#include "web/form.h"
#include "web/html.h"
#include "web/server.h"

struct kept_form;

enum { CTX_PARAMS_MAX = 4, CTX_YEARS_MAX = 12 };

struct ctx {
    struct mem *m;   /* of this request */
    struct tx *tx;   /* reading for GET, writing for POST */
    struct act *act; /* POST only */
    const struct house *house;
    struct spool_budget *budget; /* of answers in files; NULL: in memory */
    /* For `before` and for threads that go on after the answer. */
    struct slicer *slicer;
    struct exchange *x;
    struct who who; /* who asks; .account 0: a visitor */
    enum lang lang;
    struct str size;              /* "", "20", "24", "30": 长辈版 */
    struct str skin;              /* "", "light", "dark", "contrast" */
    int32_t year;                 /* programme year that the page is about */
    int32_t year_usual;           /* the one when the address names none */
    int32_t years[CTX_YEARS_MAX]; /* with records, newest first */
    size_t years_n;
    struct str year_odd;   /* what it named, when that is no year; may be "" */
    int64_t now;           /* ms since 1970 */
    struct form_data form; /* POST: the fields that were sent */
    struct str params[CTX_PARAMS_MAX]; /* {…} of the pattern, in order */
    const struct route *route;
    bool stale;                /* POST: its form token holds no longer */
    struct kept_form *kept;    /* a form that the page shall show filled */
    struct str first;          /* where its sending before this one led */
    struct settings *settings; /* ctx_settings() */
    struct html *html;         /* page_body() */

    /* The answer. */
    struct text refusal; /* words for the error page */
    struct str location; /* of see_other() */
    unsigned said;       /* what its page has to tell: said.h */
    bool answered;
    bool unique;         /* ctx_unique() */
    struct noted *notes; /* of a GET: kept before it is answered */
};

/* What the audit record shall hear of. */
struct noted {
    struct noted *next;
    struct audit_event event;
};

/*
 * Note it for the auditor. A GET that notes something is answered only after
 * the writer has kept it; a form's entry is kept with what it does.
 */
void ctx_note(struct ctx *c, const struct audit_event *e);
/* The same, if any of its rows has personal values in full. */
static inline void note_personal(struct ctx *c, const struct audit_event *e)
{
    if (e->n > 0)
        ctx_note(c, e);
}

/*
 * This answer is for this request alone: something went into it that is
 * neither in the database nor in the address, or that holds only once.
 */
static inline void ctx_unique(struct ctx *c)
{
    c->unique = true;
}

/* The value of a query parameter, "" when absent; first one wins. */
struct str ctx_query(struct ctx *c, struct str name);
/* All values of one that may stand several times, in order. */
size_t ctx_queries(struct ctx *c, struct str name, struct str **ret);
/*
 * The day that the address asks for (?day=2024-11-07), 0: none. E_INPUT, with
 * words, when the calendar has no such day.
 */
enum err ctx_day(struct ctx *c, int32_t *ret_day);
/* A field of the form, trimmed; "" when absent. */
struct str ctx_field(struct ctx *c, struct str name);
/* The year of the address, else the one on show; once, in the beginning. */
void ctx_take_year(struct ctx *c);
/* What the office chose for its house; read once. */
const struct settings *ctx_settings(struct ctx *c);
/* A {…} of the pattern as a row id; 0 when it is none. */
int64_t ctx_id(struct ctx *c, size_t param);

/*
 * Where the one who asks is: the other end, or the one that a proxy on this
 * machine says is there.
 */
struct str ctx_address(const struct ctx *c);

/* Refuse with words; returns `e`, so: return refuse(c, E_ABSENT, TEXT(…)). */
enum err refuse(struct ctx *c, enum err e, struct text words);

/* Answer 303 to a path of this site, in the year at hand; returns OK. */
enum err see_other(struct ctx *c, const char *fmt, ...) FORMAT(2, 3);

/*
 * Answer with a file to download; the name may be Chinese. That of a demo
 * says so.
 */
enum err send_file(struct ctx *c, struct str type, struct str name,
                   struct str bytes);
/*
 * The same with one of any size: write it into a new ctx_spool(), end that,
 * and answer with it. While its reader takes it, it costs no memory.
 */
struct spool *ctx_spool(struct ctx *c);
enum err send_spool(struct ctx *c, struct str type, struct str name,
                    const struct spool *s);
/* Answer with bytes shown in place (JSON, text). */
enum err send_bytes(struct ctx *c, struct str type, struct str bytes);

/* Who acted, in words for the one who asks; `actor` as in act.h. */
struct str actor_name(struct ctx *c, int64_t actor);

static inline struct scope ctx_scope(const struct ctx *c)
{
    return (struct scope){ c->tx, c->m, c->house->district };
}
/* Who asks, for the rights on rows. */
static inline struct asker ctx_asker(const struct ctx *c)
{
    return asker_of(ctx_scope(c), &c->who);
}

#endif
