/* SPDX-License-Identifier: MulanPSL-2.0 */
/* given_admit.h - for tests: let a row in, as a command of the shell may. */
#ifndef DAJUAN_HOST_GIVEN_GIVEN_ADMIT_H
#define DAJUAN_HOST_GIVEN_GIVEN_ADMIT_H

#include "host/ledger/admit.h"
#include "journal/act.h"

/* The year of the row is one that somebody said, unless it is 0. */
static inline void given_admit(struct act *act, const struct ledger_row *before,
                               struct ledger_row *row)
{
    struct asker shell = asker_shell(act_scope(act));
    struct admission a = { .asker = &shell,
                           .before = before,
                           .said_year = row->year,
                           .usual_year = 2024 };

    if (row_admit(&a, row) != OK)
        BUG("a given row is refused: %.*s", STR_ARG(a.problems[0].reason.en));
}

#endif
