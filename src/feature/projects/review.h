/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * review.h - the monthly review (调度表): one row for each unit and month,
 * sent out by an officer, filled by the house from what is recorded, and
 * confirmed by the unit with one tap. Nothing is asked that a row says.
 */
#ifndef DAJUAN_FEATURE_PROJECTS_REVIEW_H
#define DAJUAN_FEATURE_PROJECTS_REVIEW_H

#include "feature/projects/front.h"

enum review_column {
    REVIEW_NAME,
    REVIEW_UNIT,
    REVIEW_LAST,
    REVIEW_BY,
    REVIEW_STATE,
    REVIEW_PROJECTS,
    REVIEW_GREEN,
    REVIEW_YELLOW,
    REVIEW_RED,
    REVIEW_DONE,
    REVIEW_BLOCKERS,
    REVIEW_CONFIRMED_ON,
    REVIEW_NOTE,
};

enum review_state { REVIEW_OPEN, REVIEW_CONFIRMED };

extern const struct ledger review_ledger;

/* ---- months, as yyyymm ---- */

int32_t month_first(int32_t month);
int32_t month_last(int32_t month);
int32_t month_before(int32_t month);
int32_t month_after(int32_t month);
/* 2024年10月 / October 2024. */
struct text month_words(struct mem *m, int32_t month);

/* ---- what a month tells of a project ---- */

struct review_line {
    const struct standing *s;
    struct str link;
    struct progress progress;
    struct text done;                   /* in the month */
    struct text next;                   /* due in the next one, or owed */
    const struct ledger_row **blockers; /* open, or of the month */
    size_t blockers_n;
    bool over; /* closed: nothing is asked */
};

/*
 * Of the projects of a unit in a programme read for the last day of the month
 * (review_day()); allocated in `m`, returns how many.
 */
size_t review_lines(struct mem *m, const struct programme *p, int64_t unit,
                    int32_t month, struct review_line **ret);
/* The day a month is looked at from: its last, or today while it runs. */
int32_t review_day(int32_t month, int32_t today);

/* ---- review_page.c ---- */

/* struct feature's .row_front, of a review. */
enum err review_front(struct ctx *c, const struct ledger_row *row);
enum err show_months(struct ctx *c);
enum err show_month(struct ctx *c);
enum err post_month(struct ctx *c);

/* What views/review.html shows. */
struct review_view {
    const struct review_line *lines;
    size_t n;
    struct text month, next;
    struct str unit;
    bool stranger; /* who reads: blockers are not for them */
};

/* A unit on the page of a month. */
struct month_unit {
    struct str name, link; /* link: of its review; "": none was sent */
    const struct ledger_row *review;
    struct text counts; /* 3 项：红灯 1，黄灯 2 */
    struct text stands; /* 已确认，11月6日 */
    bool confirmed;
};

struct month_blocker {
    const struct ledger_row *row;
    struct str link, project;
    int32_t days;
};

struct month_view {
    int32_t month;
    struct text title;
    struct str once;
    int64_t lights[LIGHT_CLOSED + 1];
    struct month_unit *units;
    size_t units_n, confirmed_n;
    struct front_line *slipped, *silent;
    size_t slipped_n, silent_n;
    struct month_blocker *blockers;
    size_t blockers_n;
    struct str before, after; /* addresses of other months; "" */
    int64_t unsent;           /* units that have no review yet */
    bool officer;
};

#endif
