/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "host/ledger/setting.h"

#include "host/given/given.h"

static int64_t entries(struct given *g)
{
    return given_sql(g, SQL("SELECT count(*) FROM journal_entry"));
}

TEST(settings_are_not_chosen_in_a_new_house)
{
    struct given *g = given(t);
    struct settings s;

    settings_read(act_scope(given_act(g)), &s);
    for (size_t i = 0; i < SETTINGS; i++)
        CHECK_STR(s.v[i], S(""));
}

TEST(settings_are_each_kept_under_a_name_of_its_own)
{
    struct given *g = given(t);
    struct settings s;

    for (int i = 0; i < SETTINGS; i++)
        CHECK(setting_write(given_act(g), (enum setting)i,
                            str_fmt(g->m, "值%d", i)) == OK);
    settings_read(act_scope(given_act(g)), &s);
    for (int i = 0; i < SETTINGS; i++) {
        CHECK_STR(s.v[i], str_fmt(g->m, "值%d", i));
        CHECK_STR(setting_read(act_scope(given_act(g)), (enum setting)i),
                  s.v[i]);
    }
    CHECK_INT(entries(g), SETTINGS);
}

TEST(setting_is_journalled_when_it_changes_and_only_then)
{
    struct given *g = given(t);

    CHECK(setting_write(given_act(g), SETTING_PHONE, S("0532-8899")) == OK);
    CHECK(setting_write(given_act(g), SETTING_PHONE, S("0532-8899")) == OK);
    CHECK_INT(entries(g), 1);
    CHECK(setting_write(given_act(g), SETTING_PHONE, S("")) == OK);
    CHECK_INT(entries(g), 2);
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM journal_change WHERE "
                               "before = '0532-8899' AND after = ''")),
              1);
    CHECK_STR(setting_read(act_scope(given_act(g)), SETTING_PHONE), S(""));
}
