/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * What the office calls its years, one name for each: a row and not a
 * setting, since the name of a year stays with it when another is shown.
 */
#include "host/registry/themes.h"

#include "host/ledger/feature.h"
#include "host/ledger/row.h"

enum { NAME, BASIS };

static const struct column columns[] = {
    [NAME] = COLUMN(TEXT, "name", "年度主题", "Theme of the year",
                    KNOWN_AS("主题年"),
                    .hint = TEXT_INIT("例如“提质争先年”，显示在首页和答卷上",
                                      "such as 提质争先年; stands on the home "
                                      "page and answer sheets"),
                    .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED |
                             COLUMN_TITLE,
                    .max = 40),
    [BASIS] = COLUMN(TEXT, "basis", "主题依据文件", "Basis document",
                     .hint = TEXT_INIT("提出这一主题的文件，可以不填",
                                       "the document that set it; may be left "
                                       "out"),
                     .flags = COLUMN_LISTED, .max = 100),
};

/* A year has one name. */
static bool check_theme(struct scope in, const struct ledger_row *row,
                        size_t *ret_column, struct text *ret_reason)
{
    struct row_walk w = row_walk_year(in, row->ledger, row->year);
    struct ledger_row *there;

    *ret_column = NAME;
    while (row_walk_next(&w, in.m, &there)) {
        if (there->id == row->id)
            continue;
        rows_end(&w.rows);
        *ret_reason =
            text_fmt(in.m, "%d 年已有主题“%.*s”；请改那一条，或先作废它",
                     "%d is \"%.*s\" already; change that one, or "
                     "void it first",
                     row->year, STR_ARG(row_title(there)));
        return false;
    }
    return true;
}

const struct ledger registry_themes = {
    .feature = S_INIT("registry"),
    .noun = S_INIT("theme"),
    .label = TEXT_INIT("年度主题", "Themes of years"),
    .unit = TEXT_INIT("个", "themes"),
    .about = TEXT_INIT("每年一个主题，由区级管理员登记。",
                       "One theme for each year, entered by a district "
                       "officer."),
    LIST(columns),
    .open = true,
    .themes = true,
    .check = check_theme,
};
