/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * story.h - what happened to rows: who, when, by which step, why, and which
 * values became which. Read from the journal in one statement, for one row or
 * for a row with its parts.
 */
#ifndef DAJUAN_HOST_LEDGER_STORY_H
#define DAJUAN_HOST_LEDGER_STORY_H

#include "host/ledger/ledger.h"
#include "journal/journal.h"
#include "store/scope.h"

/* Whose story. */
struct story_row {
    struct str subject; /* name of its ledger */
    int64_t id;
};
enum { STORY_ROWS_MAX = 64 };

/* A value that an entry changed, raw as the journal keeps it. */
struct story_change {
    struct story_change *next; /* by field */
    struct str field;
    struct str before, after; /* "": none */
};

/* One entry. */
struct story_event {
    struct story_event *next; /* the one before it in time */
    struct story_row row;
    int64_t seq, version, at, actor, batch; /* as in journal_entry */
    enum journal_type type;
    struct str step, reason;
    struct str name; /* of the account as it is today; "": none such */
    unsigned roles;  /* its roles today */
    struct story_change *changes;
    size_t changes_n;
};

/*
 * The entries of `n` rows, at least one and at most STORY_ROWS_MAX, newest
 * first; at most `most`, *ret_more when there are older ones. NULL: none, or
 * the store failed. Who may see what is for the one who shows it to ask.
 */
struct story_event *story_read(struct scope in, const struct story_row *rows,
                               size_t n, size_t most, bool *ret_more);

/* A row, and when the newest of its entries was made. */
struct story_last {
    int64_t id;
    int64_t at; /* ms since 1970 */
};
/*
 * Of the rows of a year, together with their parts, by id: the newest entry
 * before `until` that somebody made. Files tell what happened before: what an
 * import brings is no sign of life. Rows without such an entry are left out.
 * Costs all entries of these rows.
 */
size_t story_lasts(struct scope in, const struct ledger *l, int32_t year,
                   int64_t until, struct story_last **ret);

#endif
