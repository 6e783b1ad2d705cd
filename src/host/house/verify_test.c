/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Whoever changes the database behind our back is found out. */
#include "host/house/verify.h"

#include "access/audit.h"
#include "base/file.h"
#include "host/given/given.h"
#include "host/house/backup.h"
#include "host/house/dump.h"
#include "host/ledger/policy.h"
#include "host/ledger/setting.h"
#include "test/engine.h"

#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

/* A rule that was changed once, a year published under it, and a setting. */
static void given_decisions(struct given *g)
{
    const struct policy *p = policy_find(S("sample.healthiest_percent"));
    struct text why;

    if (policy_set(given_act(g), p,
                   &(struct policy_rule){ 2024, 20, S("一号文") }, &why) != OK)
        BUG("a given rule was refused");
    policy_freeze(given_act(g), 2024);
    if (policy_set(given_act(g), p,
                   &(struct policy_rule){ 2024, 10, S("二号文") },
                   &why) != OK ||
        setting_write(given_act(g), SETTING_OFFICE, S("区委办")) != OK)
        BUG("a given decision was refused");
}

/* A folder with a few rows, one of them changed once, and a signed head. */
static struct house *given_signed_house(struct test *t)
{
    struct given *g = given(t);
    struct text why = TEXT("", "");
    struct ledger_row *row;

    for (int i = 0; i < 5; i++) {
        row = sample_tree(g, str_fmt(g->m, "第%d棵", i));
        given_int(row, "visits", 20 + i);
        given_keep(g, row);
    }
    audit_note(given_act(g), &(struct audit_event){ .kind = AUDIT_SIGNED_OUT });
    audit_note(given_act(g), &(struct audit_event){ .kind = AUDIT_SIGNED_IN });
    row = given_kept(g, "sample.tree", 1);
    given_int(row, "visits", 99);
    given_change(g, row);
    given_decisions(g);
    given_commit(g);
    if (house_sign(g->house, g->m, &why) != OK)
        BUG("%.*s", STR_ARG(why.en));
    return g->house;
}

static enum err verify(struct test *t, struct house *h, struct text *ret_wrong)
{
    struct verify_counts n;

    return verify_house(h, t->mem, &n, ret_wrong);
}

/* Verify a copy, in a folder, in which `script` was run. */
static bool is_found_out(struct test *t, struct house *h, int n,
                         const char *script)
{
    struct str folder =
        str_fmt(t->mem, "%.*s/copy%d", STR_ARG(test_folder(t)), n);
    struct str dump = str_fmt(t->mem, "%.*s.dump", STR_ARG(folder));
    struct verify_counts counts;
    struct text why = TEXT("", "");
    struct house *copy;
    struct tx tx;

    if (dump_make(h, t->mem, dump, &why) != OK ||
        dump_load(t->mem, dump, place_in(folder), &counts, &why) != OK)
        BUG("%.*s", STR_ARG(why.en));
    copy = house_open(t->mem, place_in(folder), DB_WRITE, &why);
    NEED(copy != NULL);
    tx_begin(copy->db, true, &tx);
    tx_script(&tx, str_from(script));
    if (tx_commit(&tx) != OK)
        BUG("%s: %s", script, db_reason(copy->db));
    why = TEXT("", "");
    return verify(t, copy, &why) == E_INPUT && why.zh.n > 0 && why.en.n > 0;
}

TEST(verify_accepts_what_was_written_by_the_rules)
{
    struct house *h = given_signed_house(t);
    struct verify_counts n;
    struct text wrong;

    NEED_INT(verify_house(h, t->mem, &n, &wrong), OK);
    CHECK_INT(n.rows, 6);
    CHECK_INT(n.records, 10);
    CHECK_INT(n.entries, 11);
    CHECK_INT(n.heads, 1);
    CHECK_INT(n.audited, 2);
}

/* Of rows, records, tallies and the journal. */
static const char *const of_rows[] = {
    "UPDATE sample_tree SET visits = 1000 WHERE id = 2",
    "UPDATE sample_tree SET voided = 1 WHERE id = 2",
    "UPDATE sample_tree SET version = 7 WHERE id = 2",
    "UPDATE sample_tree SET unit = NULL WHERE id = 3",
    "DELETE FROM sample_tree WHERE id = 4",
    "UPDATE record SET quantity = 1000 WHERE kind = 'sample.visit' "
    "AND row_id = 2",
    "DELETE FROM record WHERE kind = 'sample.visit' AND row_id = 2",
    "INSERT INTO record SELECT district, year, kind, category, minus_rank, 77, "
    "org, place, day, quantity FROM record WHERE row_id = 2 AND kind = "
    "'sample.visit'",
    "UPDATE tally SET n = n + 1 WHERE kind = 'sample.tree'",
    "UPDATE tally SET sum = sum - 1 WHERE kind = 'sample.visit'",
    "DELETE FROM tally WHERE kind = 'sample.visit'",
    "UPDATE row_count SET n = n + 1 WHERE subject = 'sample.tree'",
    "DELETE FROM row_count WHERE subject = 'sample.tree'",
    "INSERT INTO row_count VALUES (370212, 'sample.tree', 2020, 1, '', 1)",
    "UPDATE row_name SET name = '区法院' WHERE name = '区教育局'",
    "DELETE FROM row_name WHERE name = '区教育局'",
    "INSERT INTO row_name VALUES (370212, 'registry.organisation', '区法院', "
    "1)",
    "DELETE FROM journal_entry WHERE seq = 3",
    "DELETE FROM journal_entry WHERE seq = 6",
    "UPDATE journal_entry SET leaf = zeroblob(length(leaf)) WHERE seq = 3",
    "UPDATE journal_entry SET salts = zeroblob(length(salts)) WHERE "
    "seq = 3",
    "UPDATE journal_entry SET leaf_hash = zeroblob(32) WHERE seq = 3",
    "UPDATE journal_entry SET row_id = 2 WHERE seq = 4",
    "UPDATE journal_entry SET type = 4 WHERE seq = 3",
    "UPDATE journal_entry SET version = 2 WHERE seq = 3",
    /* Who, when, how and why: each entry's own columns. */
    "UPDATE journal_entry SET actor = 7 WHERE seq = 3",
    "UPDATE journal_entry SET at = at + 1 WHERE seq = 3",
    "UPDATE journal_entry SET batch = 1 WHERE seq = 3",
    "UPDATE journal_entry SET previous = 1 WHERE seq = 3",
    "UPDATE journal_entry SET step = 'accept' WHERE seq = 3",
    "UPDATE journal_entry SET reason = '补录' WHERE seq = 3",
    "UPDATE journal_entry SET subject = 'sample.gone' WHERE seq = 1",
    "UPDATE journal_state SET tree = zeroblob(8)",
    "UPDATE journal_head SET note = replace(note, '11', '12')",
    "UPDATE sample_tree SET seq = 2 WHERE id = 1",
};

/* Of what was decided: the rule, what a year was frozen under, a name. */
static const char *const of_decisions[] = {
    "UPDATE policy SET value = 20",
    "UPDATE policy SET basis = '三号文'",
    "UPDATE policy SET year = 2023",
    "DELETE FROM policy",
    "INSERT INTO policy SELECT district, key, 2023, value, basis FROM "
    "policy",
    "UPDATE policy_frozen SET value = 40",
    "UPDATE policy_frozen SET since = 0",
    "UPDATE policy_frozen SET value = 10, basis = '二号文'",
    "DELETE FROM policy_frozen",
    "UPDATE policy_frozen SET basis = '零号文'",
    "UPDATE setting SET value = '别的单位' WHERE key = 'house.office'",
    "DELETE FROM setting WHERE key = 'house.office'",
    "INSERT INTO setting (district, key, value) SELECT district, "
    "'access.second', 'off' FROM policy LIMIT 1",
    "UPDATE access_audit SET kind = 2 WHERE seq = 1",
    "DELETE FROM access_audit WHERE seq = 2",
    "DELETE FROM access_audit WHERE seq = 1",
    "INSERT INTO access_audit SELECT district, 3, at, kind, actor, "
    "address, account, what, form, n, hash FROM access_audit WHERE "
    "seq = 2",
};

static void try_all(struct test *t, const char *const *scripts, size_t n)
{
    struct house *h = given_signed_house(t);

    for (size_t i = 0; i < n; i++)
        if (!CHECK(is_found_out(t, h, (int)i, scripts[i])))
            test_str(t, str_from(scripts[i]), S("found out"), __FILE__,
                     __LINE__, "tampering");
}

TEST(verify_names_every_kind_of_tampering)
{
    try_all(t, of_rows, COUNT(of_rows));
}

TEST(verify_names_tampering_with_decisions_and_the_audit_record)
{
    try_all(t, of_decisions, COUNT(of_decisions));
}

TEST(a_backup_comes_back_verified_and_goes_on_signing)
{
    struct house *h = given_signed_house(t);
    struct str file = file_path(t->mem, test_folder(t), S("b"));
    struct str folder = file_path(t->mem, test_folder(t), S("back"));
    struct verify_counts n;
    struct text why = TEXT("", "");
    struct house *back;

    if (!engine_is_sqlite(t))
        return;
    if (!engine_is_sqlite(t))
        return;
    /* Beside the server that writes, by a connection that only reads. */
    h = house_open(t->mem, h->place, DB_READ, &why);
    NEED(h != NULL);
    CHECK_INT(backup_make(h, t->mem, file, &why), OK);
    CHECK_INT(backup_make(h, t->mem, file, &why), E_CLASH);
    NEED_INT(backup_restore(t->mem, file, folder, &n, &why), OK);
    CHECK_INT(n.rows, 6);
    CHECK_INT(backup_restore(t->mem, file, folder, &n, &why), E_CLASH);
    back = house_open(t->mem, place_in(folder), DB_WRITE, &why);
    NEED(back != NULL);
    CHECK_INT(house_sign(back, t->mem, &why), OK);
    CHECK(backup_restore(t->mem, S("Makefile"),
                         file_path(t->mem, test_folder(t), S("not")), &n,
                         &why) != OK);
}

TEST(rows_changed_without_an_entry_stop_the_program)
{
    struct given *g = given(t);
    int status = 0;
    pid_t child;

    given_keep(g, sample_tree(g, S("甲")));
    given_commit(g);
    child = fork();
    if (child == 0) {
        if (!freopen("/dev/null", "w", stderr))
            _exit(1);
        tx_run(given_tx(g),
               SQL("UPDATE sample_tree SET name = 'x' WHERE id = 1"),
               (struct args){ 0 });
        given_commit(g);
        _exit(2);
    }
    CHECK(child > 0 && waitpid(child, &status, 0) == child);
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}
