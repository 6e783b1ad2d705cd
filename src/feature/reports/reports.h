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
 * Freeze the report as its next version, under a head signed for it; also
 * when nothing changed since the last version. The house has no transaction
 * open. On failure a reason (publish.h).
 */
enum err reports_publish(struct house *h, struct mem *m, struct str slug,
                         int64_t *ret_version,
                         struct text *ret_reason) MUST_CHECK;

/*
 * Finish what was being published when its process ended, or take it back.
 * The house has no transaction open.
 */
enum err reports_recover(struct house *h, struct mem *m,
                         struct text *ret_reason) MUST_CHECK;

/*
 * Is every version whole, and what its publish entry commits to, and has every
 * such entry its version? Adds how many there are.
 */
bool reports_verify(struct scope in, const struct note_key *key,
                    int64_t *ret_count, struct text *ret_wrong);

/* Which bundle, and where its bytes go, some kilobytes at a time. */
struct reports_bundle {
    struct str slug;
    int64_t version;
    void (*put)(void *arg, struct str bytes);
    void *arg;
};
/* E_ABSENT when there is none: then nothing was put. */
enum err reports_bundle(struct house *h, struct mem *m,
                        const struct reports_bundle *of) MUST_CHECK;

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
