/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * freeze.h - from a report and the ledgers as they stand to a bundle's
 * content.
 */
#ifndef DAJUAN_FEATURE_REPORTS_FREEZE_H
#define DAJUAN_FEATURE_REPORTS_FREEZE_H

#include "feature/reports/report.h"

/*
 * Everything of the bundle but version and moment: texts, the figures that
 * stand in them in the order of the text, the rows behind each, and the rows
 * that opened contents refer to. E_INPUT and a reason: the text does not
 * read, names an unknown figure, or asks for round words of a small number.
 */
enum err freeze_report(struct act *act, const struct report *s,
                       struct bundle *ret, struct text *ret_reason) MUST_CHECK;

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
