/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * front.h - what stands first on the pages of this feature: on a project's
 * page the stairs of its plan and why its light is so; on the programme's
 * page the lights of all, the months of their milestones, and who is behind.
 */
#ifndef DAJUAN_FEATURE_PROJECTS_FRONT_H
#define DAJUAN_FEATURE_PROJECTS_FRONT_H

#include "feature/projects/programme.h"
#include "feature/projects/projects.h"
#include "feature/projects/why.h"
#include "host/desk/ctx.h"
#include "host/page/picture.h"

/* struct feature's .row_front and .front. */
enum err project_front(struct ctx *c, const struct ledger_row *row,
                       const struct part_list *parts);
enum err programme_front(struct ctx *c);

/*
 * The day that a page of a year is about: the one asked for (ctx_day()), else
 * today, at most the last of the year.
 */
enum err front_day(struct ctx *c, int32_t year, int32_t *ret_day);
/* Above its line in a picture: 11月7日; empty when it is today. */
struct text front_day_label(struct ctx *c, int32_t day);
enum lamp_light lamp_of(enum light light);

/* ---- what views/front.html shows ---- */

/* A row of a list beside the pictures. */
struct front_line {
    struct str name, link;
    struct text more;
};

/*
 * Milestones whose date was moved from the day `since` on, furthest first;
 * and projects without an entry for long, longest first. In in.m.
 */
size_t front_slipped(struct mem *m, const struct programme *p, int32_t since,
                     struct front_line **ret);
size_t front_silent(struct scope in, const struct programme *p,
                    struct front_line **ret);

/* A project as a line of a table. */
struct standing_line {
    const struct standing *s;
    struct str link;
    struct progress progress;
    struct text next; /* what is owed next, and since when */
};
struct standing_line standing_line(struct mem *m, const struct standing *s,
                                   int32_t day);
/* Red first, then by how far behind: p->n pointers into p->v. */
struct standing **programme_sorted(struct mem *m, const struct programme *p);

/* The page of one field: all its projects, to be printed on A4. */
enum err show_field(struct ctx *c);

struct field_view {
    const struct choice *field;
    struct text title, on;
    int32_t year;
    int64_t lights[LIGHT_CLOSED + 1];
    struct progress mean;
    struct standing_line *lines;
    size_t n;
};

struct project_view {
    struct stairs stairs; /* .n 0: no milestones yet */
    struct why why;
    int32_t year, day;
    struct text objections; /* while in publicity: until when, and where to */
};

struct programme_view {
    int32_t year, day;
    struct text on; /* the day in words */
    struct str iso; /* and in addresses */
    int64_t lights[LIGHT_CLOSED + 1];
    struct lamps lamps;
    struct months months;
    struct front_line *slipped, *silent;
    size_t slipped_n, silent_n;
    int64_t silent_days;
    struct standing_line *behind;
    size_t behind_n;
    int64_t n;  /* projects */
    bool many;  /* too many to draw one by one */
    bool staff; /* who reads may edit for a unit, or for the district */
};

#endif
