/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * finish.h - from a publish entry in the journal to a version that everybody
 * sees: its proofs are made, all of it is verified, and it is public.
 */
#ifndef DAJUAN_FEATURE_REPORTS_FINISH_H
#define DAJUAN_FEATURE_REPORTS_FINISH_H

#include "feature/reports/attempt.h"

/* A version that is in the journal. */
struct finish {
    const struct house *house; /* read on its connection, */
    struct tx *tx;             /* in this transaction, which is begun anew */
    struct mem *m;
    struct attempt attempt;
    int64_t report;
    int64_t version;
    int64_t seq; /* of its publish entry */
};

/*
 * Doing it twice does the same once. E_INPUT and a reason: the folder is
 * damaged; the version stays as it is.
 */
enum err publish_finish(struct finish *f, struct text *ret_reason) MUST_CHECK;

/* Read what is there now. */
void read_anew(const struct house *h, struct tx *tx);

#endif
