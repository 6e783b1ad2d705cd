/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the store promises to whoever reads and writes through it. */
#include "store/store.h"
#include "test/test.h"

static struct str given_path(struct test *t)
{
    return str_fmt(t->mem, "%.*s/store.db", STR_ARG(test_folder(t)));
}

TEST(db_open_makes_a_file_only_when_told)
{
    struct text why = TEXT("", "");

    CHECK(!db_open(t->mem, given_path(t), DB_WRITE, &why));
    CHECK(!text_empty(why));
    CHECK(db_open(t->mem, given_path(t), DB_CREATE, &why));
    CHECK(db_open(t->mem, given_path(t), DB_READ, &why));
}

TEST(db_open_says_that_an_engine_is_not_here)
{
    struct text why = TEXT("", "");

    CHECK(!db_open(t->mem, S("postgresql://localhost/house"), DB_CREATE, &why));
    CHECK(str_find(why.en, S("give a folder")) != SIZE_MAX);
    CHECK(str_find(why.zh, S("请给出一个目录")) != SIZE_MAX);
}
