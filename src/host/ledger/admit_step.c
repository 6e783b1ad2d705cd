/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Steps: who takes them, from where, and what they change. */
#include "host/ledger/admission.h"
#include "host/ledger/part.h"

static void blame_row(struct admission *a, struct text reason)
{
    admission_blame(a, SIZE_MAX, reason);
}

bool step_is_open(struct asker *asker, const struct ledger_row *row,
                  const struct step *step)
{
    return row_stands(row) && step_leads_from(step, row) &&
           parent_is_in(asker->in, row, step->parent_in) &&
           may_take(asker, row, step);
}

/* Who is in such a state that the step cannot be taken. */
static struct text not_from(struct mem *m, struct text label,
                            const struct ledger_row *row)
{
    struct text is = row_stage(row)->label;

    return (struct text){
        str_fmt(m, "“%.*s”现在是“%.*s”，不能“%.*s”；请刷新页面，看现在能办什么",
                STR_ARG(row_title(row)), STR_ARG(is.zh), STR_ARG(label.zh)),
        str_fmt(m,
                "\"%.*s\" is \"%.*s\" now, so that \"%.*s\" is not possible; "
                "reload the page to see what is",
                STR_ARG(row_title(row)), STR_ARG(is.en), STR_ARG(label.en)),
    };
}

/* False: it cannot be taken from where the row stands. */
static bool leads(struct admission *a)
{
    const struct ledger_row *from = a->before;
    const struct ledger_row *parent;
    struct scope in = a->asker->in;

    if (!row_stands(from)) {
        blame_row(a, TEXT("已作废，不能办理；请先恢复",
                          "was voided, nothing can be done with it; restore "
                          "it first"));
        return false;
    }
    if (!step_leads_from(a->step, from)) {
        a->already = row_state_at(from) == a->step->to;
        blame_row(a, not_from(in.m, a->step->label, from));
        return false;
    }
    if (parent_is_in(in, from, a->step->parent_in))
        return true;
    parent = part_parent(in, from);
    if (parent)
        blame_row(a, not_from(in.m, a->step->label, parent));
    return false;
}

static struct text who_takes(const struct step *step)
{
    if (step->judges || step->by == RELATION_OFFICER)
        return TEXT(
            "由区级管理员办理（为自己单位填报的除外）；请联系区级管理员",
            "is for a district officer, not one who reports for the "
            "unit; ask the officer");
    if (step->by & RELATION_ASKED)
        return TEXT("由被请求协助的单位办理；请联系该单位",
                    "is for the organisation that was asked; get in touch "
                    "with it");
    if (step->by & RELATION_OWNER)
        return TEXT("由责任单位办理；请联系该单位",
                    "is for the unit in charge; get in touch with it");
    return TEXT("到期自动办理，不用人办", "happens by itself when it is due");
}

/* What its form does not ask is not changed by the way. */
static void check_asked(struct admission *a, const struct ledger_row *row)
{
    const struct ledger *l = row->ledger;

    for (size_t i = 0; i < l->columns_n; i++) {
        if (!(a->step->asks & AT(i)) && column_is_asked(&l->columns[i]) &&
            !value_eq(&a->before->values[i], &row->values[i]))
            admission_blame(a, i,
                            TEXT("这一步不改这一栏；请另外修改",
                                 "is not changed by this step; change it "
                                 "apart"));
        if ((a->step->needs & AT(i)) && !row_has(row, i))
            admission_blame(a, i,
                            TEXT("必填，请填写",
                                 "is required; please fill it in"));
    }
    if (a->step->reason && str_trim(a->reason).n == 0)
        blame_row(a, TEXT("请写明原因", "please say why"));
}

static void move(struct admission *a, struct ledger_row *row)
{
    size_t col = ledger_role(row->ledger, COLUMN_STATE);
    struct text reason;
    size_t column = 0;

    row->values[col] = STR(row->ledger->columns[col].choices[a->step->to].key);
    for (size_t i = 0; i < row->ledger->columns_n; i++)
        if ((a->step->days & AT(i)) &&
            !((a->step->asks & AT(i)) && row_has(row, i)))
            row->values[i] = INT(a->day);
    if (a->step->sets)
        a->step->sets(a->asker->in, a->day, row);
    for (size_t i = 0; i < row->ledger->columns_n; i++)
        if (a->step->clears & AT(i))
            row->values[i] = column_none(&row->ledger->columns[i]);
    if (a->step->check && !a->step->check(a->asker->in, row, &column, &reason))
        admission_blame(a, column, reason);
}

/* Who may not, or from where it does not lead. */
static enum err refuse(struct admission *a)
{
    if (!may_take(a->asker, a->before, a->step)) {
        blame_row(a, who_takes(a->step));
        return E_DENIED;
    }
    return leads(a) ? OK : E_INPUT;
}

struct text step_refusal(struct asker *asker, const struct ledger_row *row,
                         const struct step *step)
{
    struct problem problem = { .reason = TEXT("", "") };
    struct admission a = {
        .asker = asker, .before = row, .step = step, .problems = &problem
    };

    return refuse(&a) == OK ? TEXT("", "") : problem.reason;
}

enum err step_admit(struct admission *a, struct ledger_row *row)
{
    enum err e = refuse(a);

    if (e != OK)
        return e;
    if (a->step->judges && a->seen && a->seen != a->before->version) {
        blame_row(a, TEXT("您打开之后有人改过；请看过现在的内容再办",
                          "changed since you looked at it; see how it stands "
                          "now, then decide"));
        return E_INPUT;
    }
    check_asked(a, row);
    if (a->problems_n == 0)
        move(a, row);
    return a->problems_n ? E_INPUT : OK;
}

bool step_leaves_open(const struct admission *a, const struct ledger_row *row,
                      size_t column)
{
    const struct column *c = &row->ledger->columns[column];

    if (a->before || !column_is(c, COLUMN_STATE))
        return false;
    return may_decide(a->asker, row) ||
           str_eq(row_str(row, column), state_first(row->ledger, false));
}

struct text step_keeps(const struct ledger_row *as, size_t column)
{
    const struct column *c = &as->ledger->columns[column];

    if (column_is(c, COLUMN_STATE))
        return TEXT("由办理步骤改变，不能直接改；请用按钮办理",
                    "is changed by its steps alone; use the buttons");
    if (c->by == RELATION_STEP)
        return TEXT("在办理时填写；填错了请区级管理员更正",
                    "is filled in by a step; a district officer can correct "
                    "it");
    return TEXT("办理到现在这一步，单位不再改这一栏；确需更正请联系区级管理员",
                "is no longer the unit's to change at this stage; a district "
                "officer can correct it");
}
