/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Folders to try operations on, and what is left in them. */
#include "test/faults/trial.h"

#include "access/account.h"
#include "base/file.h"
#include "feature/reports/reports.h"
#include "host/house/backup.h"
#include "host/house/verify.h"
#include "host/import/import.h"
#include "host/import/undo.h"
#include "host/ledger/admit.h"
#include "host/ledger/feature.h"
#include "host/ledger/row.h"
#include "interchange/read.h"
#include "store/schema.h"

#include <dirent.h>
#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DATABASE_MAX = 64 << 20, CONTENT_MAX = 64 << 20 };

void must(enum err e, struct text why)
{
    if (e != OK)
        BUG("answered %d without a fault: %.*s", (int)e, STR_ARG(why.en));
}

struct str trial_path(const struct trial *t, const char *name)
{
    return file_path(t->m, t->folder, str_from(name));
}

/* ---- files ---- */

static int remove_one(const char *path, const struct stat *st, int flag,
                      struct FTW *ftw)
{
    (void)st;
    (void)flag;
    (void)ftw;
    return remove(path);
}

void folder_remove(struct str folder)
{
    struct mem *m = mem_new();

    if (nftw(str_c(m, folder), remove_one, 16, FTW_DEPTH | FTW_PHYS) != 0 &&
        errno != ENOENT)
        BUG("%.*s: %s", STR_ARG(folder), strerror(errno));
    mem_free(m);
}

static void make_folder(struct mem *m, struct str path)
{
    if (mkdir(str_c(m, path), 0700) != 0)
        BUG("%.*s: %s", STR_ARG(path), strerror(errno));
}

static void copy_file(struct mem *m, struct str from, struct str to)
{
    struct text why;
    struct str bytes;

    if (!file_read(m, from, DATABASE_MAX, &bytes, &why) ||
        !file_write(m, to, bytes, 0600, &why))
        BUG("could not copy %.*s", STR_ARG(from));
}

static void copy_house(struct mem *m, struct str from, struct str to)
{
    make_folder(m, to);
    copy_file(m, place_database(m, place_in(from)),
              place_database(m, place_in(to)));
    copy_file(m, place_key(m, place_in(from)), place_key(m, place_in(to)));
}

void trial_copy(const struct trial *t, const struct operation *op)
{
    struct str from = file_path(t->m, t->prepared,
                                operation_is(op, OLD) ? S("old") : S("data"));

    folder_remove(t->folder);
    make_folder(t->m, t->folder);
    copy_house(t->m, from, trial_path(t, "data"));
}

static bool is_draft(const char *name)
{
    return str_find(str_from(name), S(".new")) != SIZE_MAX;
}

static bool drafts_in(struct mem *m, struct str folder)
{
    DIR *d = opendir(str_c(m, folder));
    struct dirent *entry;
    bool any = false;

    while (d && (entry = readdir(d)) != NULL)
        any |= is_draft(entry->d_name);
    if (d)
        closedir(d);
    return any;
}

bool trial_has_drafts(const struct trial *t)
{
    return drafts_in(t->m, t->folder) ||
           drafts_in(t->m, trial_path(t, "data")) ||
           drafts_in(t->m, trial_path(t, "made")) ||
           drafts_in(t->m, trial_path(t, "restored"));
}

/* ---- what was prepared ---- */

static void import_text(struct house *h, struct mem *m, struct str bytes,
                        struct str name)
{
    struct import *im = NEW(m, struct import);
    struct text why = TEXT("", "");
    struct workbook book;
    struct work w;

    must(workbook_read(m, (struct table_file){ name, bytes },
                       &read_limits_default, &book, &why),
         why);
    import_plan(m, &book, name,
                (struct import_years){ .today = 2024, .said = 2024 }, im);
    work_begin(h, m, ACTOR_SHELL, &w);
    must(import_apply(&w.act, im), why);
    must(work_commit(&w), why);
}

static void import_first(struct house *h, struct mem *m)
{
    import_text(h, m,
                S("树名,树种,认养单位,栽种日期,浇水人次,长势评分\n"
                  "甲,松树,区一局,2024-03-02,12,90\n"
                  "乙,银杏,区二局,2024-04-02,30,80\n"),
                S("trees.csv"));
    import_text(h, m,
                S("护树人,护树职责,护树电话\n"
                  "陈晓玲,护林员,19912347920\n"
                  "李明,护树帮手,19912347921\n"),
                S("keepers.csv"));
}

/* The one that may be undone; no head was signed since. */
static void import_last(struct house *h, struct mem *m)
{
    import_text(h, m,
                S("树名,树种,认养单位,栽种日期,浇水人次,长势评分\n"
                  "甲,松树,区一局,2024-03-02,13,95\n"
                  "丙,梅树,区三局,2024-06-02,14,70\n"
                  "丁,梅树,区三局,2024-06-03,15,75\n"),
                S("more.csv"));
}

/* One that was undone: a new row with a new unit, and a row that changed. */
static void import_undone(struct house *h, struct mem *m)
{
    struct text why = TEXT("", "");
    struct undo u = { .batch = 3, .reason = S("导错了") };
    struct asker shell;
    struct work w;

    import_text(h, m,
                S("树名,树种,认养单位,栽种日期,浇水人次\n"
                  "甲,松树,区一局,2024-03-02,50\n"
                  "戊,梅树,区五局,2024-06-04,16\n"),
                S("wrong.csv"));
    work_begin(h, m, ACTOR_SHELL, &w);
    shell = asker_shell(act_scope(&w.act));
    must(undo_apply(&w.act, &shell, &u), why);
    must(work_commit(&w), why);
}

static void add_session(struct work *w)
{
    struct hash h = HASH_OF(S(TRIAL_COOKIE));

    tx_run_unjournaled(&w->tx,
                       SQL("INSERT INTO access_session (district, token_hash, "
                           "account, made_at, seen_at) "
                           "VALUES (?1, ?2, 1, ?3, ?3)"),
                       WITH(INT(w->act.district), BYTES(hash_str(&h)),
                            INT(w->act.now)));
}

/* Later than every clock of a trial but that of "let time pass". */
static void add_loan(struct work *w, struct str name)
{
    const struct ledger *l = ledger_find(S("loan.loan"));
    struct asker shell = asker_shell(act_scope(&w->act));
    struct admission a = { .asker = &shell, .usual_year = 2024 };
    struct ledger_row *row = ledger_row_new(w->act.m, l);

    row->values[ledger_column(l, S("name"))] = STR(name);
    row->values[ledger_column(l, S("unit"))] = INT(1);
    row->values[ledger_column(l, S("since"))] = INT(20980102);
    must(row_admit(&a, row), TEXT("", ""));
    must(row_insert(&w->act, row), TEXT("", ""));
}

static void add_others(struct house *h, struct mem *m)
{
    struct account_plan plan = { .name = S("王芳"),
                                 .login = S("wangfang"),
                                 .roles = ROLE_OFFICER };
    struct text why = TEXT("", "");
    struct ledger_row *row;
    struct asker shell;
    struct work w;
    int64_t id;

    work_begin(h, m, ACTOR_SHELL, &w);
    shell = asker_shell(act_scope(&w.act));
    must(account_add(&w.act, &plan, password_hash(m, S("seven seas of words")),
                     &id),
         why);
    add_session(&w);
    must(row_load(act_scope(&w.act), ledger_find(S("sample.tree")), 2, &row)
             ? OK
             : E_ABSENT,
         why);
    must(row_void(&w.act, &shell, row, S("重复登记")), why);
    add_loan(&w, S("锯"));
    add_loan(&w, S("梯"));
    must(reports_put(&w.act, S("few"), 2024,
                     S("# 题\n{sample.trees}棵，{sample.visits}人次\n"), S("")),
         why);
    tx_script(&w.tx, S("CREATE TABLE checkin (who INTEGER NOT NULL PRIMARY "
                       "KEY) STRICT; INSERT INTO checkin (who) VALUES (1)"));
    must(work_commit(&w), why);
}

/*
 * As a program left it that had two indexes and two columns less, and other
 * columns in its table of answered forms.
 */
static void make_old(struct house *h)
{
    struct text why = TEXT("", "");
    struct tx tx;

    tx_begin(h->db, true, &tx);
    tx_script(&tx, S("DELETE FROM migration "
                     "WHERE name LIKE '%/desk/schema/003.sql' "
                     "OR name LIKE '%journal/schema/002.sql';"
                     "DROP INDEX journal_entry_row;"
                     "ALTER TABLE journal_entry DROP COLUMN step;"
                     "ALTER TABLE journal_entry DROP COLUMN reason;"
                     "DROP INDEX sample_tree_year;"
                     "DROP INDEX sample_tree_alike;"
                     "ALTER TABLE sample_tree DROP COLUMN alike;"
                     "ALTER TABLE sample_tree DROP COLUMN no"));
    must(tx_commit(&tx), why);
}

void trial_prepare(struct mem *m, struct str folder)
{
    static const struct house_plan plan = {
        .district = 370212,
        .name = TEXT_INIT("崂山区", "Laoshan"),
        .origin = S_INIT("test.example/dajuan"),
    };
    struct str data = file_path(m, folder, S("data"));
    struct str old = file_path(m, folder, S("old"));
    struct mem *inner = mem_child(m);
    struct text why = TEXT("", "");
    int64_t version;
    struct house *h;

    must(house_make(m, place_in(data), &plan, &why), why);
    h = house_open(inner, place_in(data), DB_WRITE, &why);
    must(h ? OK : E_STORE, why);
    import_first(h, m);
    mem_reset(inner);         /* closed, the file holds all */
    copy_house(m, data, old); /* no entry of it has a reason to lose */
    h = house_open(inner, place_in(old), DB_WRITE, &why);
    must(h ? OK : E_STORE, why);
    make_old(h);
    mem_reset(inner);
    h = house_open(inner, place_in(data), DB_WRITE, &why);
    must(h ? OK : E_STORE, why);
    add_others(h, m);
    must(reports_publish(h, m, S("few"), &version, &why), why);
    import_undone(h, m);
    import_last(h, m);
    must(backup_make(h, m, file_path(m, folder, S("backup")), &why), why);
    mem_free(inner);
}

/* ---- what is left ---- */

/* One table after the other, value by value. */
static void put_rows(struct buf *b, struct rows *r, int columns)
{
    while (rows_next(r))
        for (int i = 0; i < columns; i++) {
            struct str s = rows_view(r, i);

            buf_fmt(b, "%s%zu:", rows_is_null(r, i) ? "-" : "", s.n);
            buf_put(b, s);
        }
}

static void put_table(struct buf *b, struct tx *tx, struct mem *m,
                      struct str table)
{
    struct db_columns columns = tx_columns(tx, m, table);
    struct compose c;
    struct rows r;

    compose_init(&c, m);
    compose_sql(&c, SQL("SELECT * FROM "));
    compose_name(&c, table);
    r = tx_query(tx, compose_end(&c), (struct args){ 0 });
    buf_fmt(b, "\n%.*s ", STR_ARG(table));
    put_rows(b, &r, (int)columns.n);
}

/* All that a database holds, or nothing when it cannot be read. */
static bool put_database(struct buf *b, struct mem *m, struct str path)
{
    struct text why;
    struct mem *inner = mem_child(m);
    struct db *db = db_open(inner, path, DB_WRITE, &why);
    struct str tables[256];
    size_t n = 0;
    struct rows r;
    struct tx tx;
    bool ok;

    if (!db)
        return false;
    tx_begin(db, false, &tx);
    r = tx_query(&tx,
                 SQL("SELECT type, name, sql FROM sqlite_master "
                     "WHERE name NOT LIKE 'sqlite%' ORDER BY 2"),
                 (struct args){ 0 });
    while (rows_next(&r)) {
        if (str_eq(rows_view(&r, 0), S("table")) && n < COUNT(tables))
            tables[n++] = rows_text(&r, 1, m);
        buf_put(b, rows_view(&r, 2));
    }
    for (size_t i = 0; i < n; i++)
        put_table(b, &tx, m, tables[i]);
    ok = tx_err(&tx) == OK;
    tx_rollback(&tx);
    mem_free(inner);
    return ok;
}

/* A house that says that it is one must be whole. */
static bool house_is_whole(struct mem *m, struct str folder, bool *ret_there,
                           struct str *ret_wrong)
{
    struct mem *inner = mem_child(m);
    struct text why = TEXT("", "");
    struct house *h = house_open(inner, place_in(folder), DB_WRITE, &why);
    struct note_signer signer;
    struct verify_counts n;
    enum err e = OK;

    *ret_there = h != NULL;
    if (h)
        e = house_signer(h, inner, &signer, &why);
    if (h && e == OK)
        e = verify_house(h, inner, &n, &why);
    *ret_wrong = str_dup(m, why.en);
    mem_free(inner);
    return e == OK;
}

static bool put_house(struct buf *b, struct mem *m, struct str folder,
                      struct str *ret_wrong)
{
    bool there;

    if (!house_is_whole(m, folder, &there, ret_wrong))
        return false;
    return !there || put_database(b, m, place_database(m, place_in(folder)));
}

/* What a server does when it starts. */
static bool recover_all(struct mem *m, struct str folder)
{
    struct mem *inner = mem_child(m);
    struct text why;
    struct house *h = house_open(inner, place_in(folder), DB_WRITE, &why);
    bool ok = h != NULL;

    for (size_t i = 0; ok && features[i]; i++)
        ok =
            !features[i]->recover || features[i]->recover(h, inner, &why) == OK;
    mem_free(inner);
    return ok;
}

bool trial_look(const struct trial *t, const struct operation *op,
                struct hash *ret_content, struct str *ret_wrong)
{
    struct mem *m = mem_child(t->m);
    struct buf *b = buf_new(m, CONTENT_MAX);
    struct str data = trial_path(t, "data");
    struct str backup = trial_path(t, "backup");
    bool ok;

    *ret_wrong = S("");
    ok = !operation_is(op, SLICES) || recover_all(m, data);
    /* Looked at before a house is opened there, which migrates it. */
    ok = ok && put_database(b, m, place_database(m, place_in(data)));
    if (ok && !operation_is(op, READS))
        ok = put_house(b, m, data, ret_wrong);
    buf_lit(b, "\nmade ");
    ok = ok && put_house(b, m, trial_path(t, "made"), ret_wrong);
    buf_lit(b, "\nrestored ");
    ok = ok && put_house(b, m, trial_path(t, "restored"), ret_wrong);
    buf_lit(b, "\nbackup ");
    if (file_exists(m, backup))
        ok = put_database(b, m, backup) && ok;
    *ret_content = HASH_OF(buf_str(b));
    *ret_wrong = str_dup(t->m, *ret_wrong);
    mem_free(m);
    return ok;
}
