/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * The audit record, newest first, and as a file. There are no totals on
 * purpose: a filter for a person and a kind would count what that person
 * did.
 */
#include "host/page/audit_page.h"

#include "base/date.h"
#include "host/page/views/audit.h"
#include "web/url.h"

enum { ACCOUNTS_MAX = 1000, DAY_MS = 24 * 3600 * 1000 };

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
        q->until = date_begins(to) + DAY_MS;
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
    const struct audit_reader by = { ctx_scope(c), c->lang };
    struct audit_entry e = { 0 };
    struct rows r;

    if (q->before)
        p->newest = here;
    q->most = AUDIT_PAGE_ROWS + 1;
    r = audit_open(ctx_scope(c), q);
    while (p->n < AUDIT_PAGE_ROWS && audit_next(&r, c->m, &e))
        p->lines[p->n++] = audit_line_of(&by, &e);
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
                            .title = audit_label,
                            .feature = S("page"),
                        });
}

/* ---- as a file, for whoever keeps it elsewhere ---- */

enum err export_audit(struct ctx *c)
{
    struct audit_page *p = NEW(c->m, struct audit_page);
    struct audit_event taken = { .kind = AUDIT_TAKEN,
                                 .what = S("audit"),
                                 .form = S("csv") };
    struct audit_query q;
    struct spool *to = ctx_spool(c);
    enum err e;

    read_query(c, p, &q);
    e = audit_sheet(&(struct audit_reader){ ctx_scope(c), c->lang }, &q, to,
                    &taken.n, &c->refusal);
    if (e != OK)
        return e;
    ctx_note(c, &taken);
    return send_spool(c, S("text/csv; charset=utf-8"),
                      str_fmt(c->m, "%.*s %.*s.csv",
                              STR_ARG(text_in(audit_label, c->lang)),
                              STR_ARG(date_iso(c->m, date_of(c->now)))),
                      to);
}
