/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Proofs are made outside the writer, from the tree as it is under the head
 * that was signed with the publish entry. They follow from that head alone,
 * so whoever makes them, and how often, the bytes are the same.
 */
#include "feature/reports/finish.h"

#include "host/proof/bundle_reader.h"
#include "journal/note.h"
#include "journal/tile_source.h"

struct prover {
    struct scope in;
    struct tree_source tree;
    uint64_t size; /* of the tree under the head */
    struct bundle_writer w;
};

void read_anew(const struct house *h, struct tx *tx)
{
    tx_rollback(tx);
    tx_begin(h->db, false, tx);
}

static struct scope scope_of(const struct finish *f, struct mem *m)
{
    return (struct scope){ f->tx, m, f->house->district };
}

/* ---- the tail ---- */

static bool take_publish_entry(struct scope in, int64_t seq,
                               struct bundle_tail *ret)
{
    struct rows r = tx_query(in.tx,
                             SQL("SELECT leaf, salts FROM journal_entry WHERE "
                                 "district = ?1 AND seq = ?2"),
                             WITH(INT(in.district), INT(seq)));
    bool ok = rows_next(&r) &&
              hash_from(str_slice(rows_view(&r, 1), 0, HASH_SIZE), &ret->salt);

    if (ok)
        ret->leaf = rows_text(&r, 0, in.m);
    rows_end(&r);
    return ok;
}

/* The one that was signed in the same transaction. */
static bool take_head(struct scope in, int64_t size, struct str *ret)
{
    struct rows r = tx_query(in.tx,
                             SQL("SELECT note FROM journal_head WHERE "
                                 "district = ?1 AND size = ?2"),
                             WITH(INT(in.district), INT(size)));
    bool ok = rows_next(&r);

    if (ok)
        *ret = rows_text(&r, 0, in.m);
    rows_end(&r);
    return ok;
}

static bool prove(struct prover *p, struct str leaf_bytes)
{
    struct journal_leaf leaf;
    struct tree_proof proof;

    if (!journal_leaf_read(leaf_bytes, &leaf) ||
        tree_inclusion_prove(&p->tree, leaf.seq, p->size, &proof) != OK)
        return false;
    bundle_put_proof(&p->w, (struct str){ (const char *)proof.hashes,
                                          proof.n * sizeof(*proof.hashes) });
    return true;
}

/* Past text and figures to the rows, whose leaves are proved in order. */
static bool prove_rows(struct prover *p, const struct bundle_source *content)
{
    struct text why;
    struct bundle_reader r = bundle_reader(p->in.m, content, &why);
    struct bundle b = { 0 };
    size_t n;

    bundle_take_front(&r, &b);
    for (size_t i = 0; i < b.figures_n && !r.failed; i++)
        bundle_take_figure(&r, b.year, false, &b.figures[i]);
    n = bundle_take_records(&r);
    r.m = mem_child(p->in.m);
    for (size_t i = 0; i < n && !r.failed; i++) {
        struct bundle_row row;

        mem_reset(r.m);
        bundle_take_row(&r, &row);
        if (r.failed || !prove(p, row.leaf))
            return false;
    }
    return !r.failed;
}

static bool write_tail(struct finish *f, struct prover *p,
                       const struct bundle_source *content)
{
    struct bundle_tail tail = {
        .key = note_key_encode(p->in.m, &f->house->key),
    };

    if (!take_publish_entry(p->in, f->seq, &tail) ||
        !take_head(p->in, f->seq + 1, &tail.head))
        return false;
    bundle_put_tail(&p->w, &tail);
    if (!prove_rows(p, content) || !prove(p, tail.leaf))
        return false;
    bundle_put_end(&p->w);
    return true;
}

static enum err damaged(struct finish *f, struct text why,
                        struct text *ret_reason)
{
    *ret_reason = (struct text){
        str_fmt(
            f->m,
            "已写入日志，但数据与日志不符，这一版还不能公开（%.*s）；请运行 "
            "dajuan doctor",
            STR_ARG(why.zh)),
        str_fmt(f->m,
                "it is in the journal, but data and journal do not agree and "
                "the version cannot be public yet (%.*s); run dajuan doctor",
                STR_ARG(why.en)),
    };
    return E_INPUT;
}

static enum err make_tail(struct finish *f, struct text *ret_reason)
{
    struct mem *m = mem_child(f->m);
    struct prover p = { .in = scope_of(f, m), .size = (uint64_t)f->seq + 1 };
    struct section_plan plan = { .frozen = f->attempt.frozen };
    struct section_writer sections;
    struct bundle_source content;
    bool made;
    enum err e;

    section_begin(&sections, m, section_count(p.in, plan.frozen));
    sections.keep = attempt_keep;
    sections.arg = &f->attempt;
    p.w = bundle_writer(m, section_taker(&sections));
    p.tree = tile_source(&p.in);
    made =
        section_source(&p.in, &plan, &content) && write_tail(f, &p, &content);
    if (!made)
        section_drop(&sections); /* a piece would stand for the whole */
    e = section_end(&sections);
    mem_free(m);
    if (tx_err(f->tx) != OK)
        return tx_err(f->tx);
    if (!made)
        return damaged(f, TEXT("证明做不出来", "the proofs cannot be made"),
                       ret_reason);
    return e;
}

/* ---- public ---- */

/* What we hand out must pass our own check; else the folder is damaged. */
static enum err verify_own(struct finish *f, struct text *ret_reason)
{
    struct mem *m = mem_child(f->m);
    struct scope in = scope_of(f, m);
    struct section_plan plan = { .frozen = f->attempt.frozen, .tail = true };
    struct bundle_source source;
    struct bundle_facts facts;
    struct text why = TEXT("缺少一节", "a section is missing");
    enum err e = E_INPUT;

    if (section_source(&in, &plan, &source))
        e = bundle_verify_source(m, &source, note_key_encode(m, &f->house->key),
                                 &facts, &why);
    if (tx_err(f->tx) != OK)
        e = tx_err(f->tx);
    if (e == E_INPUT)
        damaged(f, why, ret_reason);
    mem_free(m);
    return e;
}

static enum err make_public(void *arg, struct act *act)
{
    const struct finish *f = arg;

    tx_run_unjournaled(act->tx,
                       SQL("UPDATE reports_version SET public = 1 WHERE "
                           "district = ?1 AND report = ?2 AND version = ?3"),
                       WITH(INT(act->district), INT(f->report),
                            INT(f->version)));
    attempt_end(act, f->attempt.frozen);
    return tx_err(act->tx);
}

/* Somebody else may have finished it meanwhile. */
static bool is_public(const struct finish *f)
{
    return tx_int(f->tx,
                  SQL("SELECT public FROM reports_version WHERE district = ?1 "
                      "AND report = ?2 AND version = ?3"),
                  WITH(INT(f->house->district), INT(f->report),
                       INT(f->version)),
                  0) == 1;
}

enum err publish_finish(struct finish *f, struct text *ret_reason)
{
    enum err e;

    read_anew(f->house, f->tx);
    e = make_tail(f, ret_reason);
    read_anew(f->house, f->tx);
    if (e == E_CLASH && is_public(f))
        return OK;
    if (e == OK)
        e = verify_own(f, ret_reason);
    return e == OK ? slice_run(f->attempt.slicer, make_public, f) : e;
}
