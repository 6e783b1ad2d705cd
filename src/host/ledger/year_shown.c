/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The year on show: a setting, else what the tallies tell. */
#include "host/ledger/year_shown.h"

#include "host/ledger/ledger.h"

static const struct str year_key = S_INIT("house.year");

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
    struct rows r = tx_query(
        in.tx,
        SQL("SELECT value FROM setting WHERE district = ?1 AND key = ?2"),
        WITH(INT(in.district), STR(year_key)));
    int64_t year = 0;

    if (rows_next(&r)) {
        if (!str_int(rows_text(&r, 0, in.m), &year))
            year = 0;
        rows_end(&r);
    }
    return (int32_t)year;
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
    int32_t was = year_chosen(act_scope(act));
    struct str after = year ? str_fmt(act->m, "%d", year) : S("");
    struct str before = was ? str_fmt(act->m, "%d", was) : S("");
    struct str content;
    int64_t seq;

    if (year && (year < YEAR_FIRST || year >= YEAR_END))
        return E_INPUT;
    if (year == was)
        return tx_err(act->tx);
    content = str_fmt(act->m, "setting %.*s\nvalue=%.*s\n", STR_ARG(year_key),
                      STR_ARG(after));
    seq = journal_append(act->journal, act->tx,
                         &(struct journal_entry){
                             .type = JOURNAL_SETTING,
                             .subject = year_key,
                             .version = 1,
                             .previous = -1,
                             .at = act->now,
                             .actor = act->actor,
                             .fields = &content,
                             .fields_n = 1,
                         });
    journal_changed(act->journal, act->tx,
                    &(struct journal_change){ seq, S("value"), STR(before),
                                              STR(after) });
    tx_run(act->tx,
           SQL("INSERT INTO setting (district, key, value) "
               "VALUES (?1, ?2, ?3) ON CONFLICT (district, key) "
               "DO UPDATE SET value = excluded.value"),
           WITH(INT(act->district), STR(year_key), STR(after)));
    return tx_err(act->tx);
}
