/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * bundle.h - a published answer sheet as one file that proves itself.
 *
 * The content is what was frozen: text, figures, the rows behind each, and
 * of every row its journal leaf and, unless it holds internal values, the
 * opened content. The tail proves it: the leaf of the publish entry, which
 * commits to the content's hash, a signed head of the journal, and proofs
 * that all these leaves are under that head. Nothing here needs a database
 * or a server. Format and limits of the proof: docs/bundle.md.
 */
#ifndef DAJUAN_HOST_PROOF_BUNDLE_H
#define DAJUAN_HOST_PROOF_BUNDLE_H

#include "host/ledger/figure.h"
#include "journal/journal.h"
#include "journal/tree_proof.h"

/* One row of a ledger. */
struct bundle_row {
    struct str ledger; /* "projects.project" */
    int64_t id;
    struct str leaf;    /* of its newest journal entry */
    struct str shown;   /* its title as visitors see it, one line */
    bool open;          /* content and salt are there */
    struct str content; /* field 0 of the leaf, as row_content() made it */
    struct hash salt;
};

/* What one row gives to a figure. */
struct bundle_item {
    int64_t id;
    int64_t quantity;
    int64_t place;  /* of ranked rows: 1 is the first, equal ranks share it */
    int64_t points; /* of ranked rows, in ten-thousandths; 0: not said */
    int32_t since;  /* of a standing figure: its first day so */
};

struct bundle_list {
    struct str ledger;
    struct str where; /* a line all contents have: "field=green"; or "" */
    struct str from;  /* columns that add up to the quantity: "a+b"; or "" */
    struct bundle_item *items; /* NULL: not in memory */
    size_t n;
    int64_t at; /* read: of the byte at which its items begin */
};

struct bundle_figure {
    struct figure figure; /* key, measure, words; the rest is not frozen */
    struct figure_value value;
    struct bundle_list rows;  /* of a ratio: what is divided by */
    struct bundle_list parts; /* of a ratio only: what is divided */
};

struct bundle_tail {
    struct str leaf; /* of the publish entry */
    struct hash salt;
    struct str key;  /* as note_key_encode() writes it */
    struct str head; /* signed note */
    /* Of each row in order, then of `leaf`: hashes, one after the other. */
    struct str *proofs;
};

/* 1: of leaves before circumstances were committed to. Written is 2. */
enum { BUNDLE_FORMAT = 2, BUNDLE_FIGURES_MAX = 1000 };

struct bundle {
    int64_t format;    /* 1 or 2 */
    struct str report; /* "2024" */
    int64_t version;
    int64_t year;
    int64_t district;
    struct text name; /* of the district */
    struct str at;    /* 2024-11-07T17:02:00+08:00 */
    int64_t size;     /* entries of the journal when it was frozen */
    struct text text; /* every line ends with a line feed; en may be empty */
    struct bundle_figure *figures;
    size_t figures_n;
    struct bundle_row *rows; /* sorted by ledger and id */
    size_t rows_n;
    struct str content;      /* read: the bytes of the content */
    struct bundle_tail tail; /* read: .leaf is empty without a tail */
};

/*
 * The content's bytes, in memory (bundle_stream.h: in pieces). What the
 * grammar cannot say is a BUG.
 */
struct str bundle_content(struct mem *m, const struct bundle *b);
/* The content as if no row stood behind its figures: what a page needs. */
struct str bundle_front(struct mem *m, const struct bundle *b);
/* The tail's bytes; content and tail together are the file. */
struct str bundle_tail(struct mem *m, const struct bundle_tail *t,
                       size_t rows_n);
/* Field 0 of the publish entry: format, report, version, content's hash. */
struct str bundle_commitment(struct mem *m, const struct bundle *b,
                             const struct hash *content);

/*
 * Take a file, or its content alone, apart. E_INPUT and the line that is
 * not as docs/bundle.md says. What is read borrows from `bytes` and `m`.
 */
enum err bundle_read(struct mem *m, struct str bytes, struct bundle *ret,
                     struct text *ret_wrong) MUST_CHECK;

/* NULL when the row, or the figure, is not in the bundle. */
const struct bundle_row *bundle_row_find(const struct bundle *b,
                                         struct str ledger, int64_t id);
const struct bundle_figure *bundle_figure_find(const struct bundle *b,
                                               struct str key);
/*
 * The value of a column in an opened content, line feeds and backslashes
 * restored; false when it has none.
 */
bool bundle_value(struct mem *m, const struct bundle_row *row, struct str key,
                  struct str *ret_value);

/* What a verified bundle says. */
struct bundle_facts {
    struct text name; /* of the district */
    struct str report;
    int64_t version;
    int64_t figures;
    int64_t rows;
    int64_t size; /* leaves under the signed head */
    struct str key;
};

/*
 * Check a whole file: grammar, contents against leaves, figures against
 * rows, content against the publish entry, leaves against the head, the
 * head's signature. `pinned_key` is the key as the reader knows it from
 * elsewhere; "" takes the bundle's own. E_INPUT and what is wrong, by name.
 */
enum err bundle_verify(struct mem *m, struct str bytes, struct str pinned_key,
                       struct bundle_facts *ret,
                       struct text *ret_wrong) MUST_CHECK;

#endif
