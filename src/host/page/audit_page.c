/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * The audit record in words, newest first, and as a file. There are no totals
 * on purpose: a filter for a person and a kind would count what that person
 * did.
 */
#include "host/page/audit_page.h"

#include "base/date.h"
#include "host/page/account_page.h"
#include "host/page/views/audit.h"
#include "interchange/write.h"
#include "web/url.h"

enum { ACCOUNTS_MAX = 1000, ABOUT_MAX = 2000 };

/* ---- one entry in words ---- */

/* How something was shown or taken out, by the form of its entry. */
static const struct {
    struct str key;
    struct text name;
} forms[] = {
    { S_INIT("page"), TEXT_INIT("页面", "page") },
    { S_INIT("print"), TEXT_INIT("打印", "print") },
    { S_INIT("search"), TEXT_INIT("搜索", "search") },
    { S_INIT("row"), TEXT_INIT("一条记录", "one row") },
    { S_INIT("edit"), TEXT_INIT("修改表单", "form") },
};

static struct str form_words(struct str form, enum lang l)
{
    for (size_t i = 0; i < COUNT(forms); i++)
        if (str_eq(forms[i].key, form))
            return text_in(forms[i].name, l);
    return form; /* csv */
}

static void add(struct buf *b, struct str part)
{
    if (part.n == 0)
        return;
    if (buf_str(b).n)
        buf_put(b, S(" · "));
    buf_put(b, part);
}

static void add_text(struct buf *b, enum lang l, struct text words)
{
    add(b, text_in(words, l));
}

/* The ledger or figure, whatever it is called today. */
static struct str title_of(struct str what, enum lang l)
{
    const struct ledger *ledger = ledger_find(what);
    const struct figure *figure = figure_find(what);

    if (ledger)
        return text_in(ledger->label, l);
    if (figure)
        return text_in(figure->label, l);
    return str_eq(what, S("audit"))
               ? text_in(TEXT("审计记录", "Audit record"), l)
               : what;
}

/* "projects.project/12": what was shown, and which row. */
static void add_shown(struct ctx *c, struct buf *b, const struct audit_event *e)
{
    struct str id = e->what;
    struct str what = S("");

    str_cut(&id, S("/"), &what);
    add(b, title_of(what, c->lang));
    if (id.p)
        add_text(b, c->lang,
                 text_fmt(c->m, "编号 %.*s", "ID %.*s", STR_ARG(id)));
    add(b, form_words(e->form, c->lang));
    if (!id.p)
        add_text(b, c->lang,
                 text_fmt(c->m, "%lld 行", "%lld rows", (long long)e->n));
}

static void add_roles(struct ctx *c, struct buf *b, const struct audit_event *e)
{
    add_text(b, c->lang, role_names(c->m, role_keys_read(e->what)));
    add(b, org_name(c, e->n));
}

static void add_second(struct ctx *c, struct buf *b,
                       const struct audit_event *e)
{
    if (str_eq(e->what, S("off")))
        add_text(b, c->lang, TEXT("不再要求", "no longer asked for"));
    else if (str_eq(e->what, S("")))
        add_text(b, c->lang, TEXT("要求", "asked for"));
    else
        add_text(b, c->lang,
                 TEXT("提出不再要求，等另一位同意",
                      "wants to do without; another has to agree"));
}

/* Whom it is about, where that is not the one who did it. */
static void add_account(struct ctx *c, struct buf *b,
                        const struct audit_entry *e)
{
    enum audit_kind kind = e->event.kind;

    if (e->event.account && e->event.account != e->actor)
        add(b, account_name(ctx_scope(c), e->event.account));
    else if (kind == AUDIT_FAILED || kind == AUDIT_SLOWED)
        add_text(b, c->lang,
                 TEXT("没有这个登录名", "nobody has this sign-in name"));
    else if (kind == AUDIT_LINK_MADE && e->event.account == 0)
        add_text(b, c->lang, TEXT("首次设置", "first set-up"));
}

static struct str about(struct ctx *c, const struct audit_entry *e)
{
    struct buf *b = buf_new(c->m, ABOUT_MAX);

    add_account(c, b, e);
    switch (e->event.kind) {
    case AUDIT_SHOWN:
    case AUDIT_TAKEN:
        add_shown(c, b, &e->event);
        break;
    case AUDIT_ACCOUNT_ADDED:
    case AUDIT_ROLES_CHANGED:
    case AUDIT_ROLES_ASKED:
    case AUDIT_ROLES_CONFIRMED:
    case AUDIT_ROLES_DROPPED:
    case AUDIT_ACCOUNT_RESUMED:
        add_roles(c, b, &e->event);
        break;
    case AUDIT_SECOND_SET:
        add_second(c, b, &e->event);
        break;
    case AUDIT_SESSIONS_ENDED:
        add_text(b, c->lang,
                 text_fmt(c->m, "%lld 处", "%lld sessions",
                          (long long)e->event.n));
        break;
    default:
        break;
    }
    return buf_str(b);
}

static struct audit_line line_of(struct ctx *c, const struct audit_entry *e)
{
    return (struct audit_line){
        .at = date_moment(c->m, e->at),
        .who = actor_name(c, e->actor),
        .address = e->address,
        .act = audit_word(e->event.kind)->name,
        .about = about(c, e),
        .succeeded = audit_succeeded(e->event.kind),
    };
}

/* ---- which entries ---- */

/* A day of the query; 0, and "" to show, when it names none. */
static int32_t read_day(struct ctx *c, struct str name, struct str *ret_shown)
{
    int32_t day;

    *ret_shown = S("");
    if (date_read(ctx_query(c, name), &day) != DATE_READ)
        return 0;
    *ret_shown = date_iso(c->m, day);
    return day;
}

static void read_account(struct ctx *c, struct audit_page *p,
                         struct audit_query *q)
{
    p->account = ctx_query(c, S("account"));
    q->one = true;
    if (str_eq(p->account, S("shell")))
        q->account = ACTOR_SHELL;
    else if (!str_int(p->account, &q->account) || q->account <= 0)
        q->one = false;
    if (!q->one)
        p->account = S("");
}

static void read_query(struct ctx *c, struct audit_page *p,
                       struct audit_query *q)
{
    int32_t from = read_day(c, S("from"), &p->from);
    int32_t to = read_day(c, S("to"), &p->to);

    *q = (struct audit_query){ .kind =
                                   audit_kind_read(ctx_query(c, S("kind"))) };
    read_account(c, p, q);
    if (from)
        q->from = date_begins(from);
    if (to)
        q->until = date_begins(date_from_days(date_to_days(to) + 1));
    if (!str_int(ctx_query(c, S("before")), &q->before) || q->before < 0)
        q->before = 0;
    p->kind = q->kind;
    p->filtered = q->kind || from || to || q->one;
}

/* The same filter at another address. */
static struct str link_to(struct mem *m, const struct audit_page *p,
                          const char *path)
{
    struct str kind =
        p->kind ? audit_word((enum audit_kind)p->kind)->key : S("");

    return str_fmt(m, "%s?kind=%.*s&from=%.*s&to=%.*s&account=%.*s", path,
                   STR_ARG(kind), STR_ARG(p->from), STR_ARG(p->to),
                   STR_ARG(url_encode(m, p->account)));
}

static void read_accounts(struct ctx *c, struct audit_page *p)
{
    struct account *all = NEW_ARRAY(c->m, struct account, ACCOUNTS_MAX);
    struct rows r = tx_query(c->tx,
                             SQL("SELECT id, name FROM access_account WHERE "
                                 "district = ?1 ORDER BY id LIMIT ?2"),
                             WITH(INT(c->house->district), INT(ACCOUNTS_MAX)));

    while (rows_next(&r))
        all[p->accounts_n++] =
            (struct account){ .id = rows_int(&r, 0),
                              .name = rows_text(&r, 1, c->m) };
    p->accounts = all;
}

/* ---- the page ---- */

static void read_lines(struct ctx *c, struct audit_page *p,
                       struct audit_query *q)
{
    struct str here = link_to(c->m, p, "/audit");
    struct audit_entry e = { 0 };
    struct rows r;

    if (q->before)
        p->newest = here;
    q->most = AUDIT_PAGE_ROWS + 1;
    r = audit_open(ctx_scope(c), q);
    while (p->n < AUDIT_PAGE_ROWS && audit_next(&r, c->m, &e))
        p->lines[p->n++] = line_of(c, &e);
    if (p->n == AUDIT_PAGE_ROWS && rows_next(&r))
        p->older =
            str_fmt(c->m, "%.*s&before=%lld", STR_ARG(here), (long long)e.seq);
    rows_end(&r);
}

enum err show_audit(struct ctx *c)
{
    struct audit_page *p = NEW(c->m, struct audit_page);
    struct audit_query q;

    p->ctx = c;
    read_query(c, p, &q);
    read_accounts(c, p);
    read_lines(c, p, &q);
    p->csv = link_to(c->m, p, "/audit/export.csv");
    view_audit(page_body(c), p);
    return page_send(c, &(struct page){
                            .title = TEXT("审计记录", "Audit record"),
                            .feature = S("page"),
                        });
}

/* ---- as a file, for whoever keeps it elsewhere ---- */

static const struct text heads[] = {
    TEXT_INIT("编号", "No."),      TEXT_INIT("时间", "Time"),
    TEXT_INIT("谁", "Who"),        TEXT_INIT("从哪里", "From where"),
    TEXT_INIT("做了什么", "What"), TEXT_INIT("内容", "About"),
    TEXT_INIT("结果", "Result"),   TEXT_INIT("代号", "Key"),
    TEXT_INIT("散列值", "Hash"),
};

static void put_head(struct ctx *c, struct sheet_writer *w)
{
    struct sheet_column *columns =
        NEW_ARRAY(c->m, struct sheet_column, COUNT(heads));

    for (size_t i = 0; i < COUNT(heads); i++)
        columns[i].header = text_in(heads[i], c->lang);
    columns[0].kind = SHEET_INTEGER;
    sheet_writer_head(w, columns, COUNT(heads));
}

static void put_entry(struct ctx *c, struct sheet_writer *w,
                      const struct audit_entry *e)
{
    struct audit_line line = line_of(c, e);

    sheet_writer_int(w, e->seq);
    sheet_writer_text(w, date_rfc3339(c->m, e->at));
    sheet_writer_text(w, line.who);
    sheet_writer_text(w, line.address);
    sheet_writer_text(w, text_in(line.act, c->lang));
    sheet_writer_text(w, line.about);
    sheet_writer_text(w, text_in(audit_result(line.succeeded), c->lang));
    sheet_writer_text(w, audit_word(e->event.kind)->key);
    sheet_writer_text(w, hex_encode(c->m, e->hash));
    sheet_writer_end_row(w);
}

enum err export_audit(struct ctx *c)
{
    struct text label = TEXT("审计记录", "Audit record");
    struct audit_page *p = NEW(c->m, struct audit_page);
    struct sheet_writer *w =
        sheet_writer_new(c->m, SHEET_CSV, text_in(label, c->lang));
    struct audit_event taken = { .kind = AUDIT_TAKEN,
                                 .what = S("audit"),
                                 .form = S("csv") };
    struct audit_entry e;
    struct audit_query q;
    struct text reason;
    struct str bytes;
    struct rows r;
    enum err err;

    read_query(c, p, &q);
    put_head(c, w);
    r = audit_open(ctx_scope(c), &q);
    for (; audit_next(&r, c->m, &e); taken.n++)
        put_entry(c, w, &e);
    err = sheet_writer_finish(w, &bytes, &reason);
    if (err != OK)
        return refuse(c, err, reason);
    ctx_note(c, &taken);
    return send_file(c, S("text/csv; charset=utf-8"),
                     str_fmt(c->m, "%.*s %.*s.csv",
                             STR_ARG(text_in(label, c->lang)),
                             STR_ARG(date_iso(c->m, date_of(c->now)))),
                     bytes);
}
