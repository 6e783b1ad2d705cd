/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "interchange/given_fixture.h"
#include "interchange/write.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static const struct str choices[] = { S_INIT("是"), S_INIT("否") };
static const struct sheet_column columns[] = {
    { S_INIT("编号"), SHEET_TEXT, 20, NULL, 0 },
    { S_INIT("人数"), SHEET_INTEGER, 0, NULL, 0 },
    { S_INIT("得分"), SHEET_DECIMAL, 0, NULL, 0 },
    { S_INIT("日期"), SHEET_DATE, 12, NULL, 0 },
    { S_INIT("完成"), SHEET_TEXT, 0, choices, COUNT(choices) },
};
static const struct str texts[] = {
    S_INIT("007"),       S_INIT("370212199003071237"),
    S_INIT("=1+1"),      S_INIT("+86"),
    S_INIT("-"),         S_INIT("@a"),
    S_INIT("'=1"),       S_INIT("'abc"),
    S_INIT("\t="),       S_INIT("a\"b\",c\nd;e\tf"),
    S_INIT("𠮷野家"),    S_INIT("_x000D_ _x0041_ __x"),
    S_INIT(" 前后 "),    S_INIT("<a>&amp;\"'"),
    S_INIT("{=A1}"),     S_INIT("http://example.org/"),
    S_INIT("\"双领\"x"), S_INIT("`x"),
    S_INIT("``"),        S_INIT("=\"5\""),
    S_INIT("''"),        S_INIT("'甲'乙"),
    S_INIT("'`x"),       S_INIT("''abc"),
    S_INIT("\tx"),
};

static struct str write_all(struct test *t, enum sheet_format f)
{
    struct spool *spool = spool_new(t->mem, NULL);
    struct sheet_writer *w =
        sheet_writer_new(t->mem, spool, f, S("双领[项目]"));
    struct text reason;

    sheet_writer_head(w, columns, COUNT(columns));
    for (size_t i = 0; i < COUNT(texts); i++) {
        sheet_writer_text(w, texts[i]);
        sheet_writer_int(w, -7);
        sheet_writer_decimal(w, 9565, 2);
        sheet_writer_date(w, 20240203);
        sheet_writer_text(w, choices[0]);
        sheet_writer_end_row(w);
    }
    sheet_writer_empty(w);
    sheet_writer_int(w, 123456789012345678);
    sheet_writer_decimal(w, -5, 2);
    sheet_writer_date(w, 0);
    sheet_writer_text(w, S("a\x01\r\nb"));
    sheet_writer_end_row(w);
    CHECK_INT(sheet_writer_finish(w, &reason), OK);
    return spool_bytes(spool);
}

static void check_all(struct test *t, const struct grid *g)
{
    size_t last = COUNT(texts) + 1;

    CHECK_INT(g->rows, last + 1);
    CHECK_STR(fixture_at(g, 0, 3), S("日期"));
    for (size_t i = 0; i < COUNT(texts); i++) {
        CHECK_STR(fixture_at(g, i + 1, 0), texts[i]);
        CHECK_INT(grid_cell(g, i + 1, 0)->kind, CELL_TEXT);
        CHECK_STR(fixture_at(g, i + 1, 1), S("-7"));
        CHECK_STR(fixture_at(g, i + 1, 2), S("95.65"));
        CHECK_STR(fixture_at(g, i + 1, 3), S("2024-02-03"));
        CHECK_STR(fixture_at(g, i + 1, 4), S("是"));
    }
    CHECK_INT(grid_cell(g, last, 0)->kind, CELL_EMPTY);
    CHECK_STR(fixture_at(g, last, 1), S("123456789012345678"));
    CHECK(!grid_cell(g, last, 1)->lossy);
    CHECK_STR(fixture_at(g, last, 2), S("-0.05"));
    CHECK_INT(grid_cell(g, last, 3)->kind, CELL_EMPTY);
    CHECK_STR(fixture_at(g, last, 4), S("a\nb"));
}

TEST(what_is_written_as_xlsx_reads_back_equal)
{
    struct grid *g = fixture_grid(t, write_all(t, SHEET_XLSX));

    check_all(t, g);
    CHECK_STR(g->name, S("双领项目"));
    CHECK_INT(grid_cell(g, 1, 1)->kind, CELL_NUMBER);
    CHECK_INT(grid_cell(g, 1, 3)->kind, CELL_DATE);
    CHECK_INT(grid_cell(g, 1, 3)->date, 20240203);
}

TEST(what_is_written_as_csv_reads_back_equal)
{
    check_all(t, fixture_grid(t, write_all(t, SHEET_CSV)));
}

TEST(csv_is_written_by_rfc_4180_with_a_guard)
{
    struct spool *spool = spool_new(t->mem, NULL);
    struct sheet_writer *w = sheet_writer_new(t->mem, spool, SHEET_CSV, S("x"));
    struct text reason;

    sheet_writer_head(w, columns, 2);
    sheet_writer_text(w, S("=a\"b"));
    sheet_writer_int(w, INT64_MIN);
    sheet_writer_end_row(w);
    sheet_writer_text(w, S("@x"));
    sheet_writer_decimal(w, 9100, 2);
    sheet_writer_end_row(w);
    CHECK_INT(sheet_writer_finish(w, &reason), OK);
    CHECK_STR(spool_bytes(spool), S("\xef\xbb\xbf编号,人数\r\n"
                                    "\"'=a\"\"b\",'-9223372036854775808\r\n"
                                    "'@x,91\r\n"));
}

TEST(the_same_table_is_the_same_file)
{
    CHECK(str_eq(write_all(t, SHEET_XLSX), write_all(t, SHEET_XLSX)));
    CHECK(str_eq(write_all(t, SHEET_CSV), write_all(t, SHEET_CSV)));
}

TEST(long_choices_stand_on_a_hidden_sheet)
{
    struct str many[100];
    struct sheet_column c[2] = {
        { S_INIT("选项"), SHEET_TEXT, 0, choices, COUNT(choices) },
        { S_INIT("街道"), SHEET_TEXT, 0, many, COUNT(many) }
    };
    struct spool *spool = spool_new(t->mem, NULL);
    struct sheet_writer *w = sheet_writer_new(t->mem, spool, SHEET_XLSX, S(""));
    struct workbook book = { .n = 0 };
    struct text reason;

    for (size_t i = 0; i < COUNT(many); i++)
        many[i] = str_fmt(t->mem, "第 %zu 个街道, 甲", i);
    sheet_writer_head(w, c, 2);
    CHECK_INT(sheet_writer_finish(w, &reason), OK);
    CHECK_INT(fixture_read(t, spool_bytes(spool), &book), OK);
    NEED_INT(book.n, 2);
    CHECK_STR(book.grids[0].name, S("Sheet1"));
    CHECK_INT(book.grids[1].rows, 100);
    CHECK_STR(fixture_at(&book.grids[1], 99, 0), many[99]);
}

TEST(a_text_too_long_for_a_workbook_is_refused_with_words)
{
    struct spool *spool = spool_new(t->mem, NULL);
    struct sheet_writer *w =
        sheet_writer_new(t->mem, spool, SHEET_XLSX, S("x"));
    char *p = mem_raw(t->mem, 40000);
    struct text reason = { .zh = { NULL, 0 } };

    memset(p, 'x', 40000);
    sheet_writer_head(w, columns, 1);
    sheet_writer_text(w, (struct str){ p, 40000 });
    sheet_writer_end_row(w);
    CHECK_INT(sheet_writer_finish(w, &reason), E_SIZE);
    CHECK(str_find(reason.zh, S("第 2 行")) != SIZE_MAX);
    CHECK_INT(spool_size(spool), 0);
}

TEST(a_writer_that_is_given_up_leaves_nothing)
{
    struct mem *m = mem_child(t->mem);
    struct spool *spool = spool_new(m, NULL);
    struct sheet_writer *w = sheet_writer_new(m, spool, SHEET_XLSX, S("x"));
    int free_fd;
    int again;

    sheet_writer_head(w, columns, 1);
    sheet_writer_text(w, S("half a row"));
    free_fd = dup(0);
    CHECK(close(free_fd) == 0);
    mem_free(m);
    again = dup(0);
    CHECK(again >= 0 && again < free_fd);
    close(again);
}

/* ---- sums below the rows ---- */

static struct str write_sums(struct test *t, enum sheet_format f, size_t rows)
{
    static const struct sheet_column heads[] = {
        { S_INIT("名称"), SHEET_TEXT, 0, NULL, 0 },
        { S_INIT("人数"), SHEET_INTEGER, 0, NULL, 0 },
    };
    struct spool *spool = spool_new(t->mem, NULL);
    struct sheet_writer *w = sheet_writer_new(t->mem, spool, f, S("合计"));
    struct text reason;

    sheet_writer_head(w, heads, COUNT(heads));
    for (size_t i = 0; i < rows; i++) {
        sheet_writer_text(w, S("甲"));
        sheet_writer_int(w, 20);
        sheet_writer_end_row(w);
    }
    sheet_writer_text(w, S("合计"));
    sheet_writer_sum(w, (int64_t)(20 * rows));
    sheet_writer_end_row(w);
    CHECK_INT(sheet_writer_finish(w, &reason), OK);
    return spool_bytes(spool);
}

TEST(a_sum_reads_back_as_its_number_in_both_formats)
{
    static const struct {
        size_t rows;
        const char *sum;
    } cases[] = { { 0, "0" }, { 1, "20" }, { 3, "60" } };

    for (size_t i = 0; i < COUNT(cases); i++)
        for (int f = SHEET_XLSX; f <= SHEET_CSV; f++) {
            struct workbook w = { 0 };
            struct text reason;
            struct str bytes = write_sums(t, f, cases[i].rows);

            NEED_INT(workbook_read(t->mem, (struct table_file){ S("a"), bytes },
                                   &read_limits_default, &w, &reason),
                     OK);
            CHECK_STR(grid_cell(&w.grids[0], cases[i].rows + 1, 1)->text,
                      str_from(cases[i].sum));
        }
}

/* One text below its header, and a sum below numbers. */
static void put_sheet(struct sheet_writer *w, const struct sheet_column *c,
                      int64_t number)
{
    sheet_writer_head(w, c, 2);
    sheet_writer_text(w, S("甲"));
    sheet_writer_int(w, number);
    sheet_writer_end_row(w);
    sheet_writer_text(w, S("合计"));
    sheet_writer_sum(w, number);
    sheet_writer_end_row(w);
}

/* Titles that are equal, alone or cut to what a name may hold, or nothing. */
TEST(a_workbook_has_several_sheets_each_with_its_own_head)
{
    static const struct sheet_column second[] = {
        { S_INIT("名称"), SHEET_TEXT, 0, NULL, 0 },
        { S_INIT("计数"), SHEET_INTEGER, 0, NULL, 0 },
    };
    static const char *const titles[] = {
        "双领",
        "[双领]",
        "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一甲",
        "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一乙",
        "",
        "[]",
    };
    struct spool *spool = spool_new(t->mem, NULL);
    struct sheet_writer *w =
        sheet_writer_new(t->mem, spool, SHEET_XLSX, S("双领"));
    struct workbook book = { 0 };
    struct text reason;

    put_sheet(w, columns, 1);
    for (size_t i = 0; i < COUNT(titles); i++) {
        sheet_writer_next(w, str_from(titles[i]));
        put_sheet(w, second, (int64_t)i + 2);
    }
    NEED_INT(sheet_writer_finish(w, &reason), OK);
    NEED_INT(workbook_read(t->mem,
                           (struct table_file){ S("a"), spool_bytes(spool) },
                           &read_limits_default, &book, &reason),
             OK);
    NEED_INT(book.n, COUNT(titles) + 1);
    CHECK_STR(fixture_at(&book.grids[0], 0, 1), S("人数"));
    CHECK_STR(fixture_at(&book.grids[2], 0, 1), S("计数"));
    for (size_t i = 0; i < book.n; i++) {
        struct grid *g = &book.grids[i];

        CHECK_INT(g->rows, 3);
        CHECK_STR(fixture_at(g, 1, 1), str_fmt(t->mem, "%zu", i + 1));
        CHECK_STR(fixture_at(g, 2, 1), str_fmt(t->mem, "%zu", i + 1));
        for (size_t k = 0; k < i; k++)
            CHECK(!str_eq(book.grids[k].name, g->name));
    }
}

/* ---- into a spool with a budget ---- */

static void put_many(struct sheet_writer *w, size_t rows)
{
    sheet_writer_head(w, columns, 2);
    for (size_t i = 0; i < rows; i++) {
        sheet_writer_text(w, S("一行接一行"));
        sheet_writer_int(w, (int64_t)(i * 7919 % 100003));
        sheet_writer_end_row(w);
    }
}

static struct spool_budget *given_budget(struct test *t)
{
    struct spool_budget *b = NEW(t->mem, struct spool_budget);

    b->folder = test_folder(t);
    b->most = 64 << 20;
    return b;
}

static struct str read_file(struct test *t, const struct spool *s)
{
    char *p = mem_raw(t->mem, spool_size(s));

    NEED(spool_fd(s) >= 0);
    NEED(pread(spool_fd(s), p, spool_size(s), 0) == (ssize_t)spool_size(s));
    return (struct str){ p, spool_size(s) };
}

TEST(a_large_table_is_the_same_in_a_file_and_needs_no_memory_for_its_rows)
{
    enum { ROWS = 60000 };
    struct spool_budget *b = given_budget(t);
    struct text reason;

    for (int f = SHEET_XLSX; f <= SHEET_CSV; f++) {
        struct mem *m = mem_child(t->mem);
        struct spool *filed = spool_new(m, b);
        struct spool *held = spool_new(t->mem, NULL);
        struct sheet_writer *w = sheet_writer_new(m, filed, f, S("多"));

        put_many(w, ROWS);
        NEED_INT(sheet_writer_finish(w, &reason), OK);
        CHECK(mem_size(m) < 1 << 20);
        w = sheet_writer_new(t->mem, held, f, S("多"));
        put_many(w, ROWS);
        NEED_INT(sheet_writer_finish(w, &reason), OK);
        CHECK(str_eq(read_file(t, filed), spool_bytes(held)));
        mem_free(m);
        CHECK_INT(b->taken, 0);
    }
}

/* The draft of the rows is what the disk cannot take. */
TEST(a_workbook_whose_draft_is_cut_is_refused_and_not_sent)
{
    struct rlimit before;
    struct rlimit small;
    struct spool_budget *b = given_budget(t);
    struct spool *spool = spool_new(t->mem, b);
    struct sheet_writer *w =
        sheet_writer_new(t->mem, spool, SHEET_XLSX, S("多"));
    struct text reason = TEXT("", "");

    signal(SIGXFSZ, SIG_IGN);
    NEED(getrlimit(RLIMIT_FSIZE, &before) == 0);
    small = (struct rlimit){ 200000, before.rlim_max };
    NEED(setrlimit(RLIMIT_FSIZE, &small) == 0);
    put_many(w, 20000);
    NEED(setrlimit(RLIMIT_FSIZE, &before) == 0);
    CHECK_INT(sheet_writer_finish(w, &reason), E_STORE);
    CHECK(reason.zh.n && reason.en.n);
    CHECK_INT(spool_fd(spool), -1);
    CHECK_INT(b->taken, 0);
}

TEST(a_workbook_without_a_folder_for_it_is_refused_with_words)
{
    struct spool_budget *b = given_budget(t);
    struct spool *spool = spool_new(t->mem, b);
    struct sheet_writer *w;
    struct text reason = TEXT("", "");

    b->folder = S("/no/such/folder");
    w = sheet_writer_new(t->mem, spool, SHEET_XLSX, S("多"));
    put_many(w, 3);
    CHECK_INT(sheet_writer_finish(w, &reason), E_STORE);
    CHECK(str_find(reason.zh, S("没有地方存放")) != SIZE_MAX);
}
