/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * A backup is the database's own consistent copy plus one small table with
 * the key. Restoring takes the key out again and verifies everything before
 * it says that it is done. Both are made as drafts and get their name when
 * they are whole: whatever fails, no half of one stands there.
 */
#include "host/house/backup.h"

#include "base/file.h"
#include "store/schema.h"

#include <sys/stat.h>
#include <unistd.h>

enum { BACKUP_MAX = INT32_MAX };

static enum err fail(struct mem *m, struct str what, const char *why,
                     struct text *ret_reason)
{
    *ret_reason = text_fmt(m, "%.*s：%s", "%.*s: %s", STR_ARG(what), why);
    return E_STORE;
}

void backup_discard(struct mem *m, struct str draft)
{
    static const char *const ends[] = { "", "-journal", "-wal", "-shm" };

    for (size_t i = 0; i < COUNT(ends); i++)
        unlink(str_fmt(m, "%.*s%s", STR_ARG(draft), ends[i]).p);
}

/* SQLite makes the file itself, with the rights that it is left. */
bool backup_copy(struct db *db, struct str draft)
{
    mode_t before = umask(077);
    bool copied = db_copy(db, draft) == OK;

    umask(before);
    return copied;
}

/* It is whole: under its own name from now on. */
static enum err put_in_place(struct mem *m, struct str draft, struct str path,
                             struct text *ret_reason)
{
    return file_move(m, draft, path, ret_reason) ? OK : E_STORE;
}

static enum err put_key(const struct house *h, struct mem *m, struct str file,
                        struct text *ret_reason)
{
    struct mem *inner = mem_child(m);
    struct str key;
    struct tx tx;
    struct db *db;
    enum err e;

    if (!file_read(m, place_key(m, h->place), 1024, &key, ret_reason))
        return E_STORE;
    db = db_open(inner, file, DB_WRITE, ret_reason);
    if (!db)
        return E_STORE; /* the reason lives in `inner` */
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
    struct str draft = file_draft(m, file);
    enum err e;

    if (file_exists(m, file)) {
        *ret_reason =
            text_fmt(m, "%.*s 已经存在；请换一个名字",
                     "%.*s exists already; choose another name", STR_ARG(file));
        return E_CLASH;
    }
    e = backup_copy(h->db, draft) ? put_key(h, m, draft, ret_reason)
                                  : fail(m, file, db_reason(h->db), ret_reason);
    if (e == OK)
        e = put_in_place(m, draft, file, ret_reason);
    if (e != OK)
        backup_discard(m, draft);
    return e;
}

/* Take the key out of the draft of a database. */
static enum err take_key(struct mem *m, struct str draft, struct str *ret_key,
                         struct text *ret_reason)
{
    struct mem *inner = mem_child(m);
    struct db *db = db_open(inner, draft, DB_WRITE, ret_reason);
    struct tx tx;
    struct rows r;
    enum err e;

    if (!db)
        return E_STORE; /* the reason lives in `inner` */
    tx_begin(db, true, &tx);
    *ret_key = S("");
    if (tx_columns(&tx, inner, S("backup_key")).n > 0) {
        r = tx_query(&tx, SQL("SELECT key FROM backup_key"),
                     (struct args){ 0 });
        if (rows_next(&r))
            *ret_key = rows_text(&r, 0, m);
        rows_end(&r);
        tx_script(&tx, S("DROP TABLE backup_key"));
    }
    e = tx_commit(&tx);
    if (e != OK)
        fail(m, draft, db_reason(db), ret_reason);
    mem_free(inner);
    return e;
}

/* From now on a log of what is written stands beside it, as in every house. */
static enum err begin_log(struct mem *m, struct str draft,
                          struct text *ret_reason)
{
    struct mem *inner = mem_child(m);

    if (!db_open(inner, draft, DB_CREATE, ret_reason))
        return E_STORE; /* the reason lives in `inner` */
    mem_free(inner);
    return OK;
}

/* The bytes of a backup as the database that they are, and its key. */
static enum err unpack(struct mem *m, struct str bytes, struct str draft,
                       struct str *ret_key, struct text *ret_reason)
{
    enum err e;

    if (!file_write(m, draft, bytes, 0600, ret_reason))
        return E_STORE;
    e = take_key(m, draft, ret_key, ret_reason);
    if (e == OK && ret_key->n == 0) {
        *ret_reason = TEXT("这个文件不是本程序做的备份",
                           "this file is no backup of ours");
        return E_INPUT;
    }
    return e == OK ? begin_log(m, draft, ret_reason) : e;
}

/* The database comes last: it makes the folder one. */
static enum err fill_folder(struct mem *m, struct str bytes, struct str folder,
                            struct text *ret_reason)
{
    struct house_place place = place_in(folder);
    struct str to = place_database(m, place);
    struct str draft = file_draft(m, to);
    struct str key;
    enum err e = unpack(m, bytes, draft, &key, ret_reason);

    if (e == OK && !file_write(m, place_key(m, place), key, 0600, ret_reason))
        e = E_STORE;
    if (e == OK)
        e = put_in_place(m, draft, to, ret_reason);
    backup_discard(m, draft);
    return e;
}

enum err backup_restore(struct mem *m, struct str file, struct str folder,
                        struct verify_counts *ret_counts,
                        struct text *ret_reason)
{
    struct mem *bytes_mem = mem_child(m);
    struct house_place place = place_in(folder);
    struct house *h;
    struct str bytes;
    enum err e;

    if (file_exists(m, place_database(m, place))) {
        *ret_reason = text_fmt(m, "%.*s 里已有数据；请换一个目录",
                               "%.*s holds data already; choose another folder",
                               STR_ARG(folder));
        return E_CLASH;
    }
    if (!file_read(bytes_mem, file, BACKUP_MAX, &bytes, ret_reason)) {
        *ret_reason = (struct text){ str_dup(m, ret_reason->zh),
                                     str_dup(m, ret_reason->en) };
        return E_ABSENT;
    }
    if (!file_folder(m, folder, ret_reason))
        return E_STORE;
    e = fill_folder(m, bytes, folder, ret_reason);
    mem_free(bytes_mem);
    if (e != OK)
        return e;
    h = house_open(m, place, DB_WRITE, ret_reason);
    return h ? verify_house(h, m, ret_counts, ret_reason) : E_STORE;
}
