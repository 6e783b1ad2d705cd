/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A house: made, opened, brought up to date, signed. */
#include "host/house/house.h"

#include "base/date.h"
#include "base/file.h"
#include "host/house/backup.h"
#include "host/house/dump.h"
#include "host/house/migration.h"
#include "host/ledger/clock.h"

#include <sodium.h>
#include <string.h>

static enum err migrate(struct db *db, int64_t now)
{
    struct tx tx;

    tx_begin(db, true, &tx);
    migration_run(&tx, now);
    return tx_commit(&tx);
}

/* The key file holds the seed in base64, one line, readable by its owner. */
static enum err make_key(struct mem *m, struct house_place place,
                         struct str origin, struct str *ret_key,
                         struct text *ret_reason)
{
    unsigned char seed[NOTE_SEED];
    struct note_signer signer;
    struct str line;

    hash_random(seed, sizeof(seed));
    note_signer_from(origin, seed, &signer);
    line = str_fmt(m, "%.*s\n",
                   STR_ARG(base64_encode(m, (struct str){ (char *)seed,
                                                          sizeof(seed) })));
    sodium_memzero(seed, sizeof(seed));
    if (!file_write(m, place_key(m, place), line, 0600, ret_reason))
        return E_STORE;
    *ret_key = note_key_encode(m, &signer.key);
    return OK;
}

static enum err store_failed(struct mem *m, const struct db *db,
                             struct text *ret_reason)
{
    *ret_reason = text_same(str_dup(m, str_from(db_reason(db))));
    return E_STORE;
}

static void make_district(struct tx *tx, const struct house_plan *plan,
                          struct str key)
{
    tx_run_unjournaled(
        tx,
        SQL("INSERT INTO district (id, name_zh, name_en, journal_key) "
            "VALUES (?1, ?2, ?3, ?4)"),
        WITH(INT(plan->district), STR(plan->name.zh), STR(plan->name.en),
             STR(key)));
    clock_set((struct scope){ .tx = tx, .district = plan->district },
              date_of(clock_ms()));
}

/* The key is on disk before the row that names it. */
static enum err make_all(struct tx *tx, struct mem *m, struct house_place place,
                         const struct house_plan *plan, struct text *ret_reason)
{
    struct str key;
    enum err e;

    migration_run(tx, clock_ms());
    if (tx_int(tx, SQL("SELECT count(*) FROM district"), (struct args){ 0 },
               0) > 0) {
        *ret_reason = text_fmt(m, "%.*s 已经存在；请换一个地方",
                               "%.*s exists already; choose another place",
                               STR_ARG(place_name(m, place)));
        return E_CLASH;
    }
    if (tx_err(tx) != OK)
        return store_failed(m, tx->db, ret_reason);
    e = make_key(m, place, plan->origin, &key, ret_reason);
    if (e != OK)
        return e;
    make_district(tx, plan, key);
    return tx_err(tx) != OK ? store_failed(m, tx->db, ret_reason) : OK;
}

enum err house_make(struct mem *m, struct house_place place,
                    const struct house_plan *plan, struct text *ret_reason)
{
    struct mem *inner = mem_child(m);
    struct db *db;
    struct tx tx;
    enum err e;

    if (place.keys.n == 0) {
        *ret_reason = TEXT("请用 --keys 指定存放签名密钥的目录",
                           "say with --keys in which folder the signing key "
                           "is to be");
        return E_INPUT;
    }
    if (!file_folder(m, place.keys, ret_reason))
        return E_STORE;
    db = db_open(inner, place_database(m, place), DB_CREATE, ret_reason);
    if (!db)
        return E_STORE; /* the reason lives in `inner` */
    tx_begin(db, true, &tx);
    e = make_all(&tx, m, place, plan, ret_reason);
    if (e != OK)
        tx_rollback(&tx);
    else if (tx_commit(&tx) != OK)
        e = store_failed(m, db, ret_reason);
    mem_free(inner);
    return e;
}

static bool read_district(struct house *h, struct text *ret_reason)
{
    struct str name = place_name(h->m, h->place);
    struct tx tx;
    struct rows r;
    bool ok = false;

    tx_begin(h->db, false, &tx);
    r = tx_query(&tx,
                 SQL("SELECT id, name_zh, name_en, journal_key FROM district "
                     "ORDER BY id LIMIT 1"),
                 (struct args){ 0 });
    if (rows_next(&r)) {
        h->district = rows_int(&r, 0);
        h->name =
            (struct text){ rows_text(&r, 1, h->m), rows_text(&r, 2, h->m) };
        ok = note_key_decode(h->m, rows_text(&r, 3, h->m), &h->key,
                             ret_reason) == OK;
        rows_end(&r);
    } else if (tx_err(&tx) != OK) {
        store_failed(h->m, h->db, ret_reason);
    } else {
        *ret_reason =
            text_fmt(h->m, "%.*s 没有建完；请再运行一次 dajuan init %.*s",
                     "%.*s was not made to the end; run dajuan init %.*s again",
                     STR_ARG(name), STR_ARG(name));
    }
    tx_rollback(&tx);
    return ok;
}

static bool no_data(struct house *h, struct text *ret_reason)
{
    struct str name = place_name(h->m, h->place);

    *ret_reason =
        text_fmt(h->m,
                 "%.*s 里没有数据；先运行 dajuan init %.*s（--help 说明选项）",
                 "there is no data in %.*s; run dajuan init %.*s first (--help "
                 "tells its options)",
                 STR_ARG(name), STR_ARG(name));
    return false;
}

static bool could_not_save(struct house *h, struct str file,
                           struct text *ret_reason)
{
    struct str name = place_name(h->m, h->place);

    *ret_reason = text_fmt(
        h->m,
        "%.*s 由旧版程序写成，升级前的副本 %.*s 写不下，没有升级；请检查磁盘"
        "空间和权限",
        "%.*s was written by an older program; the copy %.*s that is kept "
        "before it is brought up to date could not be written, and nothing "
        "was changed: check space and rights",
        STR_ARG(name), STR_ARG(file));
    return false;
}

static bool copy_database(struct house *h, struct str file)
{
    struct str draft = file_draft(h->m, file);
    struct text why;

    if (backup_copy(h->db, draft) && file_move(h->m, draft, file, &why))
        return true;
    backup_discard(h->m, draft);
    return false;
}

/*
 * What an older program left is kept beside the key, as it is, before it is
 * brought up to date: a folder's database, or a dump of another's.
 */
static bool save_before(struct house *h, struct text *ret_reason)
{
    struct str folder = h->place.keys;
    struct str file =
        file_path(h->m, folder,
                  str_fmt(h->m, "before-upgrade-%lld.%s",
                          (long long)(clock_ms() / 1000),
                          place_is_folder(h->place) ? "db" : "dump"));
    struct text why;

    if (folder.n == 0) {
        *ret_reason =
            TEXT("数据由旧版程序写成；升级前要留一份转储，请用 --keys "
                 "指定目录",
                 "this was written by an older program; a dump is "
                 "kept before it is brought up to date: say with "
                 "--keys in which folder");
        return false;
    }
    if (place_is_folder(h->place) ? !copy_database(h, file)
                                  : dump_make(h, h->m, file, &why) != OK)
        return could_not_save(h, file, ret_reason);
    log_info("upgraded=%.*s kept=%.*s", STR_ARG(place_name(h->m, h->place)),
             STR_ARG(file));
    return true;
}

/*
 * An older folder is brought up to date by whoever opens it to write; read as
 * it stands it would say what is not so. A newer one is another program's.
 */
static bool is_ours(struct house *h, enum db_mode mode, struct text *ret_reason)
{
    struct str name = place_name(h->m, h->place);
    struct tx tx;
    enum migration_state state;

    tx_begin(h->db, false, &tx);
    state = migration_state(&tx);
    tx_rollback(&tx);
    if (state == MIGRATION_NONE)
        return no_data(h, ret_reason);
    if (state == MIGRATION_NEWER)
        *ret_reason = text_fmt(
            h->m, "%.*s 由更新的程序写过；请用那个版本的 dajuan 打开",
            "%.*s was written by a newer program; open it with that dajuan",
            STR_ARG(name));
    else if (state == MIGRATION_OLDER && mode == DB_READ)
        *ret_reason = text_fmt(
            h->m,
            "%.*s 由旧版程序写成；请先运行 dajuan doctor --data %.*s，"
            "它把目录升级到这一版",
            "%.*s was written by an older program; run dajuan doctor --data "
            "%.*s first, which brings it up to date",
            STR_ARG(name), STR_ARG(name));
    else
        return state == MIGRATION_CURRENT || save_before(h, ret_reason);
    return false;
}

struct house *house_open(struct mem *m, struct house_place place,
                         enum db_mode mode, struct text *ret_reason)
{
    struct house *h = NEW(m, struct house);
    struct str path = place_database(m, place);

    h->m = m;
    h->place = place_dup(m, place);
    if (place_is_folder(place) && !file_exists(m, path)) {
        no_data(h, ret_reason);
        return NULL;
    }
    h->db = db_open(m, path, mode, ret_reason);
    if (!h->db)
        return NULL;
    if (!is_ours(h, mode, ret_reason))
        return NULL;
    if (mode != DB_READ && migrate(h->db, house_now(h)) != OK) {
        store_failed(m, h->db, ret_reason);
        return NULL;
    }
    return read_district(h, ret_reason) ? h : NULL;
}

struct house *house_beside(struct mem *m, const struct house *h,
                           enum db_mode mode, struct text *ret_reason)
{
    struct house *own = NEW(m, struct house);

    *own = *h;
    own->m = m;
    own->db = db_open(m, place_database(m, h->place), mode, ret_reason);
    return own->db ? own : NULL;
}

int64_t house_now(const struct house *h)
{
    return h->fixed_now ? h->fixed_now : clock_ms();
}

void work_begin(struct house *h, struct mem *m, int64_t actor, struct work *ret)
{
    tx_begin(h->db, true, &ret->tx);
    journal_load(house_scope(h, &ret->tx, m), &ret->journal);
    ret->act = (struct act){
        .m = m,
        .tx = &ret->tx,
        .journal = &ret->journal,
        .district = h->district,
        .now = house_now(h),
        .actor = actor,
        .address = S(""),
    };
}

enum err work_commit(struct work *w)
{
    journal_save(&w->journal, &w->tx, w->act.m);
    return tx_commit(&w->tx);
}

void work_rollback(struct work *w)
{
    tx_rollback(&w->tx);
}

enum err house_signer(struct house *h, struct mem *m,
                      struct note_signer *ret_signer, struct text *ret_reason)
{
    struct str path = place_key(m, h->place);
    struct str line;
    struct str seed;

    if (path.n == 0) {
        *ret_reason = TEXT("请用 --keys 指定签名密钥所在的目录",
                           "say with --keys in which folder the signing key "
                           "is");
        return E_ABSENT;
    }
    if (!file_read(m, path, 1024, &line, ret_reason))
        return E_ABSENT;
    if (!base64_decode(m, str_trim(line), &seed) || seed.n != NOTE_SEED) {
        *ret_reason = text_fmt(m, "%.*s 不是签名密钥",
                               "%.*s is not a signing "
                               "key",
                               STR_ARG(path));
        return E_INPUT;
    }
    note_signer_from(h->key.name, (const unsigned char *)seed.p, ret_signer);
    if (memcmp(ret_signer->key.key, h->key.key, NOTE_KEY) != 0) {
        *ret_reason =
            text_fmt(m, "%.*s 不是这份日志的密钥",
                     "%.*s is the key of another journal", STR_ARG(path));
        return E_INPUT;
    }
    return OK;
}

enum err house_sign(struct house *h, struct mem *m, struct text *ret_reason)
{
    struct note_signer signer;
    struct work w;
    enum err e = house_signer(h, m, &signer, ret_reason);

    if (e != OK)
        return e;
    work_begin(h, m, ACTOR_SHELL, &w);
    e = head_sign(&w.act, &signer);
    sodium_memzero(&signer, sizeof(signer));
    if (e == OK)
        e = work_commit(&w);
    else
        work_rollback(&w);
    return e != OK ? store_failed(m, h->db, ret_reason) : OK;
}
