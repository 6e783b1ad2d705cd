/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Writing dumps: one reading transaction, row by row into a draft. */
#include "host/house/dump.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/file_stream.h"
#include "host/house/dump_words.h"
#include "store/compose.h"

enum { BLOCK = 64 * 1024 };

struct dump {
    struct tx *tx;
    struct mem *m; /* of the table at hand */
    struct file_writer to;
    struct hasher hash;
    struct buf block; /* what is not written yet */
};

static void put_bytes(struct dump *d, struct str s)
{
    file_put(&d->to, s);
    hasher_put(&d->hash, s);
}

static void flush(struct dump *d)
{
    put_bytes(d, buf_str(&d->block));
    buf_clear(&d->block);
}

/* Values are small; the system is asked for many at once. */
static void put(struct dump *d, struct str s)
{
    if (d->block.n + s.n > BLOCK)
        flush(d);
    if (s.n > BLOCK)
        put_bytes(d, s);
    else
        buf_put(&d->block, s);
}

static void put_number(struct dump *d, uint64_t v)
{
    char b[8];

    for (size_t i = 0; i < sizeof(b); i++)
        b[i] = (char)(v >> (56 - 8 * i));
    put(d, (struct str){ b, sizeof(b) });
}

static void put_value(struct dump *d, const struct rows *r, int col,
                      enum value_kind kind)
{
    struct str s;

    if (rows_is_null(r, col)) {
        put(d, S("-"));
    } else if (kind == VALUE_INT) {
        put(d, S("i"));
        put_number(d, (uint64_t)rows_int(r, col));
    } else {
        s = rows_view(r, col);
        put(d, S("s"));
        put_number(d, s.n);
        put(d, s);
    }
}

/* The columns in this order, the rows by the key. */
static struct sql all_rows(struct mem *m, struct str table,
                           const struct db_columns *columns)
{
    struct compose c;

    compose_init(&c, m);
    compose_sql(&c, SQL("SELECT "));
    for (size_t i = 0; i < columns->n; i++) {
        if (i)
            compose_sql(&c, SQL(", "));
        compose_name(&c, columns->v[i].name);
    }
    compose_sql(&c, SQL(" FROM "));
    compose_name(&c, table);
    for (int key = 1; key <= (int)columns->n; key++)
        for (size_t i = 0; i < columns->n; i++) {
            if (columns->v[i].key != key)
                continue;
            compose_sql(&c, key == 1 ? SQL(" ORDER BY ") : SQL(", "));
            compose_name(&c, columns->v[i].name);
        }
    return compose_end(&c);
}

static void put_heading(struct dump *d, struct str table,
                        const struct db_columns *columns)
{
    put(d, str_fmt(d->m, "table %.*s", STR_ARG(table)));
    for (size_t i = 0; i < columns->n; i++)
        put(d, str_fmt(d->m, " %.*s=%.*s", STR_ARG(columns->v[i].name),
                       STR_ARG(dump_kind(columns->v[i].kind))));
    put(d, S("\n"));
}

static void put_table(struct dump *d, struct str table)
{
    struct db_columns columns = dump_columns(d->tx, d->m, table);
    struct rows r;

    put_heading(d, table, &columns);
    r = tx_walk(d->tx, all_rows(d->m, table, &columns), (struct args){ 0 });
    while (rows_next(&r)) {
        put(d, S("+"));
        for (size_t i = 0; i < columns.n; i++)
            put_value(d, &r, (int)i, columns.v[i].kind);
    }
    put(d, S(".\n"));
}

static void put_all(struct dump *d, struct mem *m, int64_t district)
{
    struct db_tables tables = tx_tables(d->tx, m);
    struct tree_head head = dump_head((struct scope){ d->tx, m, district });
    struct hash hash;

    put(d, str_fmt(m, DUMP_FIRST "district %lld\nentries %llu\nroot %.*s\n",
                   (long long)district, (unsigned long long)head.size,
                   STR_ARG(base64_encode(m, hash_str(&head.root)))));
    for (size_t i = 0; i < tables.n; i++) {
        mem_reset(d->m);
        if (dump_has(tables.v[i]))
            put_table(d, tables.v[i]);
    }
    flush(d);
    hash = hasher_hash(&d->hash);
    put(d, str_fmt(m, DUMP_LAST "%.*s\n",
                   STR_ARG(hex_encode(m, hash_str(&hash)))));
    flush(d);
}

/* What can be read of the house; `to` is open. */
static enum err write_all(struct dump *d, struct house *h, struct mem *m)
{
    struct tx tx;
    enum err e;

    d->m = mem_child(m);
    buf_init(&d->block, m, BLOCK);
    hasher_begin(&d->hash);
    tx_begin(h->db, false, &tx);
    d->tx = &tx;
    put_all(d, m, h->district);
    e = tx_err(&tx);
    tx_rollback(&tx);
    mem_free(d->m);
    return e;
}

enum err dump_make(struct house *h, struct mem *m, struct str file,
                   struct text *ret_reason)
{
    struct dump d = { 0 };
    enum err e;

    if (file_exists(m, file)) {
        *ret_reason =
            text_fmt(m, "%.*s 已经存在；请换一个名字",
                     "%.*s exists already; choose another name", STR_ARG(file));
        return E_CLASH;
    }
    if (!file_begin(m, file, 0600, &d.to, ret_reason))
        return E_STORE;
    e = write_all(&d, h, m);
    if (e == OK)
        return file_end(&d.to, ret_reason) ? OK : E_STORE;
    file_drop(&d.to);
    *ret_reason = text_same(str_dup(m, str_from(db_reason(h->db))));
    return e;
}
