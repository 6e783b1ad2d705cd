/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Publishing. The content is frozen first, then the publish entry commits to
 * its hash, then the head is signed over both; so the tail, which holds the
 * proofs, is made last and is no part of what was hashed.
 */
#include "feature/reports/publish.h"

#include "base/buf.h"
#include "base/map.h"
#include "feature/reports/freeze.h"
#include "feature/reports/reports.h"
#include "host/house/running.h"
#include "host/ledger/policy.h"
#include "journal/head.h"

#include <sodium.h>

/*
 * Proofs of neighbouring leaves share most of their hashes, and those below
 * the stored levels cost a query for each leaf: remember them.
 */
struct cache {
    struct scope in;
    struct map at; /* "level/index" to a place in `hashes` */
    struct hash *hashes;
    size_t n;
    size_t cap;
};

static void remember(struct cache *c, struct str name, const struct hash *h)
{
    if (c->n == c->cap) {
        size_t cap = c->cap ? 2 * c->cap : 1024;

        c->hashes = mem_grow(c->in.m, c->hashes, c->cap * sizeof(*c->hashes),
                             cap * sizeof(*c->hashes));
        c->cap = cap;
    }
    map_put(&c->at, name, (int64_t)c->n);
    c->hashes[c->n++] = *h;
}

static bool cached_hash(void *arg, unsigned level, uint64_t index,
                        struct hash *ret_hash)
{
    struct cache *c = arg;
    struct str name =
        str_fmt(c->in.m, "%u/%llu", level, (unsigned long long)index);
    struct hash left;
    struct hash right;
    int64_t at;

    if (map_get(&c->at, name, &at)) {
        *ret_hash = c->hashes[at];
        return true;
    }
    if (level % 8 == 0) {
        if (!journal_hash(&c->in, level, index, ret_hash))
            return false;
    } else {
        if (!cached_hash(c, level - 1, 2 * index, &left) ||
            !cached_hash(c, level - 1, 2 * index + 1, &right))
            return false;
        *ret_hash = tree_node(&left, &right);
    }
    remember(c, name, ret_hash);
    return true;
}

static bool prove(struct cache *c, struct str leaf_bytes, uint64_t size,
                  struct str *ret_hashes)
{
    struct tree_source source = { cached_hash, c };
    struct journal_leaf leaf;
    struct tree_proof proof;
    struct buf *b = buf_new(c->in.m, sizeof(proof.hashes));

    if (!journal_leaf_read(leaf_bytes, &leaf) ||
        tree_inclusion_prove(&source, leaf.seq, size, &proof) != OK)
        return false;
    for (unsigned i = 0; i < proof.n; i++)
        buf_put(b, hash_str(&proof.hashes[i]));
    *ret_hashes = buf_str(b);
    return true;
}

/* Proofs of all rows and of the publish entry under the newest tree. */
static bool prove_all(struct act *act, struct bundle *b)
{
    struct cache c = { .in = act_scope(act) };
    uint64_t size = act->journal->tree.size;

    map_init(&c.at, act->m);
    b->tail.proofs = NEW_ARRAY(act->m, struct str, b->rows_n + 1);
    for (size_t i = 0; i < b->rows_n; i++)
        if (!prove(&c, b->rows[i].leaf, size, &b->tail.proofs[i]))
            return false;
    return prove(&c, b->tail.leaf, size, &b->tail.proofs[b->rows_n]);
}

/* The publish entry; its leaf and salt go into the tail. */
static bool journal_publish(struct act *act, const struct publication *p,
                            struct bundle *b, int64_t *ret_seq)
{
    const struct report *s = p->report;
    struct hash hash = HASH_OF(b->content);
    struct str field = bundle_commitment(act->m, b, &hash);
    int64_t seq = journal_append(act->journal, act->tx,
                                 &(struct journal_entry){
                                     .type = JOURNAL_PUBLISH,
                                     .subject = S("reports.version"),
                                     .row = s->id,
                                     .version = b->version,
                                     .previous = s->seq,
                                     .at = act->now,
                                     .actor = act->actor,
                                     .reason = p->remark,
                                     .fields = &field,
                                     .fields_n = 1,
                                 });
    struct rows r = tx_query(act->tx,
                             SQL("SELECT leaf, salts FROM journal_entry WHERE "
                                 "district = ?1 AND seq = ?2"),
                             WITH(INT(act->district), INT(seq)));
    bool ok =
        rows_next(&r) &&
        hash_from(str_slice(rows_view(&r, 1), 0, HASH_SIZE), &b->tail.salt);

    if (ok)
        b->tail.leaf = rows_text(&r, 0, act->m);
    rows_end(&r);
    *ret_seq = seq;
    return ok;
}

static enum err sign(struct act *act, const struct note_signer *signer,
                     struct bundle *b)
{
    int64_t at;
    enum err e = head_sign(act, signer);

    if (e != OK)
        return e;
    b->tail.key = note_key_encode(act->m, &signer->key);
    return head_newest(act_scope(act), &b->tail.head, &at) && prove_all(act, b)
               ? OK
               : E_STORE;
}

/* What we hand out must pass our own check; else the folder is damaged. */
static enum err verify_own(struct act *act, struct str bytes,
                           struct text *ret_reason)
{
    struct mem *m = mem_child(act->m);
    struct bundle_facts facts;
    struct text why;
    enum err e = bundle_verify(m, bytes, S(""), &facts, &why);

    if (e != OK)
        *ret_reason =
            (struct text){ str_fmt(act->m,
                                   "不能发布，数据与日志不符（%.*s）；请运行 "
                                   "dajuan doctor",
                                   STR_ARG(why.zh)),
                           str_fmt(act->m,
                                   "cannot publish, data and journal do not "
                                   "agree (%.*s); run dajuan doctor",
                                   STR_ARG(why.en)) };
    mem_free(m);
    return e;
}

static enum err keep(struct act *act, const struct publication *p,
                     const struct bundle *b, int64_t seq,
                     struct text *ret_reason)
{
    struct str tail = bundle_tail(act->m, &b->tail, b->rows_n);
    struct str parts[] = { b->content, tail };
    enum err e =
        verify_own(act, str_join(act->m, parts, COUNT(parts)), ret_reason);

    if (e != OK)
        return e;
    tx_run(act->tx,
           SQL("INSERT INTO reports_version (district, report, version, at, "
               "actor, seq, front, content, tail, remark) "
               "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"),
           WITH(INT(act->district), INT(p->report->id), INT(b->version),
                INT(act->now), INT(act->actor), INT(seq),
                BYTES(bundle_front(act->m, b)), BYTES(b->content), BYTES(tail),
                STR(p->remark)));
    return tx_err(act->tx);
}

enum err publish_may_begin(struct scope in, struct text *ret_reason)
{
    struct running r;

    if (!running_at(in, 0, &r))
        return tx_err(in.tx);
    *ret_reason = TEXT("一大批数据正在写入，数字还会变，没有发布；请等它结束再"
                       "发布",
                       "many rows are being written and numbers still change; "
                       "nothing was published. Wait until that is done");
    return E_CLASH;
}

enum err publish_report(struct act *act, const struct note_signer *signer,
                        struct publication *p, struct text *ret_reason)
{
    const struct report *s = p->report;
    struct bundle b;
    int64_t seq;
    enum err e = publish_may_begin(act_scope(act), ret_reason);

    if (e != OK)
        return e;
    policy_freeze(act, (int32_t)s->year); /* the head signs that too */
    e = freeze_report(act, s, &b, ret_reason);
    if (e != OK)
        return e;
    b.version = version_newest(act_scope(act), s) + 1;
    b.content = bundle_content(act->m, &b);
    if (!journal_publish(act, p, &b, &seq))
        return E_STORE;
    e = sign(act, signer, &b);
    if (e == OK)
        e = keep(act, p, &b, seq, ret_reason);
    if (e != OK)
        return e;
    p->version = b.version;
    return tx_err(act->tx);
}

/* ---- for the shell ---- */

enum err reports_check(struct mem *m, struct str zh, struct str en,
                       struct text *ret_reason)
{
    return report_check(m, (struct text){ zh, en }, ret_reason);
}

enum err reports_put(struct act *act, struct str slug, int32_t year,
                     struct str zh, struct str en)
{
    struct report s = { .edition = 0 };
    struct text reason;

    report_load(act_scope(act), slug, &s);
    s.slug = slug;
    s.year = year;
    s.text = (struct text){ zh, en };
    return report_save(act, &s, &reason);
}

enum err reports_newest(struct house *h, struct mem *m, struct str *ret_slug)
{
    struct tx tx;
    bool found;
    enum err e;

    tx_begin(h->db, false, &tx);
    found = report_newest(house_scope(h, &tx, m), ret_slug);
    e = tx_err(&tx);
    tx_rollback(&tx);
    if (e != OK)
        return e;
    return found ? OK : E_ABSENT;
}

static enum err publish_in(struct work *w, const struct note_signer *signer,
                           struct str slug, int64_t *ret_version,
                           struct text *ret_reason)
{
    struct report s;
    struct publication p = { .report = &s, .remark = S("") };
    enum err e;

    if (!report_load(act_scope(&w->act), slug, &s)) {
        *ret_reason = text_fmt(w->act.m, "没有“%.*s”这份答卷",
                               "there is no sheet \"%.*s\"", STR_ARG(slug));
        return E_ABSENT;
    }
    e = publish_report(&w->act, signer, &p, ret_reason);
    *ret_version = p.version;
    return e;
}

enum err reports_publish(struct house *h, struct mem *m, struct str slug,
                         int64_t *ret_version, struct text *ret_reason)
{
    struct note_signer signer;
    struct work w;
    int64_t version = 0;
    enum err e = house_signer(h, m, &signer, ret_reason);

    if (e != OK)
        return e;
    work_begin(h, m, ACTOR_SHELL, &w);
    e = publish_in(&w, &signer, slug, &version, ret_reason);
    sodium_memzero(&signer, sizeof(signer));
    if (tx_err(&w.tx) != OK)
        e = tx_err(&w.tx); /* whatever else was found, it was not read */
    if (e == OK)
        e = work_commit(&w);
    else
        work_rollback(&w);
    if (e == OK)
        *ret_version = version;
    if (e == E_STORE)
        *ret_reason = TEXT("存储暂时不可用", "the store is not available");
    return e;
}

enum err reports_bundle(struct house *h, struct mem *m, struct str slug,
                        int64_t version, struct str *ret_bundle)
{
    struct report s;
    struct version v;
    struct tx tx;
    struct scope in = house_scope(h, &tx, m);
    bool found;
    enum err e;

    tx_begin(h->db, false, &tx);
    found = report_load(in, slug, &s) && version_load(in, &s, version, &v);
    e = tx_err(&tx);
    tx_rollback(&tx);
    if (e != OK)
        return e;
    if (!found)
        return E_ABSENT;
    *ret_bundle = str_join(m, (struct str[]){ v.content, v.tail }, 2);
    return OK;
}
