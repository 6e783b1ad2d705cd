/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A folder is made, restored and checked as a whole, or it says why not. */
#include "host/house/house.h"

#include "base/file.h"
#include "host/house/backup.h"
#include "host/house/verify.h"
#include "store/driver.h"
#include "test/test.h"

#include <stdio.h>

static const struct house_plan plan = {
    .district = 370212,
    .name = TEXT_INIT("崂山区", "Laoshan"),
    .origin = S_INIT("test.example/dajuan"),
};

static struct str given_folder(struct test *t, const char *name)
{
    return file_path(t->mem, test_folder(t), str_from(name));
}

static enum err make(struct test *t, struct str folder)
{
    struct text why = TEXT("", "");
    enum err e = house_make(t->mem, place_in(folder), &plan, &why);

    CHECK(text_empty(why) == (e == OK));
    return e;
}

static struct house *open_in(struct test *t, struct str folder)
{
    struct text why = TEXT("", "");
    struct house *h = house_open(t->mem, place_in(folder), DB_WRITE, &why);

    CHECK(text_empty(why) == (h != NULL));
    return h;
}

/* The connection without its driver's answer to db_check(). */
static bool check_fails(struct db *db, struct mem *m, struct str *ret_wrong)
{
    (void)m;
    (void)ret_wrong;
    snprintf(db->reason, sizeof(db->reason), "could not read a page");
    return false;
}

TEST(a_house_that_was_not_made_to_the_end_can_be_made_again)
{
    struct str folder = given_folder(t, "house");
    struct text why = TEXT("", "");
    struct verify_counts n;
    struct house *h;
    struct tx tx;

    NEED_INT(make(t, folder), OK);
    h = open_in(t, folder);
    NEED(h != NULL);
    tx_begin(h->db, true, &tx);
    tx_script(&tx, S("DELETE FROM district"));
    NEED_INT(tx_commit(&tx), OK);
    CHECK(open_in(t, folder) == NULL);
    CHECK_INT(make(t, folder), OK);
    CHECK_INT(make(t, folder), E_CLASH);
    h = open_in(t, folder);
    NEED(h != NULL);
    CHECK_INT(verify_house(h, t->mem, &n, &why), OK);
    CHECK_INT(house_sign(h, t->mem, &why), OK);
}

TEST(what_is_no_backup_is_not_restored_and_leaves_no_data)
{
    struct str folder = given_folder(t, "house");
    struct str other = given_folder(t, "other");
    struct text why = TEXT("", "");
    struct verify_counts n;

    NEED_INT(make(t, folder), OK);
    CHECK_INT(backup_restore(t->mem, place_database(t->mem, place_in(folder)),
                             other, &n, &why),
              E_INPUT);
    CHECK_STR(why.en, S("this file is no backup of ours"));
    CHECK(!file_exists(t->mem, place_database(t->mem, place_in(other))));
    CHECK(!file_exists(t->mem,
                       file_draft(t->mem,
                                  place_database(t->mem, place_in(other)))));
    CHECK(!file_exists(t->mem, place_key(t->mem, place_in(other))));
    CHECK_INT(make(t, other), OK);
}

TEST(a_backup_that_is_not_there_leaves_no_folder)
{
    struct str folder = given_folder(t, "a/b");
    struct text why = TEXT("", "");
    struct verify_counts n;

    CHECK_INT(backup_restore(t->mem, given_folder(t, "none"), folder, &n, &why),
              E_ABSENT);
    CHECK(!file_exists(t->mem, given_folder(t, "a")));
    CHECK_INT(make(t, folder), OK);
    CHECK_INT(make(t,
                   file_path(t->mem, place_database(t->mem, place_in(folder)),
                             S("c"))),
              E_STORE);
}

TEST(a_file_that_cannot_be_read_is_not_called_damaged)
{
    struct str folder = given_folder(t, "house");
    struct text why = TEXT("", "");
    struct store_driver driver;
    struct verify_counts n;
    struct house *h;

    NEED_INT(make(t, folder), OK);
    h = open_in(t, folder);
    NEED(h != NULL);
    driver = *h->db->driver;
    driver.check = check_fails;
    h->db->driver = &driver;
    CHECK_INT(verify_house(h, t->mem, &n, &why), E_STORE);
    CHECK_STR(why.en, S("could not read a page"));
}
