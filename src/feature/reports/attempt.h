/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * attempt.h - a version on its way: its sections are kept in short
 * transactions, and nobody sees them before it is public. One at a time for a
 * report. Killed half-way it is finished or taken back (publish_resume()).
 */
#ifndef DAJUAN_FEATURE_REPORTS_ATTEMPT_H
#define DAJUAN_FEATURE_REPORTS_ATTEMPT_H

#include "feature/reports/section.h"
#include "host/house/slice.h"

/* Without a sign of life for so long, it is nobody's any more. */
enum { ATTEMPT_LIVES_MS = 120 * 1000 };

struct attempt {
    struct slicer *slicer;
    int64_t frozen; /* number of its sections */
};

/* E_CLASH: another one of the report is on its way. */
enum err attempt_begin(struct attempt *a, struct slicer *slicer,
                       int64_t report) MUST_CHECK;
/* For a section_writer, with the attempt as `arg`. E_CLASH: it was ended. */
enum err attempt_keep(void *arg, const struct section *s, size_t n) MUST_CHECK;
/* Take all of it away. */
enum err attempt_drop(const struct attempt *a) MUST_CHECK;

/* Inside a slice: a sign of life; false: it was ended. */
bool attempt_lives(struct act *act, int64_t frozen) MUST_CHECK;
void attempt_end(struct act *act, int64_t frozen);

#endif
