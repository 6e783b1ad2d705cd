/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * bulk.h - one step of many rows of a ledger, as one batch.
 *
 * What is planned is what is done: each row is asked by itself whether it
 * takes the step, and those that do not stay as they are, with the reason.
 */
#ifndef DAJUAN_HOST_IMPORT_BULK_H
#define DAJUAN_HOST_IMPORT_BULK_H

#include "host/ledger/effect.h"
#include "host/ledger/relation.h"
#include "journal/act.h"

enum { BULK_MAX = 500 };

struct bulk_row {
    int64_t id;
    struct ledger_row *now; /* as it stands; NULL: there is no such row */
    struct ledger_row *then;
    struct text refusal; /* empty: it takes the step */
};

struct bulk {
    const struct ledger *ledger;
    const struct step *step;
    /*
     * The columns that the step asks, once for all rows; one that is missing
     * stays what it is in each. NULL: nobody was asked yet, so that each row
     * is looked at as it stands.
     */
    const struct ledger_row *said;
    struct str reason;
    int32_t day;
    struct bulk_row *rows; /* their ids are set; at most BULK_MAX */
    size_t n;
    size_t takes; /* the answer: how many of them take it */
};

/* Nothing is written; the answer lives in the memory of asker->in. */
void bulk_plan(struct asker *asker, struct bulk *b);
/* What figures become of it, after bulk_plan(). */
void bulk_effect(struct asker *asker, const struct bulk *b, struct effect *e);

/*
 * Plan it and do it, in one transaction; act->batch becomes its number. The
 * batch is called `name`. E_INPUT: no row takes it, or only while others do
 * not; nothing may be kept.
 */
enum err bulk_apply(struct act *act, struct asker *asker, struct bulk *b,
                    struct str name) MUST_CHECK;

#endif
