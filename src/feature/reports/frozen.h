/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * frozen.h - what stands behind the numbers of a version, read where it is:
 * some sections, whatever the size of the version.
 */
#ifndef DAJUAN_FEATURE_REPORTS_FROZEN_H
#define DAJUAN_FEATURE_REPORTS_FROZEN_H

#include "base/map.h"
#include "feature/reports/section.h"
#include "host/proof/bundle_reader.h"

/* A part, section by section. Stays where it is: it is pointed into. */
struct frozen_part {
    struct scope in; /* its memory is of one section */
    int64_t frozen;
    struct section section;
    struct bundle_source source;
    struct bundle_reader reader;
    struct text wrong;
};

/* ---- lists ---- */

/* What the list "rows" or "parts" of a figure is of, and how many items. */
bool frozen_list(struct scope in, int64_t frozen, struct str name,
                 struct str key, struct bundle_list *ret);

/* Its items from one on; `standing` as bundle_take_item(). */
struct frozen_items {
    struct frozen_part part;
    bool standing;
    bool ended;
};
struct frozen_from {
    int64_t frozen;
    struct str name, key;
    bool standing;
    int64_t first;
};
void frozen_items_open(struct frozen_items *it, struct scope in,
                       const struct frozen_from *from);
bool frozen_items_next(struct frozen_items *it, struct bundle_item *ret);
void frozen_items_end(struct frozen_items *it);

/* What rows give to the dividend of a ratio: its list "parts", by id. */
struct frozen_shares {
    struct frozen_items items;
    struct scope in;
    int64_t frozen;
    struct str key;
    struct bundle_item item; /* that was read last; id 0: none */
    struct map all;          /* of a list in no order of ids */
    bool mixed;
};
void frozen_shares_open(struct frozen_shares *s, struct scope in,
                        int64_t frozen, struct str key);
/* 0 where the row gives nothing. Quick for rows in the order of their ids. */
int64_t frozen_share(struct frozen_shares *s, int64_t id);

/* ---- rows ---- */

/* Rows near to each other are read once. */
struct frozen_rows {
    struct frozen_part part;
    struct mem *row;  /* of the one that was found last */
    struct map shown; /* names of rows that others refer to */
    struct str *names;
    size_t names_n;
};
void frozen_rows_open(struct frozen_rows *r, struct scope in, int64_t frozen);
/* False: not in the version. Valid until the next call. */
bool frozen_find(struct frozen_rows *r, struct str ledger, int64_t id,
                 struct bundle_row *ret);
/* What a row is called there, "" when it is not; valid as long as `in`. */
struct str frozen_name(struct frozen_rows *r, struct str ledger, int64_t id);

#endif
