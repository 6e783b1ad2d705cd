/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * picture.h - pictures of work that runs, drawn by the server from integers:
 * a staircase of what was planned and done, the lights of many rows, the
 * months of a year, a bar of progress. They know no feature. One vocabulary:
 * solid is done, hatched done late, hollow not done, dashed the plan.
 *
 * Fill the first part of a struct, have it drawn where there is a function,
 * and call its view (views/picture.html); picture_sprites() stands once on a
 * page, before all of them. Days are yyyymmdd, 0: none. Weights are in
 * hundredths of a point, so that 30.73 does not become 30.
 *
 *     struct stairs s = { .title = …, .finding = …, .steps = steps, .n = 4,
 *                         .from = 20240305, .today = 20241107 };
 *
 *     stairs_draw(c->m, &s);
 *     view_picture_stairs(h, &s);
 */
#ifndef DAJUAN_HOST_PAGE_PICTURE_H
#define DAJUAN_HOST_PAGE_PICTURE_H

#include "base/text.h"

enum {
    PICTURE_WIDE = 326,    /* the panel of a phone, in its own units */
    PICTURE_WHOLE = 10000, /* 100 points */
};

/* A weight as it is said: 60, or 30.73. */
struct str picture_points(struct mem *m, int64_t hundredths);

struct stair {
    int64_t number; /* in the marker */
    struct text label;
    struct str link;
    int64_t weight;
    int32_t due;
    int32_t was_due; /* before it was moved */
    int32_t done;    /* the day from which on it counts */

    struct text due_on, done_on; /* drawn from here on */
    struct str points;
    int32_t x, y;
    int32_t was_x; /* 0: not moved */
};

/* Plan and work of one row over the year of `.from`. */
struct stairs {
    struct text title;
    struct text finding; /* what one sees in it, in a sentence */
    struct stair *steps; /* brought into the order of due dates */
    size_t n;
    int32_t from; /* when the work begins */
    int32_t today;
    struct text today_label; /* above its line; empty: today */

    struct str plan, done; /* drawn from here on: two lines */
    int32_t today_x;       /* 0: the year has not begun */
    struct str lag;        /* in points, of what was due before today; "" */
    int32_t lag_top, lag_end;
};
void stairs_draw(struct mem *m, struct stairs *s);

enum { MONTH_BARS = 12 };

struct month_bar {
    int64_t on_time, late, rest;
    struct str link;

    int32_t high[3]; /* drawn from here on: of each, from below */
    int32_t all;
    bool owes; /* has come, and has a rest */
};

/* What was due in each month of a year, and what became of it. */
struct months {
    struct text title, finding;
    struct month_bar bars[MONTH_BARS];
    int32_t year;
    int32_t today;
    struct text today_label; /* as of stairs */

    int32_t today_x; /* drawn; 0: not in this year */
};
void months_draw(struct months *p);

struct progress {
    int64_t done;    /* of PICTURE_WHOLE */
    int64_t planned; /* where the tick stands; under 0: no plan */
};

enum lamp_light { LAMP_NONE, LAMP_GREEN, LAMP_YELLOW, LAMP_RED, LAMP_CLOSED };
struct text lamp_words(enum lamp_light light);

struct lamp {
    enum lamp_light light;
    int64_t number;
    struct text name;
    struct text why; /* 落后 60 点; may be empty */
    struct str link;
};

/* The lamps in the order they are shown; a gap where the light changes. */
struct lamp_group {
    struct text title;
    struct str link;
    struct lamp *lamps;
    size_t n;
    struct progress mean;
};

struct lamps {
    struct text title;
    struct text finding;
    struct lamp_group *groups;
    size_t n;
};

#endif
