/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Versions in sections: the same bytes, found by themselves, and guarded. */
#include "feature/reports/frozen.h"
#include "feature/reports/given_report.h"
#include "host/house/verify.h"
#include "store/schema.h"

#include <string.h>

enum { MANY = 3000 };

/* Many trees of all measures, published once as "all". */
static struct given *given_thousands(struct test *t)
{
    struct given *g = given(t);
    struct buf *b = buf_new(t->mem, 1 << 20);

    buf_lit(b, "树名,树种,认养单位,栽种日期,浇水人次,长势评分,投票数,"
               "点赞数,收藏数\n");
    for (int i = 0; i < MANY; i++)
        buf_fmt(b, "第%d棵,%s,单位%d,2024-%02d-03,%d,%d,%s\n", i,
                i % 3 ? "银杏" : "松树", i % 7, i % 12 + 1, i % 5,
                50 + i * 7 % 50, i % 4 ? "9,5,3" : ",,");
    given_csv(g, buf_str(b));
    given_all(g);
    return g;
}

static int64_t frozen_of(struct given *g)
{
    return given_sql(g, SQL("SELECT max(frozen) FROM reports_version"));
}

static bool is_item(const struct bundle_item *a, const struct bundle_item *b)
{
    return a->id == b->id && a->quantity == b->quantity &&
           a->place == b->place && a->points == b->points &&
           a->since == b->since;
}

/* Items from `first` on, beside those of the whole bundle. */
static size_t wrong_items(struct given *g, const struct bundle_figure *f,
                          int64_t first, size_t most)
{
    struct frozen_from from = { .frozen = frozen_of(g),
                                .name = S("rows"),
                                .key = f->figure.key,
                                .first = first };
    struct frozen_items items;
    struct bundle_item item;
    size_t wrong = 0;
    size_t i = (size_t)first;

    frozen_items_open(&items, act_scope(given_act(g)), &from);
    for (; i < f->rows.n && i < (size_t)first + most; i++)
        wrong += !frozen_items_next(&items, &item) ||
                 !is_item(&item, &f->rows.items[i]);
    wrong += i == f->rows.n && frozen_items_next(&items, &item);
    frozen_items_end(&items);
    return wrong;
}

TEST(frozen_lists_are_read_from_any_item)
{
    struct given *g = given_thousands(t);
    struct bundle b = given_read(t, given_bundle(g, "all", 1));

    for (size_t i = 0; i < b.figures_n; i++) {
        const struct bundle_figure *f = &b.figures[i];
        struct bundle_list l = { .n = 0 };

        NEED(frozen_list(act_scope(given_act(g)), frozen_of(g), S("rows"),
                         f->figure.key, &l));
        CHECK_INT(l.n, f->rows.n);
        CHECK_STR(l.where, f->rows.where);
        CHECK_STR(l.from, f->rows.from);
        CHECK_INT(wrong_items(g, f, 0, SIZE_MAX / 2), 0);
        for (size_t k = 1; k < f->rows.n; k += 271)
            CHECK_INT(wrong_items(g, f, (int64_t)k, 3), 0);
    }
}

TEST(frozen_rows_are_found_in_any_order)
{
    struct given *g = given_thousands(t);
    struct bundle b = given_read(t, given_bundle(g, "all", 1));
    struct frozen_rows rows;
    struct bundle_row row;
    size_t wrong = 0;

    frozen_rows_open(&rows, act_scope(given_act(g)), frozen_of(g));
    for (size_t i = 0; i < b.rows_n; i++) {
        size_t at = i % 2 ? i : i * 7919 % b.rows_n;
        const struct bundle_row *want = &b.rows[at];

        wrong += !frozen_find(&rows, want->ledger, want->id, &row) ||
                 !str_eq(row.content, want->content) ||
                 !str_eq(row.leaf, want->leaf) ||
                 !str_eq(row.shown, want->shown);
    }
    CHECK_INT(wrong, 0);
    CHECK(!frozen_find(&rows, S("sample.tree"), MANY + 1, &row));
    CHECK(!frozen_find(&rows, S("sample.tree"), 0, &row));
    CHECK(!frozen_find(&rows, S("sample.none"), 1, &row));
    CHECK_STR(frozen_name(&rows, S("sample.tree"), 5),
              bundle_row_find(&b, S("sample.tree"), 5)->shown);
    CHECK_STR(frozen_name(&rows, S("sample.tree"), 0), S(""));
}

TEST(frozen_shares_are_those_of_the_list)
{
    struct given *g = given_thousands(t);
    struct bundle b = given_read(t, given_bundle(g, "all", 1));
    const struct bundle_list *l = &given_bundled(t, &b, "sample.praise")->parts;
    int64_t *shares = NEW_ARRAY(t->mem, int64_t, MANY + 1);
    struct frozen_shares s;
    size_t wrong = 0;

    NEED(l->n > 2000);
    for (size_t i = 0; i < l->n; i++)
        shares[l->items[i].id] = l->items[i].quantity;
    frozen_shares_open(&s, act_scope(given_act(g)), frozen_of(g),
                       S("sample.praise"));
    CHECK(!s.mixed);
    for (int64_t id = 1; id <= MANY; id++)
        wrong += frozen_share(&s, id) != shares[id];
    for (int64_t i = 0; i < 200; i++)
        wrong += frozen_share(&s, i * 7919 % MANY) != shares[i * 7919 % MANY];
    CHECK_INT(wrong, 0);
}

/* Some sections, whatever the size: not the version. */
TEST(frozen_rows_of_a_page_are_few_sections)
{
    struct given *g = given_thousands(t);
    struct ctx *c = given_get(g, S("/sheets/all/1/sample.trees?page=41"));

    CHECK(page_says(c, S("3,000")));
    CHECK(page_has(c, S("第2000棵")) && page_has(c, S("第2049棵")));
    CHECK(!page_has(c, S("第2050棵")));
    CHECK(given_sql(g, SQL("SELECT count(*) FROM reports_section")) > 100);
    CHECK(given_sql(g, SQL("SELECT max(length(bytes)) FROM reports_section "
                           "WHERE part <> 'tail'")) < 32768);
}

/* ---- versions of before ---- */

/* The tables as they were when a version was one row. */
static void make_old(struct given *g, struct str content, struct str tail)
{
    struct tx *tx = given_tx(g);

    tx_script(tx, S("DROP TABLE reports_section; DROP TABLE reports_attempt;"
                    "DROP INDEX reports_version_frozen;"
                    "ALTER TABLE reports_version DROP COLUMN frozen;"
                    "ALTER TABLE reports_version DROP COLUMN public;"
                    "ALTER TABLE reports_version ADD COLUMN content BLOB;"
                    "ALTER TABLE reports_version ADD COLUMN tail BLOB;"
                    "DELETE FROM migration WHERE name = "
                    "'feature/reports/schema/003.sql'"));
    tx_run_unjournaled(tx,
                       SQL("UPDATE reports_version SET content = ?1, "
                           "tail = ?2"),
                       WITH(BYTES(content), BYTES(tail)));
    given_commit(g);
}

static struct house *open_again(struct given *g)
{
    struct test *t = g->t;
    struct text why = TEXT("", "");
    struct house *h = house_open(g->m, g->house->place, DB_WRITE, &why);

    CHECK_STR(why.en, S(""));
    NEED(h != NULL);
    return h;
}

TEST(versions_of_before_are_cut_into_sections_of_the_same_bytes)
{
    struct given *g = given_thousands(t);
    struct str bytes = given_bundle(g, "all", 1);
    struct bundle b = given_read(t, bytes);
    struct verify_counts n = { 0 };
    struct text wrong = TEXT("", "");

    make_old(g, b.content, str_slice(bytes, b.content.n, bytes.n));
    g->house = open_again(g);
    CHECK_STR(given_bundle(g, "all", 1), bytes);
    CHECK(given_sql(g, SQL("SELECT count(*) FROM reports_section")) > 100);
    CHECK(page_has(given_get(g, S("/sheets/all/1/sample.trees?page=41")),
                   S("第2000棵")));
    given_commit(g);
    CHECK_INT(verify_house(g->house, t->mem, &n, &wrong), OK);
    CHECK_INT(n.kept, 1);
    CHECK_INT(given_publish(g, "all"), 2);
    CHECK_STR(given_bundle(g, "all", 1), bytes);
}

/* It opens, its pages say so, and verify names it. */
TEST(versions_of_before_that_are_damaged_stay_as_they_are)
{
    struct given *g = given_thousands(t);
    struct str bytes = given_bundle(g, "all", 1);
    struct bundle b = given_read(t, bytes);
    struct verify_counts n = { 0 };
    struct text wrong = TEXT("", "");

    make_old(g, str_slice(b.content, 0, b.content.n - 1),
             str_slice(bytes, b.content.n, bytes.n));
    g->house = open_again(g);
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM reports_section")), 2);
    CHECK_INT(page_status(given_get(g, S("/sheets/all/1/sample.trees"))), 503);
    given_commit(g);
    CHECK_INT(verify_house(g->house, t->mem, &n, &wrong), E_INPUT);
    CHECK(str_find(wrong.en, S("sheet all version 1")) != SIZE_MAX);
}

/* ---- whoever has the file ---- */

static struct given *given_version(struct test *t)
{
    struct given *g = given_few(t);

    given_put(g, "few", S("# 小\n{sample.trees}棵，{sample.visits}人次\n"),
              S(""));
    given_publish(g, "few");
    return g;
}

static struct str verdict(struct given *g)
{
    struct test *t = g->t;
    struct verify_counts n = { 0 };
    struct text wrong = TEXT("", "");

    enum err e;

    given_commit(g);
    e = verify_house(g->house, t->mem, &n, &wrong);
    CHECK_INT(e, wrong.en.n ? E_INPUT : OK);
    return wrong.en;
}

static void put_bytes(struct given *g, int64_t number, struct str bytes)
{
    tx_run_unjournaled(given_tx(g),
                       SQL("UPDATE reports_section SET bytes = ?2 WHERE "
                           "number = ?1"),
                       WITH(INT(number), BYTES(bytes)));
}

static struct str get_bytes(struct given *g, int64_t number)
{
    struct rows r = tx_query(given_tx(g),
                             SQL("SELECT bytes FROM reports_section WHERE "
                                 "number = ?1"),
                             WITH(INT(number)));
    struct str bytes = S("");

    if (rows_next(&r))
        bytes = rows_text(&r, 0, g->m);
    rows_end(&r);
    return bytes;
}

TEST(verification_finds_a_changed_byte_of_any_section)
{
    struct given *g = given_version(t);
    int64_t n = given_sql(g, SQL("SELECT count(*) FROM reports_section"));
    size_t missed = 0;

    CHECK_STR(verdict(g), S(""));
    for (int64_t i = 0; i < n; i++) {
        struct str was = get_bytes(g, i);
        char *p = mem_raw(t->mem, was.n);

        memcpy(p, was.p, was.n);
        p[was.n / 2] = (char)(p[was.n / 2] ^ 1);
        put_bytes(g, i, (struct str){ p, was.n });
        missed += str_find(verdict(g), S("sheet few version 1")) == SIZE_MAX;
        put_bytes(g, i, was);
    }
    CHECK_INT(missed, 0);
    CHECK_STR(verdict(g), S(""));
}

TEST(verification_finds_a_section_that_is_gone)
{
    struct given *g = given_version(t);

    tx_run_unjournaled(given_tx(g),
                       SQL("DELETE FROM reports_section WHERE number = 2"),
                       (struct args){ 0 });
    CHECK_STR(verdict(g), S("sheet few version 1: a section is missing"));
}

/* What a page shows is kept beside the sections. */
TEST(verification_finds_another_number_on_the_page)
{
    struct given *g = given_version(t);
    struct rows r =
        tx_query(given_tx(g), SQL("SELECT front FROM reports_version"),
                 (struct args){ 0 });
    struct str front = S("");
    size_t at;

    if (rows_next(&r))
        front = rows_text(&r, 0, t->mem);
    rows_end(&r);
    at = str_find(front, S("value 4\n"));
    NEED(at != SIZE_MAX);
    ((char *)(uintptr_t)front.p)[at + 6] = '9';
    tx_run_unjournaled(given_tx(g),
                       SQL("UPDATE reports_version SET front = ?1"),
                       WITH(BYTES(front)));
    CHECK_STR(verdict(g), S("sheet few version 1: text or numbers of its page "
                            "are not what was published"));
}

TEST(verification_finds_a_version_that_is_gone)
{
    struct given *g = given_version(t);

    tx_run_unjournaled(given_tx(g), SQL("DELETE FROM reports_version"),
                       (struct args){ 0 });
    CHECK_STR(verdict(g), S("1 versions of sheets were published by the "
                            "journal, and 0 are there"));
}
