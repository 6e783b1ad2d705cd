/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Every figure there is, in every year, on every screen and in every file,
 * live and frozen, is counted again from what stands there.
 */
#include "feature/reports/given_report.h"

#include "base/date.h"
#include "host/ledger/figure_part.h"
#include "host/ledger/recount.h"

#include <stdlib.h>

enum { SCREEN_ROWS = 50, NO_YEAR = 2022, VALUES_MAX = 4096 };

/* What somebody finds who counts again. */
struct found {
    int64_t rows;
    int64_t sums[COUNTED_MAX]; /* below the columns of counted_columns() */
    int64_t least;             /* points; of the last row */
    int64_t place, placed;     /* of the last row; rows with a place */
    int64_t *values;           /* of a median, in the order of rows */
    size_t values_n;
};

/* ---- counting ---- */

/* 1,234 or 94.85 in ten-thousandths; the number is all there is. */
static int64_t read_points(struct test *t, struct str s)
{
    int64_t v = 0;
    int places = -1;

    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == ',')
            continue;
        if (s.p[i] == '.') {
            places = 0;
            continue;
        }
        NEED(is_digit(s.p[i]));
        v = 10 * v + s.p[i] - '0';
        places += places >= 0;
    }
    for (places = places < 0 ? 0 : places; places < 4; places++)
        v *= 10;
    return v;
}

static int64_t read_whole(struct test *t, struct str s)
{
    int64_t v = read_points(t, s);

    CHECK_INT(v % 10000, 0);
    return v / 10000;
}

static void add_value(struct test *t, int64_t value, struct found *f)
{
    if (!f->values)
        f->values = NEW_ARRAY(t->mem, int64_t, VALUES_MAX);
    NEED(f->values_n < VALUES_MAX);
    f->values[f->values_n++] = value;
}

static void add_cell(struct test *t, const struct counted_column *c, size_t i,
                     struct str said, struct found *f)
{
    int64_t before = f->place;

    if (c->what == COUNTED_PLACE) {
        f->place = read_whole(t, said);
        CHECK(f->place == ++f->placed || f->place == before);
    } else if (c->what == COUNTED_POINTS)
        f->least = read_points(t, said);
    else if (c->what == COUNTED_VALUE)
        add_value(t, read_whole(t, said), f);
    else if (c->what == COUNTED_SINCE)
        CHECK(str_starts(said, S("自")) || said.n == 10); /* 2024-10-16 */
    else if (c->what != COUNTED_SHARE)
        f->sums[i] += read_whole(t, said);
}

static struct str between(struct str s, struct str from, struct str to)
{
    size_t at = str_find(s, from);

    if (at == SIZE_MAX)
        return S("");
    s = str_slice(s, at + from.n, s.n);
    return str_slice(s, 0, str_find(s, to));
}

/* The cells below one header, in the body of the page's table. */
static void count_cells(struct test *t, struct str body,
                        const struct counted_column *c, size_t i,
                        struct found *f)
{
    struct str from =
        str_fmt(t->mem, "data-label=\"%.*s\">", STR_ARG(c->label.zh));
    size_t at;

    while ((at = str_find(body, from)) != SIZE_MAX) {
        body = str_slice(body, at + from.n, body.n);
        add_cell(t, c, i, str_slice(body, 0, str_find(body, S("<"))), f);
    }
}

static int64_t count_words(struct str s, struct str what)
{
    int64_t n = 0;
    size_t at;

    for (; (at = str_find(s, what)) != SIZE_MAX; n++)
        s = str_slice(s, at + what.n, s.n);
    return n;
}

/* All pages of a table of rows; a column of ones is left out on a page. */
static struct found count_screen(struct given *g, struct str path,
                                 const struct figure *fig, int64_t rows)
{
    struct test *t = g->t;
    struct counted_column cols[COUNTED_MAX];
    size_t n = counted_columns(t->mem, fig, cols);
    struct found f = { 0 };

    for (int64_t page = 1; page == 1 || f.rows < rows; page++) {
        struct str at = str_fmt(t->mem, "%.*s%spage=%lld", STR_ARG(path),
                                str_find(path, S("?")) == SIZE_MAX ? "?" : "&",
                                (long long)page);
        struct ctx *c = given_get(g, at);
        struct str html = page_html(c);
        size_t at_rows = str_find(html, S("id=\"rows\""));
        struct str body =
            between(str_slice(html, at_rows == SIZE_MAX ? 0 : at_rows, html.n),
                    S("<tbody>"), S("</tbody>"));
        int64_t here = count_words(body, S("<th scope=\"row\">"));

        CHECK_INT(page_status(c), 200);
        NEED(here > 0 || rows == 0);
        f.rows += here;
        for (size_t i = 0; i < n; i++) {
            if (cols[i].what == COUNTED_QUANTITY && cols[i].files)
                f.sums[i] += here;
            else
                count_cells(t, body, &cols[i], i, &f);
        }
        if (rows == 0)
            break;
    }
    return f;
}

static struct str cell_below(const struct grid *g, size_t row, struct str head)
{
    for (size_t i = 0; i < g->cols; i++)
        if (str_eq(grid_cell(g, 0, i)->text, head))
            return grid_cell(g, row, i)->text;
    return S("?");
}

/* A file as a spreadsheet opens it; its last row is what it says itself. */
static struct found count_grid(struct test *t, const struct grid *grid,
                               const struct figure *fig, struct found *ret_said)
{
    struct counted_column cols[COUNTED_MAX];
    size_t n = counted_columns(t->mem, fig, cols);
    struct found f = { 0 };

    NEED(grid->rows >= 2);
    f.rows = (int64_t)grid->rows - 2;
    CHECK_STR(grid_cell(grid, grid->rows - 1, 0)->text, S("合计"));
    *ret_said = (struct found){ .rows = f.rows };
    for (size_t i = 0; i < n; i++) {
        for (size_t row = 1; row + 1 < grid->rows; row++)
            add_cell(t, &cols[i], i, cell_below(grid, row, cols[i].label.zh),
                     &f);
        if (counted_adds(&cols[i]))
            ret_said->sums[i] = read_whole(t, cell_below(grid, grid->rows - 1,
                                                         cols[i].label.zh));
    }
    return f;
}

static struct workbook *open_file(struct given *g, struct str path)
{
    struct test *t = g->t;
    struct ctx *c = given_get(g, path);

    NEED_INT(page_status(c), 200);
    return given_workbook(g, page_html(c),
                          str_find(path, S(".csv")) == SIZE_MAX ? S("a.xlsx")
                                                                : S("a.csv"));
}

/* ---- what must come out ---- */

static int64_t basis_points(int64_t part, int64_t n)
{
    return n ? (20000 * part + n) / (2 * n) : 0;
}

/* A mean in tenths, half up; of nothing it is 0. */
static int64_t tenths(int64_t sum, int64_t n)
{
    return n ? (20 * sum + n) / (2 * n) : 0;
}

static int by_value(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a;
    int64_t y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

/* In tenths, sorted here, whatever the order they stood in; of none it is 0. */
static int64_t middle(const struct found *f)
{
    size_t n = f->values_n;

    if (n == 0)
        return 0;
    qsort(f->values, n, sizeof(*f->values), by_value);
    return n % 2 ? 10 * f->values[n / 2]
                 : 5 * (f->values[n / 2 - 1] + f->values[n / 2]);
}

/* Does what was counted give the value of the figure? */
static void check_found(struct test *t, const struct figure_value *v,
                        const struct found *f)
{
    int64_t line;

    switch (v->figure->measure) {
    case MEASURE_COUNT:
        CHECK_INT(f->rows, v->value);
        CHECK_INT(f->sums[0], v->value);
        break;
    case MEASURE_SUM:
        CHECK_INT(f->sums[0], v->value);
        break;
    case MEASURE_RATIO:
        CHECK_INT(f->sums[0], v->part);
        CHECK_INT(f->sums[1], v->n);
        if (v->known)
            CHECK_INT(basis_points(f->sums[0], f->sums[1]), v->value);
        break;
    case MEASURE_MEAN:
        CHECK_INT(f->rows, v->n);
        CHECK_INT(f->sums[0], v->part);
        if (v->known)
            CHECK_INT(tenths(f->sums[0], f->rows), v->value);
        break;
    case MEASURE_MEDIAN:
        CHECK_INT(f->rows, v->n);
        CHECK_INT((int64_t)f->values_n, v->n);
        CHECK_INT(v->known, v->n > 0);
        CHECK_INT(middle(f), v->value);
        break;
    case MEASURE_STANDING:
        CHECK_INT(f->rows, v->value);
        CHECK_INT(f->sums[2], v->value);
        break;
    case MEASURE_SEATS:
        CHECK_INT(f->rows, v->value);
        CHECK_INT(f->sums[2], v->value);
        CHECK(v->value <= v->places);
        if (figure_line(v, &line))
            CHECK_INT(f->least, line);
        break;
    }
}

/* As its page says it: where nothing is kept there is no 0. */
static struct str shown(struct given *g, const struct figure_value *v)
{
    return figure_is_missing(act_scope(given_act(g)), v)
               ? S("还没有")
               : figure_shown(g->m, v);
}

/* One figure under one address: its page, which says so, and both files. */
static void check_address(struct given *g, const struct figure_value *v,
                          struct str path, struct str query, struct str says)
{
    struct test *t = g->t;
    static const char *const ends[] = { "csv", "xlsx" };
    struct found screen;
    struct found file = { 0 };
    struct found said;

    for (size_t i = 0; i < COUNT(ends); i++) {
        const struct workbook *w =
            open_file(g, str_fmt(t->mem, "%.*s/rows.%s%.*s", STR_ARG(path),
                                 ends[i], STR_ARG(query)));

        file = count_grid(t, &w->grids[0], v->figure, &said);
        check_found(t, v, &file);
        for (size_t k = 0; k < COUNTED_MAX; k++)
            if (said.sums[k])
                CHECK_INT(said.sums[k], file.sums[k]);
    }
    path = str_fmt(t->mem, "%.*s%.*s", STR_ARG(path), STR_ARG(query));
    screen = count_screen(g, path, v->figure, file.rows);
    check_found(t, v, &screen);
    CHECK_INT(screen.rows, file.rows);
    CHECK(page_says(given_get(g, path), says));
}

static void check_part(struct given *g, int32_t year, const struct figure *f,
                       struct figure_part only)
{
    struct test *t = g->t;
    struct figure_value v =
        figure_read_part(act_scope(given_act(g)), year, f, only);

    check_address(g, &v, str_fmt(t->mem, "/figures/%.*s", STR_ARG(f->key)),
                  str_fmt(t->mem, "?year=%d&month=%.0d&part=%.*s", year,
                          only.month, STR_ARG(only.category)),
                  shown(g, &v));
}

/* Its months and categories: each opens onto its own rows. */
static void check_parts(struct given *g, int32_t year, const struct figure *f)
{
    const struct column *col = figure_categories(f);

    for (int month = 1; figure_has_parts(f) && month <= MONTHS; month++)
        check_part(g, year, f, (struct figure_part){ .month = month });
    for (size_t i = 0; col && i < col->choices_n; i++) {
        struct str key = col->choices[i].key;

        check_part(g, year, f, (struct figure_part){ .category = key });
        check_part(g, year, f,
                   (struct figure_part){ .month = 3, .category = key });
    }
}

/* As of days before, within and after the year. */
static void check_days(struct given *g, int32_t year, const struct figure *f)
{
    static const int32_t days[] = { 20231231, 20240229, 20241016,
                                    20241107, 20241231, 20250115 };
    struct test *t = g->t;

    for (size_t i = 0; figure_knows_days(f) && i < COUNT(days); i++) {
        struct figure_value v =
            figure_read_part(act_scope(given_act(g)), year, f,
                             (struct figure_part){ .day = days[i] });
        struct str query = str_fmt(t->mem, "?year=%d&day=%.*s", year,
                                   STR_ARG(date_iso(t->mem, days[i])));
        struct str path = str_fmt(t->mem, "/figures/%.*s", STR_ARG(f->key));

        check_address(g, &v, path, query, shown(g, &v));
        CHECK(page_says(given_get(g, str_fmt(t->mem, "/figures%.*s",
                                             STR_ARG(query))),
                        shown(g, &v)));
    }
}

static void check_live(struct given *g, int32_t year)
{
    struct test *t = g->t;
    const struct figure *f;

    for (size_t i = 0; (f = figure_at(i)) != NULL; i++) {
        struct figure_value v = figure_read(act_scope(given_act(g)), year, f);
        struct str query = str_fmt(t->mem, "?year=%d", year);
        struct str all = str_fmt(t->mem, "/figures%.*s", STR_ARG(query));

        check_address(g, &v, str_fmt(t->mem, "/figures/%.*s", STR_ARG(f->key)),
                      query, shown(g, &v));
        CHECK(page_says(given_get(g, all), shown(g, &v)));
        check_parts(g, year, f);
        check_days(g, year, f);
    }
}

/* What was published says what the ledgers said then. */
static void check_frozen(struct given *g, struct figure_value *then)
{
    struct test *t = g->t;
    const struct figure *f;

    for (size_t i = 0; (f = figure_at(i)) != NULL; i++) {
        check_address(g, &then[i],
                      str_fmt(t->mem, "/sheets/whole/1/%.*s", STR_ARG(f->key)),
                      S(""), figure_shown(t->mem, &then[i]));
        CHECK(page_says(given_get(g, S("/sheets/whole/1")),
                        figure_text(t->mem, &then[i])));
    }
}

/* All of a version in one workbook: the numbers, then each one's rows. */
static void check_workbook(struct given *g, const struct figure_value *then)
{
    struct test *t = g->t;
    const struct workbook *w = open_file(g, S("/sheets/whole/1/all.xlsx"));
    const struct figure *f;
    size_t n = 0;

    for (; (f = figure_at(n)) != NULL; n++) {
        struct found said;
        struct found found;

        NEED(n + 1 < w->n);
        CHECK_STR(grid_cell(&w->grids[0], n + 1, 0)->text, f->label.zh);
        found = count_grid(t, &w->grids[n + 1], f, &said);
        check_found(t, &then[n], &found);
        for (size_t k = 0; k < COUNTED_MAX; k++)
            if (said.sums[k])
                CHECK_INT(said.sums[k], found.sums[k]);
    }
    CHECK_INT(w->n, n + 1);
    CHECK_INT(w->grids[0].rows, n + 1);
}

/* ---- the houses ---- */

/* The demo year, and a few trees of two years with every measure. */
static struct given *given_demo(struct test *t)
{
    struct given *g = given_many(t);

    given_csv(g, S("树名,树种,认养单位,栽种日期,浇水人次,长势评分,投票数,"
                   "点赞数,收藏数\n"
                   "甲,松树,区一局,2023-01-02,7,81.5,9,5,3\n"
                   "乙,银杏,区二局,2023-01-03,1,90,3,2,\n"
                   "丙,银杏,区二局,2023-01-04,,90.25,,4,4\n"
                   "丁,银杏,区二局,2023-01-05,,,,,\n"));
    given_csv(g, S("护树人,护树职责,护树电话\n陈晓玲,帮手,13800000001\n"));
    given_groves(g);
    given_divisions(g);
    given_apply(g,
                given_plan(g,
                           given_workbook(g, test_data(t, "demo/ledgers.xlsx"),
                                          S("ledgers.xlsx"))));
    given_apply(g,
                given_plan(g,
                           given_workbook(g, test_data(t, "demo/projects.xlsx"),
                                          S("projects.xlsx"))));
    given_csv(g, test_data(t, "demo/notices.csv"));
    given_csv(g, test_data(t, "demo/honours.csv"));
    given_void(g, "sample.tree", 3);
    given_commit(g);
    return g;
}

/* A sheet that tells of every figure; what each of them says. */
static struct figure_value *given_whole(struct given *g)
{
    struct test *t = g->t;
    struct buf *b = buf_new(t->mem, 65536);
    struct figure_value *values;
    size_t n = 0;

    buf_lit(b, "# 全部数字\n");
    for (; figure_at(n); n++)
        buf_fmt(b, "%.*s：{%.*s}。\n\n", STR_ARG(figure_at(n)->label.zh),
                STR_ARG(figure_at(n)->key));
    NEED_INT(given_put(g, "whole", buf_str(b), S("")), OK);
    NEED_INT(given_publish(g, "whole"), 1);
    values = NEW_ARRAY(t->mem, struct figure_value, n);
    for (size_t i = 0; i < n; i++)
        values[i] =
            figure_read(act_scope(given_act(g)), GIVEN_YEAR, figure_at(i));
    return values;
}

TEST(every_figure_is_counted_again_on_every_screen_and_in_every_file)
{
    static const int32_t years[] = { GIVEN_YEAR, GIVEN_YEAR - 1, NO_YEAR };
    static const unsigned roles[] = { 0, ROLE_OFFICER };
    struct given *g = given_demo(t);

    for (size_t r = 0; r < COUNT(roles); r++)
        for (size_t y = 0; y < COUNT(years); y++) {
            given_asks(g, roles[r]);
            check_live(g, years[y]);
        }
}

TEST(every_figure_of_a_version_is_counted_again_though_the_rows_change)
{
    struct given *g = given_demo(t);
    struct figure_value *then = given_whole(g);

    check_frozen(g, then);
    for (int64_t id = 5; id < 60; id++)
        given_void(g, "sample.tree", id);
    given_commit(g);
    check_frozen(g, then);
    check_workbook(g, then);
    check_live(g, GIVEN_YEAR);
}

/* Number and rows in the unit that its name says, as everywhere. */
TEST(the_page_before_publishing_says_every_figure_as_its_own_page_does)
{
    struct given *g = given_demo(t);
    struct figure_value *then = given_whole(g);
    const struct figure *f;
    struct ctx *c;

    given_asks(g, ROLE_OFFICER);
    c = given_get(g, S("/sheets/whole/publish"));
    for (size_t i = 0; (f = figure_at(i)) != NULL; i++) {
        struct str shown = figure_shown(t->mem, &then[i]);
        int64_t rows = recount_rows(act_scope(given_act(g)), &then[i]);

        CHECK(page_says(c, str_fmt(t->mem, "%.*s%s %.*s %.*s %lld",
                                   STR_ARG(f->label.zh),
                                   figure_is_time(f) ? "（小时）" : "",
                                   STR_ARG(shown), STR_ARG(shown),
                                   (long long)rows)));
    }
}

/* A file that adds up comes back as its rows: the sums are no row. */
TEST(a_file_of_a_figure_comes_back_without_its_sums)
{
    static const char *const ends[] = { "csv", "xlsx" };
    struct given *g = given_many(t);

    given_commit(g);
    given_asks(g, ROLE_OFFICER);
    for (size_t i = 0; i < COUNT(ends); i++) {
        struct str name = str_fmt(t->mem, "rows.%s", ends[i]);
        struct ctx *c =
            given_get(g, str_fmt(t->mem, "/figures/sample.trees/%.*s",
                                 STR_ARG(name)));
        struct import *im =
            given_plan(g, given_workbook(g, page_html(c), name));
        const struct import_sheet *sheet = given_sheet(im, "sample.tree");
        size_t rows = 0;

        given_compare(g, im);
        for (size_t k = 0; k < IMPORT_STATUSES; k++)
            rows += sheet->count[k];
        CHECK_INT(rows, 103);
        given_commit(g);
    }
}

TEST(a_file_of_a_version_masks_persons_for_everybody)
{
    static const unsigned roles[] = { 0, ROLE_EDITOR, ROLE_OFFICER };
    struct given *g = given_few(t);

    given_put(g, "all", S("# 全\n{sample.keepers}名\n"), S(""));
    given_publish(g, "all");
    for (size_t i = 0; i < COUNT(roles); i++) {
        struct ctx *c;

        given_asks(g, roles[i]);
        c = given_get(g, S("/sheets/all/1/sample.keepers/rows.csv"));
        CHECK_INT(page_status(c), 200);
        CHECK(page_has(c, S("陈**")));
        CHECK(!page_has(c, S("晓玲")));
        CHECK(!page_has(c, S("138")));
    }
}

TEST(a_file_of_no_version_or_figure_is_not_there)
{
    static const char *const paths[] = {
        "/sheets/all/2/sample.trees/rows.csv",
        "/sheets/all/1/sample.none/rows.csv",
        "/sheets/none/1/sample.trees/rows.xlsx",
        "/figures/sample.none/rows.xlsx",
    };
    struct given *g = given_few(t);

    given_put(g, "all", S("# 全\n{sample.trees}棵\n"), S(""));
    given_publish(g, "all");
    for (size_t i = 0; i < COUNT(paths); i++)
        CHECK_INT(page_status(given_get(g, str_from(paths[i]))), 404);
}
