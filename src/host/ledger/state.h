/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * state.h - how a row stands today, by the dates that its ledger names: when
 * it falls due (COLUMN_DUE), that it is finished (COLUMN_FINISHED), when it
 * ends (COLUMN_END). It is never kept: tomorrow it may be another. Where a
 * ledger has states of its own (step.h), its rows stand in these alone.
 */
#ifndef DAJUAN_HOST_LEDGER_STATE_H
#define DAJUAN_HOST_LEDGER_STATE_H

#include "host/ledger/ledger.h"

enum row_state {
    STATE_NONE,     /* its ledger names no such date, or the row has none, */
                    /* or there are states */
    STATE_OPEN,     /* not finished, due later */
    STATE_DUE,      /* not finished, due within STATE_SOON days */
    STATE_OVERDUE,  /* not finished, and was due */
    STATE_FINISHED, /* nothing is due any more */
    STATE_ENDED,    /* its time is over */
};

enum { STATE_SOON = 7 };

/* What it follows from; dates are 0 where there is none. */
struct state_facts {
    int32_t due, end;
    bool finished;
};
enum row_state state_of(const struct state_facts *facts, int32_t today);
/* Do its rows fall due by COLUMN_DUE, as no states say how they stand? */
bool ledger_falls_due(const struct ledger *l);
/* Of a row that is not voided. */
enum row_state row_state(const struct ledger_row *row, int32_t today);
/* 已逾期; empty for STATE_NONE. */
struct text state_words(enum row_state s);

#endif
