/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * publish.h - a report as a frozen version under a signed head.
 */
#ifndef DAJUAN_FEATURE_REPORTS_PUBLISH_H
#define DAJUAN_FEATURE_REPORTS_PUBLISH_H

#include "feature/reports/report.h"
#include "journal/note.h"

/* What is published, and why. */
struct publication {
    const struct report *report;
    struct str remark; /* public; may be empty */
    int64_t version;   /* the answer */
};

/* OK; E_CLASH and a reason: long work runs, so numbers still change. */
enum err publish_may_begin(struct scope in, struct text *ret_reason) MUST_CHECK;

/*
 * Freeze the report, journal it, sign the head and keep content and proofs,
 * all in the act's transaction; the bundle is verified before this says OK.
 * E_INPUT and a reason: the text cannot be published as it is, or the data
 * folder does not verify; E_CLASH: as publish_may_begin(). Then the caller
 * rolls back.
 */
enum err publish_report(struct act *act, const struct note_signer *signer,
                        struct publication *p,
                        struct text *ret_reason) MUST_CHECK;

#endif
