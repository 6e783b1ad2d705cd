/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What an entry tells, in words; and many of them as a file. */
#include "host/page/audit_words.h"

#include "base/date.h"
#include "base/hash.h"
#include "host/ledger/figure.h"
#include "host/ledger/table.h"
#include "host/list/options.h"
#include "interchange/write.h"

enum { ABOUT_MAX = 2000 };

const struct text audit_label = TEXT_INIT("审计记录", "Audit record");

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
    return str_eq(what, S("audit")) ? text_in(audit_label, l) : what;
}

/* "projects.project/12": what was shown, and which row. */
static void add_shown(const struct audit_reader *by, struct buf *b,
                      const struct audit_event *e)
{
    struct str id = e->what;
    struct str what = S("");

    str_cut(&id, S("/"), &what);
    add(b, title_of(what, by->lang));
    if (id.p)
        add_text(b, by->lang,
                 text_fmt(by->in.m, "编号 %.*s", "ID %.*s", STR_ARG(id)));
    add(b, form_words(e->form, by->lang));
    if (!id.p)
        add_text(b, by->lang,
                 text_fmt(by->in.m, "%lld 行", "%lld rows", (long long)e->n));
}

static struct str org_title(const struct audit_reader *by, int64_t org)
{
    struct str title;

    return org && list_title(by->in, ledger_organisations(), org, &title)
               ? title
               : S("");
}

static void add_roles(const struct audit_reader *by, struct buf *b,
                      const struct audit_event *e)
{
    add_text(b, by->lang, role_names(by->in.m, role_keys_read(e->what)));
    add(b, org_title(by, e->n));
}

static void add_second(const struct audit_reader *by, struct buf *b,
                       const struct audit_event *e)
{
    if (str_eq(e->what, S("off")))
        add_text(b, by->lang, TEXT("不再要求", "no longer asked for"));
    else if (str_eq(e->what, S("")))
        add_text(b, by->lang, TEXT("要求", "asked for"));
    else
        add_text(b, by->lang,
                 TEXT("提出不再要求，等另一位同意",
                      "wants to do without; another has to agree"));
}

/* Whom it is about, where that is not the one who did it. */
static void add_account(const struct audit_reader *by, struct buf *b,
                        const struct audit_entry *e)
{
    enum audit_kind kind = e->event.kind;

    if (e->event.account) {
        if (e->event.account != e->actor)
            add(b, account_name(by->in, e->event.account));
    } else if (kind == AUDIT_FAILED || kind == AUDIT_SLOWED) {
        add_text(b, by->lang,
                 TEXT("没有这个登录名", "nobody has this sign-in name"));
    } else if (kind == AUDIT_LINK_MADE) {
        add_text(b, by->lang, TEXT("首次设置", "first set-up"));
    }
}

static struct str about(const struct audit_reader *by,
                        const struct audit_entry *e)
{
    struct buf *b = buf_new(by->in.m, ABOUT_MAX);

    add_account(by, b, e);
    switch (e->event.kind) {
    case AUDIT_SHOWN:
    case AUDIT_TAKEN:
        add_shown(by, b, &e->event);
        break;
    case AUDIT_ACCOUNT_ADDED:
    case AUDIT_ROLES_CHANGED:
    case AUDIT_ROLES_ASKED:
    case AUDIT_ROLES_CONFIRMED:
    case AUDIT_ROLES_DROPPED:
    case AUDIT_ACCOUNT_RESUMED:
        add_roles(by, b, &e->event);
        break;
    case AUDIT_SECOND_SET:
        add_second(by, b, &e->event);
        break;
    case AUDIT_SESSIONS_ENDED:
        add_text(b, by->lang,
                 text_fmt(by->in.m, "%lld 处", "%lld sessions",
                          (long long)e->event.n));
        break;
    default:
        break;
    }
    return buf_str(b);
}

struct audit_line audit_line_of(const struct audit_reader *by,
                                const struct audit_entry *e)
{
    return (struct audit_line){
        .at = date_moment(by->in.m, e->at),
        .who = actor_words(by->in, e->actor, by->lang),
        .address = e->address,
        .act = audit_word(e->event.kind)->name,
        .about = about(by, e),
        .succeeded = audit_succeeded(e->event.kind),
    };
}

/* ---- as a file ---- */

static const struct text heads[] = {
    TEXT_INIT("编号", "No."),      TEXT_INIT("时间", "Time"),
    TEXT_INIT("谁", "Who"),        TEXT_INIT("从哪里", "From where"),
    TEXT_INIT("做了什么", "What"), TEXT_INIT("内容", "About"),
    TEXT_INIT("结果", "Result"),   TEXT_INIT("代号", "Key"),
    TEXT_INIT("散列值", "Hash"),
};

static void put_head(const struct audit_reader *by, struct sheet_writer *w)
{
    struct sheet_column *columns =
        NEW_ARRAY(by->in.m, struct sheet_column, COUNT(heads));

    for (size_t i = 0; i < COUNT(heads); i++)
        columns[i].header = text_in(heads[i], by->lang);
    columns[0].kind = SHEET_INTEGER;
    sheet_writer_head(w, columns, COUNT(heads));
}

static void put_entry(const struct audit_reader *by, struct sheet_writer *w,
                      const struct audit_entry *e)
{
    struct audit_line line = audit_line_of(by, e);

    sheet_writer_int(w, e->seq);
    sheet_writer_text(w, date_rfc3339(by->in.m, e->at));
    sheet_writer_text(w, line.who);
    sheet_writer_text(w, line.address);
    sheet_writer_text(w, text_in(line.act, by->lang));
    sheet_writer_text(w, line.about);
    sheet_writer_text(w, text_in(audit_result(line.succeeded), by->lang));
    sheet_writer_text(w, audit_word(e->event.kind)->key);
    sheet_writer_text(w, hex_encode(by->in.m, e->hash));
    sheet_writer_end_row(w);
}

enum err audit_sheet(const struct audit_reader *by, const struct audit_query *q,
                     struct spool *to, int64_t *ret_n, struct text *ret_reason)
{
    struct audit_reader row = *by; /* what it reads is of one entry */
    struct sheet_writer *w = sheet_writer_new(by->in.m, to, SHEET_CSV,
                                              text_in(audit_label, by->lang));
    struct rows r = audit_open(by->in, q);
    struct audit_entry e;

    row.in.m = mem_child(by->in.m);
    put_head(by, w);
    for (*ret_n = 0; audit_next(&r, row.in.m, &e); (*ret_n)++) {
        put_entry(&row, w, &e);
        mem_reset(row.in.m);
    }
    mem_free(row.in.m);
    return sheet_writer_finish(w, ret_reason);
}
