/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What a row must be before it is kept, asked in one place. */
#include "host/ledger/admit.h"

#include "base/date.h"
#include "host/ledger/admission.h"
#include "host/ledger/alike.h"
#include "host/ledger/cell.h"
#include "host/ledger/part.h"

void admission_blame(struct admission *a, size_t column, struct text reason)
{
    for (size_t i = 0; i < a->problems_n; i++)
        if (a->problems[i].column == column)
            return;
    a->problems[a->problems_n++] = (struct problem){ column, reason };
}

static int32_t year_of(const struct admission *a, const struct ledger_row *row)
{
    int32_t when = row_when(row);

    if (row->ledger->standing)
        return 0;
    if (a->said_year)
        return a->said_year;
    if (a->before && when == row_when(a->before))
        return a->before->year;
    if (when)
        return date_year(when);
    return a->before ? a->before->year : a->usual_year;
}

/*
 * A new row begins where its ledger says, unless somebody said otherwise; that
 * of a file further on only for those who decide: nobody approves by a file.
 */
static void begin(const struct admission *a, struct ledger_row *row)
{
    size_t state = ledger_role(row->ledger, COLUMN_STATE);

    if (state != SIZE_MAX && !row_has(row, state))
        row->values[state] =
            a->before
                ? a->before->values[state]
                : STR(state_first(row->ledger,
                                  a->imported && may_decide(a->asker, row)));
}

void row_complete(const struct admission *a, struct ledger_row *row)
{
    if (a->before)
        row->id = a->before->id;
    row->year = year_of(a, row);
    if (row->parent && row->parent->id > 0)
        row->parent = NULL; /* it may have changed since somebody looked */
    part_inherit(a->asker->in, row);
    begin(a, row);
    if (row->ledger->derive)
        row->ledger->derive(a->asker->in.m, row);
    row->identity = 0;
}

/* Does the row refer there as it stands, whatever became of that since? */
static bool refers_already(const struct admission *a,
                           const struct ledger_row *row, size_t i)
{
    return a->before && row_has(a->before, i) &&
           row_int(a->before, i) == row_int(row, i);
}

/*
 * What was found by name (ref.h) has its label; an id from elsewhere must be
 * that of a row which a name could have found.
 */
static void check_reference(struct admission *a, struct ledger_row *row,
                            size_t i)
{
    const struct column *c = &row->ledger->columns[i];
    struct ledger_row *to;

    if (c->type != COLUMN_REF || row->labels[i].n > 0 ||
        refers_already(a, row, i))
        return;
    if (row_load(a->asker->in, ledger_find(c->ref), row_int(row, i), &to) &&
        row_stands(to) &&
        (c->ref_kind.n == 0 || str_eq(row_kind(to), c->ref_kind)))
        row->labels[i] = row_title(to);
    else if (tx_err(a->asker->in.tx) == OK)
        admission_blame(
            a, i,
            TEXT("没有这一条，或已作废，或不是这一类；请重新选择",
                 "there is no such row, or it was voided or is of another "
                 "kind; choose again"));
}

static void check_columns(struct admission *a, struct ledger_row *row)
{
    const struct ledger *l = row->ledger;
    struct text reason;

    for (size_t i = 0; i < l->columns_n; i++) {
        if (row_has(row, i)) {
            if (!cell_fits(a->asker->in.m, &l->columns[i], &row->values[i],
                           &reason))
                admission_blame(a, i, reason);
            check_reference(a, row, i);
        } else if (column_is(&l->columns[i], COLUMN_REQUIRED)) {
            admission_blame(a, i,
                            TEXT("必填，请填写",
                                 "is required; please fill it in"));
        }
    }
}

static void check_year(struct admission *a, const struct ledger_row *row)
{
    if (!row->ledger->standing &&
        (row->year < YEAR_FIRST || row->year >= YEAR_END))
        admission_blame(a, ledger_role(row->ledger, COLUMN_WHEN),
                        TEXT("应为四位数的年份，例如 2024",
                             "must be a year, such as 2024"));
}

/* One wrong digit makes another year: it is asked before it counts. */
static void ask_year(struct admission *a, const struct ledger_row *row)
{
    int32_t when = row_when(row);
    int32_t year = when ? date_year(when) : row->year;

    if (row->ledger->standing || !a->likely.last ||
        (year >= a->likely.first && year <= a->likely.last) ||
        (a->before && when == row_when(a->before) &&
         row->year == a->before->year))
        return;
    a->unlikely = year;
    admission_blame(
        a, ledger_role(row->ledger, COLUMN_WHEN),
        text_fmt(a->asker->in.m,
                 "%d 年不在 %d 到 %d 年之间，请核对；确实如此，表单请勾选"
                 "“确认年份”，导入请在“年度”栏写明或指定 --year %d",
                 "%d is not from %d to %d, please check; if it is right, "
                 "tick the box of the form, or say so in the column "
                 "\"Year\" or by --year %d",
                 year, a->likely.first, a->likely.last, year));
}

static struct text not_below(const struct admission *a,
                             const struct ledger_row *row, size_t i,
                             size_t outer)
{
    struct scope in = a->asker->in;
    struct ledger_row *above;

    if (!row_load(in, ledger_organisations(), org_above(in, row_int(row, i)),
                  &above))
        return TEXT("", "");
    return text_fmt(in.m, "属于“%.*s”，不在“%.*s”之内；请核对两栏",
                    "belongs to \"%.*s\", which is not within \"%.*s\"; "
                    "check both columns",
                    STR_ARG(row_title(above)), STR_ARG(row->labels[outer]));
}

/* Places that contradict each other. Nobody knows yet of those to be made. */
static void check_places(struct admission *a, const struct ledger_row *row)
{
    const struct ledger *l = row->ledger;
    struct scope in = a->asker->in;

    for (size_t i = 0; i < l->columns_n; i++) {
        size_t outer = l->columns[i].within.n
                           ? ledger_column(l, l->columns[i].within)
                           : SIZE_MAX;

        if (outer == SIZE_MAX || !row_has(row, i) || !row_has(row, outer) ||
            row_int(row, outer) <= 0 || org_above(in, row_int(row, i)) == 0 ||
            org_is_below(in, row_int(row, i), row_int(row, outer)))
            continue;
        admission_blame(a, i, not_below(a, row, i, outer));
    }
}

static void check_rules(struct admission *a, const struct ledger_row *row)
{
    struct text reason;
    size_t column = 0;

    if (row->ledger->check &&
        !row->ledger->check(a->asker->in, row, &column, &reason))
        admission_blame(a, column, reason);
}

bool row_may_stand(struct scope in, const struct ledger_row *row,
                   struct text *ret_why)
{
    size_t column;

    return !row->ledger->check || row->ledger->check(in, row, &column, ret_why);
}

static bool is_told_apart_as_before(const struct admission *a,
                                    struct ledger_row *row)
{
    struct ledger_row before;

    if (!a->before)
        return false;
    before = *a->before;
    return row_identity(a->asker->in.m, row) ==
           row_identity(a->asker->in.m, &before);
}

/* A row of this name is there: the same or another? */
static void ask_alike(struct admission *a, struct ledger_row *row)
{
    struct mem *m = a->asker->in.m;
    struct nearest near = { .n = 0 };
    struct row_walk w;
    struct ledger_row *there;
    struct text words;

    if (a->said_new || is_told_apart_as_before(a, row))
        return;
    w = row_walk_alike(a->asker->in, row);
    while (row_walk_next(&w, m, &there))
        if (!a->before || there->id != a->before->id)
            nearest_note(m, &near, there, row);
    if (near.likeness == ANOTHER_ROW ||
        row_identity(m, near.row) == row_identity(m, row))
        return; /* no question: row_insert() refuses the same identity */
    a->like = near.row;
    words = alike_words(m, near.row);
    admission_blame(
        a, ledger_title(row->ledger),
        (struct text){
            str_fmt(m, "%.*s；是同一条请改那一条，确是另一条请勾选“是另一条”",
                    STR_ARG(words.zh)),
            str_fmt(m,
                    "%.*s; if it is the same, change that one; if it is "
                    "another, tick the box",
                    STR_ARG(words.en)) });
}

/* The row as it stands is asked too: nobody takes over what is another's. */
static bool is_allowed(const struct admission *a, const struct ledger_row *row)
{
    return a->before ? may_edit(a->asker, a->before) && may_edit(a->asker, row)
                     : may_change(a->asker, row);
}

static void check_owner(struct admission *a, const struct ledger_row *row)
{
    size_t owner = ledger_role(row->ledger, COLUMN_OWNER);

    if (is_allowed(a, row))
        return;
    admission_blame(
        a, owner,
        owner == SIZE_MAX
            ? relation_of_officers
            : TEXT("不是您单位或下级单位的记录；请该单位或区级管理员办理，"
                   "或请系统管理员调整您的单位范围",
                   "is not your unit or one below it; ask that unit or a "
                   "district officer, or a system administrator to widen "
                   "your scope"));
}

/* Does the column say otherwise than it does now? What follows says nothing. */
static bool is_changed(const struct admission *a, const struct ledger_row *row,
                       size_t i)
{
    if (!column_is_asked(&row->ledger->columns[i]))
        return false;
    return a->before ? !value_eq(&a->before->values[i], &row->values[i])
                     : row_has(row, i);
}

/* Of whom it is about now, and of whom it will be. */
static bool may_judge(const struct admission *a, const struct ledger_row *row)
{
    return may_decide(a->asker, row) &&
           (!a->before || may_decide(a->asker, a->before));
}

static void blame_changed(struct admission *a, const struct ledger_row *row,
                          unsigned flags, struct text reason)
{
    for (size_t i = 0; i < row->ledger->columns_n; i++)
        if (column_is(&row->ledger->columns[i], flags) && is_changed(a, row, i))
            admission_blame(a, i, reason);
}

/* What is decided; and what it was decided about does not become another. */
static void check_decided(struct admission *a, const struct ledger_row *row)
{
    static const struct text settled = TEXT_INIT(
        "这条记录已有评定，只有区级管理员能改它的名称、单位和年度，"
        "或恢复作废的；请保持原样",
        "the row was judged already: only a district officer changes its "
        "name, unit and year, or restores it; leave it as it stands");
    struct text why = settled;

    if (may_judge(a, row))
        return;
    if (a->before && !row_is_decided(a->before))
        why = step_keeps(a->before, ledger_title(row->ledger));
    for (size_t i = 0; i < row->ledger->columns_n; i++)
        if (column_is_decided(&row->ledger->columns[i]) &&
            is_changed(a, row, i))
            admission_blame(
                a, i,
                TEXT("由区级管理员填写，您单位不能填、不能改；请保持原样"
                     "（新记录留空），有异议请向区级管理员提出",
                     "is filled in by a district officer, not by the unit it "
                     "is about; leave it as it stands (blank in a new row), "
                     "and tell the officer if it is wrong"));
    if (!a->before ||
        (may_settle(a->asker, a->before) && may_settle(a->asker, row)))
        return;
    blame_changed(a, row, COLUMN_IDENTITY | COLUMN_OWNER, why);
    if (a->before->voided || a->before->year != row->year)
        admission_blame(a, ledger_role(row->ledger, COLUMN_WHEN), why);
}

/* Where the parent is no new part can be. */
static struct text not_now(struct mem *m, const struct ledger *l,
                           const struct ledger_row *parent)
{
    struct text is = row_stage(parent)->label;
    struct text label = l->label;

    return (struct text){
        str_fmt(m, "现在是“%.*s”，不登记“%.*s”；请核对是不是这一条",
                STR_ARG(is.zh), STR_ARG(label.zh)),
        str_fmt(m,
                "is \"%.*s\" now, when nothing is added to \"%.*s\"; check "
                "that it is this one",
                STR_ARG(is.en), STR_ARG(label.en)),
    };
}

/* A part stays with its parent, which must stand. */
static void check_part(struct admission *a, const struct ledger_row *row)
{
    size_t parent = ledger_role(row->ledger, COLUMN_PARENT);
    const struct ledger_row *of = part_parent(a->asker->in, row);

    if (parent == SIZE_MAX)
        return;
    if (a->before && is_changed(a, row, parent))
        admission_blame(
            a, parent,
            TEXT("不能改到另一条之下；请作废这一条，到那一条之下新增",
                 "stays with the one it is a part of; void this one and add "
                 "it there"));
    else if (row->orphan)
        admission_blame(a, parent,
                        TEXT("已作废；请先恢复它，再改它下面的内容",
                             "was voided; restore it before its parts are "
                             "changed"));
    else if (!a->before && of &&
             !parent_is_in(a->asker->in, row, row->ledger->parent_in))
        admission_blame(a, parent, not_now(a->asker->in.m, row->ledger, of));
}

static bool keeps(const struct admission *a, const struct ledger_row *row,
                  size_t i)
{
    return is_changed(a, row, i) && !step_leaves_open(a, row, i) &&
           !(may_write(a->asker, a->before ? a->before : row, i) &&
             may_write(a->asker, row, i));
}

/*
 * What a state or a step keeps from who may otherwise change the row: of the
 * one whose it is now, and of the one whose it will be. Else an officer gives
 * a row of the own unit away, approves it, and takes it back. In a state that
 * it cannot have, other columns are not asked.
 */
static void check_writers(struct admission *a, const struct ledger_row *row)
{
    const struct ledger *l = row->ledger;
    const struct ledger_row *as = a->before ? a->before : row;
    size_t state = ledger_role(l, COLUMN_STATE);
    bool moved = state != SIZE_MAX && keeps(a, row, state);

    if (moved)
        admission_blame(a, state, step_keeps(as, state));
    for (size_t i = 0; l->steps_n && !moved && i < l->columns_n; i++)
        if (keeps(a, row, i))
            admission_blame(a, i, step_keeps(as, i));
}

static void check_rights(struct admission *a, const struct ledger_row *row)
{
    check_owner(a, row);
    if (a->problems_n == 0)
        check_decided(a, row);
    if (a->problems_n == 0)
        check_writers(a, row);
}

static bool may_undo(const struct admission *a)
{
    return a->undone && may_take(a->asker, a->before, a->undone);
}

enum err row_admit(struct admission *a, struct ledger_row *row)
{
    const struct ledger *l = row->ledger;

    a->problems_n = 0;
    a->unlikely = 0;
    a->like = NULL;
    a->already = false;
    a->problems = NEW_ARRAY(a->asker->in.m, struct problem, l->columns_n + 1);
    if (a->step) {
        enum err e = step_admit(a, row);

        if (e != OK)
            return e;
    }
    row_complete(a, row);
    check_columns(a, row);
    check_year(a, row);
    ask_year(a, row);
    if (a->problems_n == 0)
        check_rules(a, row);
    if (a->problems_n == 0)
        check_places(a, row);
    if (a->problems_n == 0)
        ask_alike(a, row);
    if (a->problems_n == 0)
        check_part(a, row);
    if (a->problems_n > 0)
        return E_INPUT;
    if (!a->step && !may_undo(a))
        check_rights(a, row);
    if (a->problems_n > 0)
        return E_DENIED;
    row->admitted = true;
    row->step = a->step;
    row->reason = a->reason;
    return OK;
}
