/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * reports.h - what the shell may do with answer sheets.
 */
#ifndef DAJUAN_FEATURE_REPORTS_REPORTS_H
#define DAJUAN_FEATURE_REPORTS_REPORTS_H

#include "host/house/house.h"

/*
 * Put the text of a report, new or in place of what it says (markup: see
 * markup.h; `en` may be empty). Equal text changes nothing. E_INPUT: slug,
 * year or text is not valid; reports_check() says why.
 */
enum err reports_put(struct act *act, struct str slug, int32_t year,
                     struct str zh, struct str en) MUST_CHECK;

/* Would reports_put() take these texts? E_INPUT and a reason. */
enum err reports_check(struct mem *m, struct str zh, struct str en,
                       struct text *ret_reason) MUST_CHECK;

/* The slug of the report of the newest year; E_ABSENT when there is none. */
enum err reports_newest(struct house *h, struct mem *m,
                        struct str *ret_slug) MUST_CHECK;

/*
 * Freeze the report as its next version, in a transaction of its own, under
 * a head signed for it; also when nothing changed since the last version. On
 * failure nothing was kept, and a reason.
 */
enum err reports_publish(struct house *h, struct mem *m, struct str slug,
                         int64_t *ret_version,
                         struct text *ret_reason) MUST_CHECK;

/* The bundle of a version. E_ABSENT when there is none. */
enum err reports_bundle(struct house *h, struct mem *m, struct str slug,
                        int64_t version, struct str *ret_bundle) MUST_CHECK;

/* The feature's commands of the shell: publish, bundle. */
enum { REPORTS_COMMANDS = 2 };
struct command;
extern const struct command *const reports_commands[REPORTS_COMMANDS];

/*
 * What `dajuan demo` does: the demo's report, published once; a draft where
 * figures that it names are not there.
 */
enum err reports_demo(struct house *h, struct mem *m,
                      struct text *ret_reason) MUST_CHECK;

#endif
