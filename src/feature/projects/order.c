/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Supervision orders (督办单): blue for what is due soon, yellow for what is
 * behind, red for what is overdue. Closed by who issued it, not by who
 * handles it.
 */
#include "feature/projects/projects.h"
#include "feature/projects/slip.h"
#include "feature/projects/views/slip.h"
#include "host/desk/page.h"
#include "host/desk/site.h"
#include "host/ledger/cell.h"
#include "host/ledger/feature.h"
#include "host/ledger/record.h"

enum {
    PROJECT,
    NO,
    LEVEL,
    CONTENT,
    ISSUED_ON,
    ANSWER_BY,
    STATE,
    SIGNED_ON,
    ANSWER,
    ANSWERED_ON,
    CLOSED_ON,
};
enum { ISSUED, SIGNED, ANSWERED, RECHECKED, CLOSED };

static const struct choice levels[] = {
    CHOICE("blue", "蓝色（将到期）", "Blue (due soon)", KNOWN_AS("蓝色|蓝"),
           .tone = TONE_BUSY),
    CHOICE("yellow", "黄色（落后）", "Yellow (behind)", KNOWN_AS("黄色|黄"),
           .tone = TONE_WARN),
    CHOICE("red", "红色（逾期）", "Red (overdue)", KNOWN_AS("红色|红"),
           .tone = TONE_BAD),
};

static const struct choice states[] = {
    [ISSUED] = CHOICE("issued", "待签收", "Issued", .tone = TONE_WARN),
    [SIGNED] = CHOICE("signed", "待答复", "Signed for", .tone = TONE_WARN),
    [ANSWERED] = CHOICE("answered", "待复核", "Answered", .tone = TONE_BUSY),
    [RECHECKED] = CHOICE("rechecked", "已复核", "Rechecked", .tone = TONE_BUSY),
    [CLOSED] = CHOICE("closed", "已销号", "Closed", .tone = TONE_DONE),
};

static const struct column columns[] = {
    [PROJECT] = COLUMN(REF, "project", "所属项目", "Project",
                       REFERENCE("projects.project"), KNOWN_AS("项目名称|项目"),
                       BY_OFFICER,
                       .flags = COLUMN_REQUIRED | COLUMN_IDENTITY |
                                COLUMN_LISTED | COLUMN_PARENT),
    [NO] = COLUMN(TEXT, "no", "督办单号", "No.", BY_OFFICER,
                  .hint = TEXT_INIT("例如〔2024〕3号", "such as 〔2024〕3号"),
                  .max = 40,
                  .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED |
                           COLUMN_TITLE),
    [LEVEL] = COLUMN(CHOICE, "level", "督办等级", "Level", CHOICES(levels),
                     BY_OFFICER,
                     .flags = COLUMN_REQUIRED | COLUMN_LISTED | COLUMN_FILTER),
    [CONTENT] = COLUMN(LINES, "content", "督办事项", "What is asked",
                       BY_OFFICER, .flags = COLUMN_REQUIRED | COLUMN_INTERNAL),
    [ISSUED_ON] = COLUMN(DATE, "issued_on", "发出日期", "Issued on", BY_OFFICER,
                         .flags = COLUMN_REQUIRED | COLUMN_WHEN),
    [ANSWER_BY] = COLUMN(DATE, "answer_by", "答复期限", "Answer by", BY_OFFICER,
                         .flags = COLUMN_REQUIRED | COLUMN_LISTED),
    [STATE] = COLUMN(CHOICE, "state", "督办状态", "State of the order",
                     CHOICES(states), BY_STEP,
                     .flags = COLUMN_LISTED | COLUMN_FILTER | COLUMN_STATE),
    [SIGNED_ON] =
        COLUMN(DATE, "signed_on", "签收日期", "Signed for on", BY_STEP),
    [ANSWER] = COLUMN(LINES, "answer", "整改答复", "Answer", BY_STEP,
                      .flags = COLUMN_INTERNAL),
    [ANSWERED_ON] =
        COLUMN(DATE, "answered_on", "答复日期", "Answered on", BY_STEP),
    [CLOSED_ON] =
        COLUMN(DATE, "closed_on", "督办销号日期", "Closed on", BY_STEP),
};

static const struct step steps[] = {
    STEP("sign", "签收", "Sign for", .by = RELATION_OWNER, .from = AT(ISSUED),
         .to = SIGNED, .due = AT(ISSUED_ON), .within = 2, .ahead = 30,
         .days = AT(SIGNED_ON),
         TASK("张督办单等您签收", "supervision orders to sign for")),
    STEP("answer", "答复", "Answer", .by = RELATION_OWNER, .from = AT(SIGNED),
         .to = ANSWERED, .asks = AT(ANSWER), .needs = AT(ANSWER),
         .due = AT(ANSWER_BY), .ahead = 30, .days = AT(ANSWERED_ON),
         TASK("张督办单等您答复", "supervision orders to answer")),
    STEP("return", "退回重答", "Return", .by = RELATION_OFFICER, .judges = true,
         .from = AT(ANSWERED), .to = SIGNED, .reason = true),
    STEP("recheck", "复核通过", "Recheck", .by = RELATION_OFFICER,
         .judges = true, .from = AT(ANSWERED), .to = RECHECKED,
         TASK("张督办单等您复核", "answers to recheck")),
    STEP("close", "督办销号", "Close", .by = RELATION_OFFICER, .judges = true,
         .from = AT(RECHECKED), .to = CLOSED, .days = AT(CLOSED_ON),
         TASK("张督办单等您销号", "supervision orders to close")),
};

static bool check_order(struct scope in, const struct ledger_row *row,
                        size_t *ret_column, struct text *ret_reason)
{
    (void)in;
    *ret_column = ANSWER_BY;
    *ret_reason = TEXT("早于发出日期，请核对",
                       "is before it was issued; check both dates");
    return row_int(row, ANSWER_BY) >= row_int(row, ISSUED_ON);
}

static bool in_time(struct scope in, const struct ledger_row *row,
                    struct record *ret)
{
    (void)in;
    (void)ret;
    return row_has(row, CLOSED_ON) && row_has(row, ANSWERED_ON) &&
           row_int(row, ANSWERED_ON) <= row_int(row, ANSWER_BY);
}

static const struct record_kind kinds[] = {
    RECORD("projects.order", .by = AT(LEVEL)),
    RECORD("projects.order_in_time", .on = AT(CLOSED_ON), .of = in_time,
           .looks_at = AT(CLOSED_ON) | AT(ANSWERED_ON) | AT(ANSWER_BY)),
};

const struct ledger order_ledger = {
    .feature = S_INIT("projects"),
    .noun = S_INIT("order"),
    .label = TEXT_INIT("项目督办单", "Supervision orders of projects"),
    .unit = TEXT_INIT("张", "supervision orders"),
    .about = TEXT_INIT("工委对将到期、落后、逾期的项目发的督办单。",
                       "What the committee sends to projects that are due, "
                       "behind or overdue."),
    LIST(columns),
    LIST(steps),
    LIST(kinds),
    .open = true,
    .check = check_order,
};

/* ---- on paper ---- */

static struct str shown(struct ctx *c, const struct ledger_row *row, size_t i)
{
    return cell_shown(c->m, &row->ledger->columns[i], &row->values[i],
                      row->labels[i], c->lang);
}

enum err order_front(struct ctx *c, const struct ledger_row *row)
{
    struct asker a = ctx_asker(c);

    if (relations(&a, row))
        view_slip_link(page_body(c),
                       str_fmt(c->m, "%.*s/slip",
                               STR_ARG(row_path(c->m, row->ledger, row->id))));
    return OK;
}

enum err show_slip(struct ctx *c)
{
    struct asker a = ctx_asker(c);
    const struct ledger_row *project;
    struct ledger_row *row;
    struct slip_view v;

    if (!row_load(a.in, &order_ledger, ctx_id(c, 0), &row) ||
        !row_stands(row) || relations(&a, row) == 0)
        return refuse(c, E_ABSENT,
                      TEXT("没有这张督办单，或者不是发给您单位的",
                           "There is no such order, or it is not for your "
                           "unit"));
    project = part_parent(a.in, row);
    v = (struct slip_view){
        .office = site_office(c),
        .no = shown(c, row, NO),
        .level = shown(c, row, LEVEL),
        .project = row_title(project),
        .unit = project->labels[PROJECT_UNIT],
        .content = shown(c, row, CONTENT),
        .issued = shown(c, row, ISSUED_ON),
        .answer_by = shown(c, row, ANSWER_BY),
        .signed_on = shown(c, row, SIGNED_ON),
        .answer = shown(c, row, ANSWER),
        .answered_on = shown(c, row, ANSWERED_ON),
        .base = row_path(c->m, &order_ledger, row->id),
    };
    view_slip(page_body(c), &v);
    return page_send(
        c, &(struct page){
               .title = TEXT("督办单", "Supervision order"),
               .feature = S("projects"),
               .crumbs = { { TEXT("双领项目", "Key projects"), S("/projects") },
                           { order_ledger.label, S("/projects/order") } },
           });
}
