/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * By whatever way rows are found, they are the same ones: on groves of two
 * years in every state, with and without a task that is late.
 */
#include "host/given/given.h"
#include "host/list/list_rows.h"

enum { GROVES = 24 };

static const struct ledger *groves(void)
{
    return ledger_find(S("grove.grove"));
}

static const struct column *column(const char *key)
{
    return &groves()->columns[ledger_column(groves(), str_from(key))];
}

/* Choice number `n`, from 1; 0 and more than there are: none is asked for. */
static struct str key_of(const char *of, size_t n)
{
    const struct column *c = column(of);

    return n && n <= c->choices_n ? c->choices[n - 1].key : S("");
}

static struct given *many_groves(struct test *t)
{
    struct given *g = given(t);

    for (int i = 0; i < GROVES; i++) {
        struct ledger_row *row = given_row(g, "grove.grove");
        struct ledger_row *task = given_row(g, "grove.task");

        row->year = i % 5 ? 2024 : 2023;
        given_text(row, "name", str_fmt(t->mem, "%d", GROVES - i));
        given_int(row, "unit", given_unit(g, S("区教育局")));
        given_text(row, "state", key_of("state", 1 + (size_t)i % 3));
        given_int(task, "grove", given_keep(g, row));
        given_text(task, "name", S("栽种"));
        given_int(task, "due", i % 4 ? 20241001 : 20241201);
        given_int(task, "weight", 40);
        given_keep(g, task);
    }
    given_void(g, "grove.grove", 5);
    given_today(g, 20241107);
    return g;
}

/* What is asked for; what is empty or 0 is not. */
struct asked {
    struct str state, light;
    int32_t year;
    bool voided, sorted;
};

static void set(struct list_query *q, const char *key, struct str value)
{
    q->filters[q->filters_n++] =
        (struct list_filter){ .column =
                                  (size_t)(column(key) - groves()->columns),
                              .on = value.n > 0,
                              .value = STR(value) };
}

static struct list_query query(struct given *g, const struct asked *a)
{
    struct list_query q;

    list_all(groves(), LANG_ZH, &q);
    q.filters = NEW_ARRAY(g->m, struct list_filter, 2);
    q.year = a->year;
    q.voided = a->voided;
    q.sort = a->sorted ? (int)ledger_title(groves()) : LIST_BY_ID;
    set(&q, "state", a->state);
    set(&q, "light", a->light);
    return q;
}

static bool is_asked(struct given *g, const struct asked *a, int64_t id)
{
    struct ledger_row *row = given_kept(g, "grove.grove", id);
    size_t light = ledger_column(groves(), S("light"));
    size_t state = ledger_role(groves(), COLUMN_STATE);

    return (a->voided || row_stands(row)) &&
           (!a->year || row->year == a->year) &&
           (!a->state.n || str_eq(row_str(row, state), a->state)) &&
           (!a->light.n || str_eq(row_str(row, light), a->light));
}

static void check_query(struct test *t, struct given *g, const struct asked *a)
{
    struct scope in = act_scope(given_act(g));
    struct list_query q = query(g, a);
    struct list_rows r;
    struct list_split split;
    int64_t n = 0;
    int64_t listed = 0;

    for (int64_t id = 1; id <= GROVES; id++)
        n += is_asked(g, a, id);
    CHECK_INT(list_found(in, &q), n);
    CHECK_INT(list_count(in, &q).found, n);
    for (list_open(in, &q, LIST_PAGE, &r); list_next(&r); listed++)
        CHECK(is_asked(g, a, list_id(&r)));
    CHECK_INT(listed, n);
    for (size_t f = 0; f < q.filters_n; f++) {
        list_split(in, &q, f, &split);
        for (size_t i = 0; i < split.column->choices_n; i++)
            if (q.filters[f].on &&
                str_eq(split.column->choices[i].key, q.filters[f].value.s))
                CHECK_INT(split.n[i], n);
        if (!q.filters[f].on)
            CHECK_INT(split.all, n);
    }
}

static void check_choices(struct test *t, struct given *g, struct asked a)
{
    for (size_t s = 0; s <= column("state")->choices_n; s++)
        for (size_t l = 0; l <= column("light")->choices_n; l++) {
            a.state = key_of("state", s);
            a.light = key_of("light", l);
            check_query(t, g, &a);
        }
}

TEST(list_finds_the_same_rows_by_every_way)
{
    static const int32_t years[] = { 0, 2023, 2024, 2025 };
    struct given *g = many_groves(t);

    for (size_t i = 0; i < COUNT(years); i++) {
        check_choices(t, g, (struct asked){ .year = years[i] });
        check_choices(t, g, (struct asked){ .year = years[i], .sorted = true });
        check_choices(t, g, (struct asked){ .year = years[i], .voided = true });
    }
}

/* A page is sorted by ids first, a paper at once. */
static void check_order(struct test *t, struct given *g,
                        const struct list_query *q)
{
    struct scope in = act_scope(given_act(g));
    struct list_rows page;
    struct list_rows paper;

    list_open(in, q, LIST_PAGE, &page);
    list_open(in, q, LIST_PAPER, &paper);
    while (list_next(&paper)) {
        CHECK(list_next(&page));
        CHECK_INT(list_id(&page), list_id(&paper));
    }
    CHECK(!list_next(&page));
}

TEST(list_sorts_a_page_as_it_sorts_a_paper)
{
    struct given *g = many_groves(t);
    struct asked a = { .light = key_of("light", 1) };

    for (size_t s = 0; s <= column("state")->choices_n; s++)
        for (int sort = LIST_BY_ID; sort < (int)groves()->columns_n; sort++) {
            struct list_query q;

            a.state = key_of("state", s);
            a.year = s ? 2024 : 0;
            q = query(g, &a);
            q.sort = sort;
            check_order(t, g, &q);
            q.desc = true;
            check_order(t, g, &q);
        }
}

/* The ids of a page, or of the whole list. */
static size_t ids_of(struct given *g, const struct list_query *q,
                     enum list_extent extent, int64_t ret[GROVES])
{
    struct list_rows r;
    size_t n = 0;

    list_open(act_scope(given_act(g)), q, extent, &r);
    while (list_next(&r))
        ret[n++] = list_id(&r);
    return n;
}

static bool are_equal(const int64_t *a, const int64_t *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (a[i] != b[i])
            return false;
    return true;
}

/* Behind and before each of its rows stand the others. */
static void check_keys(struct test *t, struct given *g,
                       const struct list_query *all)
{
    struct list_query q = *all;
    int64_t rows[GROVES];
    int64_t page[GROVES];
    size_t n = ids_of(g, &q, LIST_PAPER, rows);

    q.page = 2;
    for (size_t i = 0; i < n; i++) {
        q.after = rows[i];
        q.before = 0;
        CHECK_INT(ids_of(g, &q, LIST_PAGE, page), n - i - 1);
        CHECK(are_equal(page, rows + i + 1, n - i - 1));
        q.before = rows[i];
        q.after = 0;
        CHECK_INT(ids_of(g, &q, LIST_PAGE, page), i);
        CHECK(are_equal(page, rows, i));
    }
}

TEST(list_has_behind_and_before_each_row_the_others)
{
    struct given *g = many_groves(t);

    for (size_t s = 0; s <= column("state")->choices_n; s++)
        for (size_t l = 0; l <= column("light")->choices_n; l++)
            for (int all = 0; all < 4; all++) {
                struct asked a = { .state = key_of("state", s),
                                   .light = key_of("light", l),
                                   .year = all & 1 ? 0 : 2024,
                                   .voided = (all & 2) != 0 };
                struct list_query q = query(g, &a);

                check_keys(t, g, &q);
                q.desc = true;
                check_keys(t, g, &q);
            }
}
