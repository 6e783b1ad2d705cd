/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The year on show: a setting, else what the tallies tell. */
#include "host/ledger/year_shown.h"

#include "host/ledger/ledger.h"
#include "host/ledger/setting.h"

int32_t year_newest(struct scope in, int32_t last)
{
    return (int32_t)tx_int(
        in.tx,
        SQL("SELECT year FROM tally WHERE district = ?1 AND year > 0 AND "
            "year <= ?2 AND n > 0 ORDER BY year DESC LIMIT 1"),
        WITH(INT(in.district), INT(last)), 0);
}

int32_t year_said(struct str setting)
{
    int64_t year;

    return str_int(setting, &year) ? (int32_t)year : 0;
}

int32_t year_chosen(struct scope in)
{
    return year_said(setting_read(in, SETTING_YEAR));
}

int32_t year_shown(struct scope in, int32_t today)
{
    int32_t year = year_chosen(in);

    if (!year)
        year = year_newest(in, today);
    return year ? year : today;
}

size_t years_to_show(struct scope in, int32_t today, size_t most,
                     int32_t *ret_years)
{
    struct rows r = tx_query(
        in.tx,
        SQL("WITH RECURSIVE y (v) AS (SELECT (SELECT max(t.year) FROM tally t "
            "WHERE t.district = ?1 AND t.year > 0 AND t.year <= ?2 AND "
            "t.n > 0) UNION ALL SELECT (SELECT max(t.year) FROM tally t WHERE "
            "t.district = ?1 AND t.year > 0 AND t.year < y.v AND t.n > 0) "
            "FROM y WHERE y.v IS NOT NULL) "
            "SELECT v FROM y WHERE v IS NOT NULL LIMIT ?3"),
        WITH(INT(in.district), INT(today + 1), INT((int64_t)most)));
    size_t n = 0;

    while (rows_next(&r))
        ret_years[n++] = (int32_t)rows_int(&r, 0);
    return n;
}

enum err year_choose(struct act *act, int32_t year)
{
    if (year && (year < YEAR_FIRST || year >= YEAR_END))
        return E_INPUT;
    return setting_write(act, SETTING_YEAR,
                         year ? str_fmt(act->m, "%d", year) : S(""));
}
