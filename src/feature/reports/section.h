/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * section.h - the bytes of a version in the database, in sections.
 *
 * A section is some kilobytes of one part of the bundle (bundle_stream.h), so
 * that the items of a list and a row are found by an index, and read without
 * what stands before them. Whose they are is a number, `frozen`: of a version
 * or of the attempt it is made by.
 */
#ifndef DAJUAN_FEATURE_REPORTS_SECTION_H
#define DAJUAN_FEATURE_REPORTS_SECTION_H

#include "host/proof/bundle_stream.h"
#include "store/scope.h"

struct section {
    int64_t number;
    struct str part;
    int64_t first;
    struct str bytes;
};

/* Takes what a bundle's writer writes, cuts it and hands it on. */
struct section_writer {
    struct mem *m;  /* of what is not kept yet */
    int64_t number; /* of the section that is being filled */
    struct section *batch;
    size_t batch_n, batch_bytes;
    struct str part;
    int64_t first;
    struct buf bytes;
    /* Keep these: OK, or what ends it; later calls do nothing. */
    enum err (*keep)(void *arg, const struct section *s, size_t n);
    void *arg;
    enum err err;
};

/* The first section gets this number; `m` ends after section_end(). */
void section_begin(struct section_writer *w, struct mem *m, int64_t number);
struct bundle_taker section_taker(struct section_writer *w);
/* Forget what was not handed on: it is not all of a section. */
void section_drop(struct section_writer *w);
/* Hand on what is left. */
enum err section_end(struct section_writer *w) MUST_CHECK;

/* Keep a section; one that is there already stays, for it is the same. */
void section_insert(struct tx *tx, int64_t district, int64_t frozen,
                    const struct section *s);
/* Take away all, from the last: at most some; true: there are more. */
bool section_remove_some(struct tx *tx, int64_t district, int64_t frozen);
/* How many there are, but for the tail. */
int64_t section_count(struct scope in, int64_t frozen);

/* The section of a part in which item or row `first` is; false: none. */
bool section_find(struct scope in, int64_t frozen, struct str part,
                  int64_t first, struct section *ret);
/* The next of the same part; false: it was the last. */
bool section_next(struct scope in, int64_t frozen, struct section *io);

/*
 * All bytes in their order, with `front` in the place of number 0 unless it
 * is empty; without the tail unless `tail`. Read in `in`, which must live as
 * long. False: there are none, or one is missing.
 */
struct section_plan {
    int64_t frozen;
    struct str front;
    bool tail;
};
bool section_source(struct scope *in, const struct section_plan *plan,
                    struct bundle_source *ret) MUST_CHECK;
/* The same, one after the other; false: as above, or `in` failed. */
bool section_each(struct scope in, const struct section_plan *plan,
                  void (*put)(void *arg, struct str bytes),
                  void *arg) MUST_CHECK;

/*
 * Versions that were kept whole, before there were sections, are cut; one
 * that cannot be read stays as it is.
 */
void section_cut_old(struct scope in);

#endif
