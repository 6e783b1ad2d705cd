/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * The house of a test. On a server it is a copy of the first that was made
 * there: copying a database is quicker than making its tables.
 */
#include "host/given/given_place.h"

#include "base/file.h"
#include "test/engine.h"

const struct house_plan given_house_plan = {
    .district = GIVEN_DISTRICT,
    .name = TEXT_INIT("崂山区", "Laoshan District"),
    .origin = S_INIT("test.example/dajuan"),
};

static void must(bool ok, struct text why)
{
    if (!ok)
        BUG("%.*s", STR_ARG(why.en));
}

/* Its key lies beside the folders of all tests of the run. */
static struct str first_keys(struct test *t)
{
    return str_fmt(t->mem, "%.*s/../keys", STR_ARG(test_folder(t)));
}

static void make_first(struct test *t, struct str address)
{
    struct text why = TEXT("", "");

    must(house_make(t->mem, place_of(address, first_keys(t)), &given_house_plan,
                    &why) == OK,
         why);
}

static void copy_key(struct test *t, struct house_place to)
{
    struct house_place from = place_of(to.data, first_keys(t));
    struct text why = TEXT("", "");
    struct str key;

    must(file_read(t->mem, place_key(t->mem, from), 1024, &key, &why) &&
             file_folder(t->mem, to.keys, &why) &&
             file_write(t->mem, place_key(t->mem, to), key, 0600, &why),
         why);
}

struct house_place given_house_place(struct test *t)
{
    struct str folder = file_path(t->mem, test_folder(t), S("house"));

    return engine_is_postgres() ? place_of(engine_address(t, "house"), folder)
                                : place_in(folder);
}

struct house_place given_house(struct test *t)
{
    struct house_place p = given_house_place(t);
    struct text why = TEXT("", "");

    if (engine_is_postgres()) {
        engine_copy(t, "first", "house", make_first);
        copy_key(t, p);
    } else {
        must(house_make(t->mem, p, &given_house_plan, &why) == OK, why);
    }
    return p;
}
