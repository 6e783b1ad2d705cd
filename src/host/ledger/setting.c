/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Settings: rows of one small table, each change an entry of the journal. */
#include "host/ledger/setting.h"

static const struct str keys[SETTINGS] = {
    [SETTING_SITE] = S_INIT("house.site"),
    [SETTING_SITE_EN] = S_INIT("house.site_en"),
    [SETTING_OFFICE] = S_INIT("house.office"),
    [SETTING_OFFICE_EN] = S_INIT("house.office_en"),
    [SETTING_CONTACT] = S_INIT("house.contact"),
    [SETTING_PHONE] = S_INIT("house.phone"),
    [SETTING_ADDRESS] = S_INIT("house.address"),
    [SETTING_ICP] = S_INIT("house.icp"),
    [SETTING_POLICE] = S_INIT("house.police"),
    [SETTING_PUBLIC] = S_INIT("house.public"),
    [SETTING_YEAR] = S_INIT("house.year"),
    [SETTING_SECOND] = S_INIT("access.second"),
    [SETTING_DEMO] = S_INIT("house.demo"),
};

struct str setting_key(enum setting s)
{
    return keys[s];
}

void settings_read(struct scope in, struct settings *ret)
{
    struct rows r =
        tx_query(in.tx,
                 SQL("SELECT key, value FROM setting WHERE district = "
                     "?1"),
                 WITH(INT(in.district)));

    for (size_t i = 0; i < SETTINGS; i++)
        ret->v[i] = S("");
    while (rows_next(&r))
        for (size_t i = 0; i < SETTINGS; i++)
            if (str_eq(rows_view(&r, 0), keys[i]))
                ret->v[i] = rows_text(&r, 1, in.m);
}

struct str setting_read(struct scope in, enum setting s)
{
    struct rows r = tx_query(
        in.tx,
        SQL("SELECT value FROM setting WHERE district = ?1 AND key = ?2"),
        WITH(INT(in.district), STR(keys[s])));
    struct str value = S("");

    if (rows_next(&r)) {
        value = rows_text(&r, 0, in.m);
        rows_end(&r);
    }
    return value;
}

struct str setting_content(struct mem *m, enum setting s, struct str value)
{
    return str_fmt(m, "setting %.*s\nvalue=%.*s\n", STR_ARG(keys[s]),
                   STR_ARG(value));
}

static void journal_setting(struct act *act, enum setting s, struct str before,
                            struct str after)
{
    int64_t seq = act_journal(act, JOURNAL_SETTING, keys[s], 0,
                              setting_content(act->m, s, after));

    journal_changed(act->journal, act->tx,
                    &(struct journal_change){ seq, S("value"), STR(before),
                                              STR(after) });
}

enum err setting_write(struct act *act, enum setting s, struct str value)
{
    struct str before = setting_read(act_scope(act), s);

    if (str_eq(before, value))
        return tx_err(act->tx);
    journal_setting(act, s, before, value);
    tx_run(act->tx,
           SQL("INSERT INTO setting (district, key, value) "
               "VALUES (?1, ?2, ?3) ON CONFLICT (district, key) "
               "DO UPDATE SET value = excluded.value"),
           WITH(INT(act->district), STR(keys[s]), STR(value)));
    return tx_err(act->tx);
}
