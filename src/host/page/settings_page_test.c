/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The settings of the house, and what other pages show of them. */
#include "host/given/given.h"
#include "host/ledger/setting.h"
#include "host/ledger/year_shown.h"

static struct given *officer(struct test *t)
{
    struct given *g = given(t);

    given_asks(g, ROLE_OFFICER);
    return g;
}

/* A house in its second year: a tree of 2023, one of 2024. */
static struct given *two_years(struct test *t)
{
    struct given *g = officer(t);

    for (int32_t year = 2023; year <= 2024; year++) {
        struct ledger_row *row = sample_tree(g, str_fmt(g->m, "树%d", year));

        row->year = year;
        given_int(row, "planted_on", year * 10000 + 312);
        given_int(row, "due_on", year * 10000 + 1231);
        given_keep(g, row);
    }
    return g;
}

static struct str kept(struct given *g, enum setting s)
{
    return setting_read(act_scope(given_act(g)), s);
}

/* The form of this page is the one that will be sent. */
static void opened(struct given *g, struct ctx *c)
{
    given_opened(g, c, S("/settings"));
}

/* Send the form as it is shown now. */
static struct ctx *send(struct given *g)
{
    opened(g, given_get(g, S("/settings")));
    return given_post(g, S("/settings"));
}

static int status_of(struct given *g, const char *field, struct str value)
{
    given_field(g, field, value);
    return page_status(send(g));
}

TEST(settings_are_for_officers_and_administrators)
{
    struct given *g = given(t);

    CHECK_INT(page_status(given_get(g, S("/settings"))), 401);
    given_asks(g, ROLE_EDITOR);
    CHECK_INT(page_status(given_get(g, S("/settings"))), 403);
    CHECK_INT(status_of(g, "site", S("别的")), 403);
    CHECK_STR(kept(g, SETTING_SITE), S(""));
    given_asks(g, ROLE_ADMIN);
    CHECK_INT(status_of(g, "site", S("浦东民情")), 303);
    CHECK_STR(kept(g, SETTING_SITE), S("浦东民情"));
    given_asks(g, ROLE_OFFICER);
    CHECK(page_has(given_get(g, S("/settings")), S("value=\"浦东民情\"")));
}

TEST(settings_stand_at_the_head_and_the_foot_of_every_page)
{
    struct given *g = officer(t);
    struct ctx *c;

    given_field(g, "site", S("崂山民情"));
    given_field(g, "office", S("中共崂山区委社会工作部"));
    given_field(g, "contact", S("综合科"));
    given_field(g, "phone", S("+86 (0532) 8899-0000"));
    given_field(g, "address", S("仙霞岭路18号"));
    given_field(g, "icp", S("鲁ICP备12345678号-1"));
    given_field(g, "police", S("鲁公网安备37021202000001号"));
    send(g);
    given_asks(g, 0);
    c = given_get(g, S("/figures"));
    CHECK(page_has(c, S("｜崂山民情</title>")));
    CHECK(page_says(c, S("主办单位：中共崂山区委社会工作部")));
    CHECK(page_says(c, S("联系：综合科")));
    CHECK(page_says(c, S("地址：仙霞岭路18号")));
    CHECK(page_has(c, S("href=\"tel:0086053288990000\"")));
    CHECK(page_has(c, S("href=\"https://beian.miit.gov.cn/\"")));
    CHECK(page_has(c, S("href=\"https://beian.mps.gov.cn/\"")));
}

TEST(settings_that_are_not_set_leave_no_words)
{
    struct given *g = given(t);
    struct ctx *c = given_get(g, S("/figures"));

    CHECK(page_says(c, S("主办单位：崂山区")));
    CHECK(!page_says(c, S("联系：")));
    CHECK(!page_says(c, S("电话：")));
    CHECK(!page_says(c, S("地址：")));
    CHECK(!page_has(c, S("beian")));
}

TEST(settings_keep_a_public_address_as_origins_are_written)
{
    struct given *g = officer(t);

    CHECK_INT(status_of(g, "public", S(" HTTPS://Dajuan.Example:443/ ")), 303);
    CHECK_STR(kept(g, SETTING_PUBLIC), S("https://dajuan.example"));
    CHECK_INT(status_of(g, "public", S("http://10.0.0.7:8443")), 303);
    CHECK_STR(kept(g, SETTING_PUBLIC), S("http://10.0.0.7:8443"));
    CHECK_INT(status_of(g, "public", S("https://[::1]:8443")), 303);
    CHECK_STR(kept(g, SETTING_PUBLIC), S("https://[::1]:8443"));
    CHECK_INT(status_of(g, "public", S("")), 303);
    CHECK_STR(kept(g, SETTING_PUBLIC), S(""));
}

TEST(settings_refuse_what_is_no_address_or_telephone)
{
    static const char *const addresses[] = {
        "dajuan.example",
        "ftp://dajuan.example",
        "https://",
        "https://a.example/sheets",
        "https://a.example?x=1",
        "https://u:p@a.example",
        "https://a.example:0",
        "https://a.example:66000",
        "https://.example",
        "https://a b.example",
    };
    struct given *g = officer(t);
    struct ctx *c;

    for (size_t i = 0; i < COUNT(addresses); i++)
        CHECK_INT(status_of(g, "public", str_from(addresses[i])), 422);
    CHECK_INT(status_of(g, "phone", S("办公室")), 422);
    CHECK_INT(status_of(g, "phone", S("1")), 422);
    CHECK_INT(status_of(g, "shown", S("去年")), 422);
    CHECK_INT(status_of(g, "shown", S("1990")), 422);
    given_field(g, "office", S("写了很久的名字"));
    given_field(g, "phone", S("没有"));
    c = send(g);
    CHECK(page_has(c, S("value=\"写了很久的名字\"")));
    CHECK(page_has(c, S("<a href=\"#phone\">")));
    CHECK_STR(kept(g, SETTING_OFFICE), S(""));
}

TEST(settings_of_a_new_house_lead_on_to_its_first_steps)
{
    struct given *g = officer(t);

    given_field(g, "site", S("甲"));
    CHECK_STR(send(g)->location, S("/"));
}

TEST(settings_of_a_house_at_work_say_that_they_are_saved)
{
    struct given *g = two_years(t);
    struct ctx *c;

    given_field(g, "site", S("乙"));
    c = send(g);
    CHECK_STR(c->location, S("/settings"));
    CHECK_INT(c->said, SAID_SAVED);
}

TEST(settings_choose_the_year_on_show)
{
    struct given *g = two_years(t);

    CHECK_INT(status_of(g, "shown", S("2023")), 303);
    given_asks(g, 0);
    CHECK(page_says(given_get(g, S("/figures")), S("2023年的全部数字")));
    given_asks(g, ROLE_OFFICER);
    CHECK(page_has(given_get(g, S("/settings")),
                   S("<option value=\"2023\" selected>")));
    CHECK_INT(status_of(g, "shown", S("")), 303);
    CHECK(page_says(given_get(g, S("/figures")), S("2024年的全部数字")));
    CHECK_INT(year_chosen(act_scope(given_act(g))), 0);
}

TEST(settings_show_what_was_decided_when_the_house_was_made)
{
    struct given *g = officer(t);
    struct ctx *c = given_get(g, S("/settings"));

    CHECK(page_says(c, S("370212")));
    CHECK(page_says(c, g->house->key.name));
}

TEST(settings_of_two_at_once_are_asked_about_only_where_both_wrote)
{
    static const struct {
        const char *shown, *first, *second;
        int status;
        const char *kept;
    } cases[] = {
        { "0532-1111", "0532-2222", "0532-1111", 303, "0532-2222" },
        { "0532-1111", "0532-1111", "0532-3333", 303, "0532-3333" },
        { "0532-1111", "0532-2222", "0532-3333", 409, "0532-2222" },
        { "0532-1111", "", "0532-1111", 303, "" },
        { "0532-1111", "0532-2222", "", 409, "0532-2222" },
        { "0532-1111", "0532-2222", "没有", 409, "0532-2222" },
    };
    struct given *g = officer(t);

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct ctx *c;

        CHECK_INT(status_of(g, "phone", str_from(cases[i].shown)), 303);
        c = given_get(g, S("/settings"));
        CHECK_INT(status_of(g, "phone", str_from(cases[i].first)), 303);
        opened(g, c);
        given_field(g, "phone", str_from(cases[i].second));
        given_field(g, "contact", S("督查科"));
        c = given_post(g, S("/settings"));
        CHECK_INT(page_status(c), cases[i].status);
        CHECK_STR(kept(g, SETTING_PHONE), str_from(cases[i].kept));
        CHECK_STR(kept(g, SETTING_CONTACT),
                  cases[i].status == 303 ? S("督查科") : S(""));
    }
}

TEST(settings_of_two_at_once_are_shown_and_kept_when_sent_again)
{
    struct given *g = officer(t);
    struct ctx *c = given_get(g, S("/settings"));

    given_field(g, "office", S("区委"));
    CHECK_INT(status_of(g, "phone", S("0532-1111")), 303);
    opened(g, c);
    given_field(g, "phone", S("0532-2222"));
    c = given_post(g, S("/settings"));
    CHECK_INT(page_status(c), 409);
    CHECK(page_says(c, S("同一项设置别人刚刚也改了")));
    CHECK(page_says(c, S("现在保存的是：0532-1111")));
    CHECK(page_has(c, S("value=\"0532-2222\"")));
    CHECK(page_has(c, S("value=\"区委\""))); /* not touched: theirs */
    CHECK(!page_says(c, S("现在保存的是：区委")));
    opened(g, c);
    given_field(g, "phone", S("0532-2222"));
    given_field(g, "office", S("区委"));
    CHECK_INT(page_status(given_post(g, S("/settings"))), 303);
    CHECK_STR(kept(g, SETTING_PHONE), S("0532-2222"));
    CHECK_STR(kept(g, SETTING_OFFICE), S("区委"));
}

TEST(settings_of_two_at_once_choose_one_year)
{
    static const struct {
        const char *first, *second;
        int status, year;
    } cases[] = {
        { "2023", "", 303, 2023 },
        { "", "2024", 303, 2024 },
        { "2023", "2024", 409, 2023 },
    };
    struct given *g = two_years(t);

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct ctx *c;

        CHECK_INT(status_of(g, "shown", S("")), 303);
        c = given_get(g, S("/settings"));
        CHECK_INT(status_of(g, "shown", str_from(cases[i].first)), 303);
        opened(g, c);
        given_field(g, "shown", str_from(cases[i].second));
        CHECK_INT(page_status(given_post(g, S("/settings"))), cases[i].status);
        CHECK_INT(year_chosen(act_scope(given_act(g))), cases[i].year);
    }
}

TEST(settings_of_a_form_that_does_not_say_what_it_showed_are_asked_about)
{
    struct given *g = officer(t);

    CHECK_INT(status_of(g, "phone", S("0532-1111")), 303);
    given_field(g, "phone", S("0532-2222"));
    CHECK_INT(page_status(given_post(g, S("/settings"))), 409);
    given_field(g, "was-phone", S("x"));
    CHECK_INT(page_status(given_post(g, S("/settings"))), 409);
    CHECK_STR(kept(g, SETTING_PHONE), S("0532-1111"));
}
