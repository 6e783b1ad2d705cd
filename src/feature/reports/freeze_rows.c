/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Rows are kept once however many figures count them. Only what a visitor may
 * see is opened: a row whose content holds a value of an internal column
 * stays closed, its leaf is there and proves that it exists.
 */
#include "feature/reports/freeze_rows.h"

#include "host/ledger/cell.h"
#include "host/ledger/part.h"

void freeze_rows_init(struct freeze_rows *z, struct scope in)
{
    *z = (struct freeze_rows){ .in = in };
    row_set_init(&z->known, in.m);
    row_set_init(&z->asked, in.m);
}

/* Does a content hold a value that visitors must not see? */
static bool tells_internal(struct mem *m, const struct ledger *l,
                           const struct bundle_row *row)
{
    struct str value;

    for (size_t i = 0; i < l->columns_n; i++)
        if (column_is(&l->columns[i], COLUMN_INTERNAL) &&
            bundle_value(m, row, l->columns[i].key, &value))
            return true;
    return false;
}

/* The title as visitors see it, on one line. */
static struct str title_shown(struct mem *m, const struct ledger_row *row)
{
    size_t title = ledger_title(row->ledger);
    const struct column *c = &row->ledger->columns[title];
    struct str s = cell_masked(m, c, row_title(row));
    char *p = mem_raw(m, s.n + 1);

    if (column_is(c, COLUMN_INTERNAL))
        return S("");
    for (size_t i = 0; i < s.n; i++)
        p[i] = s.p[i] == '\n' || s.p[i] == '\t' ? ' ' : s.p[i];
    return (struct str){ p, s.n };
}

/* All of it but leaf and salt. */
static struct bundle_row open_row(struct mem *m, const struct ledger_row *row)
{
    struct bundle_row made = { .id = row->id,
                               .content = row_content(m, row),
                               .open = true };

    made.open = !tells_internal(m, row->ledger, &made);
    return made;
}

static void wait_for(struct freeze_rows *z, const struct ledger *l, int64_t id)
{
    if (!row_set_add(&z->asked, l, id))
        return;
    if (z->waiting_n == z->waiting_cap) {
        size_t cap = z->waiting_cap ? 2 * z->waiting_cap : 64;

        z->waiting =
            mem_grow(z->in.m, z->waiting, z->waiting_cap * sizeof(*z->waiting),
                     cap * sizeof(*z->waiting));
        z->waiting_cap = cap;
    }
    z->waiting[z->waiting_n++] = (struct freeze_reference){ l, id };
}

void freeze_rows_add(struct freeze_rows *z, const struct ledger_row *row)
{
    const struct ledger *l = row->ledger;
    struct bundle_row made;
    struct mem *m;

    if (!row_set_add(&z->known, l, row->id))
        return;
    m = mem_new();
    made = open_row(m, row);
    for (size_t c = 0; made.open && c < l->columns_n; c++) {
        const struct column *col = &l->columns[c];
        struct str raw;
        int64_t id;

        if (col->type == COLUMN_REF && bundle_value(m, &made, col->key, &raw) &&
            str_int(raw, &id) && id > 0)
            wait_for(z, ledger_find(col->ref), id);
    }
    mem_free(m);
}

void freeze_rows_add_parts(struct freeze_rows *z, struct scope in,
                           const struct ledger_row *row)
{
    struct part_list parts = parts_load(in, row);

    for (size_t i = 0; i < parts.n; i++)
        freeze_rows_add(z, parts.v[i]);
}

void freeze_rows_name(struct freeze_rows *z, const struct ledger *l)
{
    const struct ledger *part;

    row_set_name(&z->known, l);
    for (size_t i = 0; (part = ledger_part(l, &i)) != NULL; i++)
        row_set_name(&z->known, part);
}

/* A row that is referred to may refer to others: they wait behind it. */
void freeze_rows_close(struct freeze_rows *z)
{
    struct scope in = z->in;
    struct ledger_row *row;

    in.m = mem_child(z->in.m);
    for (size_t i = 0; i < z->waiting_n; i++) {
        mem_reset(in.m);
        if (row_load(in, z->waiting[i].ledger, z->waiting[i].id, &row))
            freeze_rows_add(z, row);
    }
    mem_free(in.m);
    row_set_sort(&z->known);
}

/* Leaf and salt of its newest entry; false: there is none, or it is damaged. */
static bool take_entry(struct scope in, int64_t seq, struct bundle_row *row)
{
    struct rows r = tx_query(in.tx,
                             SQL("SELECT leaf, salts, leaf_hash FROM "
                                 "journal_entry WHERE district = ?1 AND "
                                 "seq = ?2"),
                             WITH(INT(in.district), INT(seq)));
    bool found = rows_next(&r);
    struct hash kept;
    struct hash made;

    if (found) {
        row->leaf = rows_text(&r, 0, in.m);
        made = tree_leaf(row->leaf);
        found =
            hash_from(str_slice(rows_view(&r, 1), 0, HASH_SIZE), &row->salt) &&
            hash_from(rows_view(&r, 2), &kept) && hash_eq(&kept, &made);
    }
    rows_end(&r);
    return found;
}

static bool write_row(struct scope in, const struct row_set_ledger *l,
                      int64_t id, struct bundle_writer *w)
{
    struct ledger_row *row;
    struct bundle_row made;

    if (!row_load(in, l->ledger, id, &row))
        return false;
    made = open_row(in.m, row);
    made.ledger = l->name;
    made.shown = title_shown(in.m, row);
    if (!take_entry(in, row->seq, &made))
        return false;
    bundle_put_row(w, &made);
    return true;
}

bool freeze_rows_write(struct freeze_rows *z, struct bundle_writer *w,
                       struct text *ret_wrong)
{
    struct scope in = z->in;

    in.m = mem_child(z->in.m);
    bundle_put_records(w, z->known.n);
    for (size_t i = 0; i < z->known.ledgers_n; i++) {
        const struct row_set_ledger *l = &z->known.ledgers[i];

        for (size_t k = 0; k < l->n; k++) {
            mem_reset(in.m);
            if (write_row(in, l, l->ids[k], w))
                continue;
            *ret_wrong = text_fmt(z->in.m,
                                  "台账 %.*s 第 %lld 号没有日志条目，或条目被"
                                  "改动；请运行 dajuan doctor",
                                  "ledger %.*s row %lld has no journal entry, "
                                  "or it was changed; run dajuan doctor",
                                  STR_ARG(l->name), (long long)l->ids[k]);
            return false;
        }
    }
    mem_free(in.m);
    return true;
}

void freeze_rows_end(struct freeze_rows *z)
{
    row_set_end(&z->known);
    row_set_end(&z->asked);
}
