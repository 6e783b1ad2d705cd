/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * What a person says of a file that waits: what its columns are, which rows
 * are the same, what a wrong cell should say. All of it is kept with the file
 * and judged again with it.
 */
#include "base/utf8.h"
#include "base/year.h"
#include "host/import/file_cell.h"
#include "host/import/remember.h"
#include "host/intake/view.h"

#include <string.h>

/* `map` comes once for every column of the file: "3 name", "3" for none. */
static const struct field mapping_fields[] = {
    { S_INIT("sheet"), FIELD_INT, TEXT_INIT("表", "Sheet"), 0, 255 },
    { S_INIT("ledger"), FIELD_TEXT, TEXT_INIT("台账", "Ledger"), 0, 100 },
    { S_INIT("year"), FIELD_TEXT, TEXT_INIT("年度", "Year"), 0, 20 },
    { S_INIT("show"), FIELD_TEXT, TEXT_INIT("隐藏的内容", "What is hidden"), 0,
      1 },
};
const struct form mapping_form = { mapping_fields, COUNT(mapping_fields),
                                   false };

/* The file while it waits: what is said once it was imported comes too late. */
static enum err load_waiting(struct ctx *c, struct upload *ret)
{
    if (!upload_load(c, ctx_id(c, 0), ret))
        return no_upload(c);
    if (ret->batch == 0)
        return OK;
    return refuse(c, E_CLASH,
                  TEXT("这个文件已经导入，不能再改；要更正请重新上传",
                       "the file was imported and is decided about; to "
                       "correct it upload it again"));
}

/* Keep what was said, and judge again. */
static enum err keep_said(struct ctx *c, const struct upload *u)
{
    if (u->mapping.n > MAPPING_MAX)
        return refuse(c, E_SIZE,
                      TEXT("改动太多，这里记不下；请下载错误行，改好后再导入",
                           "too much was corrected to be kept here; download "
                           "the wrong rows, put them right and import them"));
    upload_set_mapping(c, u->id, u->mapping);
    import_job_forget(c, u->id);
    announce(c, SAID_JUDGED);
    return OK;
}

/* ---- the mapping ---- */

static enum err no_sheet(struct ctx *c)
{
    return refuse(c, E_INPUT, TEXT("没有这张表", "there is no such sheet"));
}

/* The sheet that a form is about. */
static enum err take_index(struct ctx *c, size_t *ret)
{
    int64_t sheet;

    if (!str_int(ctx_field(c, S("sheet")), &sheet) || sheet < 0)
        return no_sheet(c);
    *ret = (size_t)sheet;
    return OK;
}

/* The same, of a file that has it. */
static enum err take_index_of(struct ctx *c, const struct import *im,
                              size_t *ret)
{
    enum err e = take_index(c, ret);

    return e == OK && *ret >= im->n ? no_sheet(c) : e;
}

static enum err refuse_two(struct ctx *c, const struct column *column)
{
    return refuse(c, E_INPUT,
                  text_fmt(c->m, "有两栏都对应到“%.*s”，请只留一栏",
                           "two columns became \"%.*s\"; choose one",
                           STR_ARG(text_in(column->label, c->lang))));
}

/*
 * One `map` of the form: column of the file, column of the ledger. Several of
 * one column are its parts, and counted in `lines`.
 */
static enum err take_map(struct ctx *c, struct match *s, struct str value,
                         size_t *lines)
{
    struct str rest = value;
    struct str number;
    int64_t at;
    size_t i;

    if (!str_cut(&rest, S(" "), &number) || rest.n == 0)
        return OK; /* left out */
    i = ledger_column(s->ledger, rest);
    if (!str_int(number, &at) || at < 0 || (size_t)at >= s->grid->cols ||
        i == SIZE_MAX || column_follows(&s->ledger->columns[i]))
        return OK; /* of a form that is no longer so */
    if (lines[i]++ &&
        !(match_has_part(s, i, (size_t)at) && match_has_part(s, i, s->map[i])))
        return refuse_two(c, &s->ledger->columns[i]);
    if (lines[i] == 1)
        s->map[i] = (size_t)at;
    return OK;
}

/* Of several parts all are added up; one alone may be the column. */
static enum err take_parts(struct ctx *c, struct match *s, const size_t *lines)
{
    for (size_t i = 0; i < s->ledger->columns_n; i++) {
        if (lines[i] > 1 && lines[i] != s->parts[i].n)
            return refuse_two(c, &s->ledger->columns[i]);
        if (lines[i] > 1)
            s->summed |= AT(i);
    }
    return OK;
}

static enum err take_columns(struct ctx *c, struct match *s)
{
    size_t lines[LEDGER_COLUMNS_MAX] = { 0 };
    enum err e = OK;

    memset(s->map, 0xff, s->ledger->columns_n * sizeof(*s->map));
    s->summed = 0;
    for (size_t i = 0; i < c->form.count && e == OK; i++)
        if (str_eq(c->form.fields[i].name, S("map")))
            e = take_map(c, s, c->form.fields[i].value, lines);
    return e ? e : take_parts(c, s, lines);
}

/* The year of the sheet; left blank, it is guessed. */
static enum err take_year(struct ctx *c, struct match *s)
{
    struct str said = ctx_field(c, S("year"));

    s->chosen_year = year_read(said);
    if (said.n == 0 ||
        (s->chosen_year >= YEAR_FIRST && s->chosen_year < YEAR_END))
        return OK;
    return refuse(c, E_INPUT,
                  TEXT("年度应为四位数的年份，例如 2024",
                       "the year must be written as 2024"));
}

/* Another ledger means another header: its columns are guessed anew. */
static enum err take_sheet(struct ctx *c, struct match *s)
{
    struct str name = ctx_field(c, S("ledger"));
    const struct ledger *l = ledger_find(name);

    if (name.n && !l)
        return refuse(c, E_INPUT,
                      TEXT("没有这个台账", "there is no such ledger"));
    if (!l)
        s->ledger = NULL;
    else if (l != s->ledger)
        match_take_as(c->m, s, l);
    else
        return take_columns(c, s);
    return OK;
}

enum err post_mapping(struct ctx *c)
{
    struct import *im = c->x->user;
    struct upload u;
    size_t sheet;
    enum err e = load_waiting(c, &u);

    if (e == OK && ctx_field(c, S("show")).n) {
        u.mapping = mapping_showing(c->m, u.mapping);
        e = keep_said(c, &u);
        return e ? e : see_other(c, "/import/%lld", (long long)u.id);
    }
    if (e == OK)
        e = take_index_of(c, im, &sheet);
    if (e == OK)
        e = take_sheet(c, &im->sheets[sheet].match);
    if (e == OK)
        e = take_year(c, &im->sheets[sheet].match);
    if (e != OK)
        return e;
    u.mapping = mapping_with(c->m, u.mapping, im, sheet);
    e = keep_said(c, &u);
    return e ? e
             : see_other(c, "/import/%lld#sheet%zu", (long long)u.id, sheet);
}

/* ---- what is remembered ---- */

static const struct field forget_fields[] = {
    { S_INIT("sheet"), FIELD_INT, TEXT_INIT("表", "Sheet"), 0, 255 },
};
const struct form forget_form = { forget_fields, COUNT(forget_fields), false };

enum err post_forget(struct ctx *c)
{
    const struct import *im = c->x->user;
    struct upload u;
    size_t sheet;
    enum err e = load_waiting(c, &u);

    if (e == OK)
        e = take_index(c, &sheet);
    if (e == OK && (sheet >= im->n || !im->sheets[sheet].match.remembered))
        e = refuse(c, E_ABSENT,
                   TEXT("这张表没有按上次的对应，不用忘",
                        "nothing of this sheet is as last time"));
    if (e != OK)
        return e;
    import_unlearn(ctx_scope(c), &im->sheets[sheet].match);
    import_job_forget(c, u.id);
    announce(c, SAID_JUDGED);
    return see_other(c, "/import/%lld#sheet%zu", (long long)u.id, sheet);
}

/* ---- answers to what only a person can tell ---- */

/* `answer` comes once for every such row: "same 14", "new 14", or blank. */
static const struct field answer_fields[] = {
    { S_INIT("sheet"), FIELD_INT, TEXT_INIT("表", "Sheet"), 0, 255 },
    { S_INIT("all"), FIELD_TEXT, TEXT_INIT("全部", "All"), 0, 4 },
    { S_INIT("register"), FIELD_TEXT, TEXT_INIT("登记", "Register"), 0, 1 },
};
const struct form answer_form = { answer_fields, COUNT(answer_fields), false };

static struct str take_answer(struct ctx *c, struct str mapping, size_t sheet,
                              struct str value)
{
    struct str word;
    int64_t row;

    if (!str_cut(&value, S(" "), &word) || !answer_read(word) ||
        !str_int(value, &row) || row < 0)
        return mapping; /* not decided yet */
    return mapping_saying(c->m, mapping, sheet, (size_t)row, answer_read(word));
}

/* What is said of single rows holds, whatever is said of all. */
static enum err take_answers(struct ctx *c, struct upload *u)
{
    enum import_answer all = answer_read(ctx_field(c, S("all")));
    size_t sheet;
    enum err e = take_index(c, &sheet);

    if (e != OK)
        return e;
    if (all)
        u->mapping = mapping_saying(c->m, u->mapping, sheet, SIZE_MAX, all);
    for (size_t i = 0; i < c->form.count; i++)
        if (str_eq(c->form.fields[i].name, S("answer")))
            u->mapping =
                take_answer(c, u->mapping, sheet, c->form.fields[i].value);
    return OK;
}

enum err post_answers(struct ctx *c)
{
    struct upload u;
    enum err e = load_waiting(c, &u);

    if (e == OK && ctx_field(c, S("register")).n)
        u.mapping = mapping_registering(c->m, u.mapping);
    else if (e == OK)
        e = take_answers(c, &u);
    if (e == OK)
        e = keep_said(c, &u);
    return e ? e : see_other(c, "/import/%lld", (long long)u.id);
}

/* ---- cells that a person sets right ---- */

/*
 * A cell is named by its place, "cell 14 3"; `back` names the one that shall
 * say again what the file says.
 */
static const struct field cells_fields[] = {
    { S_INIT("sheet"), FIELD_INT, TEXT_INIT("表", "Sheet"), 0, 255 },
    { S_INIT("back"), FIELD_TEXT, TEXT_INIT("恢复原样", "Take back"), 0, 40 },
};
const struct form cells_form = { cells_fields, COUNT(cells_fields), false };

/* "14 3"; false: it names no cell that may be corrected. */
static bool take_place(struct str place, const struct match *s, size_t *ret_row,
                       size_t *ret_col)
{
    struct str row;
    int64_t r;
    int64_t col;

    if (!str_cut(&place, S(" "), &row) || !str_int(row, &r) || r < 0 ||
        !str_int(place, &col) || col < 0)
        return false;
    *ret_row = (size_t)r;
    *ret_col = (size_t)col;
    return correctable(s, *ret_row, *ret_col);
}

/* Is the cell left as it stood on the page? */
static bool is_untouched(struct mem *m, const struct match *s, size_t row,
                         size_t col, struct str now)
{
    if (match_doubts_cell(s, row, col))
        return now.n == 0;
    return str_eq(now, file_words(m, grid_cell(s->grid, row, col)));
}

/* One input of the form. */
static enum err take_cell(struct ctx *c, struct upload *u,
                          const struct import *im, size_t sheet,
                          const struct form_field *field)
{
    const struct match *s = &im->sheets[sheet].match;
    struct correction new = { .sheet = sheet,
                              .now = str_trim(utf8_clean(c->m, field->value)) };
    const struct correction *old;
    struct str place = field->name;

    if (!str_take(&place, S("cell ")))
        return OK;
    if (!take_place(place, s, &new.row, &new.col))
        return OK; /* of a page that is no longer so */
    if (is_untouched(c->m, s, new.row, new.col, new.now))
        return OK;
    if (!utf8_plain(new.now, true) || utf8_length(new.now) > CELL_MOST)
        return refuse(c, E_INPUT,
                      text_fmt(c->m, "一格最多 %d 个字，不能有控制字符",
                               "a cell holds at most %d characters, and no "
                               "control characters",
                               CELL_MOST));
    old = correction_find(im, sheet, new.row, new.col);
    u->mapping =
        mapping_correcting(c->m, u->mapping, &new,
                           !old || !str_eq(str_trim(old->was), new.now));
    return OK;
}

static enum err take_cells(struct ctx *c, struct upload *u,
                           const struct import *im, size_t sheet)
{
    const struct match *s = &im->sheets[sheet].match;
    struct correction gone = { .sheet = sheet };
    struct str back = ctx_field(c, S("back"));
    enum err e = OK;

    if (back.n && take_place(back, s, &gone.row, &gone.col))
        u->mapping = mapping_correcting(c->m, u->mapping, &gone, false);
    for (size_t i = 0; !back.n && i < c->form.count && e == OK; i++)
        e = take_cell(c, u, im, sheet, &c->form.fields[i]);
    return e;
}

enum err post_cells(struct ctx *c)
{
    const struct import *im = c->x->user;
    struct upload u;
    size_t sheet;
    enum err e = load_waiting(c, &u);

    if (e == OK)
        e = take_index_of(c, im, &sheet);
    if (e == OK)
        e = take_cells(c, &u, im, sheet);
    if (e == OK)
        e = keep_said(c, &u);
    return e ? e : see_other(c, "/import/%lld#wrong", (long long)u.id);
}
