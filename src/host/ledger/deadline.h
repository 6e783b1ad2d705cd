/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * deadline.h - how a row stands today, by the dates that its ledger names: when
 * it falls due (COLUMN_DUE), that it is finished (COLUMN_FINISHED), when it
 * ends (COLUMN_END). It is never kept: tomorrow it may be another. Where a
 * ledger has states of its own (step.h), its rows stand in these alone.
 */
#ifndef DAJUAN_HOST_LEDGER_DEADLINE_H
#define DAJUAN_HOST_LEDGER_DEADLINE_H

#include "host/ledger/ledger.h"

enum deadline {
    DEADLINE_NONE,     /* the row has no such date, or its ledger states */
    DEADLINE_OPEN,     /* not finished, due later */
    DEADLINE_DUE,      /* not finished, due within DEADLINE_SOON days */
    DEADLINE_OVERDUE,  /* not finished, and was due */
    DEADLINE_FINISHED, /* nothing is due any more */
    DEADLINE_ENDED,    /* its time is over */
};

enum { DEADLINE_SOON = 7 };

/* What it follows from; dates are 0 where there is none. */
struct deadline_facts {
    int32_t due, end;
    bool finished;
};
enum deadline deadline_of(const struct deadline_facts *facts, int32_t today);
/* Do its rows fall due by COLUMN_DUE, as no states say how they stand? */
bool ledger_falls_due(const struct ledger *l);
/* Of a row that is not voided. */
enum deadline row_deadline(const struct ledger_row *row, int32_t today);
/* 已逾期; empty for DEADLINE_NONE. */
struct text deadline_words(enum deadline s);

#endif
