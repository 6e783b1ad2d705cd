/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * The page of a review, filled from the records; and the page of a month for
 * the district: lights, what slipped, who is silent, blockers, and which
 * units have confirmed. An officer sends a month's reviews out there.
 */
#include "base/date.h"
#include "feature/projects/projects.h"
#include "feature/projects/review.h"
#include "feature/projects/views/review.h"
#include "host/desk/page.h"
#include "host/desk/said.h"
#include "host/ledger/admit.h"
#include "host/ledger/office_days.h"

#include <stdlib.h>

/* The day until which units confirm: so many working days after the month. */
enum { CONFIRM_WITHIN = 5 };

/* ---- the page of a review ---- */

enum err review_front(struct ctx *c, const struct ledger_row *row)
{
    struct asker a = ctx_asker(c);
    struct review_line *lines;
    struct review_view v = { .stranger = relations(&a, row) == 0 };
    struct programme p;
    int32_t month = (int32_t)(row_int(row, REVIEW_LAST) / 100);

    programme_read(ctx_scope(c), row->year, review_day(month, date_of(c->now)),
                   &p);
    v.n = review_lines(c->m, &p, row_int(row, REVIEW_UNIT), month, &lines);
    v.lines = lines;
    v.unit = row->labels[REVIEW_UNIT];
    v.month = month_words(c->m, month);
    v.next = month_words(c->m, month_after(month));
    view_review_front(page_body(c), &v);
    return OK;
}

/* ---- the page of a month ---- */

/* yyyymm of the path "2024-10", if that month has begun; else 0. */
static int32_t month_of_path(struct ctx *c)
{
    struct str s = c->params[0];
    int32_t month;
    int64_t year;
    int64_t number;

    if (s.n != 7 || s.p[4] != '-' || !str_int(str_slice(s, 0, 4), &year) ||
        !str_int(str_slice(s, 5, 7), &number) || year < YEAR_FIRST ||
        !date_make(year, number, 1))
        return 0;
    month = (int32_t)(year * 100 + number);
    return month_first(month) <= date_of(c->now) ? month : 0;
}

static struct str month_path(struct mem *m, int32_t month)
{
    return str_fmt(m, "/projects/months/%d-%02d", month / 100, month % 100);
}

/* A month of a year that has records, and that has begun; "" for others. */
static struct str month_link(struct ctx *c, int32_t month)
{
    bool there = false;

    for (size_t i = 0; i < c->years_n; i++)
        there |= c->years[i] == month / 100;
    return there && month_first(month) <= date_of(c->now)
               ? month_path(c->m, month)
               : S("");
}

/* The month that ended last; of a year that is over, December. */
enum err show_months(struct ctx *c)
{
    int32_t month = month_before(date_of(c->now) / 100);

    if (month / 100 > c->year)
        month = c->year * 100 + 12;
    return see_other(c, "%.*s", STR_ARG(month_path(c->m, month)));
}

/* The units of its projects, each once, and how they stand. */
struct unit_counts {
    int64_t unit;
    struct str name;
    int64_t lights[LIGHT_CLOSED + 1];
    int64_t n;
    const struct ledger_row *review;
};

struct units {
    struct unit_counts *v;
    size_t n;
};

static struct unit_counts *unit_at(struct units *u, int64_t unit)
{
    for (size_t i = 0; i < u->n; i++)
        if (u->v[i].unit == unit)
            return &u->v[i];
    u->v[u->n].unit = unit;
    return &u->v[u->n++];
}

static void read_reviews(struct scope in, int32_t month, struct units *u)
{
    struct row_walk w = row_walk_year(in, &review_ledger, month / 100);
    struct ledger_row *row;

    while (row_walk_next(&w, in.m, &row))
        if (row_int(row, REVIEW_LAST) == month_last(month))
            for (size_t i = 0; i < u->n; i++)
                if (u->v[i].unit == row_int(row, REVIEW_UNIT))
                    u->v[i].review = row;
}

/* Those of whom the reader sees more than visitors do. */
static struct units units_of(struct ctx *c, const struct programme *p,
                             int32_t month)
{
    struct asker a = ctx_asker(c);
    struct units u = { NEW_ARRAY(c->m, struct unit_counts, p->n), 0 };

    for (size_t i = 0; i < p->n; i++) {
        const struct standing *s = &p->v[i];
        struct unit_counts *unit;

        if (relations(&a, s->row) == 0)
            continue;
        unit = unit_at(&u, row_int(s->row, PROJECT_UNIT));
        unit->name = s->row->labels[PROJECT_UNIT];
        unit->lights[s->light]++;
        unit->n++;
    }
    read_reviews(ctx_scope(c), month, &u);
    return u;
}

/* One with nothing but closed projects is asked nothing. */
static bool is_asked(const struct unit_counts *u)
{
    return u->n > u->lights[LIGHT_CLOSED] + u->lights[LIGHT_NONE];
}

static struct text counts_words(struct mem *m, const struct unit_counts *u)
{
    static const enum light shown[] = { LIGHT_RED, LIGHT_YELLOW, LIGHT_GREEN,
                                        LIGHT_CLOSED };
    struct text all =
        text_with(m, TEXT("{1} 项", "{1}"), text_same(str_of_int(m, u->n)));

    for (size_t i = 0; i < COUNT(shown); i++)
        if (u->lights[shown[i]])
            all = text_with(m, TEXT("{1}，{2} {3}", "{1}, {2} {3}"), all,
                            light_name(shown[i]),
                            text_same(str_of_int(m, u->lights[shown[i]])));
    return all;
}

static struct text stands_words(struct mem *m, const struct unit_counts *u)
{
    struct text on;

    if (!u->review)
        return is_asked(u) ? TEXT("还没有发出", "not sent yet")
                           : TEXT("不用填", "nothing to fill in");
    if (row_state_at(u->review) != REVIEW_CONFIRMED)
        return TEXT("待确认", "to confirm");
    on = date_text(m, (int32_t)row_int(u->review, REVIEW_CONFIRMED_ON));
    return text_with(m, TEXT("{1}确认", "confirmed on {1}"), on);
}

static void make_units(struct mem *m, const struct units *u,
                       struct month_view *v)
{
    v->units = NEW_ARRAY(m, struct month_unit, u->n);
    for (; v->units_n < u->n; v->units_n++) {
        const struct unit_counts *x = &u->v[v->units_n];
        bool confirmed =
            x->review && row_state_at(x->review) == REVIEW_CONFIRMED;

        v->units[v->units_n] = (struct month_unit){
            .name = x->name,
            .link =
                x->review ? row_path(m, &review_ledger, x->review->id) : S(""),
            .review = x->review,
            .counts = counts_words(m, x),
            .stands = stands_words(m, x),
            .confirmed = confirmed,
        };
        v->confirmed_n += confirmed;
        v->unsent += !x->review && is_asked(x);
    }
}

static int by_age(const void *a, const void *b)
{
    const struct month_blocker *x = a;
    const struct month_blocker *y = b;

    return x->days != y->days
               ? y->days - x->days
               : (x->row->id > y->row->id) - (x->row->id < y->row->id);
}

static void make_blockers(struct ctx *c, const struct programme *p,
                          struct month_view *v)
{
    struct asker a = ctx_asker(c);
    size_t all = 0;

    for (size_t i = 0; i < p->n; i++)
        all += p->v[i].parts.n;
    v->blockers = NEW_ARRAY(c->m, struct month_blocker, all);
    for (size_t i = 0; i < p->n; i++)
        for (size_t k = 0; k < p->v[i].parts.n; k++) {
            const struct ledger_row *row = p->v[i].parts.v[k];

            if (!blocker_is_open(row, p->day) || relations(&a, row) == 0)
                continue;
            v->blockers[v->blockers_n++] = (struct month_blocker){
                .row = row,
                .link = row_path(c->m, &blocker_ledger, row->id),
                .project = row_str(p->v[i].row, PROJECT_NAME),
                .days = blocker_days(row, p->day),
            };
        }
    qsort(v->blockers, v->blockers_n, sizeof(*v->blockers), by_age);
}

static enum err no_month(struct ctx *c)
{
    return refuse(c, E_ABSENT,
                  TEXT("没有这个月的调度。请写成 2024-10，且不晚于本月",
                       "there is no review of that month; write it as 2024-10, "
                       "no later than this one"));
}

enum err show_month(struct ctx *c)
{
    struct month_view v = { .month = month_of_path(c) };
    struct programme p;
    struct units u;

    if (!v.month)
        return no_month(c);
    c->year = v.month / 100;
    programme_read(ctx_scope(c), c->year, review_day(v.month, date_of(c->now)),
                   &p);
    u = units_of(c, &p, v.month);
    make_units(c->m, &u, &v);
    for (size_t i = 0; i < u.n; i++)
        for (size_t k = 0; k < COUNT(v.lights); k++)
            v.lights[k] += u.v[i].lights[k];
    v.slipped_n = front_slipped(c->m, &p, month_first(v.month), &v.slipped);
    v.silent_n = front_silent(ctx_scope(c), &p, &v.silent);
    make_blockers(c, &p, &v);
    v.title = text_with(c->m, TEXT("{1}调度", "Review of {1}"),
                        month_words(c->m, v.month));
    v.before = month_link(c, month_before(v.month));
    v.after = month_link(c, month_after(v.month));
    v.officer = has_role(&c->who, ROLE_OFFICER);
    v.once = page_once(c);
    view_month(page_body(c), &v);
    return page_send(c, &(struct page){
                            .title = v.title,
                            .feature = S("projects"),
                            .crumbs = { { TEXT("双领项目", "Key projects"),
                                          S("/projects") } },
                        });
}

/* ---- sending them out ---- */

static enum err send_one(struct ctx *c, struct asker *a, int64_t unit,
                         int32_t month)
{
    struct ledger_row *row = ledger_row_new(c->m, &review_ledger);
    const struct workdays *w = office_workdays(ctx_scope(c));
    struct admission admission = { .asker = a, .usual_year = month / 100 };
    enum err e;

    row->values[REVIEW_UNIT] = INT(unit);
    row->values[REVIEW_LAST] = INT(month_last(month));
    row->values[REVIEW_BY] =
        INT(workday_after(w, date_of(c->now), CONFIRM_WITHIN));
    row_load_labels(ctx_scope(c), row);
    e = row_admit(&admission, row);
    if (e == OK)
        e = row_insert(c->act, row);
    if (e == OK || admission.problems_n == 0)
        return e;
    return refuse(c, e, admission.problems[0].reason);
}

enum err post_month(struct ctx *c)
{
    int32_t month = month_of_path(c);
    struct asker a = ctx_asker(c);
    struct programme p;
    struct units u;
    enum err e = OK;

    if (!month)
        return no_month(c);
    programme_read(ctx_scope(c), month / 100,
                   review_day(month, date_of(c->now)), &p);
    u = units_of(c, &p, month);
    for (size_t i = 0; i < u.n && e == OK; i++)
        if (!u.v[i].review && is_asked(&u.v[i]))
            e = send_one(c, &a, u.v[i].unit, month);
    if (e != OK)
        return e;
    announce_saved(c);
    return see_other(c, "%.*s", STR_ARG(month_path(c->m, month)));
}
