/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "host/ledger/theme.h"

#include "host/ledger/row.h"

struct str theme_of(struct scope in, int32_t year)
{
    struct row_walk w = row_walk_year(in, ledger_themes(), year);
    struct ledger_row *row;

    if (!row_walk_next(&w, in.m, &row))
        return S("");
    rows_end(&w.rows);
    return row_title(row);
}
