/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * bundle_stream.h - bundles that are larger than memory should be: written
 * piece by piece, read line by line from wherever they lie.
 *
 * A piece that is found by itself is a part: the rows of a list, from its
 * own first line ("rows projects.project") on, or the rows of a ledger. Who
 * takes the bytes may cut them where a part begins and before each of its
 * items or rows, and reads them from there again.
 */
#ifndef DAJUAN_HOST_PROOF_BUNDLE_STREAM_H
#define DAJUAN_HOST_PROOF_BUNDLE_STREAM_H

#include "base/buf.h"
#include "host/proof/bundle.h"

/* Where the bytes go. Failures are the taker's to remember. */
struct bundle_taker {
    void (*put)(void *arg, struct str bytes);
    /*
     * Optional. What follows may stand by itself: "rows KEY" from its item
     * `first` on, counted from 0; "parts KEY" from the one with the id `first`
     * on, or numbered downwards if their ids do not rise; "row LEDGER" from
     * the row with the id `first`; "tail"; "" is all else.
     */
    void (*part)(void *arg, struct str part, int64_t first);
    void *arg;
};

struct bundle_writer {
    struct bundle_taker to;
    struct mem *m; /* of a line; reset by each call below */
    /* The key of the first line that the grammar cannot say; "": none. */
    struct str unsaid;
};

/* "rows KEY", "parts KEY" or "row LEDGER". */
struct str bundle_part(struct mem *m, struct str name, struct str of);

struct bundle_writer bundle_writer(struct mem *m, struct bundle_taker to);

/* The content: up to the number of figures, then figures, then rows. */
void bundle_put_front(struct bundle_writer *w, const struct bundle *b);
void bundle_put_figure(struct bundle_writer *w, const struct bundle_figure *f);
void bundle_put_records(struct bundle_writer *w, size_t n);
void bundle_put_row(struct bundle_writer *w, const struct bundle_row *r);
/* The tail: up to the head, then a proof for each row and for `t->leaf`. */
void bundle_put_tail(struct bundle_writer *w, const struct bundle_tail *t);
void bundle_put_proof(struct bundle_writer *w, struct str hashes);
void bundle_put_end(struct bundle_writer *w);

/* Where bytes lie. */
struct bundle_source {
    int64_t size;
    /* Exactly `n` bytes at `at`, all below `size`; false: not to be had. */
    bool (*read)(void *arg, int64_t at, char *to, size_t n);
    void *arg;
    struct str bytes; /* all of them, when they are in memory */
};
struct bundle_source bundle_in_memory(struct str bytes);

/*
 * As bundle_verify(), in some 64 bytes for each row and what the longest
 * line takes. E_STORE: the source could not be read.
 */
enum err bundle_verify_source(struct mem *m, const struct bundle_source *source,
                              struct str pinned_key, struct bundle_facts *ret,
                              struct text *ret_wrong) MUST_CHECK;

/*
 * The content alone: its grammar, its rows against their leaves, its figures
 * against its rows. The hash of it, for the publish entry.
 */
enum err bundle_check_content(struct mem *m, const struct bundle_source *source,
                              struct hash *ret_hash,
                              struct text *ret_wrong) MUST_CHECK;

#endif
