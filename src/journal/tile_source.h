/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * tile_source.h - hashes for many proofs about one tree: read a tile at a
 * time, and kept, so that a proof costs a few look-ups and not as many
 * statements. At most 16 MiB, whatever the size of the tree.
 */
#ifndef DAJUAN_JOURNAL_TILE_SOURCE_H
#define DAJUAN_JOURNAL_TILE_SOURCE_H

#include "journal/tree_proof.h"
#include "store/scope.h"

/* Read in `in`, which must live as long as the source, as its memory. */
struct tree_source tile_source(struct scope *in);

#endif
