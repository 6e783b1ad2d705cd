/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Bundles that are read where they lie, a piece at a time. */
#include "feature/reports/given_report.h"
#include "host/proof/bundle_reader.h"

#include <string.h>

static bool read_piece(void *arg, int64_t at, char *to, size_t n)
{
    const struct str *all = arg;

    memcpy(to, all->p + at, n);
    return true;
}

static bool read_nothing(void *arg, int64_t at, char *to, size_t n)
{
    (void)arg, (void)at, (void)to, (void)n;
    return false;
}

static struct bundle_source in_pieces(struct str *bytes)
{
    return (struct bundle_source){ .size = (int64_t)bytes->n,
                                   .read = read_piece,
                                   .arg = bytes };
}

/* A line that is longer than what is read at once. */
static struct str given_long(struct test *t)
{
    struct given *g = given_many(t);
    struct buf *b = buf_new(t->mem, 1 << 20);

    buf_lit(b, "# 长\n{sample.trees}棵，{sample.praise}，"
               "{sample.healthiest}棵，{sample.visits}人次\n");
    for (int i = 0; i < 7000; i++)
        buf_lit(b, "长句");
    buf_lit(b, "\n");
    given_put(g, "long", buf_str(b), S(""));
    given_publish(g, "long");
    return given_bundle(g, "long", 1);
}

static enum err verdict(struct mem *m, struct bundle_source source,
                        struct text *ret_why)
{
    struct bundle_facts facts;

    *ret_why = TEXT("", "");
    return bundle_verify_source(m, &source, S(""), &facts, ret_why);
}

TEST(bundle_in_pieces_verifies_as_the_whole_does)
{
    struct str bytes = given_long(t);
    struct text why;

    CHECK(bytes.n > 65536);
    CHECK_INT(verdict(t->mem, in_pieces(&bytes), &why), OK);
    CHECK_STR(why.en, S(""));
}

/* Every byte of some, changed and cut off: the same words either way. */
TEST(bundle_in_pieces_is_refused_for_the_same_reason)
{
    struct str bytes = str_dup(t->mem, given_long(t));
    struct mem *m = mem_child(t->mem);
    char *p = (char *)(uintptr_t)bytes.p;
    size_t differ = 0;
    size_t accepted = 0;

    for (size_t i = 11; i < bytes.n; i += 997) {
        struct str cut = str_slice(bytes, 0, i);
        struct text one;
        struct text two;

        p[i] = (char)(p[i] ^ 0x02);
        accepted += verdict(m, in_pieces(&bytes), &one) == OK;
        verdict(m, bundle_in_memory(bytes), &two);
        differ += !str_eq(one.en, two.en);
        p[i] = (char)(p[i] ^ 0x02);
        accepted += verdict(m, in_pieces(&cut), &one) == OK;
        verdict(m, bundle_in_memory(cut), &two);
        differ += !str_eq(one.zh, two.zh);
        mem_reset(m);
    }
    CHECK_INT(accepted, 0);
    CHECK_INT(differ, 0);
}

TEST(bundle_that_cannot_be_read_is_not_called_wrong)
{
    struct str bytes = given_long(t);
    struct bundle_source source = in_pieces(&bytes);
    struct text why;

    source.read = read_nothing;
    CHECK_INT(verdict(t->mem, source, &why), E_STORE);
    CHECK(str_find(why.en, S("it cannot be read")) != SIZE_MAX);
}

/* ---- parts ---- */

struct cut {
    struct mem *m;
    struct buf all;
    struct str part; /* that is looked for */
    int64_t item;    /* from this one on */
    size_t from, to; /* where it is */
    bool inside;
};

static void take_bytes(void *arg, struct str bytes)
{
    struct cut *c = arg;

    buf_put(&c->all, bytes);
    if (c->inside)
        c->to = c->all.n;
}

static void take_part(void *arg, struct str part, int64_t first)
{
    struct cut *c = arg;

    if (str_eq(part, c->part) && first == c->item)
        c->from = c->all.n;
    c->inside = str_eq(part, c->part) && first >= c->item;
}

static struct cut cut_out(struct test *t, const struct bundle *b,
                          const char *part, int64_t item)
{
    struct cut c = { .m = t->mem, .part = str_from(part), .item = item };
    struct bundle_writer w =
        bundle_writer(t->mem,
                      (struct bundle_taker){ take_bytes, take_part, &c });

    buf_init(&c.all, t->mem, 16 << 20);
    bundle_put_front(&w, b);
    for (size_t i = 0; i < b->figures_n; i++)
        bundle_put_figure(&w, &b->figures[i]);
    bundle_put_records(&w, b->rows_n);
    for (size_t i = 0; i < b->rows_n; i++)
        bundle_put_row(&w, &b->rows[i]);
    CHECK_STR(w.unsaid, S(""));
    CHECK_STR(buf_str(&c.all), b->content);
    return c;
}

TEST(bundle_parts_are_read_by_themselves)
{
    struct bundle b = given_read(t, given_long(t));
    struct cut c = cut_out(t, &b, "rows sample.trees", 40);
    struct str bytes = str_slice(buf_str(&c.all), c.from, c.to);
    struct bundle_source source = bundle_in_memory(bytes);
    struct text why;
    struct bundle_reader r = bundle_reader(t->mem, &source, &why);
    const struct bundle_list *l = &given_bundled(t, &b, "sample.trees")->rows;
    struct bundle_row row;

    for (size_t i = 40; i < l->n; i++)
        CHECK_INT(bundle_take_item(&r, false).id, l->items[i].id);
    CHECK(bundle_at_end(&r) && !r.failed);
    c = cut_out(t, &b, "row sample.tree", 7);
    bytes = str_slice(buf_str(&c.all), c.from, c.to);
    source = bundle_in_memory(bytes);
    r = bundle_reader(t->mem, &source, &why);
    bundle_take_row(&r, &row);
    CHECK_INT(row.id, 7);
    CHECK_STR(row.content, bundle_row_find(&b, S("sample.tree"), 7)->content);
}

TEST(bundle_says_which_line_it_cannot_say)
{
    struct bundle_row row = {
        .ledger = S("sample.tree"), .id = 1, .leaf = S("x"), .shown = S("a\nb")
    };
    struct cut c = { .part = S("") };
    struct bundle_writer w =
        bundle_writer(t->mem, (struct bundle_taker){ take_bytes, NULL, &c });

    buf_init(&c.all, t->mem, 4096);
    bundle_put_row(&w, &row);
    CHECK_STR(w.unsaid, S("shown"));
}
