/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Appending to the journal. The right edge of the tree is read once per
 * transaction and kept in memory, so an entry costs one insert; the roots of
 * full subtrees of 256, 65536, … leaves are kept on the way, for proofs.
 */
#include "journal/journal.h"

#include "base/date.h"

#include <string.h>

enum {
    SALT_SIZE = 32,
    LEAF_FIXED = 3 + 8 + 4 + 2 + 8 + 4 + 1,
    LEAF_MAX = LEAF_FIXED + JOURNAL_COMMITMENTS_MAX * HASH_SIZE,
    HOW_MAX = 32 << 20, /* more than any form may send */
};

static unsigned char *put_be(unsigned char *to, uint64_t v, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        to[i] = (unsigned char)(v >> 8 * (bytes - 1 - i));
    return to + bytes;
}

static uint64_t take_be(const unsigned char **from, size_t bytes)
{
    uint64_t v = 0;

    for (size_t i = 0; i < bytes; i++)
        v = v << 8 | *(*from)++;
    return v;
}

void journal_load(struct scope in, struct journal *ret)
{
    struct rows r =
        tx_query(in.tx,
                 SQL("SELECT tree FROM journal_state WHERE district = ?1"),
                 WITH(INT(in.district)));

    *ret = (struct journal){ .district = in.district };
    if (rows_next(&r)) {
        if (!tree_range_decode(rows_view(&r, 0), &ret->tree))
            BUG("the state of the journal is not readable");
        rows_end(&r);
    }
    ret->marked = ret->tree;
}

void journal_mark(struct journal *j)
{
    j->marked = j->tree;
}

bool journal_wrote(const struct journal *j)
{
    return j->tree.size != j->marked.size;
}

void journal_undo(struct journal *j)
{
    j->tree = j->marked;
}

void journal_save(struct journal *j, struct tx *tx, struct mem *m)
{
    if (!j->changed)
        return;
    tx_run_unjournaled(
        tx,
        SQL("INSERT INTO journal_state (district, tree) VALUES (?1, ?2) "
            "ON CONFLICT (district) DO UPDATE SET tree = excluded.tree"),
        WITH(INT(j->district), BYTES(tree_range_encode(m, &j->tree))));
    j->changed = false;
}

struct hash journal_commit(const struct hash *salt, uint64_t seq,
                           unsigned number, struct str value)
{
    unsigned char head[14];
    unsigned char *p = put_be(head, seq, 8);

    p = put_be(p, number, 2);
    put_be(p, value.n, 4);
    return hash_mac(hash_str(salt),
                    (struct str[]){ S("dajuan/commit/v1"),
                                    { (char *)head, sizeof(head) },
                                    value },
                    3);
}

void journal_line(struct buf *b, struct str key, struct str value)
{
    buf_put(b, key);
    buf_byte(b, '=');
    for (size_t i = 0; i < value.n; i++) {
        if (value.p[i] == '\n')
            buf_lit(b, "\\n");
        else if (value.p[i] == '\\')
            buf_lit(b, "\\\\");
        else
            buf_byte(b, value.p[i]);
    }
    buf_byte(b, '\n');
}

struct str journal_circumstances(struct mem *m, const struct journal_entry *e)
{
    struct buf *b = buf_new(m, HOW_MAX);

    journal_line(b, S("subject"), e->subject);
    journal_line(b, S("step"), e->step);
    journal_line(b, S("reason"), e->reason);
    buf_fmt(b, "actor=%lld\nat=%lld\nbatch=%lld\nprevious=%lld\n",
            (long long)e->actor, (long long)e->at, (long long)e->batch,
            (long long)e->previous);
    if (buf_overflowed(b))
        BUG("circumstances of more than %d bytes", HOW_MAX);
    return buf_str(b);
}

static unsigned char *put_commitment(unsigned char *to, const struct hash *salt,
                                     uint64_t seq, unsigned number,
                                     struct str value)
{
    struct hash c = journal_commit(salt, seq, number, value);

    memcpy(to, c.b, HASH_SIZE);
    return to + HASH_SIZE;
}

/* Write leaf and salts of `e` as entry `seq`; returns the leaf's length. */
static size_t make_leaf(const struct journal_entry *e, uint64_t seq,
                        unsigned char *leaf, struct hash *salts)
{
    struct mem *m = mem_new();
    unsigned k = (unsigned)e->fields_n;
    unsigned char *p = leaf;

    memcpy(p, "DJ2", 3);
    p = put_be(p + 3, seq, 8);
    p = put_be(p, (uint64_t)date_of(e->at), 4);
    p = put_be(p, (uint64_t)e->type, 2);
    p = put_be(p, (uint64_t)e->row, 8);
    p = put_be(p, (uint64_t)e->version, 4);
    p = put_be(p, k + 1, 1);
    hash_random(salts, (k + 1) * (size_t)SALT_SIZE);
    for (unsigned i = 0; i < k; i++)
        p = put_commitment(p, &salts[i], seq, i, e->fields[i]);
    p = put_commitment(p, &salts[k], seq, k, journal_circumstances(m, e));
    mem_free(m);
    return (size_t)(p - leaf);
}

/* Keep the roots at levels 8, 16, … of the subtrees leaf `seq` completed. */
static void keep_nodes(struct journal *j, struct tx *tx, uint64_t seq,
                       const struct hash *made, unsigned levels)
{
    for (unsigned level = 8; level < levels; level += 8)
        tx_run_unjournaled(
            tx,
            SQL("INSERT INTO journal_node (district, level, idx, hash) "
                "VALUES (?1, ?2, ?3, ?4)"),
            WITH(INT(j->district), INT(level), INT((int64_t)(seq >> level)),
                 BYTES(hash_str(&made[level]))));
}

int64_t journal_append(struct journal *j, struct tx *tx,
                       const struct journal_entry *e)
{
    uint64_t seq = j->tree.size;
    unsigned char leaf[LEAF_MAX];
    struct hash salts[JOURNAL_COMMITMENTS_MAX];
    struct str bytes = { (char *)leaf, 0 };
    struct hash made[TREE_LEVELS];
    struct hash h;

    if (e->fields_n == 0 || e->fields_n > JOURNAL_FIELDS_MAX)
        BUG("an entry of %zu fields", e->fields_n);
    bytes.n = make_leaf(e, seq, leaf, salts);
    h = tree_leaf(bytes);
    keep_nodes(j, tx, seq, made, tree_range_append_made(&j->tree, &h, made));
    j->changed = true;
    tx->entries++;
    tx_run_unjournaled(
        tx,
        SQL("INSERT INTO journal_entry (district, seq, at, type, subject, "
            "row_id, version, previous, actor, batch, step, reason, leaf, "
            "leaf_hash, salts) "
            "VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15)"),
        WITH(INT(j->district), INT((int64_t)seq), INT(e->at), INT(e->type),
             STR(e->subject), INT(e->row), INT(e->version), INT(e->previous),
             INT(e->actor), INT(e->batch), STR(e->step), STR(e->reason),
             BYTES(bytes), BYTES(hash_str(&h)),
             BYTES(((struct str){ (char *)salts,
                                  (e->fields_n + 1) * SALT_SIZE }))));
    return (int64_t)seq;
}

void journal_changed(struct journal *j, struct tx *tx,
                     const struct journal_change *c)
{
    tx_run_unjournaled(
        tx,
        SQL("INSERT INTO journal_change (district, seq, field, before, "
            "after) VALUES (?1, ?2, ?3, ?4, ?5)"),
        WITH(INT(j->district), INT(c->seq), STR(c->field), c->before,
             c->after));
}

bool journal_leaf_read(struct str leaf, struct journal_leaf *ret)
{
    const unsigned char *p = (const unsigned char *)leaf.p;
    struct journal_leaf l;
    unsigned more; /* commitments beside those of fields */

    if (leaf.n < LEAF_FIXED)
        return false;
    more = memcmp(p, "DJ2", 3) == 0;
    if (!more && memcmp(p, "DJ1", 3) != 0)
        return false;
    p += 3;
    l.seq = take_be(&p, 8);
    l.day = (uint32_t)take_be(&p, 4);
    l.type = (unsigned)take_be(&p, 2);
    l.row = take_be(&p, 8);
    l.version = (uint32_t)take_be(&p, 4);
    l.k = (unsigned)take_be(&p, 1);
    if (l.k <= more || l.k > JOURNAL_FIELDS_MAX + more ||
        leaf.n != LEAF_FIXED + l.k * (size_t)HASH_SIZE)
        return false;
    l.fields_n = l.k - more;
    memcpy(l.commitments, p, l.k * (size_t)HASH_SIZE);
    *ret = l;
    return true;
}

static bool fits(const struct journal_leaf *l, struct str salts,
                 unsigned number, struct str value)
{
    struct hash salt;
    struct hash made;

    memcpy(salt.b, salts.p + number * (size_t)SALT_SIZE, SALT_SIZE);
    made = journal_commit(&salt, l->seq, number, value);
    return hash_eq(&made, &l->commitments[number]);
}

static bool read_salted(struct str leaf, struct str salts,
                        struct journal_leaf *ret)
{
    return journal_leaf_read(leaf, ret) &&
           salts.n == ret->k * (size_t)SALT_SIZE;
}

bool journal_fits(struct str leaf, struct str salts, const struct str *fields,
                  size_t n)
{
    struct journal_leaf l;

    if (!read_salted(leaf, salts, &l) || l.fields_n != n)
        return false;
    for (unsigned i = 0; i < n; i++)
        if (!fits(&l, salts, i, fields[i]))
            return false;
    return true;
}

bool journal_fits_how(struct str leaf, struct str salts,
                      struct str circumstances)
{
    struct journal_leaf l;

    return read_salted(leaf, salts, &l) &&
           (l.k == l.fields_n || fits(&l, salts, l.fields_n, circumstances));
}

static bool stored_hash(struct rows r, struct hash *ret_hash)
{
    bool found = rows_next(&r) && hash_from(rows_view(&r, 0), ret_hash);

    rows_end(&r);
    return found;
}

bool journal_hash(void *arg, unsigned level, uint64_t index,
                  struct hash *ret_hash)
{
    const struct scope *in = arg;
    struct hash left;
    struct hash right;

    if (level == 0)
        return stored_hash(tx_query(in->tx,
                                    SQL("SELECT leaf_hash FROM journal_entry "
                                        "WHERE district = ?1 AND seq = ?2"),
                                    WITH(INT(in->district),
                                         INT((int64_t)index))),
                           ret_hash);
    if (level % 8 == 0)
        return stored_hash(
            tx_query(in->tx,
                     SQL("SELECT hash FROM journal_node WHERE district = ?1 "
                         "AND level = ?2 AND idx = ?3"),
                     WITH(INT(in->district), INT(level), INT((int64_t)index))),
            ret_hash);
    if (!journal_hash(arg, level - 1, 2 * index, &left) ||
        !journal_hash(arg, level - 1, 2 * index + 1, &right))
        return false;
    *ret_hash = tree_node(&left, &right);
    return true;
}
