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

int32_t year_chosen(struct scope in)
{
    int64_t year;

    return str_int(setting_read(in, SETTING_YEAR), &year) ? (int32_t)year : 0;
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
    size_t n = 0;
    int32_t year = today + 2;

    while (n < most && (year = year_newest(in, year - 1)) != 0)
        ret_years[n++] = year;
    return n;
}

enum err year_choose(struct act *act, int32_t year)
{
    if (year && (year < YEAR_FIRST || year >= YEAR_END))
        return E_INPUT;
    return setting_write(act, SETTING_YEAR,
                         year ? str_fmt(act->m, "%d", year) : S(""));
}
