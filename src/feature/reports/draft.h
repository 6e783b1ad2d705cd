/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * draft.h - a first text for a sheet nobody has written yet.
 */
#ifndef DAJUAN_FEATURE_REPORTS_DRAFT_H
#define DAJUAN_FEATURE_REPORTS_DRAFT_H

#include "host/house/house.h"

/*
 * A section for every programme with figures in `year`, naming each of them,
 * in both languages. Without any figure only the title.
 */
struct text report_draft(struct tx *tx, struct mem *m, const struct house *h,
                         int32_t year);

#endif
