/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * draft.h - a first text for a report nobody has written yet.
 */
#ifndef DAJUAN_FEATURE_REPORTS_DRAFT_H
#define DAJUAN_FEATURE_REPORTS_DRAFT_H

#include "store/scope.h"

/*
 * A section for every programme with figures in `year`, naming each of them,
 * in both languages. Without any figure only the title. `name`: of the
 * district.
 */
struct text report_draft(struct scope in, struct text name, int32_t year);

#endif
