/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * From a file that waits to a batch that stands: what it would do, what its
 * columns are, which rows are wrong, and the import itself. The preview is
 * the import's own pass without writing; a large file is compared by a job.
 */
#include "base/date.h"
#include "base/year.h"
#include "host/import/hidden.h"
#include "host/import/wrong.h"
#include "host/intake/view.h"
#include "host/intake/views/import_preview.h"

#include <string.h>

enum { SAMPLE_MAX = 60 };

#define XLSX_TYPE                                                              \
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

static const struct field once_fields[] = {
    { S_INIT("once"), FIELD_TEXT, TEXT_INIT("", ""), 0, 40 },
};
const struct form import_once_form = { once_fields, COUNT(once_fields), false };

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

/* ---- what views ask ---- */

struct str preview_header(const struct match *s, size_t col)
{
    struct str header = match_header(s, col);

    return header.n ? header : S("—");
}

struct str preview_sample(const struct match *s, size_t col)
{
    struct str text = grid_cell(s->grid, s->data_row, col)->text;
    struct str rest = text;
    size_t n = 0;

    while (rest.n && n++ < SAMPLE_MAX) {
        rest = str_slice(rest, 1, rest.n);
        while (rest.n && (rest.p[0] & 0xc0) == 0x80)
            rest = str_slice(rest, 1, rest.n);
    }
    return str_slice(text, 0, text.n - rest.n);
}

size_t preview_questions(const struct import_sheet *s)
{
    size_t n = 0;

    for (const struct import_problem *p = s->problems; p; p = p->next)
        n += p->question == IMPORT_ASKS_ALIKE;
    return n;
}

const struct column *preview_column(const struct match *s, size_t col)
{
    for (size_t i = 0; i < s->ledger->columns_n; i++)
        if (s->map[i] == col)
            return &s->ledger->columns[i];
    return NULL;
}

size_t preview_mapped(const struct match *s)
{
    size_t n = 0;

    for (size_t col = 0; col < s->grid->cols; col++)
        n += preview_column(s, col) != NULL;
    return n;
}

/* ---- the preview ---- */

static enum err no_upload(struct ctx *c)
{
    return refuse(c, E_ABSENT,
                  TEXT("没有这个文件：可能已放弃、超过七天，或不是您上传的",
                       "there is no such file: it was dropped, is older than "
                       "seven days, or is not yours"));
}

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

static int32_t this_year(const struct ctx *c)
{
    return date_year(date_of(c->now));
}

/* Compare here and now. */
static enum err compare(struct ctx *c, const struct upload *u,
                        struct import *ret)
{
    enum err e = upload_plan(c->m, u, this_year(c), ret, &c->refusal);

    if (e != OK)
        return e;
    ret->who = &c->who;
    return import_compare(ctx_scope(c), ret);
}

static enum err send_preview(struct ctx *c, const struct upload *u,
                             const struct import *im)
{
    struct preview p = {
        .upload = u,
        .im = im,
        .good = im->count[IMPORT_NEW] + im->count[IMPORT_CHANGED],
        .once = page_once(c),
    };

    p.hidden = NEW_ARRAY(c->m, struct text, im->n);
    for (size_t i = 0; i < IMPORT_STATUSES; i++)
        p.rows += im->count[i];
    for (size_t i = 0; i < im->n; i++) {
        p.sheets += match_is_taken(&im->sheets[i].match);
        p.hidden[i] = hidden_text(c->m, &im->sheets[i].match);
        p.hides |= im->sheets[i].match.grid->hidden || !text_empty(p.hidden[i]);
    }
    view_import_preview(page_body(c), &p);
    return page_send(c, &(struct page){
                            .title = TEXT("核对导入", "Check the import"),
                            .crumbs = { { TEXT("导入", "Import"),
                                          S("/import/new") } },
                        });
}

static enum err send_progress(struct ctx *c, const struct upload *u,
                              const struct import_job_view *job)
{
    struct progress_view p = { .upload = u, .job = *job };

    if (p.job.total == 0)
        p.job.total = u->rows;
    if (p.job.total)
        p.percent = p.job.done * 100 / p.job.total;
    if (job->state != IMPORT_JOB_FAILED)
        response_header(c->x, "Refresh", S("1"));
    view_import_progress(page_body(c), &p);
    return page_send(c, &(struct page){
                            .title = TEXT("正在核对", "Checking"),
                            .crumbs = { { TEXT("导入", "Import"),
                                          S("/import/new") } },
                        });
}

/*
 * What was imported is told by its batch, which counted when it was written:
 * compared again, all of it would be the same.
 */
enum err show_import(struct ctx *c)
{
    struct import_job_view job;
    struct upload u;
    struct import im;
    enum err e;

    if (!upload_load(c, ctx_id(c, 0), &u))
        return no_upload(c);
    if (u.batch)
        return see_other(c, "/import/batch/%lld", (long long)u.batch);
    if (u.rows <= IMPORT_INLINE_ROWS) {
        e = compare(c, &u, &im);
        return e ? e : send_preview(c, &u, &im);
    }
    import_job_look(c, &u, &job);
    return job.state == IMPORT_JOB_DONE ? send_preview(c, &u, job.im)
                                        : send_progress(c, &u, &job);
}

/* ---- the wrong rows ---- */

static enum err send_wrong_of(struct ctx *c, const struct upload *u,
                              const struct import *im)
{
    int64_t asked;
    struct str bytes;
    enum err e;

    if (!str_int(ctx_query(c, S("sheet")), &asked) || asked < 0)
        asked = INT64_MAX;
    e = import_wrong_file(c->m, import_wrong_sheet(im, (size_t)asked), c->lang,
                          &bytes, &c->refusal);
    if (e != OK)
        return e;
    return send_file(c, S(XLSX_TYPE),
                     str_fmt(c->m, "%.*s-%.*s.xlsx", STR_ARG(u->file),
                             STR_ARG(text_in(TEXT("错误行", "wrong rows"),
                                             c->lang))),
                     bytes);
}

enum err send_wrong(struct ctx *c)
{
    struct import_job_view job = { .state = IMPORT_JOB_NONE };
    struct upload u;
    struct import im;
    enum err e;

    if (!upload_load(c, ctx_id(c, 0), &u))
        return no_upload(c);
    if (u.rows > IMPORT_INLINE_ROWS) {
        import_job_look(c, &u, &job);
        if (job.state == IMPORT_JOB_DONE)
            return send_wrong_of(c, &u, job.im);
        return see_other(c, "/import/%lld", (long long)u.id);
    }
    e = compare(c, &u, &im);
    return e ? e : send_wrong_of(c, &u, &im);
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

/* One `map` of the form: column of the file, column of the ledger. */
static bool take_map(struct ctx *c, struct match *s, struct str value)
{
    struct str rest = value;
    struct str number;
    int64_t at;
    size_t col;

    if (!str_cut(&rest, S(" "), &number) || rest.n == 0)
        return true; /* left out */
    col = ledger_column(s->ledger, rest);
    if (!str_int(number, &at) || at < 0 || (size_t)at >= s->grid->cols ||
        col == SIZE_MAX)
        return true; /* of a form that is no longer so */
    if (s->map[col] != SIZE_MAX) {
        c->refusal =
            text_fmt(c->m, "有两栏都对应到“%.*s”，请只留一栏",
                     "two columns became \"%.*s\"; choose one",
                     STR_ARG(text_in(s->ledger->columns[col].label, c->lang)));
        return false;
    }
    s->map[col] = (size_t)at;
    return true;
}

static enum err take_columns(struct ctx *c, struct match *s)
{
    memset(s->map, 0xff, s->ledger->columns_n * sizeof(*s->map));
    for (size_t i = 0; i < c->form.count; i++)
        if (str_eq(c->form.fields[i].name, S("map")) &&
            !take_map(c, s, c->form.fields[i].value))
            return E_INPUT;
    return OK;
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
    struct upload u;
    struct import im;
    size_t sheet;
    enum err e = load_waiting(c, &u);

    if (e != OK)
        return e;
    if (ctx_field(c, S("show")).n) {
        upload_set_mapping(c, u.id, mapping_showing(c->m, u.mapping));
        import_job_forget(c, u.id);
        return see_other(c, "/import/%lld", (long long)u.id);
    }
    e = upload_plan(c->m, &u, this_year(c), &im, &c->refusal);
    if (e != OK)
        return e;
    e = take_index(c, &sheet);
    if (e == OK && sheet >= im.n)
        e = no_sheet(c);
    if (e == OK)
        e = take_sheet(c, &im.sheets[sheet].match);
    if (e == OK)
        e = take_year(c, &im.sheets[sheet].match);
    if (e != OK)
        return e;
    upload_set_mapping(c, u.id, mapping_with(c->m, u.mapping, &im, sheet));
    import_job_forget(c, u.id);
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
    if (e != OK)
        return e;
    upload_set_mapping(c, u.id, u.mapping);
    import_job_forget(c, u.id);
    return see_other(c, "/import/%lld", (long long)u.id);
}

/* ---- the import ---- */

/* Reading the workbook takes long and needs no writer. */
enum err before_apply(struct ctx *c)
{
    struct import *im = NEW(c->m, struct import);
    struct upload u;

    if (!upload_load(c, ctx_id(c, 0), &u))
        return no_upload(c);
    c->x->user = im;
    return upload_plan(c->m, &u, this_year(c), im, &c->refusal);
}

enum err post_apply(struct ctx *c)
{
    struct import *im = c->x->user;
    struct upload u;
    enum err e;

    if (!upload_load(c, ctx_id(c, 0), &u))
        return no_upload(c);
    if (u.batch == 0) {
        im->who = &c->who;
        e = import_apply(c->act, im);
        if (e != OK)
            return e;
        u.batch = c->act->batch;
        upload_set_batch(c, u.id, u.batch);
        import_job_forget(c, u.id);
    }
    return see_other(c, "/import/batch/%lld", (long long)u.batch);
}

enum err post_drop(struct ctx *c)
{
    struct upload u;

    if (!upload_load(c, ctx_id(c, 0), &u))
        return no_upload(c);
    upload_drop(c, u.id);
    import_job_forget(c, u.id);
    return see_other(c, "/import/new");
}
