/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The demo's sheet, from text to frozen versions. */
#include "feature/reports/given_report.h"

#include "feature/reports/markup.h"
#include "host/house/verify.h"

static struct bundle_facts given_facts(struct test *t, struct str bytes)
{
    struct bundle_facts facts = { .version = -1 };
    struct text why = TEXT("", "");

    CHECK_INT(bundle_verify(t->mem, bytes, S(""), &facts, &why), OK);
    CHECK_STR(why.en, S(""));
    return facts;
}

TEST(published_demo_has_the_figures_of_the_ledgers)
{
    struct house *h = given_demo(t);
    struct bundle b;

    given_demo_sheet(t, h);
    CHECK_INT(given_publish(t, h, S("2024")), 1);
    b = given_read(t, given_bundle(t, h, S("2024"), 1));
    CHECK_INT(b.year, 2024);
    CHECK_INT(b.version, 1);
    CHECK_STR(b.name.zh, S("崂山区"));
    CHECK(b.figures_n >= 22);
    for (size_t i = 0; i < b.figures_n; i++) {
        const struct figure_value *v = &b.figures[i].value;
        struct figure_value now = given_figure(h, v->figure->key);

        CHECK_INT(v->value, now.value);
        CHECK_INT(v->n, now.n);
        CHECK_STR(figure_text(t->mem, v), figure_text(t->mem, &now));
    }
    CHECK_INT(given_bundled(t, &b, S("projects.count"))->value.value, 55);
    CHECK_INT(given_bundled(t, &b, S("ratings.five_star"))->rows.n, 48);
}

TEST(published_demo_verifies_offline)
{
    struct house *h = given_demo(t);
    struct bundle_facts f;

    given_demo_sheet(t, h);
    given_publish(t, h, S("2024"));
    f = given_facts(t, given_bundle(t, h, S("2024"), 1));
    CHECK_STR(f.sheet, S("2024"));
    CHECK_INT(f.version, 1);
    CHECK(f.rows > 500);
    CHECK_INT(f.size, given_int(h, SQL("SELECT count(*) FROM journal_entry")));
    CHECK_STR(f.key, note_key_encode(t->mem, &h->key));
}

TEST(published_house_still_verifies)
{
    struct house *h = given_few(t);
    struct verify_counts n = { 0 };
    struct text wrong = TEXT("", "");

    given_put(t, h, S("few"), S("# 小\n{projects.count}项\n"), S(""));
    given_publish(t, h, S("few"));
    CHECK_INT(verify_house(h, t->mem, &n, &wrong), OK);
    CHECK_STR(wrong.en, S(""));
    CHECK_INT(n.heads, 1);
}

TEST(published_version_stays_byte_identical)
{
    struct house *h = given_demo(t);
    struct str first;
    struct bundle b;

    given_demo_sheet(t, h);
    given_publish(t, h, S("2024"));
    first = given_bundle(t, h, S("2024"), 1);
    given_voided(t, h, S("projects.project"), 3);
    CHECK_INT(given_figure(h, S("projects.count")).value, 54);
    CHECK_STR(given_bundle(t, h, S("2024"), 1), first);
    CHECK_INT(given_publish(t, h, S("2024")), 2);
    CHECK_STR(given_bundle(t, h, S("2024"), 1), first);
    b = given_read(t, given_bundle(t, h, S("2024"), 2));
    CHECK_INT(given_bundled(t, &b, S("projects.count"))->value.value, 54);
    CHECK_INT(given_facts(t, first).version, 1);
    CHECK_INT(given_facts(t, given_bundle(t, h, S("2024"), 2)).version, 2);
}

TEST(publishing_twice_gives_a_second_version_of_the_same)
{
    struct house *h = given_few(t);
    struct bundle one;
    struct bundle two;

    given_put(t, h, S("few"), S("# 小\n{projects.count}项\n"), S(""));
    given_publish(t, h, S("few"));
    CHECK_INT(given_publish(t, h, S("few")), 2);
    one = given_read(t, given_bundle(t, h, S("few"), 1));
    two = given_read(t, given_bundle(t, h, S("few"), 2));
    CHECK_STR(two.text.zh, one.text.zh);
    NEED(one.figures_n > 0 && two.figures_n > 0);
    CHECK_INT(two.figures[0].value.value, one.figures[0].value.value);
    CHECK_INT(two.size, one.size + 1);
}

TEST(bundles_open_no_personal_and_no_internal_value)
{
    struct house *h = given_few(t);
    struct str bytes;

    given_put(t, h, S("few"),
              S("# 小\n{projects.count}项 {children.volunteers}名\n"), S(""));
    given_publish(t, h, S("few"));
    bytes = given_bundle(t, h, S("few"), 1);
    CHECK(str_find(bytes, S("shown 陈**")) != SIZE_MAX);
    CHECK(str_find(bytes, S("晓玲")) == SIZE_MAX);
    CHECK(str_find(bytes, S("13800000001")) == SIZE_MAX);
    CHECK(str_find(bytes, S("secretary=")) == SIZE_MAX);
}

TEST(bundles_say_which_columns_a_sum_is_of)
{
    struct house *h = given_demo(t);
    const struct bundle_figure *f;
    struct bundle b;

    given_demo_sheet(t, h);
    given_publish(t, h, S("2024"));
    b = given_read(t, given_bundle(t, h, S("2024"), 1));
    CHECK_STR(given_bundled(t, &b, S("reading.visits"))->rows.from,
              S("visits"));
    f = given_bundled(t, &b, S("children.satisfaction"));
    CHECK_STR(f->rows.from, S("answers"));
    CHECK_STR(f->parts.from, S("very_satisfied+satisfied"));
    f = given_bundled(t, &b, S("projects.count.green"));
    CHECK_STR(f->rows.where, S("field=green"));
    CHECK_STR(f->rows.from, S(""));
}

/* What publishing this text says; nothing may have been kept. */
static struct text given_refusal(struct test *t, struct str zh)
{
    struct house *h = given_few(t);
    struct text why = TEXT("", "");
    int64_t version = -1;
    int64_t entries;

    if (given_put(t, h, S("few"), zh, S("")) != OK) {
        CHECK_INT(reports_sheet_check(t->mem, zh, S(""), &why), E_INPUT);
        CHECK_INT(given_int(h, SQL("SELECT count(*) FROM reports_sheet")), 0);
        return why;
    }
    entries = given_int(h, SQL("SELECT count(*) FROM journal_entry"));
    CHECK_INT(reports_publish(h, t->mem, S("few"), &version, &why), E_INPUT);
    CHECK_INT(version, -1);
    CHECK_INT(given_int(h, SQL("SELECT count(*) FROM journal_entry")), entries);
    CHECK_INT(given_int(h, SQL("SELECT count(*) FROM reports_version")), 0);
    CHECK_INT(given_int(h, SQL("SELECT count(*) FROM journal_head")), 0);
    return why;
}

TEST(sheets_refuse_an_unknown_figure_by_key_and_line)
{
    struct text why = given_refusal(t, S("# 题\n\n好{projects.none}项\n"));

    CHECK(str_find(why.zh, S("第 3 行")) != SIZE_MAX);
    CHECK(str_find(why.en, S("line 3: there is no figure "
                             "\"projects.none\"")) != SIZE_MAX);
}

TEST(publishing_refuses_round_words_below_a_hundred)
{
    struct text why = given_refusal(t, S("# 题\n{projects.count|round}项\n"));

    CHECK(str_find(why.en, S("line 2: projects.count is 4, below a "
                             "hundred")) != SIZE_MAX);
}

TEST(sheets_refuse_braces_that_are_no_figure)
{
    CHECK(str_find(given_refusal(t, S("# 题\n{projects.count\n")).en,
                   S("line 2: a brace")) != SIZE_MAX);
}

TEST(sheets_refuse_a_text_without_title)
{
    CHECK(str_find(given_refusal(t, S("{projects.count}项\n")).en,
                   S("line 1: the first line is the title")) != SIZE_MAX);
}

TEST(publishing_refuses_a_sheet_that_is_not_there)
{
    struct house *h = given_house(t);
    struct text why = TEXT("", "");
    int64_t version = -1;

    CHECK_INT(reports_publish(h, t->mem, S("none"), &version, &why), E_ABSENT);
    CHECK_INT(version, -1);
    CHECK(why.zh.n > 0);
}

TEST(publishing_refuses_a_row_that_was_changed_behind_the_journal)
{
    struct house *h = given_few(t);
    struct text why = TEXT("", "");
    int64_t version = -1;
    struct tx tx;

    given_put(t, h, S("few"), S("# 题\n{reading.visits}人次\n"), S(""));
    tx_begin(h->db, true, &tx);
    tx_run_unjournaled(&tx,
                       SQL("UPDATE reading_event SET content = 'x' WHERE "
                           "id = 1"),
                       (struct args){ 0 });
    CHECK_INT(tx_commit(&tx), OK);
    CHECK_INT(reports_publish(h, t->mem, S("few"), &version, &why), E_INPUT);
    CHECK(str_find(why.en, S("ledger reading.event row 1")) != SIZE_MAX);
    CHECK_INT(given_int(h, SQL("SELECT count(*) FROM reports_version")), 0);
}

TEST(saving_equal_text_changes_nothing)
{
    struct house *h = given_few(t);
    int64_t entries;

    given_put(t, h, S("few"), S("# 题\n{projects.count}项\n"), S(""));
    entries = given_int(h, SQL("SELECT count(*) FROM journal_entry"));
    given_put(t, h, S("few"), S("# 题\r\n{projects.count}项  \r\n\r\n"), S(""));
    CHECK_INT(given_int(h, SQL("SELECT count(*) FROM journal_entry")), entries);
    given_put(t, h, S("few"), S("# 新题\n{projects.count}项\n"), S(""));
    CHECK_INT(given_int(h, SQL("SELECT count(*) FROM journal_entry")),
              entries + 1);
    CHECK_INT(given_int(h, SQL("SELECT edition FROM reports_sheet")), 2);
}

TEST(saving_refuses_an_edition_that_is_old)
{
    struct house *h = given_few(t);
    struct report s = { .slug = S("few"),
                        .year = 2024,
                        .edition = 0,
                        .text = { S("# 别的\n"), S("") } };
    struct text why = TEXT("", "");
    struct work w;

    given_put(t, h, S("few"), S("# 题\n{projects.count}项\n"), S(""));
    work_begin(h, t->mem, 0, &w);
    CHECK_INT(report_save(&w.act, &s, &why), E_CLASH);
    work_rollback(&w);
    CHECK(why.zh.n > 0);
}

TEST(sheet_names_are_safe_in_addresses)
{
    CHECK(report_slug_is_valid(S("2024")));
    CHECK(report_slug_is_valid(S("mid-2024")));
    CHECK(!report_slug_is_valid(S("new")));
    CHECK(!report_slug_is_valid(S("")));
    CHECK(!report_slug_is_valid(S("../x")));
    CHECK(!report_slug_is_valid(S("A")));
}
