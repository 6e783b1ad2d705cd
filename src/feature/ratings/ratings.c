/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Star ratings of Party branches (五星级党组织): the scores of a year. Stars
 * are never typed; they follow from the scores, the bands and the quota.
 */
#include "feature/ratings/rules.h"
#include "host/ledger/feature.h"
#include "host/registry/registry.h"

enum { NO, UNIT, NAME, MEMBERS, SELF, DEDUCTIONS, EVALUATION, REMARK };

static const struct column columns[] = {
    [NO] = COLUMN(COUNT, "no", "序号", "No.", .flags = COLUMN_LISTED),
    [UNIT] =
        COLUMN(REF, "unit", "所属单位", "Unit", REGISTRY_UNIT, KNOWN_AS("单位"),
               .flags = COLUMN_REQUIRED | COLUMN_LISTED | COLUMN_MAKES |
                        COLUMN_FILTER | COLUMN_OWNER),
    [NAME] = COLUMN(TEXT, "name", "党支部名称", "Branch",
                    KNOWN_AS("支部名称|党组织名称"),
                    .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED |
                             COLUMN_TITLE),
    [MEMBERS] = COLUMN(COUNT, "members", "党员数（人）", "Members",
                       KNOWN_AS("党员人数"), .unit = UNIT_PEOPLE,
                       .flags = COLUMN_INTERNAL, .max = 100000),
    [SELF] = COLUMN(MARK, "self_mark", "支部自评分", "Self-assessment",
                    KNOWN_AS("自评分|自评得分"), .flags = COLUMN_INTERNAL),
    [DEDUCTIONS] = COLUMN(MARK, "deductions", "考核扣分", "Deductions",
                          KNOWN_AS("扣分|减分"),
                          .flags = COLUMN_LISTED | COLUMN_INTERNAL, BY_OFFICER),
    [EVALUATION] = COLUMN(MARK, "evaluation", "测评分", "Evaluation",
                          KNOWN_AS("民主测评分|测评得分"),
                          .flags = COLUMN_LISTED | COLUMN_INTERNAL, BY_OFFICER),
    /* Stars that others gave stand here, for everybody to read. */
    [REMARK] = COLUMN(TEXT, "remark", "备注", "Remarks", BY_OFFICER),
};

static const struct policy policies[] = {
    POLICY("ratings.base_percent", "基础项权重（%）",
           "Weight of the base items (%)", 70, 0, 100),
    POLICY("ratings.five_star_from", "五星级起点（分）",
           "Five stars from (points)", 90, 60, 100),
    POLICY("ratings.five_star_percent", "五星级名额（%）",
           "Five-star quota (%)", 30, 1, 100),
};

static bool is_rated(const struct ledger_row *row)
{
    return row_has(row, DEDUCTIONS) && row_has(row, EVALUATION);
}

static bool count_rating(struct scope in, const struct ledger_row *row,
                         struct record *ret)
{
    int64_t base;

    if (!is_rated(row))
        return false; /* a missing mark is not zero */
    base = policy_read(in, row->year, S("ratings.base_percent"));
    ret->rank = rating_rank(rating_composite(row_int(row, DEDUCTIONS),
                                             row_int(row, EVALUATION), base),
                            row_int(row, EVALUATION), row_int(row, DEDUCTIONS));
    return true;
}

static struct seats five_star_seats(struct scope in, int32_t year,
                                    int64_t total)
{
    int64_t percent = policy_read(in, year, S("ratings.five_star_percent"));
    int64_t from = policy_read(in, year, S("ratings.five_star_from"));

    return (struct seats){ rating_seats(total, percent),
                           rating_rank_from(100 * from) };
}

static const struct record_kind kinds[] = {
    RECORD("ratings.branch"),
    RECORD("ratings.rating", .of = count_rating,
           .looks_at = AT(DEDUCTIONS) | AT(EVALUATION), .points = rating_points,
           .points_label = TEXT_INIT("综合得分", "Composite")),
};

static const struct ledger branch = {
    .feature = S_INIT("ratings"),
    .noun = S_INIT("branch"),
    .label = TEXT_INIT("党支部星级评定", "Branch ratings"),
    .unit = TEXT_INIT("个", "branches"),
    .about = TEXT_INIT("参加年度星级评定的党支部和它们的得分。",
                       "The branches rated this year, and their scores."),
    LIST(columns),
    .open = true,
    LIST(kinds),
};

static const struct figure figures[] = {
    FIGURE(COUNT, "ratings.branches", "ratings.branch", "参评党支部",
           "Branches rated",
           .rule = TEXT_INIT(
               "本年度星级评定台账中的党支部，每个计一次，作废的不计。",
               "Branches on the year's rating ledger, each counted "
               "once; voided rows do not count."),
           .unit = TEXT_INIT("个", "branches")),
    FIGURE(SEATS, "ratings.five_star", "ratings.rating", "五星级党支部",
           "Five-star branches",
           .rule = TEXT_INIT(
               "综合得分＝（100－考核扣分）×{ratings.base_percent}%＋测评分×"
               "{100-ratings.base_percent}%，"
               "达到五星级起点（{ratings.five_star_from} 分）、"
               "且不超过参评支部的 {ratings.five_star_percent}%（向下取整）"
               "的支部。"
               "同分者测评分高的在前，再看扣分少的；仍相同的，名额空出。"
               "备注里的“市级五星级”由市里另行命名，不参与计算。",
               "Branches whose composite, (100 − deductions) × "
               "{ratings.base_percent}% + evaluation × "
               "{100-ratings.base_percent}%, is at least "
               "{ratings.five_star_from} and that fit into "
               "{ratings.five_star_percent}% of the rated branches, rounded "
               "down. Ties go to the higher evaluation, then to fewer "
               "deductions; if still equal the seats stay empty. The city's "
               "five stars (市级五星级) in the remarks are given by the city "
               "and play no part."),
           .unit = TEXT_INIT("个", "branches"), .seats = five_star_seats),
};

static const struct ledger *const ledgers[] = { &branch };

static const struct term terms[] = {
    TERM("星级评定", "Star rating", "每年按考核和测评给党支部定星级。",
         "branches are rated once a year by assessment and evaluation"),
    TERM("综合得分", "Composite score",
         "考核得分和测评得分按当年规则里的权重合成。",
         "assessment and evaluation, weighed as the policies of the year say"),
    TERM("名额", "Seats", "最多能评几个，由当年规则定；并列在线上时宁可空缺。",
         "how many there may be, by the policies of the year; a tie across "
         "the line leaves seats empty"),
};

const struct feature feature_ratings = {
    .name = S_INIT("ratings"),
    .label = TEXT_INIT("星级评定", "Star ratings"),
    .about = TEXT_INIT("党支部星级评定和擂台比武：亮进度、晒成绩、比落实",
                       "Party branches are rated and show their work"),
    .order = 3,
    LIST(ledgers),
    LIST(figures),
    LIST(policies),
    LIST(terms),
    .sentence = TEXT_INIT("{ratings.branches} 个支部参评，"
                          "{ratings.five_star} 个五星级",
                          "{ratings.branches} branches rated, "
                          "{ratings.five_star} with five stars"),
};
