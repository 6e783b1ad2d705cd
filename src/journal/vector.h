/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * vector.h - checking our proofs against test vectors of others.
 *
 * A vector is one JSON object in the form of the transparency-dev project;
 * hashes are base64, a number may take all of 64 bits:
 *
 *     { "leafIdx": 5, "treeSize": 8, "root": "…", "leafHash": "…",
 *       "proof": ["…"], "desc": "happy path", "wantErr": false }
 *     { "size1": 3, "size2": 8, "root1": "…", "root2": "…",
 *       "proof": null, "desc": "…", "wantErr": true }
 */
#ifndef DAJUAN_JOURNAL_VECTOR_H
#define DAJUAN_JOURNAL_VECTOR_H

#include "base/text.h"

enum { VECTOR_LIMIT = 1024 * 1024 };

/*
 * Verify the proof of a vector and compare the outcome with its "wantErr".
 * A hash of a wrong length, null or empty is no error of the vector: such a
 * proof is refused, and that is an outcome. *ret_reason says, when the
 * outcome was another, which one; it is empty when it was as wanted.
 * E_INPUT: not a vector (or above VECTOR_LIMIT bytes); *ret_reason says why.
 */
enum err vector_check(struct mem *m, struct str json, bool *ret_as_wanted,
                      struct text *ret_reason) MUST_CHECK;

#endif
