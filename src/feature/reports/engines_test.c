/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Whatever is done to a house, done on both engines, leaves the same house.
 * The operations come from one seed, and so do salts; it is the same time in
 * both. Each operation must be answered alike; now and then all that is kept
 * is compared byte for byte, and so is every bundle.
 *
 * On a server alone (make unit-postgres). DAJUAN_OPERATIONS says how many.
 */
#include "base/date.h"
#include "base/file.h"
#include "feature/reports/given_report.h"
#include "host/house/dump.h"
#include "test/engine.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

enum { OPERATIONS = 400, COMPARED_EVERY = 200, TREES = 60 };

/* ---- chance ---- */

static uint64_t state; /* of the one generator, splitmix64 */

static uint64_t next(void)
{
    uint64_t z = state += 0x9e3779b97f4a7c15;

    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return z ^ z >> 31;
}

static int64_t below(int64_t n)
{
    return (int64_t)(next() % (uint64_t)n);
}

static const char *name_of_chance(void)
{
    return "chance";
}

static uint32_t chance(void)
{
    return (uint32_t)next();
}

static void fill_by_chance(void *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        ((unsigned char *)p)[i] = (unsigned char)next();
}

/* From now on salts are what the seed makes of them. */
static void fix_salts(void)
{
    static struct randombytes_implementation fixed = {
        .implementation_name = name_of_chance,
        .random = chance,
        .buf = fill_by_chance,
    };

    /* Its own beginning takes from the system. */
    if (sodium_init() < 0 || randombytes_set_implementation(&fixed) != 0)
        BUG("salts cannot be fixed");
}

/* ---- what is done; each answers in words ---- */

static struct str a_name(struct given *g)
{
    static const char *const kinds[] = { "银杏", "Oak",  "ﬁg", "松'--", "Ａ７",
                                         "é梅",  "桂花", "𠮷", "a_b%" };

    return str_fmt(g->m, "%s%lld", kinds[below((int64_t)COUNT(kinds))],
                   (long long)below(TREES));
}

static struct str a_unit(struct given *g)
{
    return str_fmt(g->m, "第%lld局", (long long)below(9));
}

static void set_by_chance(struct given *g, struct ledger_row *tree)
{
    static const char *const species[] = { "ginkgo", "pine", "plum", "fern" };

    given_text(tree, "name", a_name(g));
    given_text(tree, "species", str_from(species[below(4)]));
    given_int(tree, "unit", given_unit(g, a_unit(g)));
    given_int(tree, "planted_on", 20240101 + below(12) * 100 + below(28));
    if (below(2))
        given_int(tree, "visits", below(90));
}

/* An id that may be there. */
static struct ledger_row *some_tree(struct given *g)
{
    struct ledger_row *row = NULL;
    int64_t most =
        tx_int(given_tx(g), SQL("SELECT coalesce(max(id), 0) FROM sample_tree"),
               (struct args){ 0 }, 0);

    if (most && !row_load(act_scope(given_act(g)),
                          ledger_find(S("sample.tree")), 1 + below(most), &row))
        return NULL;
    return row;
}

static struct str said(struct given *g, const char *what, enum err e)
{
    return str_fmt(g->m, "%s %d", what, (int)given_settle(g, e));
}

static enum err admit(struct given *g, const struct ledger_row *before,
                      struct ledger_row *row)
{
    struct asker shell = asker_shell(act_scope(given_act(g)));
    struct admission a = { .asker = &shell,
                           .before = before,
                           .said_year = row->year,
                           .usual_year = GIVEN_YEAR };

    return row_admit(&a, row);
}

static struct str insert(struct given *g)
{
    struct ledger_row *tree = given_row(g, "sample.tree");
    enum err e;

    set_by_chance(g, tree);
    e = admit(g, NULL, tree);
    return said(g, "insert", e == OK ? row_insert(given_act(g), tree) : e);
}

static struct str edit(struct given *g)
{
    struct ledger_row *before = some_tree(g);
    struct ledger_row *tree;
    bool changed = false;
    enum err e;

    if (!before || before->voided)
        return said(g, "nothing to edit", OK);
    tree = given_kept(g, "sample.tree", before->id);
    set_by_chance(g, tree);
    e = admit(g, before, tree);
    if (e == OK)
        e = row_update(given_act(g), before, tree, &changed);
    return said(g, changed ? "edit" : "no edit", e);
}

static struct str void_or_restore(struct given *g)
{
    struct asker shell = asker_shell(act_scope(given_act(g)));
    struct ledger_row *tree = some_tree(g);

    if (!tree)
        return said(g, "nothing to void", OK);
    return tree->voided
               ? said(g, "restore",
                      row_restore(given_act(g), &shell, tree, S("没有重复")))
               : said(g, "void",
                      row_void(given_act(g), &shell, tree, S("重复登记")));
}

static struct str import(struct given *g)
{
    struct buf *b = buf_new(g->m, 65536);
    struct import *im;

    buf_lit(b, "树名,树种,认养单位,栽种日期,浇水人次\n");
    for (int64_t n = 1 + below(12); n > 0; n--) {
        buf_put(b, a_name(g));
        buf_put(b, below(9) ? S(",银杏,") : S(",不知道,"));
        buf_put(b, a_unit(g));
        buf_fmt(b, ",2024-%02d-03,%d\n", (int)below(13), (int)below(40));
    }
    im = given_csv(g, buf_str(b));
    return str_fmt(g->m, "import %zu %zu %zu %zu", im->count[IMPORT_NEW],
                   im->count[IMPORT_CHANGED], im->count[IMPORT_SAME],
                   im->count[IMPORT_WRONG]);
}

static struct str undo(struct given *g)
{
    struct asker shell = asker_shell(act_scope(given_act(g)));
    int64_t most = tx_int(given_tx(g),
                          SQL("SELECT coalesce(max(id), 0) FROM import_batch"),
                          (struct args){ 0 }, 0);
    struct undo u = { .batch = most - below(5),
                      .back = below(2) == 0,
                      .reason = S("导错了") };
    enum err e = undo_apply(given_act(g), &shell, &u);

    return str_fmt(g->m, "undo %zu of %zu, %d", undo_done(&u), u.n,
                   (int)given_settle(g, e));
}

static struct str keeper(struct given *g)
{
    struct ledger_row *row = sample_keeper(g);
    enum err e;

    given_text(row, "name", a_name(g));
    e = admit(g, NULL, row);
    return said(g, "keeper", e == OK ? row_insert(given_act(g), row) : e);
}

/* Pages of lists and figures, in whatever order and of whatever filter. */
static struct str read_page(struct given *g)
{
    static const char *const pages[] = {
        "/sample/tree?sort=name",
        "/sample/tree?sort=-planted_on",
        "/sample/tree?sort=visits",
        "/sample/tree?sort=unit&page=2",
        "/sample/tree?species=pine",
        "/sample/tree?q=杏1",
        "/sample/tree?q=a_b%25",
        "/sample/tree?q=é",
        "/sample/tree?year=all&page=3",
        "/sample/keeper",
        "/figures",
        "/figures/sample.trees",
        "/figures/sample.trees?by=month",
        "/",
    };

    return page_html(
        given_get(g, str_from(pages[below((int64_t)COUNT(pages))])));
}

static struct str day(struct given *g)
{
    int32_t today = date_of(g->house->fixed_now);

    given_day(g, date_from_days(date_to_days(today) + (int)below(3)));
    return str_fmt(g->m, "day %d", today);
}

static struct str publish(struct given *g)
{
    struct text why = TEXT("", "");
    int64_t version = 0;
    struct str bytes = S("");
    enum err e = given_put(g, "all",
                           str_fmt(g->m,
                                   "# 全\n{sample.trees}棵，第%lld稿，"
                                   "{sample.visits}人次\n",
                                   (long long)below(1000)),
                           S(""));

    if (e == OK)
        e = given_try(g, "all", &version, &why);
    if (e == OK)
        bytes = given_bundle(g, "all", version);
    return str_fmt(g->m, "publish %d\n%.*s", (int)e, STR_ARG(bytes));
}

static struct str do_something(struct given *g)
{
    static const struct {
        int64_t in; /* a hundred */
        struct str (*run)(struct given *g);
    } kinds[] = {
        { 25, insert },    { 25, edit }, { 12, void_or_restore },
        { 6, import },     { 4, undo },  { 5, keeper },
        { 21, read_page }, { 1, day },   { 1, publish },
    };
    int64_t at = below(100);
    size_t i = 0;

    while (at >= kinds[i].in)
        at -= kinds[i++].in;
    return kinds[i].run(g);
}

/* ---- on both ---- */

struct twins {
    struct test *t;
    struct given *on[2]; /* PostgreSQL, SQLite */
    struct mem *m;       /* of the operation at hand */
    int dumps;
};

static struct str dump_of(struct twins *w, struct given *g, const char *name)
{
    struct str file =
        str_fmt(w->m, "%.*s/%s%d", STR_ARG(test_folder(w->t)), name, w->dumps);
    struct text why = TEXT("", "");

    given_commit(g);
    if (dump_make(g->house, w->m, file, &why) != OK)
        BUG("%.*s", STR_ARG(why.en));
    return file;
}

static bool are_the_same(struct twins *w)
{
    struct str a = dump_of(w, w->on[0], "a");
    struct str b = dump_of(w, w->on[1], "b");
    struct text why = TEXT("", "");
    struct str in_a;
    struct str in_b;

    w->dumps++;
    if (!file_read(w->m, a, 1 << 30, &in_a, &why) ||
        !file_read(w->m, b, 1 << 30, &in_b, &why))
        BUG("%.*s", STR_ARG(why.en));
    return str_eq(in_a, in_b);
}

/* The same house, with the same key, on the other engine. */
static void given_twins(struct test *t, struct twins *w)
{
    struct house_place folder =
        place_in(file_path(t->mem, test_folder(t), S("twin")));
    struct verify_counts n;
    struct text why = TEXT("", "");
    struct str key;

    *w = (struct twins){ .t = t, .m = mem_child(t->mem) };
    w->on[0] = given(t);
    if (dump_load(t->mem, dump_of(w, w->on[0], "first"), folder, &n, &why) !=
            OK ||
        !file_read(t->mem, place_key(t->mem, w->on[0]->house->place), 1024,
                   &key, &why) ||
        !file_write(t->mem, place_key(t->mem, folder), key, 0600, &why))
        BUG("%.*s", STR_ARG(why.en));
    w->on[1] = given_in(t, folder);
}

/* What stands around the first byte in which they differ. */
static void tell_difference(int64_t operation, const struct str *answers)
{
    size_t at = 0;
    size_t from;

    while (at < answers[0].n && at < answers[1].n &&
           answers[0].p[at] == answers[1].p[at])
        at++;
    from = at < 100 ? 0 : at - 100;
    for (int k = 0; k < 2; k++)
        fprintf(stderr, "%lld: …%.*s…\n", (long long)operation,
                STR_ARG(str_slice(answers[k], from,
                                  at + 100 < answers[k].n ? at + 100
                                                          : answers[k].n)));
}

/* The number of the operation that was answered otherwise; -1: none was. */
static int64_t run(struct twins *w, int64_t operations)
{
    for (int64_t i = 0; i < operations; i++) {
        struct str answers[2];

        mem_reset(w->m);
        for (int k = 0; k < 2; k++) {
            state = (uint64_t)i * 7919;
            w->on[k]->m = w->m;
            answers[k] = do_something(w->on[k]);
            given_commit(w->on[k]);
        }
        if (!str_eq(answers[0], answers[1])) {
            tell_difference(i, answers);
            return i;
        }
        if (i % COMPARED_EVERY == 0 && !are_the_same(w))
            return i;
    }
    return -1;
}

static int64_t operations(void)
{
    const char *said = getenv("DAJUAN_OPERATIONS");
    int64_t n = OPERATIONS;

    if (said && !str_int(str_from(said), &n))
        BUG("DAJUAN_OPERATIONS is no number");
    return n;
}

TEST(both_engines_answer_and_keep_the_same)
{
    struct twins w;

    if (engine_is_sqlite(t))
        return;
    fix_salts();
    given_twins(t, &w);
    CHECK_INT(run(&w, operations()), -1);
    CHECK(are_the_same(&w));
}
