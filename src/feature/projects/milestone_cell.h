/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * milestone_cell.h - milestones as workbooks keep them, in one cell:
 *
 *     方案制定（3月30日前，20%）；专班组建（5月25日前，20%）；…
 *     方案制定（4月26日）、专班组建                     (what is done)
 *
 * A date without a year is of the project's year. A done name without a day
 * was done on a day that nobody knows. What cannot be read is refused with
 * the piece to blame; nothing is guessed.
 */
#ifndef DAJUAN_FEATURE_PROJECTS_MILESTONE_CELL_H
#define DAJUAN_FEATURE_PROJECTS_MILESTONE_CELL_H

#include "base/text.h"

struct milestone_text {
    struct str name;
    int32_t due;    /* yyyymmdd */
    int64_t weight; /* percent */
    bool done;
    int32_t done_on; /* 0: not known */
};

enum { MILESTONES_MAX = 64 };

struct milestone_texts {
    struct milestone_text v[MILESTONES_MAX];
    size_t n;
};

/* The plan; false with a reason. An empty cell has none. */
bool milestones_read(struct mem *m, struct str plan, int32_t year,
                     struct milestone_texts *ret, struct text *ret_reason);
/* What of them is done. */
bool milestones_read_done(struct mem *m, struct str done, int32_t year,
                          struct milestone_texts *of, struct text *ret_reason);

/* The two cells again: what was read is written as it was. */
struct str milestones_write(struct mem *m, const struct milestone_texts *t,
                            int32_t year);
struct str milestones_write_done(struct mem *m, const struct milestone_texts *t,
                                 int32_t year);

/* Does the cell for blockers say that there is none (无, 暂无, —)? */
bool blocker_is_none(struct str cell);

#endif
