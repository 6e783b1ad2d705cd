/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Days off and make-up workdays, each span with the document that sets it:
 * years that the build does not know yet, and what differs here.
 */
#include "host/registry/days.h"

#include "base/date.h"
#include "host/ledger/feature.h"
#include "host/ledger/row.h"

enum { NAME, KIND, FIRST_DAY, LAST_DAY, BASIS };
enum { SPAN_MAX = 31 };

static const struct choice kinds[] = {
    CHOICE("rest", "放假", "Days off", KNOWN_AS("休息|休|放假调休")),
    CHOICE("work", "调休上班", "Make-up workdays",
           KNOWN_AS("上班|补班|班|调休")),
};

static const struct column columns[] = {
    [NAME] = COLUMN(TEXT, "name", "节日", "Holiday", KNOWN_AS("节日名称"),
                    .hint = TEXT_INIT("例如“国庆节”", "such as 国庆节"),
                    .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED |
                             COLUMN_TITLE,
                    .max = 40),
    [KIND] = COLUMN(CHOICE, "kind", "安排", "Arrangement", CHOICES(kinds),
                    KNOWN_AS("放假或上班"),
                    .flags = COLUMN_REQUIRED | COLUMN_LISTED | COLUMN_FILTER |
                             COLUMN_KIND),
    [FIRST_DAY] =
        COLUMN(DATE, "first_day", "第一天", "First day", KNOWN_AS("放假开始"),
               .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED |
                        COLUMN_WHEN),
    [LAST_DAY] =
        COLUMN(DATE, "last_day", "最后一天", "Last day", KNOWN_AS("放假结束"),
               .hint = TEXT_INIT("只有一天的可以不填", "may be left out for a "
                                                       "single day"),
               .flags = COLUMN_LISTED | COLUMN_END),
    [BASIS] = COLUMN(TEXT, "basis", "依据文件", "Basis document",
                     .hint = TEXT_INIT("例如“国办发明电〔2023〕7号”",
                                       "such as 国办发明电〔2023〕7号"),
                     .flags = COLUMN_REQUIRED | COLUMN_LISTED, .max = 100),
};

static int32_t last_of(const struct ledger_row *row)
{
    return (int32_t)row_int(row, row_has(row, LAST_DAY) ? LAST_DAY : FIRST_DAY);
}

/* Do two rows say the opposite of a day? */
static bool contradict(const struct ledger_row *a, const struct ledger_row *b)
{
    return !b->voided && a->id != b->id && !str_eq(row_kind(a), row_kind(b)) &&
           row_when(a) <= last_of(b) && row_when(b) <= last_of(a);
}

/* The words against a row that contradicts one that is there, or none. */
static struct text contradiction(struct scope in, const struct ledger_row *row)
{
    struct row_walk w = row_walk(in, row->ledger);
    struct ledger_row *there;

    while (row_walk_next(&w, in.m, &there)) {
        if (!contradict(row, there))
            continue;
        rows_end(&w.rows);
        return text_fmt(in.m,
                        "与已登记的“%.*s”（%.*s 起）相反：同一天不能既放假又"
                        "上班；请核对，或先作废那一条",
                        "contradicts \"%.*s\" (from %.*s): no day is both off "
                        "and worked; check it, or void that entry first",
                        STR_ARG(row_title(there)),
                        STR_ARG(date_iso(in.m, row_when(there))));
    }
    return TEXT("", "");
}

static bool check_day(struct scope in, const struct ledger_row *row,
                      size_t *ret_column, struct text *ret_reason)
{
    int32_t first = row_when(row);
    int32_t last = last_of(row);

    *ret_column = LAST_DAY;
    *ret_reason = TEXT("", "");
    if (!row_has(row, FIRST_DAY) || !row_has(row, KIND))
        return true;
    if (last < first)
        *ret_reason = TEXT("早于第一天，请核对",
                           "is before the first day; check both dates");
    else if (date_to_days(last) - date_to_days(first) >= SPAN_MAX)
        *ret_reason = TEXT("一条不能超过 31 天，请核对两个日期",
                           "an entry has at most 31 days; check both dates");
    else {
        *ret_column = FIRST_DAY;
        *ret_reason = contradiction(in, row);
    }
    return text_empty(*ret_reason);
}

const struct ledger registry_days = {
    .feature = S_INIT("registry"),
    .noun = S_INIT("day"),
    .label = TEXT_INIT("放假和调休", "Days off and make-up workdays"),
    .unit = TEXT_INIT("条", "entries"),
    .about = TEXT_INIT("国务院办公厅每年的放假安排。程序里还没有的年度、与程序"
                       "里不同的日子登记在这里，以登记的为准。",
                       "The yearly notice of the State Council's office: "
                       "years the program does not have, and days that "
                       "differ; what is entered here holds."),
    LIST(columns),
    .open = true,
    .days = true,
    .check = check_day,
};
