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
};

static const struct choice species[] = {
    { S_INIT("pine"), TEXT_INIT("松树", "Pine"), S_INIT("松") },
    { S_INIT("ginkgo"), TEXT_INIT("银杏", "Ginkgo"), S_INIT("") },
    { S_INIT("plum"), TEXT_INIT("梅树", "Plum"), S_INIT("梅|梅花") },
    { S_INIT(""), TEXT_INIT("", ""), S_INIT("") },
};

static const struct choice states[] = {
    { S_INIT("thriving"), TEXT_INIT("茂盛", "Thriving"), S_INIT("") },
    { S_INIT("ailing"), TEXT_INIT("枯弱", "Ailing"), S_INIT("") },
    { S_INIT(""), TEXT_INIT("", ""), S_INIT("") },
};

static const struct column tree_columns[] = {
    [NO] = {
        .key = S_INIT("no"),
        .type = COLUMN_COUNT,
        .label = TEXT_INIT("序号", "No."),
        .flags = COLUMN_LISTED,
    },
    [NAME] = {
        .key = S_INIT("name"),
        .type = COLUMN_TEXT,
        .label = TEXT_INIT("树名", "Tree"),
        .synonyms = S_INIT("树木名称|树的名字"),
        .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED |
                 COLUMN_TITLE,
    },
    [SPECIES] = {
        .key = S_INIT("species"),
        .type = COLUMN_CHOICE,
        .label = TEXT_INIT("树种", "Species"),
        .synonyms = S_INIT("树木种类"),
        .choices = species,
        .flags = COLUMN_REQUIRED | COLUMN_LISTED | COLUMN_FILTER,
    },
    [UNIT] = {
        .key = S_INIT("unit"),
        REGISTRY_UNIT,
        .label = TEXT_INIT("认养单位", "Adopted by"),
        .synonyms = S_INIT("认养方"),
        .flags = COLUMN_REQUIRED | COLUMN_LISTED | COLUMN_MAKES |
                 COLUMN_FILTER | COLUMN_OWNER,
    },
    [COMMUNITY] = {
        .key = S_INIT("community"),
        REGISTRY_COMMUNITY,
        .label = TEXT_INIT("栽种社区", "Community"),
        .flags = COLUMN_LISTED | COLUMN_PLACE,
    },
    [PLANTED_ON] = {
        .key = S_INIT("planted_on"),
        .type = COLUMN_DATE,
        .label = TEXT_INIT("栽种日期", "Planted on"),
        .synonyms = S_INIT("栽种时间"),
        .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED |
                 COLUMN_WHEN,
    },
    [DUE_ON] = {
        .key = S_INIT("due_on"),
        .type = COLUMN_DATE,
        .label = TEXT_INIT("养护期限", "Care due on"),
        .flags = COLUMN_LISTED | COLUMN_DUE,
    },
    [MONTH] = {
        .key = S_INIT("month"),
        .type = COLUMN_COUNT,
        .label = TEXT_INIT("栽种月份", "Month"),
        .flags = COLUMN_DERIVED | COLUMN_LISTED,
    },
    [POST] = {
        .key = S_INIT("post"),
        .type = COLUMN_TEXT,
        .label = TEXT_INIT("管护岗位", "Post in charge"),
        .hint = TEXT_INIT("写职务，不写姓名", "the post, not a name"),
        .flags = COLUMN_INTERNAL,
    },
    [PARTNERS] = {
        .key = S_INIT("partners"),
        .type = COLUMN_TEXT,
        .label = TEXT_INIT("协助单位", "Partners"),
    },
    [CREW] = {
        .key = S_INIT("crew"),
        .type = COLUMN_COUNT,
        .label = TEXT_INIT("管护人数", "Crew (people)"),
        .max = 10000,
    },
    [STATE] = {
        .key = S_INIT("state"),
        .type = COLUMN_CHOICE,
        .label = TEXT_INIT("树木状态", "State of the tree"),
        .choices = states,
    },
    [HEALTH] = {
        .key = S_INIT("health"),
        .type = COLUMN_MARK,
        .label = TEXT_INIT("长势评分", "Health"),
    },
    [VISITS] = {
        .key = S_INIT("visits"),
        .type = COLUMN_COUNT,
        .label = TEXT_INIT("浇水人次（人次）", "Waterings"),
        .synonyms = S_INIT("浇水"),
        .flags = COLUMN_LISTED,
        .max = 100000,
    },
    [VOTES] = {
        .key = S_INIT("votes"),
        .type = COLUMN_COUNT,
        .label = TEXT_INIT("投票数", "Votes"),
    },
    [LIKES] = {
        .key = S_INIT("likes"),
        .type = COLUMN_COUNT,
        .label = TEXT_INIT("点赞数", "Likes"),
    },
    [HEARTS] = {
        .key = S_INIT("hearts"),
        .type = COLUMN_COUNT,
        .label = TEXT_INIT("收藏数", "Hearts"),
    },
    [CARE] = {
        .key = S_INIT("care"),
        .type = COLUMN_LINES,
        .label = TEXT_INIT("养护计划", "Care plan"),
    },
    [REMARK] = {
        .key = S_INIT("remark"),
        .type = COLUMN_TEXT,
        .label = TEXT_INIT("树木备注", "Remarks on the tree"),
    },
    [WORRY] = {
        .key = S_INIT("worry"),
        .type = COLUMN_TEXT,
        .label = TEXT_INIT("病虫隐患", "Worries"),
        .flags = COLUMN_INTERNAL,
    },
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

static bool count_tree(const struct rule *rule, const struct ledger_row *row,
                       struct record *ret)
{
    (void)rule;
    ret->category = row_str(row, SPECIES);
    return true;
}

static bool count_visits(const struct rule *rule, const struct ledger_row *row,
                         struct record *ret)
{
    (void)rule;
    ret->quantity = row_int(row, VISITS);
    return row_has(row, VISITS);
}

static bool count_votes(const struct rule *rule, const struct ledger_row *row,
                        struct record *ret)
{
    (void)rule;
    ret->quantity = row_int(row, VOTES);
    return row_has(row, VOTES);
}

static bool count_likes(const struct rule *rule, const struct ledger_row *row,
                        struct record *ret)
{
    (void)rule;
    ret->quantity = row_int(row, LIKES) + row_int(row, HEARTS);
    return row_has(row, VOTES) && row_has(row, LIKES);
}

static bool rank_health(const struct rule *rule, const struct ledger_row *row,
                        struct record *ret)
{
    (void)rule;
    ret->rank = row_int(row, HEALTH);
    return row_has(row, HEALTH);
}

static const struct record_kind tree_kinds[] = {
    { S_INIT("sample.tree"), count_tree },
    { S_INIT("sample.visit"), count_visits },
    { S_INIT("sample.vote"), count_votes },
    { S_INIT("sample.like"), count_likes },
    { S_INIT("sample.health"), rank_health },
};

static const struct ledger tree = {
    .feature = S_INIT("sample"),
    .noun = S_INIT("tree"),
    .label = TEXT_INIT("认养的树", "Adopted trees"),
    .unit = TEXT_INIT("棵", "trees"),
    .about = TEXT_INIT("各单位认养的树。", "The trees that units adopt."),
    .columns = tree_columns,
    .columns_n = COUNT(tree_columns),
    .open = true,
    .kinds = tree_kinds,
    .kinds_n = COUNT(tree_kinds),
    .derive = derive_tree,
    .check = check_tree,
};

enum {
    KEEPER_NAME,
    KEEPER_DUTY,
    KEEPER_COMMUNITY,
    KEEPER_PHONE,
    KEEPER_TREE,
    KEEPER_TRADE
};

static const struct choice duties[] = {
    { S_INIT("helper"), TEXT_INIT("护树帮手", "Helper"), S_INIT("帮手") },
    { S_INIT("warden"), TEXT_INIT("护林员", "Warden"), S_INIT("") },
    { S_INIT(""), TEXT_INIT("", ""), S_INIT("") },
};

static const struct column keeper_columns[] = {
    [KEEPER_NAME] = {
        .key = S_INIT("name"),
        .type = COLUMN_TEXT,
        .label = TEXT_INIT("护树人", "Keeper"),
        .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED |
                 COLUMN_PERSONAL | COLUMN_TITLE,
        .max = 40,
    },
    [KEEPER_DUTY] = {
        .key = S_INIT("duty"),
        .type = COLUMN_CHOICE,
        .label = TEXT_INIT("护树职责", "Duty"),
        .choices = duties,
        .flags = COLUMN_REQUIRED | COLUMN_LISTED | COLUMN_FILTER,
    },
    [KEEPER_COMMUNITY] = {
        .key = S_INIT("community"),
        REGISTRY_COMMUNITY,
        .label = TEXT_INIT("守护社区", "Community"),
        .flags = COLUMN_LISTED | COLUMN_FILTER | COLUMN_PLACE,
    },
    [KEEPER_PHONE] = {
        .key = S_INIT("phone"),
        .type = COLUMN_PHONE,
        .label = TEXT_INIT("护树电话", "Telephone"),
        .flags = COLUMN_IDENTITY | COLUMN_PERSONAL | COLUMN_INTERNAL,
    },
    [KEEPER_TREE] = {
        .key = S_INIT("tree"),
        .type = COLUMN_REF,
        .ref = S_INIT("sample.tree"),
        .label = TEXT_INIT("守护的树", "Tree in care"),
    },
    [KEEPER_TRADE] = {
        .key = S_INIT("trade"),
        .type = COLUMN_TEXT,
        .label = TEXT_INIT("护树人职业", "Trade"),
        .max = 40,
    },
};

static const struct record_kind keeper_kinds[] = {
    { S_INIT("sample.keeper"), NULL },
};

/* Of no unit and of no day. */
static const struct ledger keeper = {
    .feature = S_INIT("sample"),
    .noun = S_INIT("keeper"),
    .label = TEXT_INIT("护树名册", "Keepers of trees"),
    .unit = TEXT_INIT("名", "keepers"),
    .about = TEXT_INIT("照看树的人。", "The people who look after trees."),
    .columns = keeper_columns,
    .columns_n = COUNT(keeper_columns),
    .open = true,
    .kinds = keeper_kinds,
    .kinds_n = COUNT(keeper_kinds),
};

static const struct policy policies[] = {
    { S_INIT("sample.healthiest_percent"),
      TEXT_INIT("最佳长势名额（%）", "Quota of the healthiest (%)"), 30, 1,
      100 },
};

static struct seats healthiest_seats(const struct rule *rule, int64_t total)
{
    int64_t percent = policy_read(rule->tx, rule->district, rule->year,
                                  S("sample.healthiest_percent"));

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
        .rule = TEXT_INIT("长势评分最高的一部分树。",
                          "The share of trees with the best marks."),
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

const struct feature feature_sample = {
    .name = S_INIT("sample"),
    .label = TEXT_INIT("样例", "Sample"),
    .about = TEXT_INIT("单位认养树木", "Units adopt trees"),
    .order = 99,
    LIST(ledgers),
    LIST(figures),
    LIST(policies),
    .headline = S_INIT("sample.trees"),
};
