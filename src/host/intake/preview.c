/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * From a file that waits to a batch that stands: what it would do, which
 * rows are wrong, and the import itself. The preview is the import's own pass
 * without writing; a large file is compared by a job.
 */
#include "base/date.h"
#include "host/import/hidden.h"
#include "host/import/remember.h"
#include "host/import/wrong.h"
#include "host/intake/beside.h"
#include "host/intake/view.h"
#include "host/intake/views/import_preview.h"

enum { SAMPLE_MAX = 60 };

#define XLSX_TYPE                                                              \
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

static const struct field once_fields[] = {
    { S_INIT("once"), FIELD_TEXT, TEXT_INIT("", ""), 0, 40 },
};
const struct form import_once_form = { once_fields, COUNT(once_fields), false };

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

size_t preview_faults(const struct import_sheet *s)
{
    size_t n = 0;

    for (const struct import_problem *p = s->problems; p; p = p->next)
        n += p->question != IMPORT_ASKS_ALIKE;
    return n;
}

size_t preview_readings(const struct import_sheet *s)
{
    size_t n = 0;

    for (size_t i = 0; s->read && i < s->match.ledger->columns_n; i++)
        n += s->read[i].n;
    return n;
}

struct str preview_now(const struct match *s, const struct import_problem *w)
{
    return match_doubts_cell(s, w->grid_row, w->col)
               ? S("")
               : str_trim(grid_cell(s->grid, w->grid_row, w->col)->text);
}

const struct column *preview_column(const struct match *s, size_t col)
{
    for (size_t i = 0; i < s->ledger->columns_n; i++)
        if (s->map[i] == col ||
            ((s->summed & AT(i)) && match_has_part(s, i, col)))
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

enum err no_upload(struct ctx *c)
{
    return refuse(c, E_ABSENT,
                  TEXT("没有这个文件：可能已放弃、超过七天，或不是您上传的",
                       "there is no such file: it was dropped, is older than "
                       "seven days, or is not yours"));
}

/* Compare here and now. */
static enum err compare(struct ctx *c, const struct upload *u,
                        struct import *ret)
{
    enum err e = upload_read(c, u, ret);

    if (e != OK)
        return e;
    ret->who = &c->who;
    return import_compare(ctx_scope(c), ret);
}

/* “刘慧，2024-11-07 17:02，认养.csv” */
static void put_remembered(struct ctx *c, struct preview *p, size_t i)
{
    const struct match *s = &p->im->sheets[i].match;
    const struct remembered *r = s->remembered;

    if (!r)
        return;
    p->remembered[i] = remembered_text(c->m, s);
    p->remembered_by[i] =
        str_join(c->m,
                 (struct str[]){ actor_name(c, r->actor), S(" · "),
                                 date_moment(c->m, r->at), S(" · "), r->file },
                 5);
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
    for (const struct correction *k = im->corrections; k; k = k->next)
        p.corrected++;
    for (size_t i = 0; i < IMPORT_STATUSES; i++)
        p.rows += im->count[i];
    p.remembered = NEW_ARRAY(c->m, struct text, im->n);
    p.remembered_by = NEW_ARRAY(c->m, struct str, im->n);
    for (size_t i = 0; i < im->n; i++) {
        put_remembered(c, &p, i);
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
    struct spool *to = ctx_spool(c);
    enum err e;

    if (!str_int(ctx_query(c, S("sheet")), &asked) || asked < 0)
        asked = INT64_MAX;
    e = import_wrong_file(c->m, import_wrong_sheet(im, (size_t)asked), c->lang,
                          to, &c->refusal);
    if (e != OK)
        return e;
    return send_spool(c, S(XLSX_TYPE),
                      str_fmt(c->m, "%.*s-%.*s.xlsx", STR_ARG(u->file),
                              STR_ARG(text_in(TEXT("错误行", "wrong rows"),
                                              c->lang))),
                      to);
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

/* ---- the import ---- */

enum err before_apply(struct ctx *c)
{
    struct upload u;

    if (upload_load(c, ctx_id(c, 0), &u) && beside_imports(&u))
        return OK;
    return before_read(c);
}

/* Reading the workbook takes long and needs no writer. */
enum err before_read(struct ctx *c)
{
    struct import *im = NEW(c->m, struct import);
    struct upload u;

    if (!upload_load(c, ctx_id(c, 0), &u))
        return no_upload(c);
    c->x->user = im;
    return upload_read(c, &u, im);
}

/* Of few rows, and while its sender waits. */
static enum err apply(struct ctx *c, struct upload *u)
{
    struct import *im = c->x->user;
    enum err e;

    im->who = &c->who;
    e = import_apply(c->act, im);
    if (e != OK)
        return e;
    for (size_t i = 0; i < im->n; i++)
        if (mapping_by_hand(u->mapping, i))
            import_remember(c->act, im, i);
    u->batch = c->act->batch;
    u->mapping = mapping_refusing(c->m, u->mapping, im);
    upload_set_batch(ctx_scope(c), u, u->batch);
    return OK;
}

enum err post_apply(struct ctx *c)
{
    struct upload u;
    enum err e = OK;

    if (!upload_load(c, ctx_id(c, 0), &u))
        return no_upload(c);
    if (u.batch == 0) {
        e = beside_imports(&u) ? beside_import(c, &u) : apply(c, &u);
        import_job_forget(c, u.id);
    }
    if (e != OK)
        return e;
    return see_other(c, "/import/batch/%lld", (long long)u.batch);
}

enum err post_drop(struct ctx *c)
{
    struct upload u;

    if (!upload_load(c, ctx_id(c, 0), &u))
        return no_upload(c);
    upload_drop(c, u.id);
    import_job_forget(c, u.id);
    announce(c, SAID_DROPPED);
    return see_other(c, "/import/new");
}
