/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What a query string may ask for, and what it may not. */
#include "host/page/list_request.h"

#include "host/given/given.h"
#include "host/ledger/due.h"
#include "host/list/list_rows.h"
#include "host/list/options.h"

static struct list_query asked(struct given *g, const char *query)
{
    struct list_query q;

    list_read(given_ctx(g, str_fmt(g->m, "/sample/tree?%s", query)),
              ledger_find(S("sample.tree")), &q);
    return q;
}

/* The names of the rows of a query, each followed by a blank. */
static struct str names_of(struct given *g, struct list_query q)
{
    struct buf *b = buf_new(g->m, 65536);
    struct list_rows r;

    list_open(act_scope(given_act(g)), &q, LIST_PAGE, &r);
    while (list_next(&r)) {
        buf_put(b, list_cell(&r, 0));
        buf_byte(b, ' ');
    }
    return buf_str(b);
}

static struct str names(struct given *g, const char *query)
{
    return names_of(g, asked(g, query));
}

TEST(list_reads_filters_sort_and_page)
{
    struct given *g = given(t);
    struct list_query q;

    given_unit(g, S("区教育局")); /* 1 */
    given_asks(g, ROLE_OFFICER);
    q = asked(g, "species=plum&unit=1&sort=-due_on&page=2&year=2023&q=A");
    CHECK_INT(q.year, 2023);
    CHECK_STR(q.folded, S("a"));
    CHECK_INT(q.page, 2);
    CHECK(q.desc);
    CHECK_INT(q.sort, ledger_column(q.ledger, S("due_on")));
    CHECK_INT(q.filters_n, 2);
    CHECK(q.filters[0].on && q.filters[1].on);
    CHECK_STR(q.filters[0].shown, S("梅树"));
    CHECK_STR(q.filters[1].shown, S("区教育局"));
    CHECK_STR(list_link(t->mem, &q, S("/export.csv")),
              S("/sample/tree/export.csv?year=2023&q=A&species=plum"
                "&unit=1&sort=-due_on&page=2"));
}

TEST(list_ignores_what_it_does_not_know)
{
    static const char *const nonsense[] = {
        "sort=id;DROP TABLE sample_tree",
        "sort=t.post DESC--",
        "sort=-",
        "sort=post", /* visitors do not see it, so do not sort by it */
        "species=' OR 1=1",
        "species=&unit=",
        "page=-1",
        "page=99999999999999999999",
        "page=0&year=banana&year=2023",
        "voided=1", /* for those signed in */
        "year=1&x=y&&=&%ff=%zz",
        "partners=x", /* not a filter */
    };
    struct given *g = given(t);

    given_keep(g, sample_tree(g, S("甲")));
    for (size_t i = 0; i < COUNT(nonsense); i++) {
        struct list_query q = asked(g, nonsense[i]);

        CHECK_STR(list_link(t->mem, &q, S("")), S("/sample/tree?year=2024"));
        CHECK_STR(names(g, nonsense[i]), S("甲 "));
    }
}

TEST(list_searches_signs_as_they_are)
{
    struct given *g = given(t);

    given_keep(g, sample_tree(g, S("100%达标'工程'")));
    given_keep(g, sample_tree(g, S("“夕阳红”Aa_助餐")));
    CHECK_STR(names(g, "q=%25"), S("100%达标'工程' "));
    CHECK_STR(names(g, "q=_"), S("“夕阳红”Aa_助餐 "));
    CHECK_STR(names(g, "q=达"), S("100%达标'工程' "));
    CHECK_STR(names(g, "q=“夕+阳aA"), S(""));
    CHECK_STR(names(g, "q=夕+阳红A"), /* blank and case do not count */
              S("“夕阳红”Aa_助餐 "));
    CHECK_STR(names(g, "q=')+OR+1=1+--"), S(""));
    CHECK_STR(names(g, "q=\""), /* nothing is left of it */
              S("100%达标'工程' “夕阳红”Aa_助餐 "));
}

TEST(list_searches_hidden_columns_for_those_signed_in_only)
{
    struct given *g = given(t);
    struct ledger_row *row = sample_tree(g, S("甲"));

    given_text(row, "worry", S("根系腐烂"));
    given_keep(g, row);
    CHECK_STR(names(g, "q=根系"), S(""));
    given_asks(g, ROLE_OFFICER);
    CHECK_STR(names(g, "q=根系"), S("甲 "));
}

TEST(list_sorts_choices_as_declared_and_references_by_title)
{
    struct given *g = given(t);
    struct ledger_row *other = sample_tree(g, S("乙"));

    given_text(other, "species", S("pine"));
    given_int(other, "unit", given_unit(g, S("区司法局")));
    given_keep(g, other);
    given_keep(g, sample_tree(g, S("甲")));
    CHECK_STR(names(g, ""), S("乙 甲 "));
    CHECK_STR(names(g, "sort=-id"), S("甲 乙 "));
    CHECK_STR(names(g, "sort=species"), S("乙 甲 "));
    CHECK_STR(names(g, "sort=-species"), S("甲 乙 "));
    CHECK_STR(names(g, "sort=unit"), S("乙 甲 ")); /* 司 before 教 */
    CHECK_STR(names(g, "sort=-unit"), S("甲 乙 "));
    CHECK_STR(names(g, "unit=2"), S("乙 "));
    CHECK_STR(names(g, "unit=2&species=ginkgo"), S(""));
}

static void check_missing_first(struct given *g, struct list_query q,
                                const char *key, struct str missing_first,
                                struct str missing_last)
{
    struct test *t = g->t;

    q.sort = (int)ledger_column(q.ledger, str_from(key));
    CHECK_STR(names_of(g, q), missing_first);
    q.desc = true;
    CHECK_STR(names_of(g, q), missing_last);
}

TEST(list_sorts_what_is_missing_before_everything_else)
{
    static const char *const keys[] = { "no", "remark", "state" };
    struct given *g = given(t);
    struct ledger_row *whole = sample_tree(g, S("有"));

    given_int(whole, "no", 7);
    given_text(whole, "remark", S("讲座"));
    given_text(whole, "state", S("ailing"));
    given_keep(g, whole);
    given_keep(g, sample_tree(g, S("无")));
    for (size_t i = 0; i < COUNT(keys); i++)
        check_missing_first(g, asked(g, ""), keys[i], S("无 有 "), S("有 无 "));
}

TEST(list_sorts_a_missing_reference_before_all_others)
{
    struct given *g = given(t);
    const struct ledger *units = ledger_organisations();
    struct ledger_row *part = ledger_row_new(t->mem, units);
    struct list_query q;

    given_text(part, "name", S("一中"));
    given_text(part, "kind", S("unit"));
    given_int(part, "parent", given_unit(g, S("区教育局")));
    given_unit(g, S("区司法局"));
    given_keep(g, part);
    list_read(given_ctx(g, S("/registry/organisation")), units, &q);
    check_missing_first(g, q, "parent", S("区教育局 区司法局 一中 "),
                        S("一中 区教育局 区司法局 "));
}

/* Every sort of every ledger is a statement the store takes. */
static size_t open_sorted(struct given *g, const struct ledger *l)
{
    struct test *t = g->t;
    struct scope in = act_scope(given_act(g));

    for (size_t col = 0; col < l->columns_n; col++) {
        struct str path =
            str_fmt(g->m, "%.*s?sort=-%.*s&q=a", STR_ARG(ledger_path(g->m, l)),
                    STR_ARG(l->columns[col].key));
        struct list_query q;
        struct list_rows r;

        list_read(given_ctx(g, path), l, &q);
        CHECK_INT(list_count(in, &q).found, 0);
        list_open(in, &q, LIST_WHOLE, &r);
        CHECK(!list_next(&r));
    }
    return l->columns_n;
}

TEST(list_statements_of_every_ledger_are_sound)
{
    static const unsigned roles[] = { 0, ROLE_OFFICER };
    struct given *g = given(t);
    const struct ledger *l;
    size_t opened = 0;

    for (size_t k = 0; k < COUNT(roles); k++) {
        given_asks(g, roles[k]);
        for (size_t i = 0; (l = ledger_at(i)) != NULL; i++)
            opened += open_sorted(g, l);
    }
    CHECK(opened > 50);
}

TEST(list_counts_the_year_and_what_is_found)
{
    struct given *g = given(t);
    struct ledger_row *row = sample_tree(g, S("去年的"));
    struct scope in = act_scope(given_act(g));
    struct list_query q;
    struct list_count n;
    int32_t years[4];

    row->year = 2023;
    given_keep(g, row);
    given_keep(g, sample_tree(g, S("甲")));
    given_keep(g, sample_tree(g, S("乙")));
    q = asked(g, "q=甲");
    n = list_count(in, &q);
    CHECK_INT(n.total, 2);
    CHECK_INT(n.found, 1);
    q = asked(g, "year=all");
    n = list_count(in, &q);
    CHECK_INT(n.total, 3);
    CHECK_INT(n.found, 3);
    CHECK_INT(list_years(in, &q, COUNT(years), years), 2);
    CHECK_INT(years[0], 2024);
    CHECK_INT(years[1], 2023);
}

/* A ledger whose tally stands for the count: voided rows leave both. */
TEST(list_counts_by_tally_what_it_lists)
{
    struct given *g = given(t);
    struct scope in = act_scope(given_act(g));
    struct list_query q;

    for (int i = 0; i < 3; i++) {
        struct ledger_row *row = sample_keeper(g);

        given_text(row, "name", str_fmt(t->mem, "第%d位", i));
        given_keep(g, row);
    }
    given_void(g, "sample.keeper", 3);
    given_asks(g, ROLE_OFFICER);
    list_read(given_ctx(g, S("/sample/keeper")),
              ledger_find(S("sample.keeper")), &q);
    CHECK_INT(list_count(in, &q).total, 2);
    q.voided = true;
    CHECK_INT(list_count(in, &q).total, 3);
}

TEST(list_finds_a_reference_by_dots_and_dashes_of_any_length)
{
    struct given *g = given(t);
    struct ledger_row *row = sample_tree(g, S("甲"));

    given_int(row, "unit", given_unit(g, S("“山—海”·（东）队")));
    given_keep(g, row);
    CHECK_STR(names(g, "unit=山-海•(东"), S("甲 "));
    CHECK_STR(names(g, "unit=山－海・"), S("甲 "));
    CHECK_STR(names(g, "unit=山海"), S(""));
}

TEST(list_of_many_references_takes_a_part_of_the_title)
{
    struct given *g = given(t);
    struct scope in = act_scope(given_act(g));
    const struct ledger *l = ledger_find(S("sample.tree"));
    const struct column *unit = &l->columns[ledger_column(l, S("unit"))];

    given_keep(g, sample_tree(g, S("甲")));
    given_unit(g, S("区司法局"));
    CHECK_INT(list_options(in, unit, 0).n, 2);
    for (int i = 0; i < LIST_OPTIONS_MAX; i++)
        given_unit(g, str_fmt(t->mem, "“第 %d”单位", i));
    CHECK_INT(list_options(in, unit, 0).n, 0);
    CHECK(list_options(in, unit, 0).many);
    CHECK_STR(names(g, "unit=教育"), S("甲 "));
    CHECK_STR(names(g, "unit=司法"), S(""));
    CHECK_STR(names(g, "unit=%25"), S(""));
}

TEST(list_keeps_what_is_due_and_whose_in_its_address)
{
    static const struct {
        unsigned roles;
        const char *asked, *link;
    } cases[] = {
        { 0, "due=overdue", "&due=overdue" },
        { 0, "due=soon&mine=1", "&due=soon" },
        { ROLE_EDITOR, "due=soon&mine=1", "&due=soon&mine=1" },
        { ROLE_OFFICER, "mine=1", "" },
        { 0, "due=never", "" },
        { 0, "due=", "" },
    };
    struct given *g = given(t);

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct list_query q;

        given_asks(g, cases[i].roles);
        g->who.org = given_unit(g, S("区司法局"));
        q = asked(g, cases[i].asked);
        CHECK_STR(list_link(t->mem, &q, S("")),
                  str_fmt(t->mem, "/sample/tree?year=2024%s", cases[i].link));
    }
}

/* Groves of two units with tasks in every state; one of last year. */
static struct given *given_groves(struct test *t)
{
    static const struct {
        const char *unit, *grove, *task;
        int32_t year, due;
    } rows[] = {
        { "区教育局", "active", "open", 2024, 20241231 },
        { "区教育局", "active", "open", 2023, 20241109 },
        { "区教育局", "active", "open", 2024, 20241101 },
        { "区教育局", "active", "reported", 2023, 20231101 },
        { "区司法局", "active", "reported", 2024, 20241101 },
        { "区司法局", "active", "open", 2024, 20241107 },
        { "区司法局", "active", "accepted", 2024, 20241107 },
        { "区司法局", "draft", "open", 2024, 20241107 },
    };
    struct given *g = given(t);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct ledger_row *grove = given_row(g, "grove.grove");
        struct ledger_row *task = given_row(g, "grove.task");

        grove->year = rows[i].year;
        given_text(grove, "name", str_fmt(t->mem, "林%zu", i));
        given_int(grove, "unit", given_unit(g, str_from(rows[i].unit)));
        given_text(grove, "state", str_from(rows[i].grove));
        given_int(task, "grove", given_keep(g, grove));
        given_text(task, "name", str_fmt(t->mem, "任务%zu", i));
        given_int(task, "due", rows[i].due);
        given_int(task, "weight", 10);
        given_text(task, "state", str_from(rows[i].task));
        given_keep(g, task);
    }
    given_commit(g);
    return g;
}

static struct list_query asked_of(struct given *g, const char *ledger,
                                  struct str query)
{
    const struct ledger *l = ledger_find(str_from(ledger));
    struct list_query q;

    list_read(given_ctx(g,
                        str_fmt(g->m, "%.*s?%.*s",
                                STR_ARG(ledger_path(g->m, l)), STR_ARG(query))),
              l, &q);
    return q;
}

static int64_t rows_of(struct given *g, const struct list_query *q)
{
    struct list_rows r;
    int64_t n = 0;

    list_open(act_scope(given_act(g)), q, LIST_WHOLE, &r);
    while (list_next(&r))
        n++;
    return n;
}

/* The number, the count above the list and its rows are of one condition. */
static int64_t check_can(struct given *g, const char *ledger)
{
    const struct ledger *l = ledger_find(str_from(ledger));
    struct test *t = g->t;
    int64_t all = 0;

    for (size_t i = 0; i < l->steps_n; i++) {
        struct list_query q =
            asked_of(g, ledger,
                     str_fmt(g->m, "can=%.*s", STR_ARG(l->steps[i].key)));
        struct scope in = act_scope(given_act(g));
        int64_t n;

        q.asker.in = in;
        n = due_count(&q.asker, l, &l->steps[i], q.today);
        CHECK((q.can != NULL) == due_is_for(&q.asker, &l->steps[i]));
        if (!q.can)
            continue;
        CHECK_INT(list_found(in, &q), n);
        CHECK_INT(rows_of(g, &q), n);
        all += n;
    }
    return all;
}

TEST(list_shows_what_waits_as_it_is_counted_for_every_step_and_asker)
{
    static const unsigned roles[] = { 0, ROLE_ADMIN, ROLE_OFFICER, ROLE_EDITOR,
                                      ROLE_OFFICER | ROLE_EDITOR };
    static const char *const units[] = { "", "区教育局", "区司法局",
                                         "区水务局" };
    struct given *g = given_groves(t);
    int64_t all = 0;

    for (size_t r = 0; r < COUNT(roles); r++)
        for (size_t u = 0; u < COUNT(units); u++) {
            given_asks(g, roles[r]);
            g->who.org = *units[u] ? given_unit(g, str_from(units[u])) : 0;
            all += check_can(g, "grove.task") + check_can(g, "grove.grove");
        }
    CHECK(all > 20);
}

static struct str tasks(struct given *g, const char *query)
{
    return names_of(g, asked_of(g, "grove.task", str_from(query)));
}

TEST(list_of_what_waits_is_of_all_years_and_first_due_first)
{
    struct given *g = given_groves(t);

    given_asks(g, ROLE_EDITOR);
    g->who.org = given_unit(g, S("区教育局"));
    CHECK_STR(tasks(g, "can=report"), S("任务2 任务1 "));
    CHECK_STR(tasks(g, "can=report&year=2024"), S("任务2 "));
    CHECK_STR(tasks(g, "can=report&sort=-id"), S("任务2 任务1 "));
    CHECK_STR(tasks(g, "can=report&sort=name"), S("任务1 任务2 "));
    CHECK_STR(tasks(g, "can=report&q=1"), S("任务1 "));
    given_asks(g, ROLE_OFFICER);
    CHECK_STR(tasks(g, "can=accept"), S("任务3 任务4 "));
}

TEST(list_keeps_what_waits_in_its_address_and_takes_no_other_word)
{
    static const struct {
        unsigned roles;
        const char *asked, *link;
    } cases[] = {
        { ROLE_OFFICER, "can=accept", "year=all&can=accept" },
        { ROLE_OFFICER, "can=accept&year=2024", "year=2024&can=accept" },
        { ROLE_EDITOR, "can=report", "year=all&can=report" },
        { ROLE_EDITOR, "can=accept", "year=2024" },  /* never theirs */
        { ROLE_OFFICER, "can=report", "year=2024" }, /* on behalf only */
        { ROLE_OFFICER, "can=return", "year=2024" }, /* not expected */
        { ROLE_OFFICER, "can=lapse", "year=2024" },  /* the clock's */
        { ROLE_OFFICER, "can=never", "year=2024" },
        { ROLE_OFFICER, "can=' OR 1=1", "year=2024" },
        { ROLE_OFFICER, "can=", "year=2024" },
        { ROLE_ADMIN, "can=accept", "year=2024" },
        { 0, "can=accept", "year=2024" },
    };
    struct given *g = given(t);

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct list_query q;

        given_asks(g, cases[i].roles);
        g->who.org = given_unit(g, S("区司法局"));
        q = asked_of(g, "grove.task", str_from(cases[i].asked));
        CHECK_STR(list_link(t->mem, &q, S("")),
                  str_fmt(t->mem, "/grove/task?%s", cases[i].link));
    }
}

TEST(list_splits_into_what_each_choice_would_find)
{
    static const char *const queries[] = { "",
                                           "year=all",
                                           "q=2",
                                           "can=accept",
                                           "state=reported&year=all",
                                           "voided=1&year=all" };
    struct given *g = given_groves(t);

    given_void(g, "grove.task", 5);
    given_asks(g, ROLE_OFFICER);
    for (size_t i = 0; i < COUNT(queries); i++) {
        struct list_query q = asked_of(g, "grove.task", str_from(queries[i]));
        struct scope in = act_scope(given_act(g));
        struct list_split split;
        int64_t all = 0;

        CHECK_INT(q.filters_n, 1);
        list_split(in, &q, 0, &split);
        for (size_t k = 0; k < split.column->choices_n; k++) {
            q.filters[0].on = true;
            q.filters[0].value = STR(split.column->choices[k].key);
            CHECK_INT(list_found(in, &q), split.n[k]);
            all += split.n[k];
        }
        CHECK_INT(split.all, all);
        CHECK(all > 0);
    }
}
