/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Ten thousand answers with the cache of pages, each beside the one made for
 * the same request without it, while this process and another one write.
 */
#include "base/date.h"
#include "base/file.h"
#include "host/desk/visitor_test.h"

#include <sys/wait.h>
#include <unistd.h>

enum { ROUNDS_MOST = 400, VISITS = 20, ANSWERS = 120, CACHED_LEAST = 10000 };

/* What pages of the host make of a ledger, and what is none. */
static const char *const some[] = {
    "/?year=2023",
    "/healthz",
    "/nothing",
    "/figures?year=2024",
    "/search?q=%E6%A0%91",
    "/sample/tree?page=2",
    "/sample/tree?species=ginkgo",
    "/sample/tree?sort=name",
    "/sample/tree?q=%E6%A0%911",
    "/sample/tree?lang=en",
    "/sample/tree/1",
    "/sample/tree/2",
    "/sample/tree/print",
    "/sample/tree/export.csv",
    "/sample/tree/export.json",
    "/sample/tree/export.xlsx",
    "/figures/sample.trees",
    "/figures/sample.trees/rows.csv",
};

enum { ADDRESSES_MAX = 400 };

struct addresses {
    const char *v[ADDRESSES_MAX];
    size_t n;
};

static void add(struct addresses *to, const char *address)
{
    if (to->n == ADDRESSES_MAX)
        BUG("more than %d addresses", ADDRESSES_MAX);
    to->v[to->n++] = address;
}

/* Every address that is one for anybody, and all lists that there are. */
static struct addresses all_addresses(struct mem *m)
{
    struct addresses all = { 0 };

    for (size_t i = 0; i < COUNT(some); i++)
        add(&all, some[i]);
    for (size_t i = 0; features[i]; i++) {
        const struct feature *f = features[i];

        for (size_t r = 0; r < f->routes_n; r++)
            if (f->routes[r].method == ROUTE_GET &&
                f->routes[r].permission == ALLOW_ANYONE &&
                str_find(f->routes[r].pattern, S("{")) == SIZE_MAX)
                add(&all, str_c(m, f->routes[r].pattern));
        if (f->order)
            add(&all, str_fmt(m, "/%.*s", STR_ARG(f->name)).p);
        for (size_t l = 0; l < f->ledgers_n; l++)
            add(&all, str_fmt(m, "/%.*s/%.*s", STR_ARG(f->name),
                              STR_ARG(f->ledgers[l]->noun))
                          .p);
    }
    return all;
}

static const char *const cookies[] = {
    NULL, NULL, NULL, "lang=en", "lang=en; size=20", "skin=dark", "dajuan=x",
};

/* Numbers that look like chance and are the same in every run. */
static unsigned pick(unsigned *seed, size_t n)
{
    *seed = *seed * 1103515245 + 12345;
    return *seed / 65536 % (unsigned)n;
}

static struct visit any_visit(const struct addresses *all, unsigned *seed)
{
    return (struct visit){
        .method = pick(seed, 8) ? HTTP_GET : HTTP_HEAD,
        .to = all->v[pick(seed, all->n)],
        .cookie = cookies[pick(seed, COUNT(cookies))],
        .host = pick(seed, 6) ? NULL : "other.example",
        .gzip = pick(seed, 2),
        .https = pick(seed, 8) == 0,
    };
}

/* ---- who writes ---- */

static void plant(struct given *g, const char *kind, int n)
{
    given_keep(g, sample_tree(g, str_fmt(g->m, "%s树%d", kind, n)));
    given_commit(g);
}

/* Another process: it plants a tree for every byte that comes. */
static _Noreturn void plant_when_told(struct test *t, struct house_place place,
                                      int in, int out)
{
    int32_t day;

    for (int n = 0; read(in, &day, sizeof(day)) == sizeof(day); n++) {
        struct mem *m = mem_new();
        struct given g = { .t = t, .m = m };
        struct text why;

        g.house = house_open(m, place, DB_WRITE, &why);
        if (!g.house)
            BUG("%.*s", STR_ARG(why.en));
        given_day(&g, day);
        plant(&g, "别人的", n);
        mem_free(m);
        if (write(out, "", 1) != 1)
            _exit(1);
    }
    _exit(0);
}

/* The two ends of it. */
struct other {
    pid_t pid;
    int to;
    int from;
};

/* Before any database is open here: SQLite does not survive a fork. */
static struct other given_other(struct test *t, struct house_place place)
{
    int told[2];
    int done[2];
    struct other o;

    NEED(pipe(told) == 0 && pipe(done) == 0);
    o = (struct other){ fork(), told[1], done[0] };
    if (o.pid == 0) {
        close(told[1]);
        close(done[0]);
        plant_when_told(t, place, told[0], done[1]);
    }
    NEED(o.pid > 0);
    close(told[0]);
    close(done[1]);
    return o;
}

static void other_plants(struct test *t, const struct other *o, int32_t day)
{
    char byte;

    NEED(write(o->to, &day, sizeof(day)) == sizeof(day) &&
         read(o->from, &byte, 1) == 1);
}

static void change_first(struct given *g, int n)
{
    struct ledger_row *row = given_kept(g, "sample.tree", 1);

    given_text(row, "remark", str_fmt(g->m, "第%d次", n));
    given_change(g, row);
    given_commit(g);
}

/* What happens before a round: of six kinds, one is nothing at all. */
static void happen(struct given *g, const struct other *o, int round)
{
    int32_t day = date_of(house_now(g->house));

    switch (round % 6) {
    case 0:
    case 1:
        other_plants(g->t, o, day);
        break;
    case 2:
        plant(g, "", round);
        break;
    case 3:
        change_first(g, round);
        break;
    case 4:
        given_day(g, date_from_days(date_to_days(day) + 1));
        break;
    default:
        break;
    }
}

/* ---- the comparison ---- */

/* Some requests, in any order, most of them several times. */
static int compare_many(struct visitor *v, const struct addresses *all,
                        unsigned *seed)
{
    struct test *t = v->g->t;
    struct visit visits[VISITS];
    int n = 0;

    for (int i = 0; i < VISITS; i++)
        visits[i] = any_visit(all, seed);
    for (int i = 0; i < ANSWERS; i++) {
        struct visit what = visits[pick(seed, VISITS)];
        bool cached;

        what.reader = pick(seed, VISITOR_READERS);
        if (!CHECK(is_as_fresh(v, what, &cached)))
            CHECK_STR(str_from(what.to), S("as it would be made now"));
        n += cached;
    }
    return n;
}

TEST(ten_thousand_cached_answers_are_those_that_would_be_made_now)
{
    struct other other = given_other(t, given_house_place(t));
    struct given *g = given(t);
    struct visitor *v = given_visitor(g);
    struct addresses all = all_addresses(g->m);
    unsigned seed = 8;
    int cached = 0;
    int round = 0;

    plant(g, "第一棵", 0);
    for (; cached < CACHED_LEAST && round < ROUNDS_MOST; round++) {
        happen(g, &other, round);
        cached += compare_many(v, &all, &seed);
    }
    CHECK(cached >= CACHED_LEAST);
    CHECK(given_live(g, "sample.tree", S("")) > round / 3);
    close(other.to);
    CHECK(waitpid(other.pid, NULL, 0) == other.pid);
}
