/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Workbooks by libxlsxwriter in its constant-memory mode: rows go to a draft
 * at once, a file that has lost its name. The library writes to a path only,
 * so the path is that of the spool's descriptor.
 */
#include "base/buf.h"
#include "base/date.h"
#include "base/utf8.h"
#include "interchange/guard.h"
#include "interchange/writing.h"

#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

enum {
    LAST_ROW = 1048575,
    TITLE_MAX = 31,
    TITLES_MAX = 256, /* sheets of one title */
    LIST_MAX = 240,   /* bytes: libxlsxwriter 1.1 counts characters but has
                       room for 257 bytes only */
    WIDTH = 16,
};
/* 2024-01-01: files of the same content are the same file. */
static const time_t created = 1704067200;

struct xlsx_state {
    lxw_workbook *book;
    lxw_worksheet *sheet;
    lxw_worksheet *choices; /* long lists stand here, hidden */
    lxw_col_t lists;
    lxw_format *head, *text, *date;
};

/* A name libxlsxwriter and Excel accept. */
static const char *sheet_title(struct mem *m, struct str title)
{
    struct buf *b = buf_new(m, 4 * TITLE_MAX);

    for (size_t n = 0; title.n && n < TITLE_MAX;) {
        struct str before = title;
        int32_t c = utf8_next(&title);

        /* Excel counts UTF-16 units: U+10000 and above are two. */
        n += c >= 0x10000 ? 2 : 1;
        if (c >= ' ' && !(c >= 0x7f && c < 0xa0) && n <= TITLE_MAX &&
            (c >= 0x80 || !strchr("[]:*?/\\'", c)))
            buf_put(b, utf8_first(before));
    }
    return buf_str(b).n ? str_c(m, buf_str(b)) : "Sheet1";
}

/* Also when the writer was given up half way. */
static void close_state(void *state)
{
    struct xlsx_state *x = state;

    if (x->book)
        workbook_close(x->book);
}

static void fail(struct sheet_writer *w)
{
    sheet_writer_fail(w, E_STORE,
                      TEXT("导出时没有地方存草稿。请稍后再试，或联系管理员。",
                           "There was no room for the draft of the file. Try "
                           "again later or tell the administrator."));
}

static void *xlsx_open(struct sheet_writer *w, struct str title)
{
    struct xlsx_state *x = NEW(w->m, struct xlsx_state);
    struct str drafts = spool_folder(w->to);
    lxw_workbook_options options = {
        .constant_memory = LXW_TRUE,
        .tmpdir = drafts.n ? (char *)(uintptr_t)str_c(w->m, drafts) : NULL,
    };
    lxw_doc_properties properties = { .created = created };
    int fd = spool_file(w->to);

    if (fd < 0) {
        w->err = spool_end(w->to, &w->reason);
        return x;
    }
    mem_defer(w->m, close_state, x);
    x->book =
        workbook_new_opt(str_fmt(w->m, "/proc/self/fd/%d", fd).p, &options);
    if (!x->book)
        BUG("no memory for a workbook");
    workbook_set_properties(x->book, &properties);
    x->sheet = workbook_add_worksheet(x->book, sheet_title(w->m, title));
    x->head = workbook_add_format(x->book);
    format_set_bold(x->head);
    format_set_text_wrap(x->head);
    x->text = workbook_add_format(x->book);
    format_set_num_format(x->text, "@");
    x->date = workbook_add_format(x->book);
    format_set_num_format(x->date, "yyyy-mm-dd");
    if (!x->sheet)
        fail(w);
    return x;
}

/* The choices as one list in the validation itself; NULL: too long for it. */
static const char **short_list(struct mem *m, const struct sheet_column *c)
{
    const char **list = NEW_ARRAY(m, const char *, c->choices_n + 1);
    size_t length = 0;

    for (size_t i = 0; i < c->choices_n; i++) {
        list[i] = str_c(m, c->choices[i]);
        length += c->choices[i].n + 1;
        if (str_find(c->choices[i], S(",")) != SIZE_MAX)
            return NULL;
    }
    return length <= LIST_MAX ? list : NULL;
}

/* The choices in a column of the hidden sheet; returns the reference. */
static const char *long_list(struct sheet_writer *w,
                             const struct sheet_column *c)
{
    struct xlsx_state *x = w->state;
    char from[LXW_MAX_CELL_NAME_LENGTH];
    char to[LXW_MAX_CELL_NAME_LENGTH];
    lxw_row_t last = (lxw_row_t)c->choices_n - 1;

    lxw_rowcol_to_cell_abs(from, 0, x->lists, true, true);
    lxw_rowcol_to_cell_abs(to, last, x->lists, true, true);
    return str_fmt(w->m, "='%s'!%s:%s", x->choices->name, from, to).p;
}

/*
 * libxlsxwriter 1.1 copies the formula of a LIST_FORMULA twice and frees one
 * copy. A custom rule it copies once, so the rule begins as that.
 */
static void add_long_list(struct sheet_writer *w, lxw_col_t col)
{
    struct xlsx_state *x = w->state;
    lxw_data_validation v = {
        .validate = LXW_VALIDATION_TYPE_CUSTOM_FORMULA,
        .value_formula = (char *)(uintptr_t)long_list(w, &w->columns[col]),
    };
    lxw_data_val_obj *rule;

    if (worksheet_data_validation_range(x->sheet, 1, col, LAST_ROW, col, &v) !=
        LXW_NO_ERROR)
        BUG("choices of column %d", (int)col);
    STAILQ_FOREACH(rule, x->sheet->data_validations, list_pointers)
    if (!STAILQ_NEXT(rule, list_pointers))
        rule->validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
    x->lists++;
}

static void add_choices(struct sheet_writer *w, lxw_col_t col)
{
    struct xlsx_state *x = w->state;
    lxw_data_validation v = { .validate = LXW_VALIDATION_TYPE_LIST };
    const char **list = short_list(w->m, &w->columns[col]);

    if (!list) {
        add_long_list(w, col);
        return;
    }
    v.value_list = (char **)list;
    if (worksheet_data_validation_range(x->sheet, 1, col, LAST_ROW, col, &v) !=
        LXW_NO_ERROR)
        BUG("choices of column %d", (int)col);
}

/* Constant memory wants rows in order, so all lists are written abreast. */
static void write_lists(struct sheet_writer *w)
{
    struct xlsx_state *x = w->state;
    size_t rows = 0;

    for (size_t i = 0; i < w->n; i++)
        if (w->columns[i].choices_n > rows && !short_list(w->m, &w->columns[i]))
            rows = w->columns[i].choices_n;
    if (rows == 0)
        return;
    x->choices = workbook_add_worksheet(x->book, "choices");
    if (!x->choices) /* the title is taken: it is the sheet's own */
        x->choices = workbook_add_worksheet(x->book, "choices 2");
    worksheet_hide(x->choices);
    for (size_t row = 0; row < rows; row++) {
        lxw_col_t list = 0;

        for (size_t i = 0; i < w->n; i++) {
            const struct sheet_column *c = &w->columns[i];

            if (c->choices_n == 0 || short_list(w->m, c))
                continue;
            if (row < c->choices_n)
                worksheet_write_string(x->choices, (lxw_row_t)row, list,
                                       str_c(w->m, c->choices[row]), NULL);
            list++;
        }
    }
}

static void xlsx_head(struct sheet_writer *w)
{
    struct xlsx_state *x = w->state;

    if (w->err != OK)
        return;
    write_lists(w);
    for (size_t i = 0; i < w->n; i++) {
        const struct sheet_column *c = &w->columns[i];
        lxw_col_t col = (lxw_col_t)i;

        worksheet_set_column(x->sheet, col, col, c->width ? c->width : WIDTH,
                             c->kind == SHEET_TEXT   ? x->text
                             : c->kind == SHEET_DATE ? x->date
                                                     : NULL);
        if (c->choices_n)
            add_choices(w, col);
    }
    worksheet_freeze_panes(x->sheet, 1, 0);
}

/* What looks like an escape of the format is escaped itself. */
static const char *escape(struct mem *m, struct str s)
{
    struct buf *b;

    if (str_find(s, S("_x")) == SIZE_MAX)
        return str_c(m, s);
    b = buf_new(m, 8 * s.n + 8);
    for (size_t i = 0; i < s.n; i++)
        if (str_starts(str_slice(s, i, s.n), S("_x")))
            buf_lit(b, "_x005F_");
        else
            buf_byte(b, s.p[i]);
    return str_c(m, buf_str(b));
}

static void xlsx_text(struct sheet_writer *w, struct str s)
{
    struct xlsx_state *x = w->state;
    lxw_error e;

    if (w->err != OK || s.n == 0)
        return;
    if (guard_needed_in_workbook(s))
        s = str_fmt(w->cell, "'%.*s", STR_ARG(s));
    e = worksheet_write_string(x->sheet, (lxw_row_t)w->row, (lxw_col_t)w->col,
                               escape(w->cell, s),
                               w->row == 0 ? x->head : x->text);
    if (e == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED)
        sheet_writer_fail(
            w, E_SIZE,
            text_fmt(w->m,
                     "第 %zu 行有内容超过 32767 个字，.xlsx 放不下。"
                     "请缩短，或导出为 .csv。",
                     "A text in row %zu has more than 32,767 characters, too "
                     "many for .xlsx. Shorten it, or export as .csv.",
                     w->row + 1));
}

static void xlsx_number(struct sheet_writer *w, struct str decimal)
{
    struct xlsx_state *x = w->state;

    if (w->err == OK)
        worksheet_write_number(x->sheet, (lxw_row_t)w->row, (lxw_col_t)w->col,
                               strtod(str_c(w->cell, decimal), NULL), NULL);
}

static void xlsx_sum(struct sheet_writer *w, struct str decimal)
{
    struct xlsx_state *x = w->state;
    char from[LXW_MAX_CELL_NAME_LENGTH];
    char to[LXW_MAX_CELL_NAME_LENGTH];

    if (w->err != OK)
        return;
    lxw_rowcol_to_cell(from, 1, (lxw_col_t)w->col);
    lxw_rowcol_to_cell(to, (lxw_row_t)w->row - 1, (lxw_col_t)w->col);
    worksheet_write_formula_num(x->sheet, (lxw_row_t)w->row, (lxw_col_t)w->col,
                                str_fmt(w->cell, "=SUM(%s:%s)", from, to).p,
                                NULL, strtod(str_c(w->cell, decimal), NULL));
}

static void xlsx_date(struct sheet_writer *w, int32_t date)
{
    struct xlsx_state *x = w->state;
    int32_t serial = date_to_days(date) + 25569;

    if (serial < 61) /* before the day that spreadsheets have too many */
        serial--;
    if (w->err == OK)
        worksheet_write_number(x->sheet, (lxw_row_t)w->row, (lxw_col_t)w->col,
                               serial, x->date);
}

static void xlsx_nothing(struct sheet_writer *w)
{
    (void)w;
}

/* The sheet is whole: its rows can be sorted, those of the sums stay. */
static void end_sheet(struct sheet_writer *w)
{
    struct xlsx_state *x = w->state;
    size_t rows = w->row - (w->sums ? 1 : 0); /* with the header */

    if (w->n)
        worksheet_autofilter(x->sheet, 0, 0,
                             (lxw_row_t)(rows > 1 ? rows - 1 : 1),
                             (lxw_col_t)(w->n - 1));
}

/* A title that is taken gets a number. */
static void xlsx_next(struct sheet_writer *w, struct str title)
{
    struct xlsx_state *x = w->state;
    lxw_worksheet *sheet = NULL;

    if (w->err != OK)
        return;
    end_sheet(w);
    for (int i = 1; !sheet && i <= TITLES_MAX; i++) {
        const char *name =
            sheet_title(w->m,
                        i == 1 ? title
                               : str_fmt(w->m, "%d %.*s", i, STR_ARG(title)));

        if (workbook_validate_sheet_name(x->book, name) == LXW_NO_ERROR)
            sheet = workbook_add_worksheet(x->book, name);
    }
    if (!sheet)
        BUG("no title for a sheet: %.*s", STR_ARG(title));
    x->sheet = sheet;
}

/*
 * The library asks nobody whether its drafts were written, and copies each
 * once more: a full disk would give a workbook that lacks rows. True: they
 * are whole, and there is room for the copy and the file.
 */
static bool drafts_are_whole(struct sheet_writer *w)
{
    struct xlsx_state *x = w->state;
    lxw_worksheet *sheet;
    size_t size = 0;

    STAILQ_FOREACH(sheet, x->book->worksheets, list_pointers)
    {
        FILE *draft = sheet->optimize_tmpfile;
        long at = fflush(draft) == 0 && !ferror(draft) ? ftell(draft) : -1;

        if (at < 0)
            return false;
        size += (size_t)at;
    }
    return spool_has_room(w->to, 2 * size);
}

static void xlsx_finish(struct sheet_writer *w)
{
    struct xlsx_state *x = w->state;
    lxw_error e;

    if (w->err == OK)
        end_sheet(w);
    if (w->err == OK && !drafts_are_whole(w))
        fail(w);
    if (!x->book)
        return;
    e = workbook_close(x->book);
    x->book = NULL;
    if (e != LXW_NO_ERROR)
        fail(w);
}

const struct sheet_driver sheet_driver_xlsx = {
    .open = xlsx_open,
    .next = xlsx_next,
    .head = xlsx_head,
    .text = xlsx_text,
    .number = xlsx_number,
    .sum = xlsx_sum,
    .date = xlsx_date,
    .empty = xlsx_nothing,
    .end_row = xlsx_nothing,
    .finish = xlsx_finish,
};
