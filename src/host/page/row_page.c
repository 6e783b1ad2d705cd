/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The page of one row. */
#include "base/date.h"
#include "host/desk/site.h"
#include "host/ledger/cell.h"
#include "host/ledger/part.h"
#include "host/ledger/recount.h"
#include "host/page/ledger_routes.h"
#include "host/page/list_view.h"
#include "host/page/row_view.h"

#include "host/page/views/row.h"

/* ---- who may see and change it ---- */

enum err row_of_path(struct ctx *c, const struct ledger *l,
                     struct ledger_row **ret_row)
{
    int64_t id = ctx_id(c, 2);
    struct ledger_row *row;

    if (!id || !row_load(ctx_scope(c), l, id, &row))
        return refuse(c, E_ABSENT,
                      TEXT("没有这条记录。请核对编号，或从列表进入",
                           "There is no such row. Check the number, or start "
                           "from the list"));
    if (!row_stands(row) && row_is_strange(c, row))
        return refuse(c, E_ABSENT,
                      TEXT("这条记录已作废，不再公开",
                           "This row was voided and is no longer public"));
    part_inherit(ctx_scope(c), row);
    *ret_row = row;
    return OK;
}

bool row_is_strange(struct ctx *c, const struct ledger_row *row)
{
    struct asker a = ctx_asker(c);

    return relations(&a, row) == 0;
}

struct str row_value(struct ctx *c, const struct ledger_row *row, size_t i,
                     bool stranger)
{
    const struct column *col = &row->ledger->columns[i];
    enum list_sight sight = list_sight_in(row, i, stranger);
    struct str s;

    if (sight == LIST_HIDDEN)
        return S("");
    s = cell_shown(c->m, col, &row->values[i], row->labels[i], c->lang);
    if (s.n && col->unit == UNIT_MINUTES)
        return text_in(text_fmt(c->m, "%.*s（%.*s 分钟）",
                                "%.*s (%.*s minutes)", STR_ARG(s),
                                STR_ARG(number_text(c->m, row_int(row, i)))),
                       c->lang);
    return sight == LIST_MASKED ? cell_mask(c->m, s) : s;
}

struct str row_number(struct ctx *c, const struct ledger_row *row)
{
    return text_in(text_fmt(c->m, "编号 %lld", "No. %lld", (long long)row->id),
                   c->lang);
}

struct str row_name(struct ctx *c, const struct ledger_row *row)
{
    struct str name =
        row_value(c, row, ledger_title(row->ledger), row_is_strange(c, row));

    return name.n ? name : row_number(c, row);
}

bool row_is_personal(const struct ledger_row *row)
{
    const struct ledger *l = row->ledger;

    for (size_t i = 0; i < l->columns_n; i++)
        if (list_is_personal(&l->columns[i]) && row_has(row, i))
            return true;
    return false;
}

void row_crumbs(struct ctx *c, const struct ledger_row *row, bool itself,
                struct crumb *ret)
{
    const struct ledger_row *parent = part_parent(ctx_scope(c), row);
    size_t n = 2;

    list_crumbs(c, parent ? parent->ledger : row->ledger, ret);
    if (parent)
        ret[n++] = (struct crumb){ text_same(row_name(c, parent)),
                                   row_path(c->m, parent->ledger, parent->id) };
    if (itself)
        ret[n] = (struct crumb){ text_same(row_name(c, row)),
                                 row_path(c->m, row->ledger, row->id) };
}

enum err row_see_part(struct ctx *c, const struct ledger_row *part)
{
    const struct ledger *l = part->ledger;
    int64_t of = row_int(part, ledger_role(l, COLUMN_PARENT));

    return see_other(c, "%.*s#%.*s-%lld",
                     STR_ARG(row_path(c->m, ledger_parent(l), of)),
                     STR_ARG(l->noun), (long long)part->id);
}

void row_note(struct ctx *c, const struct ledger_row *row, const char *form)
{
    if (row_is_personal(row) && !row_is_strange(c, row))
        ctx_note(c, &(struct audit_event){
                        .kind = AUDIT_SHOWN,
                        .what = str_fmt(c->m, "%.*s/%lld",
                                        STR_ARG(ledger_name(c->m, row->ledger)),
                                        (long long)row->id),
                        .form = str_from(form),
                        .n = 1 });
}

/* ---- the page ---- */

/* The page of a referenced row, if this reader may open it. */
static struct str link_of(struct ctx *c, const struct ledger_row *row, size_t i)
{
    const struct column *col = &row->ledger->columns[i];
    const struct ledger *to;

    if (col->type != COLUMN_REF || !row_has(row, i))
        return S("");
    to = ledger_find(col->ref);
    if (!to->open && c->who.account == 0)
        return S("");
    return row_path(c->m, to, row_int(row, i));
}

static void make_facts(struct ctx *c, struct row_view *v)
{
    const struct ledger *l = v->row->ledger;
    struct row_fact *facts = NEW_ARRAY(c->m, struct row_fact, l->columns_n);
    struct asker a = ctx_asker(c);
    bool stranger = relations(&a, v->row) == 0;

    for (size_t i = 0; i < l->columns_n; i++) {
        const struct column *col = &l->columns[i];

        if (list_sight(col, stranger) == LIST_HIDDEN)
            continue;
        facts[v->facts_n] =
            (struct row_fact){ .column = col,
                               .text = row_value(c, v->row, i, stranger),
                               .link = link_of(c, v->row, i),
                               .may_write = v->may_edit &&
                                            column_is_asked(col) &&
                                            may_write(&a, v->row, i) };
        /* What is empty is shown to those who can fill it in; steps do. */
        v->facts_n += facts[v->facts_n].text.n > 0 ||
                      (facts[v->facts_n].may_write && col->by != RELATION_STEP);
    }
    v->facts = facts;
}

/* Is the record of this kind behind the figure? */
static bool is_behind(struct ctx *c, const struct figure *f,
                      const struct record_kind *k, const struct record *r,
                      int32_t year)
{
    struct figure_value v;

    if (!str_eq(f->kind, k->kind) && !str_eq(f->whole, k->kind))
        return false;
    if (f->category.n && !str_eq(f->category, r->category))
        return false;
    if (f->measure != MEASURE_SEATS)
        return true;
    v = figure_read(ctx_scope(c), year, f);
    return v.value > 0 && r->rank >= v.cut;
}

static bool counts_in(struct ctx *c, const struct ledger_row *row,
                      const struct figure *f)
{
    const struct ledger *l = row->ledger;
    struct scope in = ctx_scope(c);

    for (size_t i = 0; i < l->kinds_n; i++) {
        struct record r;

        if (record_of(in, &l->kinds[i], row, &r) &&
            is_behind(c, f, &l->kinds[i], &r, row->year))
            return true;
    }
    return false;
}

static void make_figures(struct ctx *c, struct row_view *v)
{
    const struct figure *f;

    v->figures = NEW_ARRAY(c->m, const struct figure *, figure_total());
    for (size_t i = 0; (f = figure_at(i)) != NULL && row_stands(v->row); i++)
        if (counts_in(c, v->row, f))
            v->figures[v->figures_n++] = f;
}

static void add_standing(struct ctx *c, struct row_view *v,
                         const struct figure *f)
{
    struct row_standing *s = &v->standings[v->standings_n];
    struct scope in = ctx_scope(c);
    const struct record_kind *kind;
    struct record record;
    int64_t line;

    if (f->measure != MEASURE_SEATS ||
        kind_ledger(f->kind, &kind) != v->row->ledger || !kind->points ||
        !record_of(in, kind, v->row, &record))
        return;
    s->value = figure_read(in, v->row->year, f);
    s->points_label = kind->points_label;
    s->points = points_text(c->m, kind->points(record.rank));
    s->place = rank_place(in, v->row->year, f, record.rank);
    s->seated = s->value.value > 0 && record.rank >= s->value.cut;
    if (figure_line(&s->value, &line))
        s->line = points_text(c->m, line);
    v->standings_n++;
}

static void make_standings(struct ctx *c, struct row_view *v)
{
    const struct figure *f;

    v->standings = NEW_ARRAY(c->m, struct row_standing, figure_total());
    for (size_t i = 0; (f = figure_at(i)) != NULL; i++)
        add_standing(c, v, f);
}

static void make_view(struct ctx *c, struct ledger_row *row, struct row_view *v)
{
    struct asker a = ctx_asker(c);

    v->row = row;
    v->title = row_name(c, row);
    v->deadline = row_deadline(row, date_of(c->now));
    v->base = row_path(c->m, row->ledger, row->id);
    v->address = site_link(c, v->base);
    v->may_edit = row_stands(row) && may_edit(&a, row);
    v->may_void = may_settle(&a, row);
    make_facts(c, v);
    make_figures(c, v);
    make_standings(c, v);
    v->steps = step_buttons(c, &a, row);
    v->sections_n = part_sections(c, row, &v->sections);
    v->events = row_story(c, v, &v->more);
}

/* The newest entry of the row itself, its parts aside. */
static const struct row_event *newest(const struct row_event *e)
{
    while (e && e->part)
        e = e->next;
    return e;
}

/*
 * Who saved over a form that was opened at the version of the address is told
 * what others changed since, which was kept along.
 */
static void find_kept(struct ctx *c, struct row_view *v)
{
    int64_t since;

    v->own = newest(v->events);
    if (!str_int(ctx_query(c, S("since")), &since) || !v->own ||
        c->who.account == 0 || v->own->actor != c->who.account)
        return;
    for (const struct row_event *e = v->own->next; e; e = e->next)
        if (!e->part && e->version > since && e->actor != c->who.account &&
            e->changes_n)
            v->since = since;
}

/*
 * Who comes to take a step that was taken before is told when and by whom; an
 * address that says so of a row that stands elsewhere by now tells nothing.
 */
static void find_taken(struct ctx *c, struct row_view *v)
{
    const struct step *step =
        step_find(v->row->ledger, ctx_query(c, S("taken")));

    if (!step || row_state_at(v->row) != step->to)
        return;
    for (const struct row_event *e = v->events; e && !v->taken; e = e->next)
        if (!e->part && e->step && e->step->to == step->to)
            v->taken = e;
}

/* What its feature shows first, from the parts that are on the page. */
static enum err show_front(struct ctx *c, const struct row_view *v)
{
    const struct feature *f = page_feature(v->row->ledger->feature);
    struct part_list parts = { 0 };

    if (!f->row_front || !row_stands(v->row))
        return OK;
    for (size_t i = 0; i < v->sections_n; i++)
        for (size_t k = 0; k < v->sections[i].lines_n; k++)
            if (row_stands(v->sections[i].lines[k].row))
                part_list_add(c->m, &parts, v->sections[i].lines[k].row);
    return f->row_front(c, v->row, &parts);
}

static enum err send_row(struct ctx *c, const struct row_view *v)
{
    struct page p = { .title = text_same(v->title),
                      .feature = v->row->ledger->feature };
    enum err e;

    row_note(c, v->row, "row");
    row_crumbs(c, v->row, false, p.crumbs);
    view_row_head(page_body(c), v);
    e = show_front(c, v);
    if (e != OK)
        return e;
    view_row(page_body(c), v);
    return page_send(c, &p);
}

enum err show_row(struct ctx *c)
{
    struct row_view v = { 0 };
    struct ledger_row *row;
    const struct ledger *l;
    enum err e = list_ledger(c, &l);

    if (e == OK)
        e = row_of_path(c, l, &row);
    if (e != OK)
        return e;
    make_view(c, row, &v);
    find_kept(c, &v);
    find_taken(c, &v);
    return send_row(c, &v);
}

/* ---- who may not ---- */

static struct text deny_reason(struct ctx *c, const struct ledger *l,
                               const struct ledger_row *row)
{
    struct asker a = ctx_asker(c);

    if (!ledger_has(l, COLUMN_OWNER))
        return relation_of_officers;
    if (!row)
        return TEXT("您的账户还没有单位，不能登记单位的记录；"
                    "请系统管理员给您的账户设定单位范围",
                    "Your account has no unit yet, so it cannot enter rows of "
                    "units; ask a system administrator to give it one");
    if (may_change(&a, row))
        return TEXT("这条记录已有评定，只有区级管理员可以作废或恢复；"
                    "请向区级管理员说明原因",
                    "Something was decided about this row already, so only a "
                    "district officer can void or restore it; tell an officer "
                    "why it should be");
    return TEXT("这条记录属于别的单位。您的账户只能改本单位及下级的记录；"
                "区级管理员可以代为修改，系统管理员可以调整您的单位范围",
                "This row belongs to another unit. Your account may "
                "change rows of its unit and those below; a district "
                "officer can make the change, a system administrator "
                "can widen your scope");
}

enum err row_deny(struct ctx *c, const struct ledger *l,
                  const struct ledger_row *row)
{
    return refuse(c, E_DENIED, deny_reason(c, l, row));
}
