/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Organisations: the district, its subdistricts and communities with their
 * statistical codes, and the units that the workbooks name. They belong to
 * no year.
 */
#include "host/registry/registry.h"

#include "host/ledger/feature.h"
#include "host/ledger/relation.h"
#include "host/registry/days.h"
#include "host/registry/themes.h"
#include "interchange/grid.h"

enum { NAME, KIND, OFFICIAL_NAME, CODE, PARENT };

const struct choice registry_work_fields[] = {
    CHOICE("investment", "项目招引建设", "Investment projects",
           KNOWN_AS("项目招引|招引建设")),
    CHOICE("city", "城市建管", "City building and upkeep",
           KNOWN_AS("城市建设管理")),
    CHOICE("green", "绿色发展", "Green development"),
    CHOICE("livelihood", "民生保障", "Livelihood"),
    CHOICE("governance", "社会治理", "Social governance"),
};

const struct choice registry_service_fields[] = {
    CHOICE("community", "社区服务", "Community service"),
    CHOICE("care", "助老助残", "Elders and disabled people"),
    CHOICE("special", "关爱特殊群体", "People in need"),
    CHOICE("education", "支教助学", "Education"),
    CHOICE("health", "卫生健康", "Health"),
    CHOICE("law", "法律服务", "Legal advice"),
    CHOICE("environment", "环境保护", "Environment"),
    CHOICE("science", "科技科普", "Science"),
    CHOICE("culture", "文化艺术", "Culture and arts"),
    CHOICE("civility", "文明风尚", "Civility"),
    CHOICE("emergency", "应急救援", "Emergency relief"),
    CHOICE("safety", "平安综治", "Public safety"),
    CHOICE("traffic", "交通引导", "Traffic guidance"),
    CHOICE("other", "其他", "Other"),
};

static const struct choice kinds[] = {
    CHOICE("district", "区", "District"),
    CHOICE("subdistrict", "街道", "Subdistrict"),
    CHOICE("community", "社区", "Community", KNOWN_AS("村")),
    CHOICE("unit", "单位", "Unit", KNOWN_AS("学校|机关")),
};

static const struct column columns[] = {
    [NAME] = COLUMN(TEXT, "name", "名称", "Name",
                    KNOWN_AS("单位名称|组织名称|机构名称"),
                    .hint = TEXT_INIT("常用的简称，例如“中韩社区”",
                                      "the short name in use"),
                    .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED |
                             COLUMN_TITLE,
                    .max = 60),
    [KIND] = COLUMN(CHOICE, "kind", "类别", "Kind", CHOICES(kinds),
                    KNOWN_AS("组织类别|机构类别"),
                    .flags = COLUMN_REQUIRED | COLUMN_LISTED | COLUMN_FILTER |
                             COLUMN_KIND),
    [OFFICIAL_NAME] = COLUMN(TEXT, "official_name", "全称", "Official name",
                             KNOWN_AS("区划名称"),
                             .flags = COLUMN_LISTED | COLUMN_ALIAS, .max = 100),
    [CODE] = COLUMN(TEXT, "code", "统计用区划代码", "Division code",
                    KNOWN_AS("区划代码|代码"),
                    .hint = TEXT_INIT("6、9 或 12 位数字", "6, 9 or 12 digits"),
                    .flags = COLUMN_LISTED | COLUMN_ALIAS, .max = 12),
    [PARENT] = COLUMN(REF, "parent", "上级", "Belongs to",
                      REFERENCE("registry.organisation"),
                      KNOWN_AS("上级单位|所属街道"), .flags = COLUMN_LISTED),
};

/* The divisions give official names and codes: name and kind follow. */
static void derive_organisation(struct mem *m, struct ledger_row *row)
{
    (void)m;
    if (!row_has(row, NAME) && row_has(row, OFFICIAL_NAME))
        row->values[NAME] =
            STR(str_without_end(str_without_end(row_str(row, OFFICIAL_NAME),
                                                S("居民委员会")),
                                S("村民委员会")));
    if (!row_has(row, NAME) || row_has(row, KIND) || !row_has(row, CODE))
        return;
    row->values[KIND] = STR(row_str(row, CODE).n == 6   ? S("district")
                            : row_str(row, CODE).n == 9 ? S("subdistrict")
                                                        : S("community"));
}

static bool is_code(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return s.n == 6 || s.n == 9 || s.n == 12;
}

/* Would it stand above itself? */
static bool goes_round(struct scope in, const struct ledger_row *row)
{
    int64_t above = row_int(row, PARENT);

    return above == row->id || org_is_below(in, above, row->id);
}

static bool check_organisation(struct scope in, const struct ledger_row *row,
                               size_t *ret_column, struct text *ret_reason)
{
    *ret_column = PARENT;
    *ret_reason = TEXT("不能是它自己，也不能是它的下级；请核对上级",
                       "cannot be the organisation itself or one below it; "
                       "check which one is above");
    if (row->id && row_has(row, PARENT) && goes_round(in, row))
        return false;
    *ret_column = CODE;
    *ret_reason = TEXT("应为 6、9 或 12 位数字", "must be 6, 9 or 12 digits");
    return !row_has(row, CODE) || is_code(row_str(row, CODE));
}

/* The divisions come without a header: code, name, code of the parent. */
static bool recognise_divisions(const struct grid *g, size_t *ret_map)
{
    for (size_t row = 0; row < g->rows; row++)
        if (!is_code(grid_cell(g, row, 0)->text) ||
            grid_cell(g, row, 1)->kind != CELL_TEXT)
            return false;
    if (g->rows == 0 || g->cols < 2)
        return false;
    ret_map[CODE] = 0;
    ret_map[OFFICIAL_NAME] = 1;
    ret_map[PARENT] = 2;
    return true;
}

static const struct ledger organisation = {
    .feature = S_INIT("registry"),
    .noun = S_INIT("organisation"),
    .label = TEXT_INIT("组织和区划", "Organisations"),
    .unit = TEXT_INIT("个", "organisations"),
    .about = TEXT_INIT("街道、社区和各单位。其他台账都从这里选。",
                       "Subdistricts, communities and units; every other "
                       "ledger chooses from these."),
    LIST(columns),
    .open = true,
    .standing = true,
    .organisations = true,
    .derive = derive_organisation,
    .check = check_organisation,
    .recognise = recognise_divisions,
};

static const struct ledger *const ledgers[] = { &organisation, &registry_days,
                                                &registry_themes };

static const struct feature_link links[] = {
    { .on = LINK_ON_ME,
      .label = TEXT_INIT("组织和区划", "Organisations"),
      .path = S_INIT("/registry/organisation"),
      .order = 2 },
    { .on = LINK_ON_ME,
      .label = TEXT_INIT("放假和调休", "Days off and make-up workdays"),
      .path = S_INIT("/registry/day"),
      .order = 2 },
    { .on = LINK_ON_ME,
      .label = TEXT_INIT("年度主题", "Themes of years"),
      .path = S_INIT("/registry/theme"),
      .order = 2 },
};

const struct feature feature_registry = {
    .name = S_INIT("registry"),
    .label = TEXT_INIT("组织", "Organisations"),
    .about = TEXT_INIT("区、街道、社区和单位", "District, subdistricts, "
                                               "communities and units"),
    LIST(ledgers),
    LIST(links),
};
