/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "base/date.h"
#include "base/file.h"
#include "host/given/given.h"
#include "host/house/dump.h"
#include "test/engine.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static struct str path_in(struct given *g, const char *name)
{
    return file_path(g->m, test_folder(g->t), str_from(name));
}

/* A place of the same engine without a house. */
static struct house_place given_empty(struct given *g)
{
    if (engine_is_postgres())
        return place_of(engine_address(g->t, "moved"), path_in(g, "keys"));
    return place_in(path_in(g, "moved"));
}

static struct given *given_trees(struct test *t)
{
    struct given *g = given(t);
    struct ledger_row *tree = sample_tree(g, S("银杏，“甲”+.s"));

    given_keep(g, tree);
    given_keep(g, sample_tree(g, S("乙")));
    given_keep(g, sample_keeper(g));
    given_commit(g);
    return g;
}

static struct str dump_of(struct given *g, struct house *h, const char *name)
{
    struct text why = TEXT("", "");
    struct str file = path_in(g, name);

    if (dump_make(h, g->m, file, &why) != OK)
        BUG("%.*s", STR_ARG(why.en));
    return file;
}

static struct str bytes_of(struct given *g, struct str file)
{
    struct text why = TEXT("", "");
    struct str bytes;

    if (!file_read(g->m, file, 64 << 20, &bytes, &why))
        BUG("%.*s", STR_ARG(why.en));
    return bytes;
}

/* What loading it answers; the house that came of it is looked at by none. */
static enum err load(struct given *g, struct str file, struct text *ret_why)
{
    struct verify_counts n;

    *ret_why = TEXT("", "");
    return dump_load(g->m, file, given_empty(g), &n, ret_why);
}

static bool is_house(struct given *g)
{
    struct mem *m = mem_new();
    struct text why = TEXT("", "");
    struct house_place place = given_empty(g);
    bool is = house_open(m, place, DB_WRITE, &why) != NULL;

    mem_free(m);
    return is;
}

TEST(a_house_that_was_moved_is_the_same_byte_for_byte)
{
    struct given *g = given_trees(t);
    struct str file = dump_of(g, g->house, "first");
    struct text why = TEXT("", "");
    struct verify_counts n = { 0 };
    struct house *moved;

    NEED_INT(dump_load(g->m, file, given_empty(g), &n, &why), OK);
    CHECK_INT(n.rows, given_live(g, "sample.tree", S("")) +
                          given_live(g, "sample.keeper", S("")) +
                          given_live(g, "registry.organisation", S("")));
    moved = house_open(g->m, given_empty(g), DB_READ, &why);
    NEED(moved != NULL);
    CHECK_INT(moved->district, GIVEN_DISTRICT);
    CHECK_STR(moved->name.zh, S("崂山区"));
    /* But for the day, which it is there. */
    tx_run_unjournaled(given_tx(g),
                       SQL("UPDATE clock SET day = ?2 WHERE district = ?1"),
                       WITH(INT(GIVEN_DISTRICT), INT(date_of(clock_ms()))));
    given_commit(g);
    CHECK_STR(bytes_of(g, dump_of(g, moved, "second")),
              bytes_of(g, dump_of(g, g->house, "third")));
}

TEST(a_dump_does_not_take_the_place_of_a_file)
{
    struct given *g = given_trees(t);
    struct str file = dump_of(g, g->house, "dump");
    struct str before = bytes_of(g, file);
    struct text why = TEXT("", "");

    CHECK_INT(dump_make(g->house, g->m, file, &why), E_CLASH);
    CHECK_STR(bytes_of(g, file), before);
}

TEST(a_dump_is_not_loaded_over_a_house)
{
    struct given *g = given_trees(t);
    struct text why = TEXT("", "");
    struct verify_counts n;

    CHECK_INT(dump_load(g->m, dump_of(g, g->house, "dump"), g->house->place, &n,
                        &why),
              E_CLASH);
    CHECK_INT(given_live(g, "sample.tree", S("")), 2);
}

static struct str changed(struct given *g, struct str bytes, size_t at)
{
    struct str file = path_in(g, "changed");
    char *p = mem_raw(g->m, bytes.n);
    struct text why = TEXT("", "");

    memcpy(p, bytes.p, bytes.n);
    p[at] ^= 1;
    if (!file_write(g->m, file, (struct str){ p, bytes.n }, 0600, &why))
        BUG("%.*s", STR_ARG(why.en));
    return file;
}

TEST(a_damaged_dump_leaves_nothing)
{
    enum { PLACES = 97 };
    struct given *g = given_trees(t);
    struct str bytes = bytes_of(g, dump_of(g, g->house, "dump"));
    struct text why;

    for (size_t i = 0; i < PLACES; i++) {
        size_t at = bytes.n - 1 - i * (bytes.n - 1) / (PLACES - 1);

        CHECK_INT(load(g, changed(g, bytes, at), &why), E_INPUT);
        CHECK(str_find(why.en, S("damaged")) != SIZE_MAX);
    }
    CHECK(!is_house(g));
}

TEST(a_dump_that_ends_early_leaves_nothing)
{
    struct given *g = given_trees(t);
    struct str file = dump_of(g, g->house, "dump");
    size_t n = bytes_of(g, file).n;
    struct text why;

    for (size_t left = n - 1; left > 0; left = left * 3 / 4) {
        CHECK_INT(truncate(str_c(g->m, file), (off_t)left), 0);
        CHECK_INT(load(g, file, &why), E_INPUT);
    }
    CHECK_INT(load(g, S("/nowhere/dump"), &why), E_ABSENT);
    CHECK(!is_house(g));
}

/* A dump of a house in which this was done by hand, and its own hash. */
static enum err load_after(struct given *g, const char *script,
                           struct text *ret_why)
{
    tx_script(given_tx(g), str_from(script));
    given_commit(g);
    return load(g, dump_of(g, g->house, "dump"), ret_why);
}

TEST(a_dump_of_other_tables_is_refused_as_a_whole)
{
    struct given *g = given_trees(t);
    struct text why;

    CHECK_INT(load_after(g, "ALTER TABLE sample_tree ADD COLUMN more INTEGER",
                         &why),
              E_INPUT);
    CHECK(str_find(why.en, S("sample_tree")) != SIZE_MAX);
    CHECK(!is_house(g));
}

TEST(a_dump_of_fewer_tables_is_refused_as_a_whole)
{
    struct given *g = given_trees(t);
    struct text why;

    CHECK_INT(load_after(g, "DROP TABLE sample_keeper", &why), E_INPUT);
    CHECK(str_find(why.en, S("the version that made it")) != SIZE_MAX);
    CHECK(!is_house(g));
}

TEST(a_dump_of_what_does_not_verify_says_so)
{
    struct given *g = given_trees(t);
    struct text why;

    CHECK_INT(load_after(g, "UPDATE sample_tree SET visits = 1000 WHERE id = 1",
                         &why),
              E_INPUT);
    CHECK(str_find(why.en, S("sample.tree")) != SIZE_MAX);
}
