/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * admit.h - the one way a row is admitted.
 *
 *     struct admission a = { .asker = &asker, .before = before };
 *
 *     e = row_admit(&a, row);
 *     if (e == OK)
 *         e = row_insert(act, row);
 *
 * Form, import, undo, command and feature ask the same questions of a row and
 * give the same reasons; row_insert() and row_update() stop the program over
 * a row that was not admitted.
 */
#ifndef DAJUAN_HOST_LEDGER_ADMIT_H
#define DAJUAN_HOST_LEDGER_ADMIT_H

#include "host/ledger/relation.h"

/* What is wrong with a row, and what to do. */
struct problem {
    size_t column; /* SIZE_MAX: the row as a whole */
    struct text reason;
};

/* From one year to another, both within; no .last: any year. */
struct year_span {
    int32_t first, last;
};

struct admission {
    struct asker *asker;
    const struct ledger_row *before; /* as it stands; NULL: a new row */
    int32_t said_year;  /* the year that somebody gave it; 0: nobody did */
    int32_t usual_year; /* where nothing else tells the year of a new row */
    /* A date or year outside of it is a question, unless it stood before. */
    struct year_span likely;
    bool said_new; /* somebody said that it is none of the rows like it */
    bool imported; /* by an officer: rows may begin in another state */

    /* The step that the row takes, from `before`; NULL: values are changed. */
    const struct step *step;
    struct str reason; /* why */
    int32_t day;       /* the day it is taken on */
    int64_t seen;      /* the version that was looked at; 0: not said */
    /*
     * The step that is taken back, or brought back after that: the row is as
     * an earlier version was, which takes no more right than the step.
     */
    const struct step *undone;

    /* The answer: at most one problem for a column. */
    int32_t unlikely;              /* the year that is a question; 0: none */
    const struct ledger_row *like; /* perhaps the same row; NULL: none is */
    bool already; /* the step was taken before: nothing is left to do */
    struct problem *problems;
    size_t problems_n;
};

/*
 * Fill in what follows from the rest: the derived columns and the year, which
 * is the one that was said, else that of the row's date, else that of the row
 * as it stands, else the usual one. row_admit() does this too; an import asks
 * earlier, to find the row that has this identity already.
 */
void row_complete(const struct admission *a, struct ledger_row *row);

/*
 * Complete the row and ask all that can be wrong with it: required columns,
 * limits, references that name no row, the ledger's own rules, places that
 * do not lie within one another (column.h), the year, whether it is perhaps a
 * row that is there already (alike.h), and whether the one who asks may change
 * the row as it stands and as it shall be, and each column that differs. OK;
 * E_INPUT and problems; E_DENIED and problems when only rights are missing.
 */
enum err row_admit(struct admission *a, struct ledger_row *row) MUST_CHECK;

/*
 * Do the rules of its ledger let a voided row stand again as it is? Others
 * may have come since that leave it no room. False: why.
 */
bool row_may_stand(struct scope in, const struct ledger_row *row,
                   struct text *ret_why);

/*
 * Can the step be taken of the row as it stands, by who asks? As row_admit()
 * asks it, without what its form will say: for buttons and lists.
 */
bool step_is_open(struct asker *asker, const struct ledger_row *row,
                  const struct step *step);
/* Why it cannot; empty when it can. */
struct text step_refusal(struct asker *asker, const struct ledger_row *row,
                         const struct step *step);

/* Why who asks cannot write the column of the row as it stands. */
struct text step_keeps(const struct ledger_row *as, size_t column);

#endif
