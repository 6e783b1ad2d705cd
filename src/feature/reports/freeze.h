/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * freeze.h - from a report and the ledgers as they stand to a bundle's
 * content.
 */
#ifndef DAJUAN_FEATURE_REPORTS_FREEZE_H
#define DAJUAN_FEATURE_REPORTS_FREEZE_H

#include "feature/reports/report.h"
#include "host/proof/bundle_stream.h"

/* What a version is made of, without its rows. */
struct frozen {
    struct bundle front; /* no version and no size yet; lists without items */
    struct str *ledgers; /* whose rows decide what it says */
    size_t ledgers_n;
};

/*
 * Write all of the content that follows its front: the figures that stand in
 * the texts in the order of the text, the rows behind each, and the rows that
 * opened contents refer to. Texts and figures alone are in memory. E_INPUT and
 * a reason: the text does not read, names an unknown figure, or asks for round
 * words of a small number; or rows, figures and journal do not agree.
 */
struct freezing {
    const struct report *report;
    int64_t now;              /* the moment that is said */
    struct bundle_writer *to; /* where it goes */
};
enum err freeze_report(struct scope in, const struct freezing *what,
                       struct frozen *ret, struct text *ret_reason) MUST_CHECK;

/*
 * The figures that stand in its texts alone, with today's values, in the order
 * of the text; and the same refusals.
 */
enum err freeze_named(struct scope in, const struct report *s,
                      struct figure_value **ret, size_t *ret_n,
                      struct text *ret_reason) MUST_CHECK;

/*
 * Every declared figure with today's value for the report's year, and with
 * figure_since() where the report's texts ask. Returns how many.
 */
size_t freeze_today(struct scope in, const struct report *s,
                    struct figure_value **ret);

#endif
