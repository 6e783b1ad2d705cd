/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The fixture, and what holds for every ledger. */
#include "host/given/given_admit.h"
#include "host/given/given_house.h"

#include "base/file.h"
#include "host/ledger/feature.h"
#include "host/ledger/ref.h"
#include "host/ledger/row.h"

static void drop(void *arg)
{
    work_rollback(arg);
}

struct ledger_row *given_row(struct given *g, const char *ledger)
{
    const struct ledger *l = ledger_find(str_from(ledger));

    if (!l)
        BUG("no ledger %s", ledger);
    return ledger_row_new(g->m, l);
}

static size_t column(const struct ledger_row *row, const char *key)
{
    size_t i = ledger_column(row->ledger, str_from(key));

    if (i == SIZE_MAX)
        BUG("no column %s", key);
    return i;
}

void given_text(struct ledger_row *row, const char *key, const char *value)
{
    row->values[column(row, key)] = STR(str_from(value));
}

void given_int(struct ledger_row *row, const char *key, int64_t value)
{
    row->values[column(row, key)] = INT(value);
}

void given_ref(struct given *g, struct ledger_row *row, const char *key,
               const char *name)
{
    size_t i = column(row, key);
    struct text why;
    struct ref found;

    if (ref_find(ref_book_new(g->m, &g->work.tx, g->house->district),
                 &row->ledger->columns[i], str_from(name), &found, &why) != OK)
        BUG("%.*s", STR_ARG(why.en));
    row->values[i] = INT(found.id);
    row->labels[i] = found.label;
}

void given_keep(struct given *g, struct ledger_row *row)
{
    given_admit(&g->work.act, NULL, row);
    if (row_insert(&g->work.act, row) != OK)
        BUG("the row was not kept");
}

static void given_organisation(struct given *g, const char *name,
                               const char *kind)
{
    struct ledger_row *row = given_row(g, "registry.organisation");

    given_text(row, "name", name);
    given_text(row, "kind", kind);
    given_keep(g, row);
}

struct given *given_house(struct test *t)
{
    struct given *g = NEW(t->mem, struct given);
    struct house_plan plan = { .district = 370212,
                               .name = TEXT("崂山区", "Laoshan District"),
                               .origin = S("test.example/dajuan") };
    struct str folder = file_path(t->mem, test_folder(t), S("house"));
    struct text why = TEXT("", "");

    g->m = t->mem;
    if (house_make(g->m, folder, &plan, &why) != OK)
        BUG("%.*s", STR_ARG(why.en));
    g->house = house_open(g->m, folder, DB_WRITE, &why);
    if (!g->house)
        BUG("%.*s", STR_ARG(why.en));
    work_begin(g->house, g->m, 0, &g->work);
    mem_defer(g->m, drop, &g->work);
    given_organisation(g, "区法院", "unit");
    given_organisation(g, "中韩社区", "community");
    return g;
}

struct figure_value given_figure(struct given *g, const char *key, int32_t year)
{
    const struct figure *f = figure_find(str_from(key));

    if (!f)
        BUG("no figure %s", key);
    return figure_read(&g->work.tx, g->house->district, year, f);
}

int64_t given_rows(struct given *g, const char *key, int32_t year)
{
    struct figure_value v = given_figure(g, key, year);
    struct figure_rows r =
        figure_rows(&g->work.tx, g->house->district, &v, 0, INT64_MAX);
    int64_t n = 0;
    int64_t id;
    int64_t quantity;

    while (figure_rows_next(&r, &id, &quantity))
        n++;
    return n;
}

int64_t given_first(struct given *g, const char *key, int32_t year)
{
    struct figure_value v = given_figure(g, key, year);
    struct figure_rows r =
        figure_rows(&g->work.tx, g->house->district, &v, 0, 1);
    int64_t id = 0;
    int64_t quantity;

    if (figure_rows_next(&r, &id, &quantity))
        rows_end(&r.rows);
    return id;
}

TEST(every_declaration_is_sound_and_speaks_both_languages)
{
    const struct ledger *l;

    ledger_check_all();
    figure_check_all();
    for (size_t i = 0; (l = ledger_at(i)) != NULL; i++) {
        CHECK(l->label.en.n > 0 && l->unit.en.n > 0 && l->about.en.n > 0);
        for (size_t k = 0; k < l->columns_n; k++)
            CHECK(l->columns[k].label.en.n > 0);
    }
}

TEST(figures_are_written_as_people_read_them)
{
    struct given *g = given_house(t);
    struct figure_value v = given_figure(g, "service.claims", 2024);
    struct str words;

    v.value = 103;
    NEED(figure_round_words(g->m, &v, LANG_ZH, &words));
    CHECK_STR(words, S("100余"));
    v.value = 99;
    CHECK(!figure_round_words(g->m, &v, LANG_ZH, &words));
    v.value = 1234567;
    CHECK_STR(figure_text(g->m, &v), S("1,234,567"));
    NEED(figure_round_words(g->m, &v, LANG_EN, &words));
    CHECK_STR(words, S("over 1,000,000"));
    v = given_figure(g, "children.satisfaction", 2024);
    CHECK(!v.known); /* nothing to divide by */
    CHECK_STR(figure_text(g->m, &v), S("—"));
}

static void given_activity(struct given *g, int32_t day, int64_t answers,
                           int64_t satisfied)
{
    struct ledger_row *row = given_row(g, "children.activity");

    given_text(row, "topic", "挖地球");
    given_ref(g, row, "community", "中韩社区");
    given_int(row, "held_on", day);
    given_int(row, "child_visits", 25);
    given_int(row, "answers", answers);
    given_int(row, "very_satisfied", satisfied);
    given_int(row, "satisfied", 0);
    given_keep(g, row);
}

TEST(satisfaction_is_shown_from_five_answers_on)
{
    struct given *g = given_house(t);

    given_activity(g, 20240401, 4, 4);
    CHECK(!given_figure(g, "children.satisfaction", 2024).known);
    given_activity(g, 20240402, 88, 84);
    /* (61 + 27) ÷ 92 = 95.65 % */
    CHECK_INT(given_figure(g, "children.satisfaction", 2024).value, 9565);
    CHECK_INT(given_figure(g, "children.child_visits", 2024).value, 50);
}

TEST(a_voided_row_leaves_every_figure_and_comes_back)
{
    struct given *g = given_house(t);
    struct ledger_row *row;

    given_activity(g, 20240401, 10, 9);
    NEED(row_load(&g->work.tx, g->m, ledger_find(S("children.activity")),
                  g->house->district, 1, &row));
    CHECK_INT(row_void(&g->work.act, row, S("记错了")), OK);
    CHECK_INT(given_figure(g, "children.activities", 2024).value, 0);
    CHECK_INT(given_figure(g, "children.child_visits", 2024).value, 0);
    CHECK_INT(row_void(&g->work.act, row, S("again")), E_CLASH);
    NEED(row_load(&g->work.tx, g->m, row->ledger, g->house->district, 1, &row));
    CHECK_INT(row_restore(&g->work.act, row, S("没有错")), OK);
    CHECK_INT(given_figure(g, "children.child_visits", 2024).value, 25);
}

TEST(two_editors_of_one_row_do_not_overwrite_each_other)
{
    struct given *g = given_house(t);
    const struct ledger *l = ledger_find(S("children.activity"));
    struct ledger_row *before;
    struct ledger_row *mine;
    bool changed;

    given_activity(g, 20240401, 10, 9);
    NEED(row_load(&g->work.tx, g->m, l, g->house->district, 1, &before));
    NEED(row_load(&g->work.tx, g->m, l, g->house->district, 1, &mine));
    given_int(mine, "child_visits", 30);
    given_admit(&g->work.act, before, mine);
    CHECK_INT(row_update(&g->work.act, before, mine, &changed), OK);
    CHECK(changed);
    NEED(row_load(&g->work.tx, g->m, l, g->house->district, 1, &mine));
    given_int(mine, "child_visits", 31);
    given_admit(&g->work.act, before, mine);
    CHECK_INT(row_update(&g->work.act, before, mine, &changed), E_CLASH);
    CHECK_INT(given_figure(g, "children.child_visits", 2024).value, 30);
}
