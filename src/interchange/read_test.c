/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "interchange/given_fixture.h"

#include "base/utf8.h"

#include <string.h>

static const struct cell *cell(const struct grid *g, size_t row, size_t col)
{
    return grid_cell(g, row, col);
}

TEST(the_demo_workbook_is_read_with_all_its_sheets)
{
    static const struct {
        const char *name;
        size_t rows, cols;
    } want[] = {
        { "双领项目", 59, 15 },  { "党支部星级评定", 164, 8 },
        { "志愿服务队", 61, 7 }, { "结对共建项目", 106, 12 },
        { "科普资源", 24, 6 },   { "科普志愿者", 37, 7 },
        { "科普活动", 21, 15 },  { "案例评审", 29, 12 },
        { "书香机关", 26, 6 },   { "班主任节", 62, 5 },
    };
    struct workbook w = { .n = 0 };

    CHECK_INT(fixture_read(t, test_data(t, "demo/ledgers.xlsx"), &w), OK);
    NEED_INT(w.n, COUNT(want));
    for (size_t i = 0; i < COUNT(want); i++) {
        CHECK_STR(w.grids[i].name, str_from(want[i].name));
        CHECK_INT(w.grids[i].rows, want[i].rows);
        CHECK_INT(w.grids[i].cols, want[i].cols);
        CHECK_INT(w.grids[i].first_row, 1);
    }
}

TEST(the_demo_workbook_keeps_dates_numbers_and_groups)
{
    struct workbook w = { .n = 0 };
    struct grid *g;

    CHECK_INT(fixture_read(t, test_data(t, "demo/ledgers.xlsx"), &w), OK);
    NEED(w.n > 1);
    g = w.grids;
    CHECK_STR(fixture_at(g, 4, 1), S("项目招引建设"));
    CHECK(cell(g, 4, 1)->merged && !cell(g, 3, 1)->merged);
    CHECK_STR(fixture_at(g, 3, 1), S("项目招引建设"));
    CHECK_INT(cell(g, 3, 8)->kind, CELL_TEXT);
    CHECK_STR(fixture_at(g, 3, 8), S("2024-02-03"));
    CHECK_INT(cell(g, 5, 8)->kind, CELL_DATE);
    CHECK_INT(cell(g, 5, 8)->date, 20240212);
    CHECK_STR(fixture_at(g, 5, 8), S("2024-02-12"));
    CHECK_INT(cell(g, 3, 7)->kind, CELL_NUMBER);
    CHECK_STR(fixture_at(&g[1], 3, 4), S("94.8"));
    CHECK_STR(fixture_at(&g[1], 3, 6), S("77.3"));
    CHECK_STR(fixture_at(g, 0, 1), S(""));
}

TEST(a_grid_answers_outside_its_edges)
{
    struct grid g = { .rows = 0 };

    CHECK_INT(cell(&g, 0, 0)->kind, CELL_EMPTY);
    CHECK_STR(cell(&g, SIZE_MAX, SIZE_MAX)->text, S(""));
}

TEST(numbers_come_back_as_they_were_typed)
{
    static const struct {
        const char *file, *text;
        bool lossy;
    } want[] = {
        { "94.799999999999997", "94.8", false },
        { "0.10000000000000001", "0.1", false },
        { "7", "7", false },
        { "-0", "0", false },
        { "007.50", "7.5", false },
        { "1.0000000000000001E-5", "0.00001", false },
        { "1E3", "1000", false },
        { "19900007920", "19900007920", false },
        { "123456789012345", "123456789012345", false },
        { "1234567890123456", "1234567890123456", true },
        { "370212199003071237", "370212199003071237", true },
        { "3.7021219900307123E+17", "370212199003071232", true },
        { "9007199254740992", "9007199254740992", true },
        { "1000000000000000", "1000000000000000", false },
        { "-1234567890123456", "-1234567890123456", true },
    };

    for (size_t i = 0; i < COUNT(want); i++) {
        struct book b = {
            .rows =
                str_fmt(t->mem, "<row><c><v>%s</v></c></row>", want[i].file).p
        };
        struct grid *g = fixture_grid(t, fixture_book(t, b));

        CHECK_INT(cell(g, 0, 0)->kind, CELL_NUMBER);
        CHECK_STR(fixture_at(g, 0, 0), str_from(want[i].text));
        CHECK_INT(cell(g, 0, 0)->lossy, want[i].lossy);
    }
}

TEST(what_is_no_number_stays_text)
{
    struct grid *g = fixture_grid(
        t,
        fixture_book(t, (struct book){
                            .rows = "<row><c><v>nan</v></c><c><v>0x10</v></c>"
                                    "<c><v>1e999</v></c><c><v>1-2</v></c>"
                                    "<c><v>-</v></c></row>" }));

    for (size_t i = 0; i < 5; i++)
        CHECK_INT(cell(g, 0, i)->kind, CELL_TEXT);
    CHECK_STR(fixture_at(g, 0, 1), S("0x10"));
}

/* One number under one format, built in (code NULL) or custom. */
static const struct cell *styled(struct test *t, int id, const char *code,
                                 const char *number)
{
    struct book b = {
        .rows =
            str_fmt(t->mem, "<row><c s=\"1\"><v>%s</v></c></row>", number).p,
        .styles = str_fmt(t->mem,
                          "<xf numFmtId=\"0\"/>"
                          "<xf numFmtId=\"%d\"/>",
                          id)
                      .p
    };

    if (code)
        b.formats =
            str_fmt(t->mem, "<numFmt numFmtId=\"%d\" formatCode=\"%s\"/>", id,
                    code)
                .p;
    return cell(fixture_grid(t, fixture_book(t, b)), 0, 0);
}

TEST(dates_are_told_by_their_number_format)
{
    static const int ids[] = { 14, 15, 16, 17, 22, 27, 31, 36, 50, 58 };
    static const char *const codes[] = {
        "yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;",
        "yyyy\\-mm\\-dd",
        "[$-804]yyyy/m/d;@",
        "m/d",
        "yyyy-mm-dd hh:mm",
        "[Red]d",
    };

    for (size_t i = 0; i < COUNT(ids); i++)
        CHECK_INT(styled(t, ids[i], NULL, "45325")->date, 20240203);
    for (size_t i = 0; i < COUNT(codes); i++) {
        const struct cell *c = styled(t, 164, codes[i], "45325.5");

        CHECK_INT(c->kind, CELL_DATE);
        CHECK_STR(c->text, S("2024-02-03"));
    }
}

TEST(formats_that_only_look_like_dates_are_numbers)
{
    static const char *const codes[] = {
        "0&quot;-&quot;",    "[Red]0.00", "0\\-",   "_d0",     "General",
        "#,##0;[Red]-#,##0", "0.00E+00",  "0;yyyy", "&quot;y", "[d",
    };

    for (size_t i = 0; i < COUNT(codes); i++)
        CHECK_INT(styled(t, 164, codes[i], "45325")->kind, CELL_NUMBER);
    CHECK_INT(styled(t, 11, NULL, "45325")->kind, CELL_NUMBER);
    CHECK_INT(styled(t, 14, NULL, "60")->kind, CELL_NUMBER);
    CHECK_INT(styled(t, 14, NULL, "-1")->kind, CELL_NUMBER);
    CHECK_INT(styled(t, 14, NULL, "9999999")->kind, CELL_NUMBER);
}

TEST(times_are_text)
{
    CHECK_STR(styled(t, 20, NULL, "0.39583333333333331")->text, S("09:30"));
    CHECK_INT(styled(t, 20, NULL, "0.5")->kind, CELL_TEXT);
    CHECK_STR(styled(t, 22, NULL, "0.5")->text, S("12:00"));
    CHECK_STR(styled(t, 46, NULL, "1.0625")->text, S("25:30"));
    CHECK_STR(styled(t, 164, "h:mm AM/PM", "0.75")->text, S("18:00"));
    CHECK_STR(styled(t, 164, "[h]:mm", "2")->text, S("48:00"));
}

TEST(percentages_are_text)
{
    CHECK_STR(styled(t, 9, NULL, "0.95")->text, S("95%"));
    CHECK_INT(styled(t, 9, NULL, "0.95")->kind, CELL_TEXT);
    CHECK_STR(styled(t, 10, NULL, "0.92800000000000005")->text, S("92.8%"));
    CHECK_STR(styled(t, 164, "0.0%", "0.285")->text, S("28.5%"));
    CHECK_STR(styled(t, 164, "0%;[Red]-0%", "0")->text, S("0%"));
    CHECK_STR(styled(t, 164, "0.00%", "1.2")->text, S("120%"));
    CHECK_STR(styled(t, 164, "0&quot;%&quot;", "95")->text, S("95%"));
    CHECK_STR(styled(t, 164, "0\\%", "95")->text, S("95%"));
}

TEST(words_that_a_format_puts_behind_a_number_are_read)
{
    static const struct {
        const char *code, *number;
        struct str text;
        enum cell_kind kind;
    } cases[] = {
        { "0&quot;小时&quot;", "2", S_INIT("2小时"), CELL_TEXT },
        { "#,##0.0&quot; h&quot;", "2.5", S_INIT("2.5h"), CELL_TEXT },
        { "G/通用格式&quot;人&quot;", "12", S_INIT("12人"), CELL_TEXT },
        { "General\\万", "3", S_INIT("3万"), CELL_TEXT },
        { "0小时;[Red]-0小时", "2", S_INIT("2小时"), CELL_TEXT },
        { "0!.0,&quot;万&quot;", "12345", S_INIT("12345"), CELL_NUMBER },
        { "#,##0,", "12345", S_INIT("12345"), CELL_NUMBER },
        { "#,##0_);(#,##0)", "12345", S_INIT("12345"), CELL_NUMBER },
        { "&quot;￥&quot;#,##0.00", "12", S_INIT("12"), CELL_NUMBER },
        { "0&quot;.&quot;", "3", S_INIT("3"), CELL_NUMBER },
        { "0&quot;小时", "2", S_INIT("2"), CELL_NUMBER },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct cell *c = styled(t, 164, cases[i].code, cases[i].number);

        CHECK_STR(c->text, cases[i].text);
        CHECK_INT(c->kind, cases[i].kind);
    }
}

TEST(the_1904_calendar_is_respected)
{
    struct book b = {
        .rows = "<row><c s=\"0\"><v>43863</v></c></row>",
        .styles = "<xf numFmtId=\"14\"/>",
        .workbook = "<workbook><workbookPr date1904=\"1\"/><sheets><sheet "
                    "name=\"a\" r:id=\"rId1\" xmlns:r=\"r\"/></sheets>"
                    "</workbook>",
    };

    CHECK_INT(cell(fixture_grid(t, fixture_book(t, b)), 0, 0)->date, 20240203);
}

TEST(cells_of_every_type)
{
    struct grid *g = fixture_grid(
        t, fixture_book(
               t, (struct book){
                      .shared = "<si><t>甲</t></si><si><r><t>红</t></r><r><t "
                                "xml:space=\"preserve\"> 字</t></r><rPh><t>ho"
                                "</t></rPh></si>",
                      .rows = "<row r=\"3\"><c r=\"B3\" t=\"s\"><v>1</v></c>"
                              "<c t=\"s\"><v>0</v></c>"
                              "<c t=\"b\"><v>1</v></c><c t=\"b\"><v>0</v></c>"
                              "<c t=\"e\"><v>#N/A</v></c>"
                              "<c t=\"str\"><f>A1&amp;\"x\"</f><v>算</v></c>"
                              "<c t=\"d\"><v>2024-02-03T00:00:00</v></c>"
                              "<c t=\"inlineStr\"><is><r><t>a</t></r><rPh><t>b"
                              "</t></rPh><t>c</t></is></c></row>" }));

    CHECK_INT(g->first_row, 3);
    CHECK_INT(g->rows, 1);
    CHECK_STR(fixture_at(g, 0, 1), S("红 字"));
    CHECK_STR(fixture_at(g, 0, 2), S("甲"));
    CHECK_INT(cell(g, 0, 3)->kind, CELL_BOOL);
    CHECK_STR(fixture_at(g, 0, 3), S("TRUE"));
    CHECK_STR(fixture_at(g, 0, 4), S("FALSE"));
    CHECK_INT(cell(g, 0, 5)->kind, CELL_ERROR);
    CHECK_STR(fixture_at(g, 0, 6), S("算"));
    CHECK_INT(cell(g, 0, 7)->date, 20240203);
    CHECK_STR(fixture_at(g, 0, 8), S("ac"));
}

static struct str inline_text(struct test *t, const char *xml)
{
    struct book b = { .rows = str_fmt(t->mem,
                                      "<row><c t=\"inlineStr\"><is><t>%s</t>"
                                      "</is></c></row>",
                                      xml)
                                  .p };

    return fixture_at(fixture_grid(t, fixture_book(t, b)), 0, 0);
}

static struct grid *formulas(struct test *t, const char *row,
                             const char *properties)
{
    struct book b = {
        .rows = row,
        .workbook = str_fmt(t->mem,
                            "<w xmlns:r=\"r\"><sheets><sheet name=\"a\" "
                            "r:id=\"rId1\"/></sheets>%s</w>%c",
                            properties, 0)
                        .p,
    };

    return fixture_grid(t, fixture_book(t, b));
}

TEST(a_formula_without_its_value_is_not_empty)
{
    struct grid *g = formulas(
        t,
        "<row><c><f>60*3</f></c><c><f>60*3</f><v/></c><c><f>1</f><v></v></c>"
        "<c t=\"str\"><f>A1</f></c><c><f t=\"shared\" si=\"0\"/></c></row>"
        "<row><c t=\"str\"><f>\"\"</f><v></v></c><c><f>1</f><v>180</v></c>"
        "<c><f>0</f><v>0</v></c><c><v/></c><c t=\"str\"><f>1</f><v>a</v></c>"
        "</row>",
        "");

    for (size_t col = 0; col < 5; col++) {
        CHECK_INT(cell(g, 0, col)->kind, CELL_UNCALCULATED);
        CHECK_STR(fixture_at(g, 0, col), S(""));
    }
    CHECK_INT(cell(g, 1, 0)->kind, CELL_EMPTY);
    CHECK_STR(fixture_at(g, 1, 1), S("180"));
    CHECK_STR(fixture_at(g, 1, 2), S("0"));
    CHECK_INT(cell(g, 1, 3)->kind, CELL_EMPTY);
    CHECK_STR(fixture_at(g, 1, 4), S("a"));
}

TEST(a_zero_that_waits_to_be_calculated_is_no_value)
{
    struct grid *g =
        formulas(t,
                 "<row><c><f>60*3</f><v>0</v></c><c><v>0</v></c>"
                 "<c><f>1</f><v>7</v></c></row>",
                 "<calcPr calcId=\"124519\" fullCalcOnLoad=\"1\"/>");

    CHECK_INT(cell(g, 0, 0)->kind, CELL_UNCALCULATED);
    CHECK_STR(fixture_at(g, 0, 1), S("0"));
    CHECK_STR(fixture_at(g, 0, 2), S("7"));
}

TEST(escapes_and_control_characters_are_cleaned)
{
    CHECK_STR(inline_text(t, "a_x000D__x000A_b"), S("a\nb"));
    CHECK_STR(inline_text(t, "a_x005F_x000D_b"), S("a_x000D_b"));
    CHECK_STR(inline_text(t, "_xD842__xDFB7_野"), S("𠮷野"));
    CHECK_STR(inline_text(t, "a_xD842_b_xDFB7_"), S("ab"));
    CHECK_STR(inline_text(t, "a_x0007_b_x00"), S("ab_x00"));
    CHECK_STR(inline_text(t, "_xZZZZ_"), S("_xZZZZ_"));
    CHECK_STR(inline_text(t, "a&#x202E;b&#x85;“c”—\xe2\x80\xa8"),
              S("ab“c”—\xe2\x80\xa8"));
    CHECK_STR(inline_text(t, "1&#10;2&#9;3"), S("1\n2\t3"));
}

TEST(guards_in_texts_of_a_workbook_are_taken_off)
{
    static const struct {
        const char *file, *text;
    } want[] = {
        { "'=1+1", "=1+1" },
        { "''=x", "'=x" },
        { "=&quot;007&quot;", "007" },
        { "&#9;138&#9;", "138" },
        { "`138", "138" },
        { "'138", "138" },
        { "'甲'队", "'甲'队" },
    };
    struct grid *g;

    for (size_t i = 0; i < COUNT(want); i++) {
        struct book b = {
            .shared =
                str_fmt(t->mem, "<si><t>%s</t></si>%c", want[i].file, 0).p,
            .rows = str_fmt(t->mem,
                            "<row><c t=\"s\"><v>0</v></c><c t=\"inlineStr\">"
                            "<is><t>%s</t></is></c><c t=\"str\"><f>A1</f>"
                            "<v>%s</v></c></row>%c",
                            want[i].file, want[i].file, 0)
                        .p,
        };

        g = fixture_grid(t, fixture_book(t, b));
        for (size_t col = 0; col < 3; col++)
            CHECK_STR(fixture_at(g, 0, col), str_from(want[i].text));
    }
}

TEST(references_mean_their_characters_wherever_they_stand)
{
    CHECK_STR(inline_text(t, "&#24180;&#x6708;&amp;&lt;&#60;&#38;lt;"),
              S("年月&<<&lt;"));
    CHECK_STR(inline_text(t, "<![CDATA[&#24180;]]>&#24180;"), S("&#24180;年"));
    CHECK_STR(inline_text(t, "&#134071;"), S("𠮷"));
}

TEST(references_survive_every_cut_between_blocks)
{
    struct mem *m = t->mem;
    size_t n = 40000;
    char *p = mem_raw(m, 8 * n + 1);
    struct str got;
    size_t good = 0;

    for (size_t shift = 0; shift < 9; shift++) {
        memset(p, 'x', shift);
        for (size_t i = 0; i < 20000; i++)
            memcpy(p + shift + 8 * i, "&#24180;", 8);
        p[shift + 160000] = '\0';
        got = inline_text(t, p);
        CHECK_INT(got.n, shift + 60000);
        good += utf8_length(got) == shift + 20000;
    }
    CHECK_INT(good, 9);
}

TEST(other_encodings_are_left_to_the_parser)
{
    struct str sheet = S("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>"
                         "<worksheet><sheetData><row><c t=\"inlineStr\"><is>"
                         "<t>\xe9&#24180;</t></is></c></row></sheetData>"
                         "</worksheet>");

    CHECK_STR(fixture_at(fixture_grid(t, fixture_book(t,
                                                      (struct book){
                                                          .sheet = sheet })),
                         0, 0),
              S("é年"));
}

TEST(prefixed_names_are_understood)
{
    struct str sheet =
        S("<x:worksheet xmlns:x=\"m\"><x:sheetData><x:row r=\"1\"><x:c "
          "r=\"A1\"><x:v>5</x:v></x:c></x:row></x:sheetData><x:mergeCells>"
          "<x:mergeCell ref=\"A1:A1\"/></x:mergeCells></x:worksheet>");

    CHECK_STR(fixture_at(fixture_grid(t, fixture_book(t,
                                                      (struct book){
                                                          .sheet = sheet })),
                         0, 0),
              S("5"));
}

TEST(merged_groups_are_filled_down_and_nothing_else)
{
    struct grid *g = fixture_grid(
        t, fixture_book(
               t, (struct book){
                      .rows = "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c "
                              "r=\"B1\"><v>2</v></c><c r=\"C1\"><v>8</v>"
                              "</c></row><row r=\"3\"><c r=\"C3\"><v>9</v>"
                              "</c><c r=\"A3\"><v>7</v></c></row>",
                      .after = "<mergeCells><mergeCell ref=\"A1:B1048576\"/>"
                               "<mergeCell ref=\"Z9:Z10\"/></mergeCells>" }));

    CHECK_INT(g->rows, 3);
    CHECK_STR(fixture_at(g, 0, 1), S(""));
    CHECK_STR(fixture_at(g, 1, 0), S("1"));
    CHECK_STR(fixture_at(g, 2, 0), S("1"));
    CHECK(cell(g, 2, 0)->merged && !cell(g, 0, 0)->merged);
    CHECK_INT(cell(g, 1, 1)->kind, CELL_EMPTY);
    CHECK_STR(fixture_at(g, 2, 2), S("9"));
}

/* Three columns and three rows of numbers with these ranges merged. */
static struct grid *merged(struct test *t, const char *ranges)
{
    return fixture_grid(
        t,
        fixture_book(t,
                     (struct book){
                         .rows = "<row><c><v>1</v></c><c/><c><v>3</v></c></row>"
                                 "<row><c/><c><v>5</v></c><c/></row>"
                                 "<row><c/><c><v>8</v></c><c/></row>",
                         .after = ranges }));
}

TEST(cells_know_what_they_are_merged_over)
{
    struct grid *g = merged(t, "<mergeCell ref=\"A1:B2\"/>"
                               "<mergeCell ref=\"C2:C9\"/>"
                               "<mergeCell ref=\"B3:C3\"/>");

    NEED(cell(g, 0, 0)->group && !cell(g, 0, 2)->group);
    CHECK_INT(cell(g, 1, 0)->group, cell(g, 0, 0)->group);
    CHECK_STR(grid_place(t->mem, g, g->groups[cell(g, 0, 0)->group - 1]),
              S("A1:B2"));
    CHECK_STR(grid_place(t->mem, g, g->groups[cell(g, 2, 1)->group - 1]),
              S("B3:C3"));
    CHECK_INT(cell(g, 2, 0)->group, 0);
    CHECK_STR(grid_place(t->mem, g, (struct range){ 9, 25, 99, 26 }),
              S("Z10:AA100"));
    CHECK_STR(grid_place(t->mem, g, (struct range){ 0, 255, 0, 702 }),
              S("IV1:AAA1"));
}

TEST(whole_columns_and_rows_are_merged_as_far_as_the_sheet_goes)
{
    struct grid *g = merged(t, "<mergeCell ref=\"A:A\"/>");

    CHECK_INT(g->rows, 3);
    CHECK_INT(g->cols, 3);
    CHECK_STR(fixture_at(g, 2, 0), S("1"));
    CHECK_STR(fixture_at(g, 2, 1), S("8"));
    g = merged(t, "<mergeCell ref=\"1:1\"/><mergeCell ref=\"J:J\"/>"
                  "<mergeCell ref=\"B:XFD\"/><mergeCell ref=\"9:12\"/>");
    CHECK_STR(fixture_at(g, 0, 0), S("1"));
    CHECK_STR(fixture_at(g, 0, 2), S(""));
    g = merged(t, "<mergeCell ref=\"J\"/><mergeCell ref=\"J9\"/>");
    CHECK_STR(fixture_at(g, 1, 1), S("5"));
}

TEST(charts_are_skipped_and_hidden_sheets_are_read)
{
    struct book b = {
        .rows = "<row><c><v>1</v></c></row>",
        .workbook = "<workbook xmlns:r=\"r\"><sheets><sheet name=\"图\" "
                    "r:id=\"c\"/><sheet name=\"藏\" state=\"veryHidden\" "
                    "r:id=\"h\"/></sheets></workbook>",
        .relations = "<Relationships><Relationship Id=\"c\" "
                     "Type=\"x/chartsheet\" Target=\"chart.xml\"/>"
                     "<Relationship Id=\"h\" Type=\"x/worksheet\" "
                     "Target=\"../xl/./WORKSHEETS/sheet1.xml\"/>"
                     "</Relationships>",
    };
    struct workbook w = { .n = 0 };

    CHECK_INT(fixture_read(t, fixture_book(t, b), &w), OK);
    NEED_INT(w.n, 1);
    CHECK_STR(w.grids[0].name, S("藏"));
    CHECK(w.grids[0].hidden);
}

TEST(hidden_rows_and_columns_are_marked)
{
    struct grid *g = fixture_grid(
        t,
        fixture_book(
            t, (struct book){
                   .sheet = S("<w><cols><col min=\"2\" max=\"2\" hidden=\"1\"/>"
                              "<col min=\"4\" max=\"16384\" width=\"0\"/>"
                              "<col min=\"1\" max=\"1\" width=\"9.5\"/></cols>"
                              "<sheetData><row/><row r=\"3\"><c><v>1</v></c>"
                              "<c><v>2</v></c><c><v>3</v></c><c><v>4</v></c>"
                              "</row><row hidden=\"1\"><c><v>2</v></c></row>"
                              "<row ht=\"0\"><c><v>3</v></c></row><row "
                              "hidden=\"0\" ht=\"0.5\"><c><v>4</v></c></row>"
                              "<row r=\"900\" hidden=\"true\"/></sheetData>"
                              "</w>") }));

    CHECK(!g->hidden);
    CHECK(!grid_row_hidden(g, 0) && grid_row_hidden(g, 1));
    CHECK(grid_row_hidden(g, 2) && !grid_row_hidden(g, 3));
    CHECK(!grid_row_hidden(g, 999));
    CHECK(!grid_col_hidden(g, 0) && grid_col_hidden(g, 1));
    CHECK(!grid_col_hidden(g, 2) && grid_col_hidden(g, 3));
    grid_show(g);
    CHECK(!grid_row_hidden(g, 1) && !grid_col_hidden(g, 1));
}

TEST(columns_beyond_the_limit_matter_only_with_content)
{
    struct workbook w;
    struct grid *g = fixture_grid(
        t, fixture_book(t, (struct book){ .rows =
                                              "<row><c r=\"A1\"><v>1</v></c><c "
                                              "r=\"XFD1\" s=\"3\"/></row><row "
                                              "r=\"1048577\"/>" }));

    CHECK_INT(g->cols, 1);
    CHECK_INT(fixture_read(t,
                           fixture_book(t,
                                        (struct book){
                                            .rows = "<row><c r=\"IW1\">"
                                                    "<v>1</v></c></row>",
                                        }),
                           &w),
              E_SIZE);
}
