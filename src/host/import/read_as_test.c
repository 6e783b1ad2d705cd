/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Cells that are kept otherwise than they are written, and others. */
#include "host/given/given.h"

static const struct read_as *reading(struct import *im, const char *column)
{
    const struct import_sheet *s = given_sheet(im, "sample.tree");

    return &s->read[ledger_column(s->match.ledger, str_from(column))];
}

static void check_read(struct given *g, const char *header, const char *cell,
                       const char *column, const char *as)
{
    struct test *t = g->t;
    struct str file = str_fmt(g->m,
                              "树种,树名,认养单位,栽种日期,%s\n"
                              "松树,甲,区法院,2024-01-02,%s\n",
                              header, cell);
    struct import *im = given_plan(g, given_workbook(g, file, S("a.csv")));
    const struct read_as *r;

    given_compare(g, im);
    CHECK_INT(im->count[IMPORT_NEW], 1);
    r = reading(im, column);
    CHECK_INT(r->n, *as != '\0');
    if (r->n) {
        CHECK_INT(r->shown[0].row, 2);
        CHECK_STR(r->shown[0].file, str_from(cell));
        CHECK_STR(r->shown[0].as.zh, str_from(as));
    }
}

TEST(cells_read_as_something_else_are_told)
{
    static const struct {
        const char *header, *cell, *column, *as;
    } cases[] = {
        { "养护时长（分钟）", "2.5小时", "minutes", "150 分钟" },
        { "养护时长（分钟）", "1小时20分", "minutes", "80 分钟" },
        { "养护时长（小时）", "2", "minutes", "120 分钟" },
        { "养护时长（分钟）", "2:30", "minutes", "150 分钟" },
        { "投票数（万）", "1.5", "votes", "15000" },
        { "养护期限", "2024-12-31T23:00Z", "due_on", "2025-01-01" },
        { "树木状态", "Thriving", "state", "" },
        { "养护时长（分钟）", "90", "minutes", "" },
        { "养护时长（分钟）", "90分钟", "minutes", "" },
        { "投票数", "１２０", "votes", "" },
        { "投票数", "30.0", "votes", "" },
        { "养护期限", "2024年3月1日", "due_on", "" },
        { "养护期限", "2024/3/1", "due_on", "" },
        { "养护期限", "20240301", "due_on", "" },
        { "长势评分", "94.80", "health", "" },
        { "协助单位", "区科协", "partners", "" },
    };
    struct given *g = given(t);

    for (size_t i = 0; i < COUNT(cases); i++)
        check_read(g, cases[i].header, cases[i].cell, cases[i].column,
                   cases[i].as);
}

TEST(words_read_as_others_are_told)
{
    struct given *g = given(t);
    struct import *im = given_csv(
        g, S("树种,树名,认养单位,栽种日期,协助单位\n"
             "松,甲,区法院,2024-01-02,区科\xe2\x80\x8b协\n"
             "松树,乙,同上,2024-01-03,区科协\n梅花,丙,区法院,2024-01-04,\n"));

    CHECK_INT(reading(im, "species")->n, 2);
    CHECK_STR(reading(im, "species")->shown[1].as.en, S("Plum"));
    CHECK_INT(reading(im, "unit")->n, 1);
    CHECK_STR(reading(im, "unit")->shown[0].file, S("同上"));
    CHECK_STR(reading(im, "unit")->shown[0].as.zh, S("区法院"));
    CHECK_INT(reading(im, "partners")->n, 1);
}

TEST(the_first_of_many_cells_are_told)
{
    struct given *g = given(t);
    struct buf *b = buf_new(t->mem, 65536);
    const struct read_as *r;

    buf_lit(b, "树种,树名,认养单位,栽种日期,养护时长（小时）\n");
    for (int i = 0; i < 12; i++)
        buf_fmt(b, "松树,第%d棵,区法院,2024-01-02,%d\n", i, i + 1);
    r = reading(given_csv(g, buf_str(b)), "minutes");
    CHECK_INT(r->n, 12);
    CHECK_INT(r->shown[2].row, 4);
    CHECK_STR(r->shown[2].as.en, S("180 minutes"));
}
