/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Verifying bundles. The order of the checks is from the particular to the
 * general, so that the reason names the smallest thing that is wrong: a row,
 * a figure, then the content as a whole, then head, key and proofs. The hash
 * of the content in the publish entry makes the net tight: what no other
 * check looks at is caught there.
 */
#include "host/proof/bundle_check.h"

#include "journal/note.h"

#include <string.h>

static bool commitment_fits(const struct journal_leaf *leaf,
                            const struct hash *salt, struct str value)
{
    struct hash made = journal_commit(salt, leaf->seq, 0, value);

    return hash_eq(&made, &leaf->commitments[0]);
}

/* ---- rows ---- */

/* A bundle of format 1 holds old leaves only: its readers know no others. */
static bool is_known(const struct bundle_check *c,
                     const struct journal_leaf *leaf)
{
    return c->b.format > 1 || leaf->k == leaf->fields_n;
}

/* Do entries of this type say how a row stands? */
static bool is_of_row(unsigned type)
{
    return (type >= JOURNAL_INSERT && type <= JOURNAL_RESTORE) ||
           type == JOURNAL_STEP;
}

static bool check_row(struct bundle_check *c, const struct bundle_row *r,
                      struct journal_leaf *leaf)
{
    struct str first =
        str_fmt(c->row, "%.*s %lld\n", STR_ARG(r->ledger), (long long)r->id);

    if (!journal_leaf_read(r->leaf, leaf) || leaf->row != (uint64_t)r->id ||
        leaf->seq >= (uint64_t)c->b.size || !is_of_row(leaf->type) ||
        !is_known(c, leaf))
        return ROW_FAULT(c, r->ledger, r->id, "日志叶子不是这一行的",
                         "the journal leaf is not of this row");
    if (r->open && !commitment_fits(leaf, &r->salt, r->content))
        return ROW_FAULT(c, r->ledger, r->id, "内容与日志叶子的承诺不符",
                         "its content does not fit the commitment in its "
                         "journal leaf");
    if (r->open && !str_starts(r->content, first))
        return ROW_FAULT(c, r->ledger, r->id, "内容说的是另一行",
                         "its content speaks of another row");
    return true;
}

const struct known_ledger *bundle_known_ledger(const struct bundle_check *c,
                                               struct str name)
{
    for (size_t i = 0; i < c->ledgers_n; i++)
        if (str_eq(c->ledgers[i].name, name))
            return &c->ledgers[i];
    return NULL;
}

/* The ledger of the row at `i`, which may be its first. */
static struct known_ledger *enter_ledger(struct bundle_check *c, size_t i,
                                         struct str name)
{
    struct known_ledger *last =
        c->ledgers_n ? &c->ledgers[c->ledgers_n - 1] : NULL;

    if (last && str_eq(last->name, name))
        return last;
    c->ledgers = mem_grow(c->m, c->ledgers, c->ledgers_n * sizeof(*last),
                          (c->ledgers_n + 1) * sizeof(*last));
    last = &c->ledgers[c->ledgers_n++];
    *last = (struct known_ledger){ str_dup(c->m, name), i, 0 };
    return last;
}

/* Sorted by ledger and id, none twice? `l` is the row's ledger. */
static bool is_in_order(const struct bundle_check *c,
                        const struct known_ledger *l, int64_t id)
{
    if (l->n > 0)
        return c->rows[l->from + l->n - 1].id < id;
    return l == c->ledgers || str_cmp(l[-1].name, l->name) < 0;
}

static bool take_row(struct bundle_check *c, size_t i)
{
    int64_t at = c->in_order.at;
    struct known_ledger *l;
    struct journal_leaf leaf;
    struct bundle_row r;

    mem_reset(c->row);
    bundle_take_row(&c->in_order, &r);
    if (c->in_order.failed)
        return false;
    l = enter_ledger(c, i, r.ledger);
    if (!is_in_order(c, l, r.id))
        return ROW_FAULT(c, r.ledger, r.id, "不在应有的次序",
                         "is not in its order");
    if (!check_row(c, &r, &leaf))
        return false;
    c->rows[i] = (struct known_row){
        .id = r.id, .at = at, .seq = leaf.seq, .leaf = tree_leaf(r.leaf)
    };
    l->n++;
    return true;
}

static bool take_rows(struct bundle_check *c)
{
    c->b.rows_n = bundle_take_records(&c->in_order);
    c->rows = NEW_ARRAY(c->m, struct known_row, c->b.rows_n);
    c->in_order.m = c->row;
    for (size_t i = 0; i < c->b.rows_n; i++)
        if (!take_row(c, i))
            return false;
    c->in_order.m = c->m;
    return !c->in_order.failed;
}

/* ---- the content as a whole ---- */

static bool take_content(struct bundle_check *c)
{
    struct bundle_reader *r = &c->in_order;
    struct hasher hash;

    hasher_begin(&hash);
    r->hashes = &hash;
    bundle_take_front(r, &c->b);
    for (size_t i = 0; i < c->b.figures_n && !r->failed; i++)
        bundle_take_figure(r, c->b.year, false, &c->b.figures[i]);
    if (!take_rows(c))
        return false;
    r->hashes = NULL;
    c->content = hasher_hash(&hash);
    return true;
}

/* The figures stand before the rows: back to them, and to what follows. */
static bool check_content(struct bundle_check *c)
{
    struct bundle_reader *r = &c->in_order;
    int64_t at;
    int64_t line;

    if (!take_content(c))
        return false;
    at = r->at;
    line = r->line;
    if (!bundle_check_figures(c))
        return false;
    bundle_seek(r, at);
    r->line = line;
    return true;
}

/* ---- where it stands in the journal ---- */

static bool check_published(struct bundle_check *c)
{
    const struct bundle *b = &c->b;
    struct journal_leaf leaf;

    if (!journal_leaf_read(b->tail.leaf, &leaf) ||
        leaf.type != JOURNAL_PUBLISH || leaf.fields_n != 1 ||
        leaf.k != (uint64_t)b->format || /* with circumstances since 2 */
        leaf.seq != (uint64_t)b->size || leaf.version != (uint64_t)b->version)
        return fault(c, TEXT("发布条目的叶子（published）不是这一版的",
                             "the leaf of the publish entry (published) is "
                             "not of this version"));
    if (!commitment_fits(&leaf, &b->tail.salt,
                         bundle_commitment(c->m, b, &c->content)))
        return fault(c,
                     TEXT("内容的指纹与发布条目不符：正文、口径或名单被改动，"
                          "或者随机数（salt）被改动",
                          "the content hash does not fit the publish "
                          "entry: text, rules or lists were changed, or "
                          "the salt was"));
    return true;
}

static bool check_head(struct bundle_check *c, struct str pinned)
{
    const struct bundle_tail *t = &c->b.tail;
    struct note_key key;
    struct text why;

    if (note_key_decode(c->m, t->key, &key, &why) != OK)
        return fault(c, (struct text){
                            str_fmt(c->m, "公钥（key）：%.*s", STR_ARG(why.zh)),
                            str_fmt(c->m, "the key: %.*s", STR_ARG(why.en)) });
    if (pinned.n && !str_eq(pinned, t->key))
        return fault(c, TEXT("包里的公钥不是您给出的那一把：不是同一份日志",
                             "the bundle's key is not the one you gave: "
                             "another journal"));
    if (note_head_verify(c->m, t->head, &key, &c->head, &why) != OK)
        return fault(c, (struct text){ str_fmt(c->m, "签名头（head）：%.*s",
                                               STR_ARG(why.zh)),
                                       str_fmt(c->m, "the signed head: %.*s",
                                               STR_ARG(why.en)) });
    return true;
}

static bool is_included(struct bundle_check *c, uint64_t seq,
                        const struct hash *leaf)
{
    struct str hashes = bundle_take_proof(&c->in_order);
    struct tree_proof proof = { .n = (unsigned)(hashes.n / HASH_SIZE) };

    if (c->in_order.failed || hashes.n > sizeof(proof.hashes))
        return false;
    if (hashes.n)
        memcpy(proof.hashes, hashes.p, hashes.n);
    return tree_inclusion_verify(leaf, seq, &c->head, &proof);
}

static bool check_row_proofs(struct bundle_check *c)
{
    const struct known_ledger *l = c->ledgers;

    c->in_order.m = c->row;
    for (size_t i = 0; i < c->b.rows_n; i++) {
        mem_reset(c->row);
        if (i == l->from + l->n)
            l++;
        if (!is_included(c, c->rows[i].seq, &c->rows[i].leaf))
            return !c->in_order.failed &&
                   ROW_FAULT(c, l->name, c->rows[i].id,
                             "不在签名的日志里：叶子或证明（proof）被改动",
                             "is not under the signed head: its leaf or its "
                             "proof was changed");
    }
    return true;
}

/* The last proof is that of the publish entry, whose seq is the size. */
static bool check_proofs(struct bundle_check *c)
{
    struct hash leaf = tree_leaf(c->b.tail.leaf);

    if (!check_row_proofs(c))
        return false;
    if (!is_included(c, (uint64_t)c->b.size, &leaf))
        return !c->in_order.failed &&
               fault(c, TEXT("发布条目不在签名的日志里：叶子或证明（最后一个 "
                             "proof）被改动",
                             "the publish entry is not under the signed head: "
                             "its leaf or its proof (the last one) was "
                             "changed"));
    bundle_take_end(&c->in_order);
    return !c->in_order.failed;
}

static bool check_tail(struct bundle_check *c, struct str pinned)
{
    if (bundle_at_end(&c->in_order))
        return fault(c, TEXT("文件不完整：缺少证明部分",
                             "the file is not whole: the proofs are missing"));
    bundle_take_tail(&c->in_order, &c->b.tail);
    return !c->in_order.failed && check_published(c) && check_head(c, pinned) &&
           check_proofs(c);
}

static struct bundle_check
begin(struct mem *m, const struct bundle_source *source, struct text *ret_wrong)
{
    return (struct bundle_check){
        .m = m,
        .row = mem_child(m),
        .in_order = bundle_reader(m, source, ret_wrong),
        .again = bundle_reader(m, source, ret_wrong),
        .wrong = ret_wrong,
    };
}

static enum err said(const struct bundle_check *c, bool ok)
{
    if (c->in_order.lost || c->again.lost)
        return E_STORE;
    return ok ? OK : E_INPUT;
}

enum err bundle_check_content(struct mem *m, const struct bundle_source *source,
                              struct hash *ret_hash, struct text *ret_wrong)
{
    struct bundle_check c = begin(m, source, ret_wrong);
    enum err e = said(&c, check_content(&c));

    if (e == OK)
        *ret_hash = c.content;
    return e;
}

enum err bundle_verify_source(struct mem *m, const struct bundle_source *source,
                              struct str pinned_key, struct bundle_facts *ret,
                              struct text *ret_wrong)
{
    struct bundle_check c = begin(m, source, ret_wrong);
    enum err e = said(&c, check_content(&c) && check_tail(&c, pinned_key));

    if (e != OK)
        return e;
    *ret = (struct bundle_facts){
        .name = c.b.name,
        .report = c.b.report,
        .version = c.b.version,
        .figures = (int64_t)c.b.figures_n,
        .rows = (int64_t)c.b.rows_n,
        .size = (int64_t)c.head.size,
        .key = c.b.tail.key,
    };
    return OK;
}

enum err bundle_verify(struct mem *m, struct str bytes, struct str pinned_key,
                       struct bundle_facts *ret, struct text *ret_wrong)
{
    struct bundle_source source = bundle_in_memory(bytes);

    return bundle_verify_source(m, &source, pinned_key, ret, ret_wrong);
}
