/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * head.h - signed heads of the journal, kept one beside the other.
 */
#ifndef DAJUAN_JOURNAL_HEAD_H
#define DAJUAN_JOURNAL_HEAD_H

#include "journal/act.h"
#include "journal/note.h"

/*
 * Sign the tree as it stands in the transaction of the act and keep the head,
 * unless the newest head has this size already. The new head is checked to
 * be consistent with the newest one first; if it is not, the journal was
 * changed behind our back and the program stops.
 */
enum err head_sign(struct act *act,
                   const struct note_signer *signer) MUST_CHECK;

/* The newest head: false when there is none. */
bool head_newest(struct scope in, struct str *ret_note,
                 int64_t *ret_at) MUST_CHECK;

/*
 * Check every head: its signature, its root against the leaves, and its
 * consistency with the one before. False and what is wrong.
 */
bool head_check_all(struct scope in, const struct note_key *key,
                    int64_t *ret_count, struct text *ret_wrong) MUST_CHECK;

/* Hashes for proofs, read in `in`, which must live as long as the source. */
struct tree_source head_source(struct scope *in);

#endif
