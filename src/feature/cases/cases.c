/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Ten best cases (十佳案例): entries with the marks of seven judges. The mean
 * is computed from the marks, the ten from the means.
 */
#include "feature/cases/rules.h"
#include "host/ledger/feature.h"
#include "host/registry/registry.h"

enum {
    NO,
    NAME,
    UNIT,
    FIELD,
    MARK_1,
    MARK_7 = MARK_1 + CASE_JUDGES - 1,
    REMARK,
    MEAN
};

/* Those of all judges. */
#define ALL_MARKS ((AT(CASE_JUDGES) - 1) * AT(MARK_1))

#define JUDGE(n)                                                               \
    [MARK_1 + n - 1] = COLUMN(MARK, "mark_" #n, "评委" #n, "Judge " #n,        \
                              KNOWN_AS("评委" #n "打分|评委" #n "得分"),       \
                              .flags = COLUMN_INTERNAL, BY_OFFICER)

static const struct column columns[] = {
    [NO] = COLUMN(COUNT, "no", "序号", "No.", .flags = COLUMN_LISTED),
    [NAME] = COLUMN(TEXT, "name", "案例名称", "Case", KNOWN_AS("案例|案例题目"),
                    .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED |
                             COLUMN_TITLE),
    [UNIT] = COLUMN(REF, "unit", "申报单位", "Unit", REGISTRY_UNIT,
                    KNOWN_AS("报送单位|推荐单位"),
                    .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED |
                             COLUMN_MAKES | COLUMN_FILTER | COLUMN_OWNER),
    [FIELD] =
        COLUMN(CHOICE, "field", "领域", "Field", CHOICES(registry_work_fields),
               .flags = COLUMN_LISTED | COLUMN_FILTER),
    JUDGE(1),
    JUDGE(2),
    JUDGE(3),
    JUDGE(4),
    JUDGE(5),
    JUDGE(6),
    JUDGE(7),
    [REMARK] = COLUMN(TEXT, "remark", "备注", "Remarks"),
    [MEAN] = COLUMN(MARK, "mean", "平均分", "Mean",
                    .flags = COLUMN_DERIVED | COLUMN_LISTED),
};

/* The marks that are there; returns how many. */
static size_t marks_of(const struct ledger_row *row, int64_t marks[CASE_JUDGES])
{
    size_t n = 0;

    for (size_t i = MARK_1; i <= MARK_7; i++)
        if (row_has(row, i))
            marks[n++] = row_int(row, i);
    return n;
}

static void derive_mean(struct mem *m, struct ledger_row *row)
{
    int64_t marks[CASE_JUDGES];
    size_t n = marks_of(row, marks);

    (void)m;
    row->values[MEAN] =
        n ? INT(case_mean_rounded(case_trimmed_mean(marks, n))) : NO_INT;
}

static bool count_judged(struct scope in, const struct ledger_row *row,
                         struct record *ret)
{
    int64_t marks[CASE_JUDGES];
    size_t n = marks_of(row, marks);

    (void)in;
    ret->rank = case_rank(marks, n);
    return n > 0;
}

static const struct policy policies[] = {
    POLICY("cases.seats", "入选案例数", "Cases to be selected", 10, 1, 100),
};

static struct seats best_seats(struct scope in, int32_t year, int64_t total)
{
    (void)total;
    return (struct seats){ policy_read(in, year, S("cases.seats")), 1 };
}

static const struct record_kind kinds[] = {
    RECORD("cases.entry"),
    RECORD("cases.judged", .of = count_judged, .looks_at = ALL_MARKS,
           .points = case_points,
           .points_label = TEXT_INIT("去高去低平均分", "Trimmed mean")),
};

static const struct ledger entry = {
    .feature = S_INIT("cases"),
    .noun = S_INIT("entry"),
    .label = TEXT_INIT("案例评审", "Case entries"),
    .unit = TEXT_INIT("个", "entries"),
    .about = TEXT_INIT("各单位申报的机关党建工作案例和评委打分。",
                       "Cases that units handed in, and the judges' marks."),
    LIST(columns),
    .open = true,
    LIST(kinds),
    .derive = derive_mean,
};

static const struct figure figures[] = {
    FIGURE(COUNT, "cases.entries", "cases.entry", "申报案例", "Cases handed in",
           .rule = TEXT_INIT("本年度申报的案例，每个计一次，作废的不计。",
                             "Cases handed in this year, each counted once; "
                             "voided rows do not count."),
           .unit = TEXT_INIT("个", "cases")),
    FIGURE(
        SEATS, "cases.ten_best", "cases.judged", "十佳案例", "Ten best cases",
        .rule = TEXT_INIT(
            "评委打分去掉一个最高分和一个最低分后取平均，"
            "从高到低的前 {cases.seats} 名；"
            "两位小数相同的比后面的小数，再比全部打分的平均，"
            "仍相同的名额空出。缺少的打分不按零计。",
            "The {cases.seats} highest means of the judges' marks after one "
            "highest and one lowest are dropped; ties go to further decimals, "
            "then to the mean of all marks; if still equal the seats stay "
            "empty. A missing mark is not a zero."),
        .unit = TEXT_INIT("个", "cases"), .seats = best_seats),
};

static const struct ledger *const ledgers[] = { &entry };

static const struct term terms[] = {
    TERM("评委打分", "Judges' marks",
         "每位评委各打一个分，去掉一个最高分和一个最低分后取平均。",
         "each judge gives one mark; the highest and the lowest are left out "
         "of the mean"),
};

const struct feature feature_cases = {
    .name = S_INIT("cases"),
    .label = TEXT_INIT("十佳案例", "Ten best cases"),
    .about = TEXT_INIT("征集、评审和发布机关党建工作案例",
                       "Cases of Party work: collected, judged, released"),
    .order = 4,
    LIST(ledgers),
    LIST(figures),
    LIST(policies),
    LIST(terms),
    .sentence = TEXT_INIT("{cases.entries} 个案例申报，"
                          "评出十佳 {cases.ten_best} 个",
                          "{cases.entries} cases handed in, "
                          "{cases.ten_best} among the ten best"),
};
