/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * publish.h - a report as a frozen version under a signed head.
 */
#ifndef DAJUAN_FEATURE_REPORTS_PUBLISH_H
#define DAJUAN_FEATURE_REPORTS_PUBLISH_H

#include "feature/reports/report.h"
#include "host/house/slice.h"
#include "journal/note.h"

/* What is published, by whom and why. */
struct publication {
    const struct house *house; /* is read on its connection, */
    struct tx *tx;             /* in this transaction, which is begun anew */
    struct mem *m;
    struct slicer *slicer; /* on another connection */
    const struct note_signer *signer;
    struct str slug;
    int64_t actor;
    struct str address; /* where the actor is */
    struct str remark;  /* public; may be empty */
    /* Optional. Is this still what somebody saw and agreed to? */
    bool (*agreed)(void *arg, struct scope in, const struct report *s);
    void *arg;
    /* The answer. */
    int64_t version;
    bool moved; /* E_CLASH: it is not what was agreed to */
};

/* OK; E_CLASH and a reason: long work runs, so numbers still change. */
enum err publish_may_begin(struct scope in, struct text *ret_reason) MUST_CHECK;

/*
 * Freeze the report, journal it, sign the head, make the proofs, verify all of
 * it; then it is public. On a thread that is not the writer: others write in
 * between, and hold it up for no more than the entry itself. E_INPUT and a
 * reason: the text cannot be published as it is, or the data folder does not
 * verify. E_CLASH: it is being published already, rows kept
 * changing, or as publish_may_begin(). A
 * refused one leaves nothing; one that ends after its entry is in the journal
 * is finished by publish_resume().
 */
enum err publish_report(struct publication *p,
                        struct text *ret_reason) MUST_CHECK;

/*
 * What was on its way and showed no sign of life for `ms` is finished when its
 * entry is in the journal, else taken back; of p->slug alone, unless it is "".
 * Of `p` house, tx, m and slicer are asked too. The first failure is told
 * after all were tried.
 */
enum err publish_resume(const struct publication *p, int64_t ms,
                        struct text *ret_reason) MUST_CHECK;

#endif
