/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * publish.h - a report as a frozen version under a signed head.
 */
#ifndef DAJUAN_FEATURE_REPORTS_PUBLISH_H
#define DAJUAN_FEATURE_REPORTS_PUBLISH_H

#include "feature/reports/report.h"
#include "journal/note.h"

/*
 * Freeze `s`, journal it, sign the head and keep content and proofs, all in
 * the act's transaction; the bundle is verified before this says OK. E_INPUT
 * and a reason: the text cannot be published as it is, or the data folder
 * does not verify; then the caller rolls back.
 */
enum err publish_report(struct act *act, const struct note_signer *signer,
                        const struct report *s, int64_t *ret_version,
                        struct text *ret_reason) MUST_CHECK;

#endif
