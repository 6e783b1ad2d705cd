/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * decided.h - policies and settings against the journal.
 *
 * Numbers follow from policies, so whoever changes one behind our back bends
 * a number without touching a row. Each value that stands there must be what
 * its newest entry says; what a published year was frozen under must once
 * have been the rule.
 */
#ifndef DAJUAN_HOST_LEDGER_DECIDED_H
#define DAJUAN_HOST_LEDGER_DECIDED_H

#include "base/text.h"
#include "store/scope.h"

/* The entries of type JOURNAL_SETTING, as they are found. */
struct decided;

struct decided *decided_new(struct mem *m);
/* In the order of the journal. */
void decided_note(struct decided *d, struct str subject, int64_t row,
                  int64_t seq);

/* False and what is wrong. */
bool decided_check(struct scope in, const struct decided *d,
                   struct text *ret_wrong) MUST_CHECK;

#endif
