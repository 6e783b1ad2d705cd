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

/*
 * Freeze the report, journal it, sign the head and keep content and proofs,
 * all in the act's transaction; the bundle is verified before this says OK.
 * E_INPUT and a reason: the text cannot be published as it is, or the data
 * folder does not verify; then the caller rolls back.
 */
enum err publish_report(struct act *act, const struct note_signer *signer,
                        struct publication *p,
                        struct text *ret_reason) MUST_CHECK;

#endif
