/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * The way in: a file or pasted cells, what was imported lately, and one
 * batch. What comes between stands in preview.c, what takes a batch back in
 * undo_page.c.
 */
#include "base/date.h"
#include "host/desk/todo.h"
#include "host/intake/beside.h"
#include "host/intake/bulk_view.h"
#include "host/intake/undo_view.h"
#include "host/intake/view.h"
#include "host/intake/views/import_new.h"
#include "interchange/read.h"

enum { CELLS_MAX = 4000000, FILE_NAME_MAX = 200 };

struct crumb import_crumb(void)
{
    return (struct crumb){ TEXT("导入", "Import"), S("/import/new") };
}

/* ---- batches ---- */

static struct str moment(struct ctx *c, int64_t at)
{
    return at ? date_moment(c->m, at) : S("");
}

int64_t batch_percent(const struct running *r)
{
    return r->total > 0 ? r->done * 100 / r->total : 0;
}

static struct running *what_runs(struct ctx *c, int64_t batch)
{
    struct running r;
    struct running *ret;

    if (!running_batch(ctx_scope(c), batch, &r))
        return NULL;
    ret = NEW(c->m, struct running);
    *ret = r;
    return ret;
}

/*
 * Of import_batch: id, at, file, counts, undone_at, actor, corrected, step,
 * interrupted.
 */
static void read_batch(struct ctx *c, const struct rows *r,
                       struct batch_view *ret)
{
    *ret = (struct batch_view){
        .id = rows_int(r, 0),
        .at = moment(c, rows_int(r, 1)),
        .file = rows_text(r, 2, c->m),
        .count = { rows_int(r, 3), rows_int(r, 4), rows_int(r, 5),
                   rows_int(r, 6) },
        .undone_at = moment(c, rows_int(r, 7)),
        .actor = actor_name(c, rows_int(r, 8)),
        .corrected = rows_int(r, 9),
        .step = rows_text(r, 10, c->m),
        .interrupted = rows_int(r, 11) != 0,
    };
}

/* 0: everybody's batches; else only those of this account. */
static int64_t whose(const struct ctx *c)
{
    return has_role(&c->who, ROLE_OFFICER) ? 0 : c->who.account;
}

static void list_batches(struct ctx *c, struct import_new *p)
{
    struct rows r = tx_query(
        c->tx,
        SQL("SELECT id, at, file, added, changed, same, wrong, undone_at, "
            "actor, corrected, step, interrupted FROM import_batch WHERE "
            "district = ?1 AND (?2 = 0 OR actor = ?2) ORDER BY id DESC "
            "LIMIT ?3"),
        WITH(INT(c->house->district), INT(whose(c)), INT(IMPORT_LISTED)));

    p->batches = NEW_ARRAY(c->m, struct batch_view, IMPORT_LISTED);
    while (rows_next(&r))
        read_batch(c, &r, &p->batches[p->batches_n++]);
    for (size_t i = 0; i < p->batches_n; i++)
        p->batches[i].running = what_runs(c, p->batches[i].id);
}

/* The upload whose wrong rows can be had, and its sheets that have any. */
static void read_refused(struct ctx *c, struct batch_view *ret)
{
    struct rows r = tx_query(c->tx,
                             SQL("SELECT id, mapping FROM import_upload WHERE "
                                 "district = ?1 AND batch = ?2"),
                             WITH(INT(c->house->district), INT(ret->id)));

    if (!rows_next(&r))
        return;
    ret->upload = rows_int(&r, 0);
    ret->refused_n =
        mapping_refused(c->m, rows_text(&r, 1, c->m), &ret->refused);
    rows_end(&r);
}

bool load_batch(struct ctx *c, int64_t id, struct batch_view *ret)
{
    struct rows r = tx_query(
        c->tx,
        SQL("SELECT id, at, file, added, changed, same, wrong, undone_at, "
            "actor, corrected, step, interrupted FROM import_batch WHERE "
            "district = ?1 AND id = ?2 AND (?3 = 0 OR actor = ?3)"),
        WITH(INT(c->house->district), INT(id), INT(whose(c))));

    if (!rows_next(&r))
        return false;
    read_batch(c, &r, ret);
    rows_end(&r);
    ret->running = what_runs(c, id);
    read_refused(c, ret);
    return true;
}

enum err no_batch(struct ctx *c)
{
    return refuse(c, E_ABSENT,
                  TEXT("没有这一批导入，或者不是您导入的",
                       "there is no such import, or it is not yours"));
}

struct text batch_words(struct ctx *c, const struct batch_view *b)
{
    return b->step.n ? text_fmt(c->m, "第 %lld 批办理", "batch %lld of steps",
                                (long long)b->id)
                     : text_fmt(c->m, "第 %lld 批导入", "import %lld",
                                (long long)b->id);
}

struct crumb batch_crumb(struct ctx *c, const struct batch_view *b)
{
    return (struct crumb){
        batch_words(c, b),
        str_fmt(c->m, "/import/batch/%lld", (long long)b->id),
    };
}

static void list_undos(struct ctx *c, struct batch_page *p)
{
    struct rows r = tx_query(
        c->tx,
        SQL("SELECT back, at, actor, reason, done, kept FROM import_undo "
            "WHERE district = ?1 AND batch = ?2 ORDER BY n DESC LIMIT ?3"),
        WITH(INT(c->house->district), INT(p->batch.id), INT(IMPORT_LISTED)));

    p->undos = NEW_ARRAY(c->m, struct undo_line, IMPORT_LISTED);
    while (rows_next(&r))
        p->undos[p->undos_n++] = (struct undo_line){
            .back = rows_int(&r, 0) != 0,
            .at = moment(c, rows_int(&r, 1)),
            .actor = actor_name(c, rows_int(&r, 2)),
            .reason = rows_text(&r, 3, c->m),
            .done = rows_int(&r, 4),
            .kept = rows_int(&r, 5),
        };
}

static enum err show_batch(struct ctx *c)
{
    struct batch_page p = { .undos_n = 0 };

    if (!load_batch(c, ctx_id(c, 0), &p.batch))
        return no_batch(c);
    list_undos(c, &p);
    if (p.batch.running)
        response_header(c->x, "Refresh", S("1"));
    view_import_batch(page_body(c), &p);
    return page_send(c, &(struct page){
                            .title = batch_crumb(c, &p.batch).label,
                            .crumbs = { import_crumb() },
                        });
}

/* ---- upload or paste ---- */

static void list_uploads(struct ctx *c, struct import_new *p)
{
    struct rows r = tx_query(
        c->tx,
        SQL("SELECT id, at, file FROM import_upload u WHERE district = ?1 AND "
            "actor = ?2 AND (batch = 0 OR EXISTS (SELECT 1 FROM import_batch "
            "b WHERE b.district = u.district AND b.id = u.batch AND "
            "b.interrupted = 1)) ORDER BY id DESC LIMIT ?3"),
        WITH(INT(c->house->district), INT(c->who.account), INT(IMPORT_LISTED)));

    p->uploads = NEW_ARRAY(c->m, struct upload_line, IMPORT_LISTED);
    while (rows_next(&r))
        p->uploads[p->uploads_n++] = (struct upload_line){
            .id = rows_int(&r, 0),
            .at = moment(c, rows_int(&r, 1)),
            .file = rows_text(&r, 2, c->m),
            .state = import_job_state(c, rows_int(&r, 0)),
        };
}

static enum err send_new(struct ctx *c, struct import_new *p)
{
    bool wrong = !text_empty(p->problem);

    p->ctx = c;
    p->once = page_once(c);
    list_uploads(c, p);
    list_batches(c, p);
    view_import_new(page_body(c), p);
    return page_send(c, &(struct page){
                            .title = TEXT("导入", "Import"),
                            .status = wrong ? 422 : 200,
                            .wrong = wrong,
                        });
}

static enum err show_import_new(struct ctx *c)
{
    struct import_new p = { .ledger = ledger_find(ctx_query(c, S("ledger"))) };

    return send_new(c, &p);
}

/* What was read before the transaction. */
struct taken {
    struct str file;
    struct str bytes;
    struct str mapping;
    struct text problem;
};

/* What has no name of its own gets one in the language of who brings it. */
static void take_file(struct ctx *c, struct taken *ret)
{
    const struct form_file *f = form_file(&c->form, S("file"));
    struct str cells = form_value(&c->form, S("cells"));

    if (f && f->bytes.n) {
        ret->file = f->filename.n && f->filename.n <= FILE_NAME_MAX
                        ? f->filename
                        : text_in(TEXT("未命名", "unnamed"), c->lang);
        ret->bytes = f->bytes;
    } else if (str_trim(cells).n) {
        ret->file = text_in(TEXT("粘贴的单元格", "Pasted cells"), c->lang);
        ret->bytes = cells;
    } else {
        ret->problem =
            TEXT("请选择文件，或者粘贴单元格", "choose a file, or paste cells");
    }
}

/* A file of one sheet that came from a ledger's page is of that ledger. */
static void prefer_ledger(struct ctx *c, struct import *im, struct taken *t)
{
    const struct ledger *l = ledger_find(ctx_field(c, S("ledger")));

    if (!l || im->n != 1 || im->sheets[0].match.ledger)
        return;
    match_take_as(c->m, &im->sheets[0].match, l);
    t->mapping = mapping_with(c->m, S(""), im, 0);
}

static enum err before_import_new(struct ctx *c)
{
    struct taken *t = NEW(c->m, struct taken);
    struct mem *m = mem_child(c->m);
    struct upload u = { .mapping = S("") };
    struct import im;

    c->x->user = t;
    take_file(c, t);
    u.file = t->file;
    u.bytes = t->bytes;
    if (!text_empty(t->problem))
        return OK;
    if (upload_plan((struct scope){ c->tx, m, c->house->district }, &u,
                    date_year(date_of(c->now)), &im, &t->problem) == OK) {
        prefer_ledger(c, &im, t);
        t->mapping =
            str_fmt(c->m, "rows %zu\n%.*s", im.rows, STR_ARG(t->mapping));
    } else {
        t->problem = text_dup(c->m, t->problem);
    }
    mem_free(m);
    return OK;
}

static enum err post_import_new(struct ctx *c)
{
    struct taken *t = c->x->user;
    struct import_new again = {
        .problem = t->problem,
        .ledger = ledger_find(ctx_field(c, S("ledger"))),
        .cells = ctx_field(c, S("cells")),
    };

    if (!text_empty(t->problem))
        return send_new(c, &again);
    return see_other(c, "/import/%lld",
                     (long long)upload_add(c, t->file, t->bytes, t->mapping));
}

static const struct field upload_fields[] = {
    { S_INIT("file"), FIELD_FILE, TEXT_INIT("文件", "File"), 0, 0 },
    { S_INIT("cells"), FIELD_LINES, TEXT_INIT("单元格", "Cells"), 0,
      CELLS_MAX },
    { S_INIT("ledger"), FIELD_TEXT, TEXT_INIT("台账", "Ledger"), 0, 100 },
    { S_INIT("once"), FIELD_TEXT, TEXT_INIT("", ""), 0, 40 },
};
static const struct form upload_form = { upload_fields, COUNT(upload_fields),
                                         false };

static const struct route routes[] = {
    ROUTE(GET, "/import/new", ALLOW_EDITOR, NO_FORM, show_import_new),
    ROUTE_BEFORE(POST, "/import/new", ALLOW_EDITOR, &upload_form,
                 before_import_new, post_import_new),
    ROUTE(GET, "/import/batch/{n}", ALLOW_EDITOR, NO_FORM, show_batch),
    ROUTE(GET, "/import/batch/{n}/undo", ALLOW_EDITOR, NO_FORM,
          show_batch_undo),
    ROUTE_BEFORE(POST, "/import/batch/{n}/undo", ALLOW_EDITOR, &undo_form,
                 before_batch_undo, post_batch_undo),
    ROUTE(GET, "/import/batch/{n}/back", ALLOW_EDITOR, NO_FORM,
          show_batch_back),
    ROUTE_BEFORE(POST, "/import/batch/{n}/back", ALLOW_EDITOR, &undo_form,
                 before_batch_back, post_batch_back),
    ROUTE(GET, "/{feature}/{noun}/do/{step}", ALLOW_EDITOR, NO_FORM, show_bulk),
    ROUTE(POST, "/{feature}/{noun}/do/{step}", ALLOW_EDITOR, LEDGER_FORM,
          post_bulk),
    ROUTE(GET, "/import/{id}", ALLOW_EDITOR, NO_FORM, show_import),
    ROUTE_PACE(GET, "/import/{id}/wrong.xlsx", ALLOW_EDITOR, NO_FORM, pace_file,
               send_wrong),
    ROUTE_BEFORE(POST, "/import/{id}/mapping", ALLOW_EDITOR, &mapping_form,
                 before_read, post_mapping),
    ROUTE_BEFORE(POST, "/import/{id}/forget", ALLOW_EDITOR, &forget_form,
                 before_read, post_forget),
    ROUTE(POST, "/import/{id}/answers", ALLOW_EDITOR, &answer_form,
          post_answers),
    ROUTE_BEFORE(POST, "/import/{id}/cells", ALLOW_EDITOR, &cells_form,
                 before_read, post_cells),
    ROUTE_BEFORE(POST, "/import/{id}/apply", ALLOW_EDITOR, &import_once_form,
                 before_apply, post_apply),
    ROUTE(POST, "/import/{id}/drop", ALLOW_EDITOR, NO_FORM, post_drop),
};

/* Files that an account sent and nobody decided about. */
static int64_t unfinished(struct scope in, int64_t account)
{
    return tx_int(in.tx,
                  SQL("SELECT count(*) FROM import_upload u WHERE "
                      "district = ?1 AND actor = ?2 AND (batch = 0 OR EXISTS "
                      "(SELECT 1 FROM import_batch b WHERE b.district = "
                      "u.district AND b.id = u.batch AND b.interrupted = 1))"),
                  WITH(INT(in.district), INT(account)), 0);
}

/*
 * The rows that imports refused and the files not decided about: one's own,
 * and of rows an officer all, as the page shows them.
 */
static void import_todo(struct ctx *c, struct todo_list *list)
{
    if (!has_role(&c->who, ROLE_EDITOR | ROLE_OFFICER))
        return;
    todo_add(list,
             (struct todo){
                 .n = tx_int(c->tx,
                             SQL("SELECT coalesce(sum(wrong), 0) FROM "
                                 "import_batch WHERE district = ?1 AND "
                                 "undone_at = 0 AND (?2 = 0 OR actor = ?2)"),
                             WITH(INT(c->house->district), INT(whose(c))), 0),
                 .what = TEXT("导入时有误的行等待更正",
                              "rows that imports refused wait for correction"),
                 .more = TEXT("下载有误的行，改好再导入",
                              "download them, correct, import again"),
                 .path = S("/import/new"),
                 .bad = TEXT("待更正", "To correct"),
             });
    todo_add(list, (struct todo){
                       .n = unfinished(ctx_scope(c), c->who.account),
                       .what = TEXT("上传的文件等待确认导入",
                                    "uploaded files wait for your decision"),
                       .more = TEXT("查看预览后导入", "look at the preview"),
                       .path = S("/import/new"),
                   });
}

static const struct feature_link links[] = {
    { .on = LINK_ON_HOME,
      .roles = ROLE_EDITOR | ROLE_OFFICER,
      .label = TEXT_INIT("导入工作簿", "Import a workbook"),
      .path = S_INIT("/import/new"),
      .order = 2 },
};

static void wait_for_threads(void)
{
    import_jobs_end();
    beside_end();
}

const struct feature feature_intake = {
    .name = S_INIT("intake"),
    LIST(routes),
    LIST(links),
    .todo = import_todo,
    .unfinished = unfinished,
    .resume = beside_resume,
    .before_stop = wait_for_threads,
};
