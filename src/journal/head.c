/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Heads: signed only after they were found consistent with the one before. */
#include "journal/head.h"

#include "journal/tree_proof.h"

struct tree_source head_source(struct scope *in)
{
    return (struct tree_source){ .hash = journal_hash, .arg = in };
}

/* Is `new` a continuation of `old`, by the hashes that are stored? */
static bool continues(struct scope in, const struct tree_head *old,
                      const struct tree_head *new)
{
    struct tree_source source = head_source(&in);
    struct tree_proof proof;

    if (old->size == 0)
        return true;
    return tree_consistency_prove(&source, old->size, new->size, &proof) ==
               OK &&
           tree_consistency_verify(old, new, &proof);
}

bool head_newest(struct scope in, struct str *ret_note, int64_t *ret_at)
{
    struct rows r =
        tx_query(in.tx,
                 SQL("SELECT note, at FROM journal_head WHERE district = ?1 "
                     "ORDER BY size DESC LIMIT 1"),
                 WITH(INT(in.district)));

    if (!rows_next(&r))
        return false;
    *ret_note = rows_text(&r, 0, in.m);
    *ret_at = rows_int(&r, 1);
    rows_end(&r);
    return true;
}

enum err head_sign(struct act *act, const struct note_signer *signer)
{
    struct scope in = act_scope(act);
    struct tree_head head = tree_range_head(&act->journal->tree);
    struct tree_head last = { 0 };
    struct text reason;
    struct str note;
    int64_t at;

    if (head_newest(in, &note, &at)) {
        if (note_head_verify(in.m, note, &signer->key, &last, &reason) != OK)
            BUG("the newest head does not verify: %.*s", STR_ARG(reason.en));
        if (last.size == head.size)
            return OK;
        if (last.size > head.size || !continues(in, &last, &head)) {
            if (tx_err(in.tx) != OK)
                return tx_err(in.tx); /* what is not read proves nothing */
            BUG("the journal does not continue its head of size %llu",
                (unsigned long long)last.size);
        }
    }
    note = note_head_sign(in.m, signer, &head);
    tx_run_unjournaled(in.tx,
                       SQL("INSERT INTO journal_head (district, size, at, "
                           "note) VALUES (?1, ?2, ?3, ?4)"),
                       WITH(INT(in.district), INT((int64_t)head.size),
                            INT(act->now), STR(note)));
    return tx_err(in.tx);
}

bool head_check_all(struct scope in, const struct note_key *key,
                    int64_t *ret_count, struct text *ret_wrong)
{
    struct tree_source source = head_source(&in);
    struct tree_head before = { 0 };
    struct rows r =
        tx_query(in.tx,
                 SQL("SELECT note, size FROM journal_head WHERE district = ?1 "
                     "ORDER BY size"),
                 WITH(INT(in.district)));
    int64_t count = 0;

    while (rows_next(&r)) {
        struct tree_head head;
        struct hash root;
        bool ok = note_head_verify(in.m, rows_text(&r, 0, in.m), key, &head,
                                   ret_wrong) == OK;

        if (ok && (tree_root_at(&source, head.size, &root) != OK ||
                   !hash_eq(&root, &head.root) ||
                   (int64_t)head.size != rows_int(&r, 1) ||
                   !continues(in, &before, &head))) {
            *ret_wrong =
                text_fmt(in.m, "日志头（%lld 条）与日志不一致",
                         "the head of size %lld does not fit the journal",
                         (long long)rows_int(&r, 1));
            ok = false;
        }
        if (!ok) {
            rows_end(&r);
            return false;
        }
        before = head;
        count++;
    }
    *ret_count = count;
    return !in.tx->failed;
}
