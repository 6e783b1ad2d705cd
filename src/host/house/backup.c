/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * A backup is the database's own consistent copy plus one small table with
 * the key. Restoring takes the key out again and verifies everything before
 * it says that it is done.
 */
#include "host/house/backup.h"

#include "base/file.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BACKUP_MAX = INT32_MAX };

static enum err fail(struct mem *m, struct str what, const char *why,
                     struct text *ret_reason)
{
    *ret_reason = text_fmt(m, "%.*s：%s", "%.*s: %s", STR_ARG(what), why);
    return E_STORE;
}

static enum err put_key(struct house *h, struct mem *m, struct str file,
                        struct text *ret_reason)
{
    struct mem *inner = mem_child(m);
    struct str key;
    struct tx tx;
    struct db *db;
    enum err e;

    if (!file_read(m, house_key_path(m, h->folder), 1024, &key)) {
        *ret_reason = text_same(key);
        return E_STORE;
    }
    db = db_open(inner, file, DB_WRITE, ret_reason);
    if (!db)
        return E_STORE;
    tx_begin(db, true, &tx);
    tx_script(&tx, S("CREATE TABLE backup_key (key TEXT NOT NULL) STRICT"));
    tx_run_unjournaled(&tx, SQL("INSERT INTO backup_key (key) VALUES (?1)"),
                       WITH(STR(key)));
    e = tx_commit(&tx);
    if (e != OK)
        fail(m, file, db_reason(db), ret_reason);
    mem_free(inner);
    return e;
}

enum err backup_make(struct house *h, struct mem *m, struct str file,
                     struct text *ret_reason)
{
    if (file_exists(m, file)) {
        *ret_reason =
            text_fmt(m, "%.*s 已经存在；请换一个名字",
                     "%.*s exists already; choose another name", STR_ARG(file));
        return E_CLASH;
    }
    umask(077);
    if (db_copy(h->db, file) != OK) {
        unlink(str_c(m, file));
        return fail(m, file, db_reason(h->db), ret_reason);
    }
    return put_key(h, m, file, ret_reason);
}

/* Take the key out of the restored database, into its own file. */
static enum err take_key(struct mem *m, struct str folder,
                         struct text *ret_reason)
{
    struct mem *inner = mem_child(m);
    struct db *db =
        db_open(inner, house_db_path(m, folder), DB_CREATE, ret_reason);
    struct str key = S("");
    struct str why;
    struct tx tx;
    struct rows r;
    enum err e = E_STORE;

    if (!db)
        return E_STORE;
    tx_begin(db, true, &tx);
    r = tx_query(&tx, SQL("SELECT key FROM backup_key"), (struct args){ 0 });
    if (rows_next(&r))
        key = rows_text(&r, 0, m);
    rows_end(&r);
    tx_script(&tx, S("DROP TABLE backup_key"));
    if (tx.failed || key.n == 0)
        fail(m, folder, "not a backup of ours", ret_reason);
    else if (!file_write(m, house_key_path(m, folder), key, 0600, &why))
        *ret_reason = text_same(why);
    else
        e = OK;
    if (e == OK)
        e = tx_commit(&tx);
    else
        tx_rollback(&tx);
    mem_free(inner);
    return e;
}

enum err backup_restore(struct mem *m, struct str file, struct str folder,
                        struct verify_counts *ret_counts,
                        struct text *ret_reason)
{
    struct str to = house_db_path(m, folder);
    struct mem *bytes_mem = mem_child(m);
    struct house *h;
    struct str bytes;
    struct str why;
    enum err e;

    if (mkdir(str_c(m, folder), 0700) < 0 && errno != EEXIST)
        return fail(m, folder, strerror(errno), ret_reason);
    if (file_exists(m, to)) {
        *ret_reason = text_fmt(m, "%.*s 里已有数据；请换一个目录",
                               "%.*s holds data already; choose another folder",
                               STR_ARG(folder));
        return E_CLASH;
    }
    if (!file_read(bytes_mem, file, BACKUP_MAX, &bytes)) {
        *ret_reason = text_same(str_dup(m, bytes));
        return E_ABSENT;
    }
    if (!file_write(m, to, bytes, 0600, &why)) {
        *ret_reason = text_same(why);
        return E_STORE;
    }
    mem_free(bytes_mem);
    e = take_key(m, folder, ret_reason);
    if (e != OK)
        return e;
    h = house_open(m, folder, DB_WRITE, ret_reason);
    return h ? verify_house(h, m, ret_counts, ret_reason) : E_STORE;
}
