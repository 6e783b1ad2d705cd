/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * bundle_reader.h - a bundle line by line, or pieces of one that were cut
 * where a part begins (bundle_stream.h).
 *
 * Every line is expected; the first that is not as expected sticks to the
 * reader with its number, later calls give zeros, so whoever reads goes
 * straight on and asks `failed` once.
 */
#ifndef DAJUAN_HOST_PROOF_BUNDLE_READER_H
#define DAJUAN_HOST_PROOF_BUNDLE_READER_H

#include "base/hash.h"
#include "host/proof/bundle_stream.h"

struct bundle_reader {
    struct mem *m; /* what is read lives here; may be changed in between */
    const struct bundle_source *source;
    int64_t at;   /* of the byte that is read next */
    int64_t line; /* that was read last, from 1 */
    bool piece;   /* counts may be of more than the source has */
    bool failed;
    bool lost; /* failed, because the source could not be read */
    struct mem *words;
    struct text *wrong;    /* lives in `words` */
    struct hasher *hashes; /* of all lines that are read; NULL: nobody asks */
    /* Its own. */
    char *window;
    size_t cap, from, to;
};

/* At the beginning of the source; `m` is for its window and for words too. */
struct bundle_reader bundle_reader(struct mem *m,
                                   const struct bundle_source *source,
                                   struct text *ret_wrong);
/* Go on at another byte, where a line begins. */
void bundle_seek(struct bundle_reader *r, int64_t at);
/* Is nothing left? */
bool bundle_at_end(const struct bundle_reader *r);

/* Up to the number of figures, of which each has room in b->figures. */
void bundle_take_front(struct bundle_reader *r, struct bundle *b);
/*
 * A figure. Its lists come with their items if `whole`; else these are
 * looked at, and l->at says where they are read again.
 */
void bundle_take_figure(struct bundle_reader *r, int64_t year, bool whole,
                        struct bundle_figure *ret);
/* A list up to its number of items; then each item. */
struct bundle_list bundle_take_list(struct bundle_reader *r, struct str name);
struct bundle_item bundle_take_item(struct bundle_reader *r, bool standing);
/* Their number, then each row. */
size_t bundle_take_records(struct bundle_reader *r);
void bundle_take_row(struct bundle_reader *r, struct bundle_row *ret);
/* The tail up to its head; then each proof; then nothing may be left. */
void bundle_take_tail(struct bundle_reader *r, struct bundle_tail *t);
struct str bundle_take_proof(struct bundle_reader *r);
void bundle_take_end(struct bundle_reader *r);

#endif
