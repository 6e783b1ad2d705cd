/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "interchange/given_fixture.h"

TEST(the_divisions_of_the_demo_are_read)
{
    struct grid *g = fixture_grid(t, test_data(t, "demo/divisions.csv"));

    CHECK_STR(g->name, S("测试"));
    CHECK_INT(g->cols, 3);
    CHECK_STR(fixture_at(g, 1, 0), S("370212001"));
    CHECK_STR(fixture_at(g, 1, 1), S("中韩街道"));
}

TEST(csv_is_read_by_rfc_4180_with_any_line_end)
{
    struct grid *g =
        fixture_grid(t, S("a,\"b \"\"c\"\",\nd\",\r\n,2\r\"\",\"x\"\n\n"));

    CHECK_INT(g->rows, 3);
    CHECK_INT(g->cols, 2);
    CHECK_STR(fixture_at(g, 0, 1), S("b \"c\",\nd"));
    CHECK_STR(fixture_at(g, 1, 1), S("2"));
    CHECK_INT(grid_cell(g, 2, 0)->kind, CELL_EMPTY);
    CHECK_STR(fixture_at(g, 2, 1), S("x"));
}

TEST(csv_separators_are_found)
{
    CHECK_STR(fixture_at(fixture_grid(t, S("a;b,c\n1;2\n")), 0, 1), S("b,c"));
    CHECK_STR(fixture_at(fixture_grid(t, S("a,x\tb\nc,y\td\n")), 1, 1), S("d"));
    CHECK_STR(fixture_at(fixture_grid(t, S("标题\n一,二\n三,四\n")), 2, 1),
              S("四"));
    CHECK_STR(fixture_at(fixture_grid(t, S("只有一列\n下一行")), 1, 0),
              S("下一行"));
}

TEST(csv_odd_separators_are_found)
{
    static const char *const files[] = {
        "h|i\na|b,c\n",   "h|i\n\"a\"|\"b,c\"\n", "标题\nh，i\na，\"b,c\"\n",
        "h；i\na；b,c\n", "h｜i\na｜b,c\n",
    };

    for (size_t i = 0; i < COUNT(files); i++) {
        struct grid *g = fixture_grid(t, str_from(files[i]));

        CHECK_STR(fixture_at(g, g->rows - 1, 0), S("a"));
        CHECK_STR(fixture_at(g, g->rows - 1, 1), S("b,c"));
    }
}

TEST(csv_wide_signs_in_text_separate_nothing)
{
    CHECK_STR(fixture_at(fixture_grid(t, S("h,i\na，b,c；d\n")), 1, 0),
              S("a，b"));
    CHECK_STR(fixture_at(fixture_grid(t, S("只有一列\n甲\n乙\n一，二\n")), 3,
                         0),
              S("一，二"));
    CHECK_STR(fixture_at(fixture_grid(t, S("h,i\na|b,c\n")), 1, 0), S("a|b"));
}

TEST(tabs_and_line_ends_inside_quotes_do_not_separate)
{
    struct grid *g =
        fixture_grid(t, S("h,h\r\n\"$\t\n\n\t\"\"x\",\"\"\"\"\r\n"));

    CHECK_INT(g->rows, 2);
    CHECK_STR(fixture_at(g, 1, 0), S("$\t\n\n\t\"x"));
    CHECK_STR(fixture_at(g, 1, 1), S("\""));
}

TEST(pasted_cells_keep_stray_quotation_marks)
{
    struct grid *g = fixture_grid(t, S("\"双领\"项目\t5\"\n\"x\t2\n"));

    CHECK_STR(fixture_at(g, 0, 0), S("\"双领\"项目"));
    CHECK_STR(fixture_at(g, 0, 1), S("5\""));
    CHECK_STR(fixture_at(g, 1, 0), S("\"x"));
    CHECK_STR(fixture_at(g, 1, 1), S("2"));
}

TEST(csv_encodings_are_recognised)
{
    /* 项目,𠮷: GB18030 has four bytes for the second. */
    CHECK_STR(fixture_at(fixture_grid(t,
                                      S("\xcf\xee\xc4\xbf,\x95\x34\xb2\x35")),
                         0, 1),
              S("𠮷"));
    CHECK_STR(fixture_at(fixture_grid(t, S("\xef\xbb\xbf项目,b")), 0, 0),
              S("项目"));
    CHECK_STR(fixture_at(fixture_grid(t, S("\xff\xfe"
                                           "a\0\t\0\x79\x98\n\0")),
                         0, 1),
              S("项"));
    CHECK_STR(fixture_at(fixture_grid(t, S("\xfe\xff\x98\x79")), 0, 0),
              S("项"));
}

TEST(the_formula_guard_is_taken_off_once)
{
    struct grid *g =
        fixture_grid(t, S("'=1+1,'-5,''=x,'abc,-5\n'@a,'+b,\"'\tc\",','''\n"));

    CHECK_STR(fixture_at(g, 0, 0), S("=1+1"));
    CHECK_STR(fixture_at(g, 0, 1), S("-5"));
    CHECK_STR(fixture_at(g, 0, 2), S("'=x"));
    CHECK_STR(fixture_at(g, 0, 3), S("abc"));
    CHECK_STR(fixture_at(g, 0, 4), S("-5"));
    CHECK_STR(fixture_at(g, 1, 2), S("\tc"));
    CHECK_STR(fixture_at(g, 1, 3), S("'"));
    CHECK_STR(fixture_at(g, 1, 4), S("'''"));
}

/* Every field of the file says 序号 or, below, 001. */
static void check_guarded(struct test *t, const char *head, const char *row)
{
    struct grid *g = fixture_grid(t, str_fmt(t->mem, "%s,%s,%s\r\n%s,%s,%s\r\n",
                                             head, head, head, row, row, row));

    NEED_INT(g->rows, 2);
    CHECK_INT(g->cols, 3);
    for (size_t col = 0; col < 3; col++) {
        CHECK_STR(fixture_at(g, 0, col), S("序号"));
        CHECK_STR(fixture_at(g, 1, col), S("001"));
    }
}

TEST(guards_of_other_systems_are_taken_off)
{
    check_guarded(t, "序号\t", "001\t");
    check_guarded(t, "\t序号", "\t001");
    check_guarded(t, "\t序号\t\t", "\t001");
    check_guarded(t, "\"序号\t\"", "\"\t001\"");
    check_guarded(t, "\"序号\"\t", "\t\"001\"");
    check_guarded(t, "=\"序号\"", "=\"001\"");
    check_guarded(t, "\"=\"\"序号\"\"\"", "\"=\"\"001\"\"\"");
    check_guarded(t, "=\"序号\"\t", "=\"001\"\t");
    check_guarded(t, "'序号", "'001");
    check_guarded(t, "`序号", "`001");
    check_guarded(t, "序号", "\"'001\t\"");
}

TEST(guards_leave_what_is_no_guard)
{
    static const char *const plain[] = { "'甲'队", "`a` b",   "'",
                                         "``",     "=1+1",    "=\"a\"&\"b\"",
                                         "a'",     "=\"a\"b", "'90'甲" };

    for (size_t i = 0; i < COUNT(plain); i++)
        CHECK_STR(fixture_at(fixture_grid(t, str_from(plain[i])), 0, 0),
                  str_from(plain[i]));
    CHECK_STR(fixture_at(fixture_grid(t, S("=\"a,\"\"b\",c\n")), 0, 0),
              S("a,\"b"));
    CHECK_STR(fixture_at(fixture_grid(t, S("=\"\",c\n")), 0, 0), S(""));
    CHECK_STR(fixture_at(fixture_grid(t, S("=\"a,c\n")), 0, 1), S("c"));
}

TEST(tabs_between_fields_separate_though_commas_stand_inside)
{
    struct grid *g = fixture_grid(t, S("甲\t乙,丙\t丁\n1\t2,3\t4\n"));

    CHECK_INT(g->cols, 3);
    CHECK_STR(fixture_at(g, 1, 1), S("2,3"));
    CHECK_STR(fixture_at(fixture_grid(t, S("\t甲,\t乙\n\t,\t2\n")), 1, 1),
              S("2"));
    CHECK_STR(fixture_at(fixture_grid(t, S("甲\t;乙\t\n1\t;2\t\n")), 1, 1),
              S("2"));
}

TEST(text_that_is_no_table_is_refused)
{
    static const struct str files[] = {
        S_INIT(""),
        S_INIT("a,b\0c\n"),
        S_INIT("\xff\xfe\0\0"),
        S_INIT("\xff\xfe\x42\xd8"),
        S_INIT("\xef\xbb\xbf\xc0\x80"),
        S_INIT("a,\xff\xff\xff"),
        S_INIT("a,\"b\nc,d\n"),
        S_INIT("<html><table><tr><td>1</td></tr></table></html>"),
        S_INIT("  <?xml version=\"1.0\"?><Workbook/>"),
        S_INIT("%PDF-1.7\n"),
        S_INIT("\x89PNG\r\n"),
    };
    struct workbook w = { .n = 77 };

    for (size_t i = 0; i < COUNT(files); i++)
        CHECK_INT(fixture_read(t, files[i], &w), E_INPUT);
    CHECK_INT(w.n, 77);
}

TEST(text_keeps_to_the_limits)
{
    struct workbook w;
    struct text reason;
    struct read_limits small = read_limits_default;
    struct table_file wide = { S("a"), S("1,2,3,4,5\n") };
    struct table_file tall = { S("a"), S("1\n2\n3\n") };
    struct table_file three = { S("a"), S("一二三") };
    struct table_file four = { S("a"), S("一二三四") };

    small.columns = 4;
    CHECK_INT(workbook_read(t->mem, wide, &small, &w, &reason), E_SIZE);
    small.rows = 2;
    CHECK_INT(workbook_read(t->mem, tall, &small, &w, &reason), E_SIZE);
    small = read_limits_default;
    small.cell_text = 3;
    CHECK_INT(workbook_read(t->mem, three, &small, &w, &reason), OK);
    CHECK_INT(workbook_read(t->mem, four, &small, &w, &reason), E_SIZE);
    small.cells = 2;
    CHECK_INT(workbook_read(t->mem, tall, &small, &w, &reason), E_SIZE);
    small.file_bytes = 3;
    NEED_INT(workbook_read(t->mem, tall, &small, &w, &reason), E_SIZE);
    CHECK(str_find(reason.zh, S("请")) != SIZE_MAX);
}
