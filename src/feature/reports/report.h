/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * report.h - answer sheets and their versions in the database.
 */
#ifndef DAJUAN_FEATURE_REPORTS_REPORT_H
#define DAJUAN_FEATURE_REPORTS_REPORT_H

#include "base/text.h"
#include "journal/act.h"

enum { SLUG_MAX = 40 };

struct report {
    int64_t id; /* 0: not saved yet */
    struct str slug;
    int64_t year;
    struct text text;
    int64_t edition; /* how often it was saved */
    int64_t seq;     /* its newest journal entry; -1: none */
};

/* Lower-case letters, digits and '-', at most 40; not "new". */
bool report_slug_is_valid(struct str slug);

/* False when there is none. */
bool report_load(struct scope in, struct str slug, struct report *ret);
/* The slug of the report of the newest year; false when there is none. */
bool report_newest(struct scope in, struct str *ret_slug);

/* Reports, newest year first; call until it is false. */
struct rows report_list(struct scope in);
bool report_next(struct rows *r, struct mem *m, struct report *ret);

/*
 * Keep the report as it is in `s` (cleaned, see markup.h), new or changed;
 * equal texts change nothing. E_INPUT: the slug, year or text is not valid;
 * the reason says what. E_CLASH: it was saved by somebody else since
 * s->edition.
 */
enum err report_save(struct act *act, struct report *s,
                     struct text *ret_reason) MUST_CHECK;

/*
 * Is every figure of the text declared, and is there text at all? E_INPUT
 * and a reason that names key and line.
 */
enum err report_check(struct mem *m, struct text text,
                      struct text *ret_reason) MUST_CHECK;

/* What was published; its bytes are in sections (section.h). */
struct version {
    int64_t number;
    int64_t at;
    int64_t actor;
    struct str remark; /* why it was published; may be empty */
    int64_t frozen;    /* whose sections they are */
};

/* Number, moment and remark, newest first; call until it is false. */
struct rows version_list(struct scope in, const struct report *s);
bool version_next(struct rows *r, struct mem *m, struct version *ret);

/* The newest one's number; 0: none. */
int64_t version_newest(struct scope in, const struct report *s);
/* The content without its rows (bundle_front); false when there is none. */
bool version_front(struct scope in, const struct report *s, int64_t number,
                   struct str *ret_front);
/* False when there is none. */
bool version_find(struct scope in, const struct report *s, int64_t number,
                  struct version *ret);

#endif
