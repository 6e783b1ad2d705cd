/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What a query string may ask for, and what it may not. */
#include "host/given/row_given.h"

static struct list_query given_query(struct given *g, const char *query,
                                     unsigned roles)
{
    struct ctx *c = given_ctx(g, "projects.project", query, roles);
    struct list_query q;

    list_read(c, ledger_find(S("projects.project")), &q);
    return q;
}

/* The titles of the page a query gives, each followed by a blank. */
static struct str titles_found(struct given *g, struct list_query q)
{
    struct buf *b = buf_new(g->t->mem, 65536);
    struct list_rows r;

    list_open(&g->w.tx, g->t->mem, &q, LIST_PAGE, &r);
    while (list_next(&r)) {
        buf_put(b, list_cell(&r, 0));
        buf_byte(b, ' ');
    }
    return buf_str(b);
}

static struct str titles(struct given *g, const char *query, unsigned roles)
{
    return titles_found(g, given_query(g, query, roles));
}

TEST(list_reads_filters_sort_and_page)
{
    struct given *g = given_begin(t);
    struct list_query q =
        given_query(g,
                    "field=livelihood&unit=1&sort=-due_on&page=2&year=2023&q=A",
                    ROLE_OFFICER);

    CHECK_INT(q.year, 2023);
    CHECK_STR(q.folded, S("a"));
    CHECK_INT(q.page, 2);
    CHECK(q.desc);
    CHECK_INT(q.sort, ledger_column(q.ledger, S("due_on")));
    CHECK_INT(q.filters_n, 2);
    CHECK(q.filters[0].on && q.filters[1].on);
    CHECK_STR(q.filters[0].shown, S("民生保障"));
    CHECK_STR(q.filters[1].shown, S("区教育局"));
    CHECK_STR(list_link(t->mem, &q, S("/export.csv")),
              S("/projects/project/export.csv?year=2023&q=A&field=livelihood"
                "&unit=1&sort=-due_on&page=2"));
    given_end(g);
}

TEST(list_ignores_what_it_does_not_know)
{
    static const char *const nonsense[] = {
        "sort=id;DROP%20TABLE%20projects_project",
        "sort=t.secretary%20DESC--",
        "sort=-",
        "sort=secretary", /* visitors do not see it, so do not sort by it */
        "field=%27%20OR%201=1",
        "field=&unit=",
        "page=-1",
        "page=99999999999999999999",
        "page=0&year=banana&year=2023",
        "voided=1", /* for those signed in */
        "year=1&x=y&&=&%ff=%zz",
        "lead_org=x", /* not a filter */
    };
    struct given *g = given_begin(t);

    given_project(g, S("甲"));
    for (size_t i = 0; i < COUNT(nonsense); i++) {
        struct list_query q = given_query(g, nonsense[i], 0);

        CHECK_STR(list_link(t->mem, &q, S("")),
                  S("/projects/project?year=2024"));
        CHECK_STR(titles(g, nonsense[i], 0), S("甲 "));
    }
    given_end(g);
}

TEST(list_searches_signs_as_they_are)
{
    struct given *g = given_begin(t);

    given_project(g, S("100%达标'工程'"));
    given_project(g, S("“夕阳红”Aa_助餐"));
    CHECK_STR(titles(g, "q=%25", 0), S("100%达标'工程' "));
    CHECK_STR(titles(g, "q=_", 0), S("“夕阳红”Aa_助餐 "));
    CHECK_STR(titles(g, "q=%E8%BE%BE", 0), S("100%达标'工程' ")); /* 达 */
    CHECK_STR(titles(g, "q=%E2%80%9C%E5%A4%95+%E9%98%B3aA", 0), S(""));
    CHECK_STR(
        titles(g, "q=%E5%A4%95+%E9%98%B3%E7%BA%A2A", 0),
        S("“夕阳红”Aa_助餐 ")); /* 夕 阳红A: blank and case do not count */
    CHECK_STR(titles(g, "q=%27)+OR+1=1+--", 0), S(""));
    CHECK_STR(titles(g, "q=%22", 0),
              S("100%达标'工程' “夕阳红”Aa_助餐 ")); /* nothing is left of it */
    given_end(g);
}

TEST(list_searches_hidden_columns_for_those_signed_in_only)
{
    struct given *g = given_begin(t);
    struct ledger_row *row = given_project_row(g, S("甲"));

    given_value(row, "blocker", STR(S("资金缺口")));
    given_insert(g, row);
    CHECK_STR(titles(g, "q=%E8%B5%84%E9%87%91", ROLE_OFFICER), S("甲 "));
    CHECK_STR(titles(g, "q=%E8%B5%84%E9%87%91", 0), S(""));
    given_end(g);
}

TEST(list_sorts_choices_as_declared_and_references_by_title)
{
    struct given *g = given_begin(t);
    struct ledger_row *row = given_project_row(g, S("乙"));

    given_value(row, "field", STR(S("investment")));
    given_value(row, "unit", INT(g->other));
    given_insert(g, row);
    given_project(g, S("甲"));
    CHECK_STR(titles(g, "", 0), S("乙 甲 "));
    CHECK_STR(titles(g, "sort=-id", 0), S("甲 乙 "));
    CHECK_STR(titles(g, "sort=field", 0), S("乙 甲 "));
    CHECK_STR(titles(g, "sort=-field", 0), S("甲 乙 "));
    CHECK_STR(titles(g, "sort=unit", 0), S("乙 甲 ")); /* 司 before 教 */
    CHECK_STR(titles(g, "sort=-unit", 0), S("甲 乙 "));
    CHECK_STR(titles(g, "unit=2", 0), S("乙 "));
    CHECK_STR(titles(g, "unit=2&field=livelihood", 0), S(""));
    given_end(g);
}

static void given_provider(struct given *g, const char *name, bool whole)
{
    struct ledger_row *row =
        ledger_row_new(g->t->mem, ledger_find(S("children.provider")));

    given_value(row, "name", STR(str_from(name)));
    given_value(row, "promised", INT(1));
    if (whole) {
        given_value(row, "no", INT(7));
        given_value(row, "forms", STR(S("讲座")));
        given_value(row, "contact", STR(S("on_file")));
    }
    row->year = GIVEN_YEAR;
    given_insert(g, row);
}

static void check_missing_first(struct given *g, struct list_query q,
                                const char *key, struct str missing_first,
                                struct str missing_last)
{
    struct test *t = g->t;

    q.sort = (int)ledger_column(q.ledger, str_from(key));
    CHECK_STR(titles_found(g, q), missing_first);
    q.desc = true;
    CHECK_STR(titles_found(g, q), missing_last);
}

TEST(list_sorts_what_is_missing_before_everything_else)
{
    static const char *const keys[] = { "no", "forms", "contact" };
    struct given *g = given_begin(t);
    const struct ledger *units = ledger_find(S("registry.organisation"));
    struct ledger_row *part = ledger_row_new(t->mem, units);
    struct list_query q;

    given_provider(g, "有", true);
    given_provider(g, "无", false);
    list_read(given_ctx(g, "children.provider", "", ROLE_OFFICER),
              ledger_find(S("children.provider")), &q);
    for (size_t i = 0; i < COUNT(keys); i++)
        check_missing_first(g, q, keys[i], S("无 有 "), S("有 无 "));
    given_value(part, "name", STR(S("一中")));
    given_value(part, "kind", STR(S("unit")));
    given_value(part, "parent", INT(g->unit));
    given_insert(g, part);
    list_read(given_ctx(g, "registry.organisation", "", ROLE_OFFICER), units,
              &q);
    check_missing_first(g, q, "parent", S("区教育局 区司法局 一中 "),
                        S("一中 区教育局 区司法局 "));
    given_end(g);
}

/* Every sort of every ledger is a statement the store takes. */
TEST(list_statements_of_every_ledger_are_sound)
{
    struct given *g = given_begin(t);
    const struct ledger *l;
    size_t opened = 0;

    for (size_t i = 0; (l = ledger_at(i)) != NULL; i++)
        for (size_t col = 0; col < l->columns_n; col++)
            for (unsigned roles = 0; roles <= ROLE_OFFICER; roles += 2) {
                struct str query = str_fmt(t->mem, "sort=-%.*s&q=a",
                                           STR_ARG(l->columns[col].key));
                struct str name = ledger_name(t->mem, l);
                struct ctx *c = given_ctx(g, str_c(t->mem, name),
                                          str_c(t->mem, query), roles);
                struct list_query q;
                struct list_rows r;

                list_read(c, l, &q);
                CHECK_INT(list_count(c->tx, c->m, &q).found, 0);
                list_open(c->tx, c->m, &q, LIST_WHOLE, &r);
                CHECK(!list_next(&r));
                opened++;
            }
    CHECK(opened > 100);
    given_end(g);
}

TEST(list_counts_the_year_and_what_is_found)
{
    struct given *g = given_begin(t);
    struct ledger_row *row = given_project_row(g, S("去年的"));
    struct list_query q;
    struct list_count n;
    int32_t years[4];

    row->year = 2023;
    given_insert(g, row);
    given_project(g, S("甲"));
    given_project(g, S("乙"));
    q = given_query(g, "q=%E7%94%B2", 0);
    n = list_count(&g->w.tx, t->mem, &q);
    CHECK_INT(n.total, 2);
    CHECK_INT(n.found, 1);
    q = given_query(g, "year=all", 0);
    n = list_count(&g->w.tx, t->mem, &q);
    CHECK_INT(n.total, 3);
    CHECK_INT(n.found, 3);
    CHECK_INT(list_years(&g->w.tx, t->mem, &q, COUNT(years), years), 2);
    CHECK_INT(years[0], 2024);
    CHECK_INT(years[1], 2023);
    given_end(g);
}

/* A ledger whose tally stands for the count: voided rows leave both. */
TEST(list_counts_by_tally_what_it_lists)
{
    struct given *g = given_begin(t);
    const struct ledger *l = ledger_find(S("children.provider"));
    struct ledger_row *row;
    struct list_query q;

    for (int i = 0; i < 3; i++) {
        row = ledger_row_new(t->mem, l);
        given_value(row, "name", STR(str_fmt(t->mem, "馆 %d", i)));
        given_value(row, "promised", INT(1));
        row->year = GIVEN_YEAR;
        given_insert(g, row);
    }
    CHECK_INT(row_void(&g->w.act, row, S("重复")), OK);
    list_read(given_ctx(g, "children.provider", "", ROLE_OFFICER), l, &q);
    CHECK_INT(list_count(&g->w.tx, t->mem, &q).total, 2);
    q.voided = true;
    CHECK_INT(list_count(&g->w.tx, t->mem, &q).total, 3);
    given_end(g);
}

TEST(list_of_many_references_takes_a_part_of_the_title)
{
    struct given *g = given_begin(t);
    struct list_source from = { &g->w.tx, t->mem, GIVEN_DISTRICT };
    const struct ledger *l = ledger_find(S("projects.project"));
    const struct column *unit = &l->columns[ledger_column(l, S("unit"))];

    given_project(g, S("甲"));
    CHECK_INT(list_options(from, unit, 0).n, 2);
    for (int i = 0; i < LIST_OPTIONS_MAX; i++)
        given_org(g, str_fmt(t->mem, "“第 %d”单位", i), S("unit"));
    CHECK_INT(list_options(from, unit, 0).n, 0);
    CHECK(list_options(from, unit, 0).many);
    CHECK_STR(titles(g, "unit=%E6%95%99%E8%82%B2", 0), S("甲 ")); /* 教育 */
    CHECK_STR(titles(g, "unit=%E5%8F%B8%E6%B3%95", 0), S(""));    /* 司法 */
    CHECK_STR(titles(g, "unit=%25", 0), S(""));
    given_end(g);
}
