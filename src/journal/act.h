/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * act.h - who does something, when, how and why, and inside which
 * transaction.
 *
 * Every change that the journal must hear of takes an act. To say of one
 * change how or why it was made, make it with a copy:
 *
 *     struct act own = *act;
 *
 *     own.reason = reason;
 */
#ifndef DAJUAN_JOURNAL_ACT_H
#define DAJUAN_JOURNAL_ACT_H

#include "journal/journal.h"
#include "store/scope.h"

struct tally_book;

/* Who acts when no account does; accounts are above 0. */
enum {
    ACTOR_SHELL = 0,    /* a command of the shell */
    ACTOR_CLOCK = -1,   /* what time alone does */
    ACTOR_VISITOR = -2, /* a form that somebody sent without signing in */
};

struct act {
    struct mem *m; /* of this request or row */
    struct tx *tx;
    struct journal *journal;
    int64_t district;
    int64_t now;        /* ms since 1970 */
    int64_t actor;      /* an account, or ACTOR_… */
    struct str address; /* where the actor is; "": the shell */
    /* The import it belongs to; below 0: its undo or return; 0: none. */
    int64_t batch;
    struct str step;            /* key of the step that is taken; "": none */
    struct str reason;          /* that was given; "": none */
    struct tally_book *tallies; /* NULL: written at once */
};

static inline struct scope act_scope(const struct act *act)
{
    return (struct scope){ act->tx, act->m, act->district };
}

/*
 * Journal that something was decided: one field, no earlier version, no
 * batch. Returns the entry's seq.
 */
int64_t act_journal(struct act *act, enum journal_type type, struct str subject,
                    int64_t row, struct str content);

#endif
