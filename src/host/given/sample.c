/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * A feature for tests of the host alone, linked into no program: trees that
 * units adopt and the people who look after them. Between them the two
 * ledgers have every type of column, every role and every measure.
 */
#include "host/ledger/feature.h"
#include "host/registry/registry.h"

enum {
    NO,
    NAME,
    SPECIES,
    UNIT,
    COMMUNITY,
    PLANTED_ON,
    DUE_ON,
    MONTH,
    POST,
    PARTNERS,
    CREW,
    STATE,
    HEALTH,
    VISITS,
    VOTES,
    LIKES,
    HEARTS,
    CARE,
    REMARK,
    WORRY,
    MINUTES,
    CLOCK,
    SUBDISTRICT,
    CARED_ON,
};

static const struct choice species[] = {
    CHOICE("pine", "松树", "Pine", KNOWN_AS("松")),
    CHOICE("ginkgo", "银杏", "Ginkgo"),
    CHOICE("plum", "梅树", "Plum", KNOWN_AS("梅|梅花")),
};

static const struct choice states[] = {
    CHOICE("thriving", "茂盛", "Thriving"),
    CHOICE("ailing", "枯弱", "Ailing"),
};

static const struct column tree_columns[] = {
    [NO] = COLUMN(COUNT, "no", "序号", "No.", .flags = COLUMN_LISTED),
    [NAME] = COLUMN(TEXT, "name", "树名", "Tree", KNOWN_AS("树木名称|树的名字"),
                    .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED |
                             COLUMN_TITLE),
    [SPECIES] =
        COLUMN(CHOICE, "species", "树种", "Species", KNOWN_AS("树木种类"),
               CHOICES(species),
               .flags = COLUMN_REQUIRED | COLUMN_LISTED | COLUMN_FILTER),
    [UNIT] = COLUMN(REF, "unit", "认养单位", "Adopted by", REGISTRY_UNIT,
                    KNOWN_AS("认养方"),
                    .flags = COLUMN_REQUIRED | COLUMN_LISTED | COLUMN_MAKES |
                             COLUMN_FILTER | COLUMN_OWNER),
    [COMMUNITY] =
        COLUMN(REF, "community", "栽种社区", "Community", REGISTRY_COMMUNITY,
               WITHIN("subdistrict"), .flags = COLUMN_LISTED | COLUMN_PLACE),
    [PLANTED_ON] = COLUMN(DATE, "planted_on", "栽种日期", "Planted on",
                          KNOWN_AS("栽种时间"),
                          .flags = COLUMN_REQUIRED | COLUMN_IDENTITY |
                                   COLUMN_LISTED | COLUMN_WHEN),
    [DUE_ON] = COLUMN(DATE, "due_on", "养护期限", "Care due on",
                      .flags = COLUMN_LISTED | COLUMN_DUE),
    [MONTH] = COLUMN(COUNT, "month", "栽种月份", "Month",
                     .flags = COLUMN_DERIVED | COLUMN_LISTED),
    [POST] =
        COLUMN(TEXT, "post", "管护岗位", "Post in charge",
               .hint = TEXT_INIT("写职务，不写姓名", "the post, not a name"),
               .flags = COLUMN_INTERNAL),
    [PARTNERS] = COLUMN(TEXT, "partners", "协助单位", "Partners"),
    [CREW] = COLUMN(COUNT, "crew", "管护人数", "Crew (people)", PARTS("男|女"),
                    .unit = UNIT_PEOPLE, .max = 10000),
    [STATE] = COLUMN(CHOICE, "state", "树木状态", "State of the tree",
                     CHOICES(states)),
    [HEALTH] = COLUMN(MARK, "health", "长势评分", "Health", BY_OFFICER),
    [VISITS] = COLUMN(COUNT, "visits", "浇水人次（人次）", "Waterings",
                      KNOWN_AS("浇水"), .unit = UNIT_VISITS,
                      .flags = COLUMN_LISTED, .max = 100000),
    [VOTES] = COLUMN(COUNT, "votes", "投票数", "Votes"),
    [LIKES] = COLUMN(COUNT, "likes", "点赞数", "Likes"),
    [HEARTS] = COLUMN(COUNT, "hearts", "收藏数", "Hearts"),
    [CARE] = COLUMN(LINES, "care", "养护计划", "Care plan"),
    [REMARK] = COLUMN(TEXT, "remark", "树木备注", "Remarks on the tree"),
    [WORRY] = COLUMN(TEXT, "worry", "病虫隐患", "Worries",
                     .flags = COLUMN_INTERNAL | COLUMN_LISTED),
    [MINUTES] =
        COLUMN(COUNT, "minutes", "养护时长（分钟）", "Care time (minutes)",
               KNOWN_AS("养护时间"), .unit = UNIT_MINUTES),
    [CLOCK] = COLUMN(TEXT, "clock", "栽种钟点", "Time of day",
                     .flags = COLUMN_IDENTITY | COLUMN_CLOCK, .max = 40),
    [SUBDISTRICT] = COLUMN(REF, "subdistrict", "栽种街道", "Subdistrict",
                           REGISTRY_SUBDISTRICT),
    [CARED_ON] = COLUMN(DATE, "cared_on", "养护完成日", "Care finished on",
                        .flags = COLUMN_FINISHED),
};

static void derive_tree(struct mem *m, struct ledger_row *row)
{
    (void)m;
    row->values[MONTH] = row_has(row, PLANTED_ON)
                             ? INT(row_int(row, PLANTED_ON) / 100 % 100)
                             : NO_INT;
}

static bool check_tree(struct scope in, const struct ledger_row *row,
                       size_t *ret_column, struct text *ret_reason)
{
    (void)in;
    if (!row_has(row, DUE_ON) ||
        row_int(row, DUE_ON) >= row_int(row, PLANTED_ON))
        return true;
    *ret_column = DUE_ON;
    *ret_reason = TEXT("早于栽种日期，请核对",
                       "is before the tree was planted; check both dates");
    return false;
}

/* A tree that nobody voted on has no share of likes. */
static bool has_votes(struct scope in, const struct ledger_row *row,
                      struct record *ret)
{
    (void)in;
    (void)ret;
    return row_has(row, VOTES);
}

static bool rank_health(struct scope in, const struct ledger_row *row,
                        struct record *ret)
{
    (void)in;
    ret->rank = row_int(row, HEALTH);
    return row_has(row, HEALTH);
}

/* A rank is hundredths. */
static int64_t points_of_health(int64_t rank)
{
    return 100 * rank;
}

static const struct record_kind tree_kinds[] = {
    RECORD("sample.tree", .by = AT(SPECIES)),
    RECORD("sample.visit", .sums = AT(VISITS), .ranked = true),
    RECORD("sample.vote", .sums = AT(VOTES)),
    RECORD("sample.like", .sums = AT(LIKES) | AT(HEARTS), .of = has_votes),
    RECORD("sample.health", .of = rank_health, .looks_at = AT(HEALTH),
           .points = points_of_health,
           .points_label = TEXT_INIT("长势得分", "Health")),
};

static const struct ledger tree = {
    .feature = S_INIT("sample"),
    .noun = S_INIT("tree"),
    .label = TEXT_INIT("认养的树", "Adopted trees"),
    .unit = TEXT_INIT("棵", "trees"),
    .about = TEXT_INIT("各单位认养的树。", "The trees that units adopt."),
    LIST_OF(columns, tree_columns),
    .open = true,
    LIST_OF(kinds, tree_kinds),
    .derive = derive_tree,
    .check = check_tree,
};

enum {
    KEEPER_NAME,
    KEEPER_DUTY,
    KEEPER_COMMUNITY,
    KEEPER_PHONE,
    KEEPER_TREE,
    KEEPER_TRADE,
    KEEPER_DEPUTY,
    KEEPER_UNTIL,
    KEEPER_CONSENT
};

static const struct choice duties[] = {
    CHOICE("helper", "护树帮手", "Helper", KNOWN_AS("帮手")),
    CHOICE("warden", "护林员", "Warden"),
};

static const struct column keeper_columns[] = {
    [KEEPER_NAME] =
        COLUMN(TEXT, "name", "护树人", "Keeper",
               .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED |
                        COLUMN_PERSONAL | COLUMN_TITLE,
               .max = 40),
    [KEEPER_DUTY] =
        COLUMN(CHOICE, "duty", "护树职责", "Duty", CHOICES(duties),
               .flags = COLUMN_REQUIRED | COLUMN_LISTED | COLUMN_FILTER),
    [KEEPER_COMMUNITY] =
        COLUMN(REF, "community", "守护社区", "Community", REGISTRY_COMMUNITY,
               .flags = COLUMN_LISTED | COLUMN_FILTER | COLUMN_PLACE),
    [KEEPER_PHONE] =
        COLUMN(PHONE, "phone", "护树电话", "Telephone",
               .flags = COLUMN_IDENTITY | COLUMN_PERSONAL | COLUMN_INTERNAL),
    [KEEPER_TREE] = COLUMN(REF, "tree", "守护的树", "Tree in care",
                           .ref = S_INIT("sample.tree")),
    [KEEPER_TRADE] = COLUMN(TEXT, "trade", "护树人职业", "Trade", .max = 40),
    [KEEPER_DEPUTY] =
        COLUMN(REF, "deputy", "替班护树人", "Deputy",
               .ref = S_INIT("sample.keeper"), .flags = COLUMN_LISTED),
    [KEEPER_UNTIL] =
        COLUMN(DATE, "until", "护树至", "Keeper until", .flags = COLUMN_END),
    [KEEPER_CONSENT] =
        COLUMN(DATE, "consent", "护树人同意公开", "Keeper agreed on",
               .flags = COLUMN_CONSENT | COLUMN_INTERNAL),
};

static const struct record_kind keeper_kinds[] = {
    RECORD("sample.keeper"),
};

/* Of no unit and of no day. */
static const struct ledger keeper = {
    .feature = S_INIT("sample"),
    .noun = S_INIT("keeper"),
    .label = TEXT_INIT("护树名册", "Keepers of trees"),
    .unit = TEXT_INIT("名", "keepers"),
    .about = TEXT_INIT("照看树的人。", "The people who look after trees."),
    LIST_OF(columns, keeper_columns),
    .open = true,
    LIST_OF(kinds, keeper_kinds),
};

static const struct policy policies[] = {
    POLICY("sample.healthiest_percent", "最佳长势名额（%）",
           "Quota of the healthiest (%)", 30, 1, 100),
};

static struct seats healthiest_seats(struct scope in, int32_t year,
                                     int64_t total)
{
    int64_t percent = policy_read(in, year, S("sample.healthiest_percent"));

    return (struct seats){ total * percent / 100, 1 };
}

static const struct figure figures[] = {
    {
        .key = S_INIT("sample.trees"),
        .kind = S_INIT("sample.tree"),
        .measure = MEASURE_COUNT,
        .label = TEXT_INIT("认养树木", "Trees adopted"),
        .rule = TEXT_INIT("每棵树计一次。", "Each tree counted once."),
        .unit = TEXT_INIT("棵", "trees"),
    },
    {
        .key = S_INIT("sample.trees.pine"),
        .kind = S_INIT("sample.tree"),
        .category = S_INIT("pine"),
        .measure = MEASURE_COUNT,
        .label = TEXT_INIT("认养松树", "Pines adopted"),
        .rule = TEXT_INIT("每棵松树计一次。", "Each pine counted once."),
        .unit = TEXT_INIT("棵", "pines"),
    },
    {
        .key = S_INIT("sample.trees.ginkgo"),
        .kind = S_INIT("sample.tree"),
        .category = S_INIT("ginkgo"),
        .measure = MEASURE_COUNT,
        .label = TEXT_INIT("认养银杏", "Ginkgos adopted"),
        .rule = TEXT_INIT("每棵银杏计一次。", "Each ginkgo counted once."),
        .unit = TEXT_INIT("棵", "ginkgos"),
    },
    {
        .key = S_INIT("sample.visits"),
        .kind = S_INIT("sample.visit"),
        .measure = MEASURE_SUM,
        .label = TEXT_INIT("浇水人次", "Waterings"),
        .rule = TEXT_INIT("各棵树浇水人次之和。", "Sum of all waterings."),
        .unit = TEXT_INIT("人次", "waterings"),
    },
    FIGURE(MEDIAN, "sample.visits.median", "sample.visit", "浇水人次中位数",
           "Median of waterings",
           .rule = TEXT_INIT("各棵树浇水人次的中位数。",
                             "the median of the waterings of trees."),
           .unit = TEXT_INIT("人次", "waterings")),
    {
        .key = S_INIT("sample.praise"),
        .kind = S_INIT("sample.like"),
        .whole = S_INIT("sample.vote"),
        .measure = MEASURE_RATIO,
        .label = TEXT_INIT("点赞率", "Praise"),
        .rule = TEXT_INIT("（点赞数＋收藏数）÷投票数。",
                          "(likes + hearts) ÷ votes."),
        .unit = TEXT_INIT("", ""),
    },
    {
        .key = S_INIT("sample.healthiest"),
        .kind = S_INIT("sample.health"),
        .measure = MEASURE_SEATS,
        .label = TEXT_INIT("长势最佳", "The healthiest"),
        .rule = TEXT_INIT("长势评分最高的 {sample.healthiest_percent}%。",
                          "The best {sample.healthiest_percent}% by marks."),
        .unit = TEXT_INIT("棵", "trees"),
        .seats = healthiest_seats,
    },
    {
        .key = S_INIT("sample.keepers"),
        .kind = S_INIT("sample.keeper"),
        .measure = MEASURE_COUNT,
        .label = TEXT_INIT("护树人数", "Keepers"),
        .rule = TEXT_INIT("每名护树人计一次。", "Each keeper counted once."),
        .unit = TEXT_INIT("名", "keepers"),
    },
};

static const struct ledger *const ledgers[] = { &tree, &keeper };

static const struct term terms[] = {
    TERM("银杏", "Ginkgo", "长寿的行道树。",
         "a tree of the streets that grows old"),
};

const struct feature feature_sample = {
    .name = S_INIT("sample"),
    .label = TEXT_INIT("样例", "Sample"),
    .about = TEXT_INIT("单位认养树木", "Units adopt trees"),
    .order = 99,
    LIST(ledgers),
    LIST(figures),
    LIST(policies),
    LIST(terms),
    .sentence = TEXT_INIT("{sample.trees} 棵树", "{sample.trees} trees"),
};
