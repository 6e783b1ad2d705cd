/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * bundle_check.h - what is known of a bundle while it is checked. Private to
 * bundle_check.c and bundle_counted.c.
 *
 * The bundle is read once in its order. Of each row stays where it is, its
 * leaf's hash and place in the journal; what a figure asks of a row is read
 * there again.
 */
#ifndef DAJUAN_HOST_PROOF_BUNDLE_CHECK_H
#define DAJUAN_HOST_PROOF_BUNDLE_CHECK_H

#include "host/proof/bundle_reader.h"

enum { NAME_SHOWN = 120 }; /* bytes of a name from the file in a reason */

struct known_row {
    int64_t id;
    int64_t at; /* of its first byte */
    uint64_t seq;
    struct hash leaf;
    unsigned list; /* number of the list that named it last */
};

/* The rows of one ledger, which follow each other. */
struct known_ledger {
    struct str name;
    size_t from, n;
};

struct bundle_check {
    struct mem *m;
    struct mem *row; /* of one row */
    struct bundle b; /* without rows and items */
    struct bundle_reader in_order;
    struct bundle_reader again; /* for rows that figures name */
    struct known_row *rows;
    struct known_ledger *ledgers;
    size_t ledgers_n;
    struct hash content;
    struct tree_head head;
    unsigned lists; /* looked at so far */
    struct text *wrong;
};

static inline bool fault(struct bundle_check *c, struct text what)
{
    *c->wrong = what;
    return false;
}

/* A name out of the file, short enough for a line. */
static inline struct str shown(struct str s)
{
    return s.n <= NAME_SHOWN ? s : S("…");
}

#define ROW_FAULT(c, ledger_, id_, zh_, en_)                                   \
    fault((c), text_fmt((c)->m, "台账 %.*s 第 %lld 号：" zh_,                  \
                        "ledger %.*s row %lld: " en_, STR_ARG(shown(ledger_)), \
                        (long long)(id_)))

/* NULL: no row of it is in the bundle. */
const struct known_ledger *bundle_known_ledger(const struct bundle_check *c,
                                               struct str name);

/* Every figure against its rows, which are all known; or fault(). */
bool bundle_check_figures(struct bundle_check *c);

#endif
