/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Reading dumps. The whole file is hashed before anything of it is believed;
 * then the tables are made and filled in one transaction. Without its end
 * nothing of it is there.
 */
#include "base/buf.h"
#include "base/file.h"
#include "host/house/dump.h"
#include "host/house/dump_words.h"
#include "host/house/migration.h"
#include "store/compose.h"
#include "store/dialect.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { LINE_MAX_BYTES = 64 * 1024, VALUE_MAX_BYTES = 1 << 30 };
/* "sha256 ", 64 digits and the end of the line. */
enum { TAIL = 7 + 64 + 1 };

struct load {
    FILE *from;
    struct tx *tx;
    struct mem *m;     /* as long as the load */
    struct mem *table; /* of the table at hand */
    struct mem *row;   /* of the row at hand */
    char line[LINE_MAX_BYTES];
    int64_t entries;
    struct hash root;
    struct text wrong;
};

static bool fault(struct load *l, struct text what)
{
    if (text_empty(l->wrong))
        l->wrong = what;
    return false;
}

static bool damaged(struct load *l)
{
    return fault(l, TEXT("这个文件不是完整的 dajuan 转储，或者已经损坏",
                         "this file is no whole dump of dajuan, or it is "
                         "damaged"));
}

/* ---- the hash ---- */

static bool hash_rest(struct load *l, int64_t bytes, struct str *ret_hex)
{
    struct hasher hasher;
    struct hash hash;
    char block[65536];

    hasher_begin(&hasher);
    while (bytes > 0) {
        size_t n =
            bytes < (int64_t)sizeof(block) ? (size_t)bytes : sizeof(block);

        if (fread(block, 1, n, l->from) != n)
            return damaged(l);
        hasher_put(&hasher, (struct str){ block, n });
        bytes -= (int64_t)n;
    }
    hash = hasher_hash(&hasher);
    *ret_hex = hex_encode(l->m, hash_str(&hash));
    return true;
}

static bool is_whole(struct load *l)
{
    struct str hex;
    char tail[TAIL];
    off_t size;

    if (fseeko(l->from, 0, SEEK_END) != 0)
        return damaged(l);
    size = ftello(l->from);
    if (size < TAIL || fseeko(l->from, 0, SEEK_SET) != 0 ||
        !hash_rest(l, size - TAIL, &hex) ||
        fread(tail, 1, TAIL, l->from) != TAIL)
        return damaged(l);
    if (!str_eq((struct str){ tail, TAIL },
                str_fmt(l->m, DUMP_LAST "%.*s\n", STR_ARG(hex))))
        return damaged(l);
    return fseeko(l->from, 0, SEEK_SET) == 0 || damaged(l);
}

/* ---- lines and values ---- */

/* Without its end; what is in `line` lives until the next call. */
static bool read_line(struct load *l, struct str *ret)
{
    if (!fgets(l->line, sizeof(l->line), l->from))
        return damaged(l);
    *ret = str_from(l->line);
    if (ret->n == 0 || ret->p[ret->n - 1] != '\n')
        return damaged(l);
    ret->n--;
    return true;
}

/* "district 370212" with "district " before it. */
static bool read_after(struct load *l, struct str before, struct str *ret)
{
    if (!read_line(l, ret) || !str_starts(*ret, before))
        return damaged(l);
    *ret = str_slice(*ret, before.n, ret->n);
    return true;
}

static bool read_number(struct load *l, uint64_t *ret)
{
    unsigned char b[8];

    if (fread(b, 1, sizeof(b), l->from) != sizeof(b))
        return damaged(l);
    *ret = 0;
    for (size_t i = 0; i < sizeof(b); i++)
        *ret = *ret << 8 | b[i];
    return true;
}

static bool read_bytes(struct load *l, struct value *ret)
{
    uint64_t n;
    char *p;

    if (!read_number(l, &n) || n > VALUE_MAX_BYTES)
        return damaged(l);
    p = mem_raw(l->row, n);
    ret->s = (struct str){ p, n };
    return fread(p, 1, n, l->from) == n || damaged(l);
}

static bool read_value(struct load *l, enum value_kind kind, struct value *ret)
{
    int tag = getc(l->from);
    uint64_t number = 0;

    *ret = (struct value){ .kind = kind, .missing = tag == '-' };
    if (tag == '-')
        return true;
    if (tag != (kind == VALUE_INT ? 'i' : 's'))
        return damaged(l);
    if (kind != VALUE_INT)
        return read_bytes(l, ret);
    if (!read_number(l, &number))
        return false;
    ret->i = (int64_t)number;
    return true;
}

/* ---- tables ---- */

static bool other_version(struct load *l, struct str table)
{
    return fault(
        l, text_fmt(l->m,
                    "转储里的表 %.*s 和这一版程序的不同；请用做转储的那一版"
                    "程序载入，再升级",
                    "the table %.*s of the dump is not this program's; load it "
                    "with the version that made it, and upgrade then",
                    STR_ARG(table)));
}

/* The columns that the heading names; all of the table, of their kinds. */
static bool read_columns(struct load *l, struct str table, struct str rest,
                         struct db_columns *ret)
{
    struct db_columns c = dump_columns(l->tx, l->table, table);
    struct str word;

    for (size_t i = 0; i < c.n; i++)
        if (!str_cut(&rest, S(" "), &word) ||
            !str_eq(word, str_fmt(l->table, "%.*s=%.*s", STR_ARG(c.v[i].name),
                                  STR_ARG(dump_kind(c.v[i].kind)))))
            return other_version(l, table);
    if (rest.p || c.n == 0)
        return other_version(l, table);
    *ret = c;
    return true;
}

static struct sql insertion(struct load *l, struct str table,
                            const struct db_columns *columns)
{
    struct compose c;

    compose_init(&c, l->table);
    compose_sql(&c, SQL("INSERT INTO "));
    compose_name(&c, table);
    compose_sql(&c, SQL(" ("));
    for (size_t i = 0; i < columns->n; i++) {
        if (i)
            compose_sql(&c, SQL(", "));
        compose_name(&c, columns->v[i].name);
    }
    compose_sql(&c, SQL(") VALUES ("));
    for (size_t i = 0; i < columns->n; i++) {
        if (i)
            compose_sql(&c, SQL(", "));
        compose_arg(&c, i + 1);
    }
    compose_sql(&c, SQL(")"));
    return compose_end(&c);
}

static bool fill_table(struct load *l, struct sql insert,
                       const struct db_columns *columns)
{
    struct value *values = NEW_ARRAY(l->table, struct value, columns->n);
    int tag;

    while ((tag = getc(l->from)) == '+') {
        mem_reset(l->row);
        for (size_t i = 0; i < columns->n; i++)
            if (!read_value(l, columns->v[i].kind, &values[i]))
                return false;
        tx_run_unjournaled(l->tx, insert, (struct args){ values, columns->n });
    }
    return (tag == '.' && getc(l->from) == '\n') || damaged(l);
}

static bool load_table(struct load *l, struct str heading)
{
    struct db_columns columns;
    struct str table;

    mem_reset(l->table);
    heading = str_dup(l->table, heading);
    if (!str_cut(&heading, S(" "), &table) || !dialect_is_name(table) ||
        !read_columns(l, table, heading, &columns))
        return other_version(l, table);
    return fill_table(l, insertion(l, table, &columns), &columns);
}

/* ---- the whole ---- */

static bool read_heading(struct load *l)
{
    struct str s;
    struct str bytes;

    return read_after(l, S("dajuan-dump/1"), &s) && (s.n == 0 || damaged(l)) &&
           read_after(l, S("district "), &s) &&
           read_after(l, S("entries "), &s) &&
           (str_int(s, &l->entries) || damaged(l)) &&
           read_after(l, S("root "), &s) &&
           ((base64_decode(l->m, s, &bytes) && hash_from(bytes, &l->root)) ||
            damaged(l));
}

static size_t tables_here(struct load *l)
{
    struct db_tables tables = tx_tables(l->tx, l->m);
    size_t n = 0;

    for (size_t i = 0; i < tables.n; i++)
        n += dump_has(tables.v[i]);
    return n;
}

static bool load_tables(struct load *l)
{
    size_t left = tables_here(l);
    struct str line;

    while (read_line(l, &line) && !str_starts(line, S(DUMP_LAST))) {
        if (!str_starts(line, S("table ")))
            return damaged(l);
        if (!load_table(l, str_slice(line, 6, line.n)))
            return false;
        left--;
    }
    if (left && text_empty(l->wrong))
        other_version(l, S("*"));
    return text_empty(l->wrong);
}

static enum err fill(struct load *l, struct house_place place,
                     struct text *ret_reason)
{
    int64_t houses;

    migration_run(l->tx, clock_ms());
    houses = tx_int(l->tx, SQL("SELECT count(*) FROM district"),
                    (struct args){ 0 }, 0);
    if (houses > 0) {
        *ret_reason = text_fmt(l->m, "%.*s 已经存在；请换一个地方",
                               "%.*s exists already; choose another place",
                               STR_ARG(place_name(l->m, place)));
        return E_CLASH;
    }
    if (!read_heading(l) || !load_tables(l)) {
        *ret_reason = l->wrong;
        return tx_err(l->tx) == OK ? E_INPUT : E_STORE;
    }
    return tx_err(l->tx);
}

static enum err load_into(struct load *l, struct house_place place,
                          struct text *ret_reason)
{
    struct db *db =
        db_open(l->m, place_database(l->m, place), DB_CREATE, ret_reason);
    struct tx tx;
    enum err e;

    if (!db)
        return E_STORE;
    tx_begin(db, true, &tx);
    l->tx = &tx;
    e = fill(l, place, ret_reason);
    if (e == OK)
        e = tx_commit(&tx);
    else
        tx_rollback(&tx);
    if (e == E_STORE)
        *ret_reason = text_same(str_dup(l->m, str_from(db_reason(db))));
    return e;
}

/* What was loaded is what was dumped, by its own proofs. */
static enum err check(struct load *l, struct house_place place,
                      struct verify_counts *ret_counts, struct text *ret_reason)
{
    struct house *h = house_open(l->m, place, DB_WRITE, ret_reason);
    struct tree_head head;
    struct tx tx;
    enum err e;

    if (!h)
        return E_STORE;
    tx_begin(h->db, false, &tx);
    head = dump_head(house_scope(h, &tx, l->m));
    e = tx_err(&tx);
    tx_rollback(&tx);
    if (e == OK &&
        (head.size != (uint64_t)l->entries || !hash_eq(&head.root, &l->root))) {
        *ret_reason = TEXT("载入的日志和转储时的不同",
                           "the journal is not the one that was dumped");
        return E_INPUT;
    }
    return e == OK ? verify_house(h, l->m, ret_counts, ret_reason) : e;
}

static enum err load(struct load *l, struct house_place place,
                     struct verify_counts *ret_counts, struct text *ret_reason)
{
    enum err e;

    if (!is_whole(l)) {
        *ret_reason = l->wrong;
        return E_INPUT;
    }
    if (place_is_folder(place) && !file_folder(l->m, place.data, ret_reason))
        return E_STORE;
    e = load_into(l, place, ret_reason);
    return e == OK ? check(l, place, ret_counts, ret_reason) : e;
}

enum err dump_load(struct mem *m, struct str file, struct house_place place,
                   struct verify_counts *ret_counts, struct text *ret_reason)
{
    struct load *l = NEW(m, struct load);
    enum err e;

    l->from = fopen(str_c(m, file), "rb");
    if (!l->from) {
        *ret_reason = text_fmt(m, "打不开 %.*s：%s", "could not open %.*s: %s",
                               STR_ARG(file), strerror(errno));
        return E_ABSENT;
    }
    l->m = mem_child(m);
    l->table = mem_child(l->m);
    l->row = mem_child(l->m);
    e = load(l, place, ret_counts, ret_reason);
    if (e != OK)
        *ret_reason = text_dup(m, *ret_reason);
    fclose(l->from);
    mem_free(l->m);
    return e;
}
