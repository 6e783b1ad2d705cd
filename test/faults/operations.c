/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What an office does with its folder, one function each. */
#include "test/faults/trial.h"

#include "access/session.h"
#include "base/file.h"
#include "feature/reports/reports.h"
#include "host/desk/request.h"
#include "host/house/backup.h"
#include "host/house/verify.h"
#include "host/import/remember.h"
#include "host/import/undo.h"
#include "host/ledger/admit.h"
#include "host/ledger/clock.h"
#include "host/ledger/policy.h"
#include "host/ledger/row.h"
#include "interchange/read.h"

/* ---- rows ---- */

static enum err end_work(struct work *w, enum err e)
{
    if (e == OK)
        return work_commit(w);
    work_rollback(w);
    return e;
}

static enum err admit(struct work *w, const struct ledger_row *before,
                      struct ledger_row *row)
{
    struct asker shell = asker_shell(act_scope(&w->act));
    struct admission a = {
        .asker = &shell, .before = before, .said_year = 2024, .usual_year = 2024
    };
    enum err e = row_admit(&a, row);

    return tx_err(&w->tx) ? tx_err(&w->tx) : e;
}

static void set(struct ledger_row *row, struct str column, struct value v)
{
    row->values[ledger_column(row->ledger, column)] = v;
}

static enum err insert_row(struct trial *t)
{
    struct ledger_row *row =
        ledger_row_new(t->m, ledger_find(S("sample.tree")));
    struct work w;
    enum err e;

    set(row, S("name"), STR(S("迎客松")));
    set(row, S("species"), STR(S("pine")));
    set(row, S("unit"), INT(1));
    set(row, S("planted_on"), INT(20240503));
    set(row, S("visits"), INT(17));
    set(row, S("worry"), STR(S("松材线虫")));
    work_begin(t->house, t->m, ACTOR_SHELL, &w);
    e = admit(&w, NULL, row);
    if (e == OK)
        e = row_insert(&w.act, row);
    return end_work(&w, e);
}

/* The row as it stands: E_STORE without one, none is ever taken away. */
static enum err load(struct work *w, int64_t id, struct ledger_row **ret)
{
    return row_load(act_scope(&w->act), ledger_find(S("sample.tree")), id, ret)
               ? OK
               : E_STORE;
}

static enum err update_row(struct trial *t)
{
    struct ledger_row *before;
    struct ledger_row *row;
    struct work w;
    bool changed;
    enum err e;

    work_begin(t->house, t->m, ACTOR_SHELL, &w);
    e = load(&w, 1, &before);
    if (e == OK)
        e = load(&w, 1, &row);
    if (e == OK) {
        set(row, S("visits"), INT(99));
        set(row, S("unit"), INT(2));
        e = admit(&w, before, row);
    }
    if (e == OK)
        e = row_update(&w.act, before, row, &changed);
    return end_work(&w, e);
}

static enum err void_row(struct trial *t)
{
    struct ledger_row *before;
    struct asker shell;
    struct work w;
    enum err e;

    work_begin(t->house, t->m, ACTOR_SHELL, &w);
    shell = asker_shell(act_scope(&w.act));
    e = load(&w, 1, &before);
    if (e == OK)
        e = row_void(&w.act, &shell, before, S("重复登记"));
    return end_work(&w, e);
}

static enum err restore_row(struct trial *t)
{
    struct ledger_row *before;
    struct asker shell;
    struct work w;
    enum err e;

    work_begin(t->house, t->m, ACTOR_SHELL, &w);
    shell = asker_shell(act_scope(&w.act));
    e = load(&w, 2, &before);
    if (e == OK)
        e = row_restore(&w.act, &shell, before, S("没有重复"));
    return end_work(&w, e);
}

/* ---- time ---- */

/* Two loans that are reminded of and lapse, and a step of each refused. */
static enum err let_time(struct trial *t)
{
    struct work w;

    work_begin(t->house, t->m, ACTOR_CLOCK, &w);
    if (clock_tick(&w.act, 20991231) && tx_err(&w.tx) == OK)
        BUG("time has more to do than was prepared");
    return end_work(&w, tx_err(&w.tx));
}

/* ---- imports ---- */

/*
 * New rows, new units, a row that changes and one that was voided; and what a
 * column is that nobody knew.
 */
static enum err import_file(struct trial *t)
{
    enum err e;
    struct buf *b = buf_new(t->m, 64 * 1024);
    struct import *im = NEW(t->m, struct import);
    struct workbook book;
    struct work w;

    buf_lit(b, "树名,树种,认养单位,栽种日期,浇水人次,长势评分,口号\n"
               "甲,松树,区一局,2024-03-02,77,91,\n"
               "乙,银杏,区二局,2024-04-02,30,92,常青\n");
    for (int i = 1; i <= 30; i++)
        buf_fmt(b, "第%d棵,梅树,区%d局,2024-05-%02d,%d,%d\n", i, i % 4, i,
                10 + i, 60 + i);
    must(workbook_read(t->m, (struct table_file){ S("trees.csv"), buf_str(b) },
                       &read_limits_default, &book, &t->why),
         t->why);
    import_plan(t->m, &book, S("trees.csv"),
                (struct import_years){ .today = 2024 }, im);
    im->sheets[0]
        .match.map[ledger_column(ledger_find(S("sample.tree")), S("remark"))] =
        6;
    work_begin(t->house, t->m, ACTOR_SHELL, &w);
    e = import_apply(&w.act, im);
    if (e == OK)
        import_remember(&w.act, im, 0);
    return end_work(&w, e);
}

/* The newest batch is undone, or brought back. */
static enum err turn_import(struct trial *t, bool back)
{
    struct undo u = { .back = back, .reason = S("导错了") };
    struct asker shell;
    struct work w;

    work_begin(t->house, t->m, ACTOR_SHELL, &w);
    shell = asker_shell(act_scope(&w.act));
    u.batch = tx_int(&w.tx,
                     back ? SQL("SELECT max(id) FROM import_batch WHERE "
                                "undone_at > 0")
                          : SQL("SELECT max(id) FROM import_batch"),
                     (struct args){ 0 }, 0);
    return end_work(&w, undo_apply(&w.act, &shell, &u));
}

static enum err undo_import(struct trial *t)
{
    return turn_import(t, false);
}

static enum err bring_back_import(struct trial *t)
{
    return turn_import(t, true);
}

/* ---- policies, accounts, the journal's head ---- */

static enum err set_policy(struct trial *t)
{
    const struct policy *p = policy_find(S("sample.healthiest_percent"));
    struct policy_rule rule = { 2024, p->max, S("崂发〔2024〕1号") };
    struct work w;

    work_begin(t->house, t->m, ACTOR_SHELL, &w);
    return end_work(&w, policy_set(&w.act, p, &rule, &t->why));
}

static enum err add_account(struct trial *t)
{
    struct account_plan plan = { .name = S("李明"),
                                 .login = S("liming"),
                                 .roles = ROLE_OFFICER };
    struct work w;
    int64_t id = 0;
    enum err e;

    work_begin(t->house, t->m, ACTOR_SHELL, &w);
    e = account_add(&w.act, &plan, S(""), &id);
    if (e == OK) {
        account_set_password(&w.act, id, S("$argon2id$none"));
        link_make(&w.act, id, LINK_CHOOSES);
    }
    return end_work(&w, e);
}

static enum err sign(struct trial *t)
{
    return house_sign(t->house, t->m, &t->why);
}

static enum err publish(struct trial *t)
{
    int64_t version;

    return reports_publish(t->house, t->m, S("few"), &version, &t->why);
}

/* ---- the desk ---- */

static struct exchange *exchange_new(struct trial *t, struct str path)
{
    struct exchange *x = NEW(t->m, struct exchange);

    x->m = t->m;
    x->head.path = path;
    x->head.headers[0] =
        (struct http_header){ S("Sec-Fetch-Site"), S("same-origin") };
    x->head.headers[1] =
        (struct http_header){ S("Content-Type"),
                              S("application/x-www-form-urlencoded") };
    x->head.header_count = 2;
    response_init(&x->response, x->m);
    return x;
}

/* What everybody's forms are made with; no question to the store. */
static struct desk_facts facts(void)
{
    return (struct desk_facts){ .secret = HASH_OF(S("faults")) };
}

/* What the page held that the form was on. */
static struct str form_token(struct trial *t, struct tx *tx, struct str cookie)
{
    struct desk_facts f = facts();
    struct session_rule rule = { f.secret, house_now(t->house) };
    struct who who;

    session_read(house_scope(t->house, tx, t->m), cookie, &rule, &who);
    return who.token;
}

void trial_open(struct trial *t)
{
    struct tx tx;

    t->house =
        house_open(t->m, place_in(trial_path(t, "data")), DB_WRITE, &t->why);
    must(t->house ? OK : E_STORE, t->why);
    tx_begin(t->house->db, false, &tx);
    t->visitor_form = form_token(t, &tx, S(""));
    t->member_form = form_token(t, &tx, S(TRIAL_COOKIE));
    must(tx_err(&tx), t->why);
    tx_rollback(&tx);
}

/* A feature's own form: it keeps what it does not look for before. */
static enum err post_checkin(struct ctx *c)
{
    struct str content = S("checkin\n");
    int64_t who = 0;

    if (!str_int(ctx_field(c, S("who")), &who))
        BUG("no number was sent");
    journal_append(c->act->journal, c->tx,
                   &(struct journal_entry){ .type = JOURNAL_SETTING,
                                            .subject = S("test.checkin"),
                                            .row = who,
                                            .version = 1,
                                            .previous = -1,
                                            .at = c->now,
                                            .actor = c->act->actor,
                                            .fields = &content,
                                            .fields_n = 1 });
    tx_run(c->tx, SQL("INSERT INTO checkin (who) VALUES (?1)"), WITH(INT(who)));
    return see_other(c, "/checkin/%lld", (long long)who);
}

static const struct route checkin =
    ROUTE(POST, "/checkin", ALLOW_ANYONE, NO_FORM, post_checkin);

static struct job *checkin_job(struct trial *t, const struct desk_facts *f,
                               int64_t who, const char *once)
{
    struct job *j = request_job(exchange_new(t, S("/checkin")), f);

    j->route = &checkin;
    j->form.fields = NEW_ARRAY(t->m, struct form_field, 3);
    j->form.fields[0] = (struct form_field){ S("csrf"), t->visitor_form };
    j->form.fields[1] = (struct form_field){ S("who"), str_of_int(t->m, who) };
    j->form.fields[2] = (struct form_field){ S("once"), str_from(once) };
    j->form.count = 3;
    return j;
}

/*
 * As the writer's turn: the second form clashes with a kept row; then the
 * first comes again, as it was and with other content.
 */
static enum err post_batch(struct trial *t)
{
    static const struct {
        int64_t who;
        const char *once;
        int want;
    } forms[] = { { 2, "a", 303 },
                  { 1, "b", 409 },
                  { 3, "c", 303 },
                  { 2, "a", 303 },
                  { 4, "a", 409 } };
    struct desk_facts f = facts();
    struct job *jobs[COUNT(forms)];
    struct work w;

    work_begin(t->house, t->m, ACTOR_CLOCK, &w);
    for (size_t i = 0; i < COUNT(forms); i++) {
        jobs[i] = checkin_job(t, &f, forms[i].who, forms[i].once);
        request_write(jobs[i], t->house, &w, &f);
    }
    if (work_commit(&w) != OK)
        return E_STORE;
    for (size_t i = 0; i < COUNT(forms); i++)
        if (jobs[i]->x->response.status != forms[i].want)
            return E_INPUT;
    return OK;
}

/* Of a page: there, not now, or a lie. */
static enum err answer_of(const struct exchange *x, int want)
{
    if (x->response.status == want)
        return OK;
    return x->response.status == 503 ? E_STORE : E_INPUT;
}

static void sign_request(struct exchange *x)
{
    x->head.headers[x->head.header_count++] =
        (struct http_header){ S("Cookie"), S("dajuan=" TRIAL_COOKIE) };
}

/* Each page is there or not, whatever became of the one before. */
static enum err get_all(struct trial *t, const char *const *paths, size_t n,
                        bool signed_in)
{
    struct desk_facts f = facts();
    enum err all = OK;

    for (size_t i = 0; i < n; i++) {
        struct exchange *x = exchange_new(t, str_from(paths[i]));
        enum err e;

        if (signed_in)
            sign_request(x);
        request_read(request_job(x, &f), t->house, &f);
        e = answer_of(x, 200);
        if (e != OK && e != E_STORE)
            return e;
        all = e == OK ? all : e;
    }
    return all;
}

static enum err get_public(struct trial *t)
{
    static const char *const paths[] = {
        "/",
        "/sample/tree",
        "/sample/tree/1",
        "/figures",
        "/sheets",
        "/sheets/few",
        "/sheets/few/1/bundle",
        "/sheets/few/1/sample.visits",
        "/figures/sample.visits",
        "/journal",
        "/journal/checkpoint",
        "/figures/sample.visits/rows.csv",
        "/sample/tree/export.csv",
    };

    return get_all(t, paths, COUNT(paths), false);
}

static enum err get_own(struct trial *t)
{
    static const char *const paths[] = {
        "/me",
        "/policies",
        "/sample/tree/new",
        "/sample/tree/1/edit",
        "/import/new",
        "/sample/tree/2",
        "/sheets/few/edit",
        "/sheets/few/draft",
    };

    return get_all(t, paths, COUNT(paths), true);
}

/* A form on its whole way, as the desk takes it. */
static enum err post(struct trial *t, struct exchange *x)
{
    struct desk_facts f = facts();
    struct job *j = request_job(x, &f);
    struct work w;

    x->head.method = HTTP_POST;
    if (!request_accept(j, t->house, &f))
        return answer_of(x, 303);
    request_before(j, t->house, &f);
    work_begin(t->house, t->m, ACTOR_CLOCK, &w);
    request_write(j, t->house, &w, &f);
    return work_commit(&w) == OK ? answer_of(x, 303) : E_STORE;
}

/* What is left of the answer: none of it, where it could not be noted. */
static enum err answer_unless_noted(const struct exchange *x, enum err kept)
{
    const struct response *r = &x->response;
    bool personal =
        str_find(response_body(r, false), S("19912347920")) != SIZE_MAX;

    if (kept == OK && r->status == 200)
        return personal ? OK : E_INPUT;
    return personal ? E_INPUT : E_STORE;
}

/* A file of telephones leaves after it was noted who has it. */
static enum err take_file(struct trial *t)
{
    struct exchange *x = exchange_new(t, S("/sample/keeper/export.csv"));
    struct desk_facts f = facts();
    struct job *j = request_job(x, &f);
    struct work w;
    enum err e;

    x->head.method = HTTP_GET;
    sign_request(x);
    request_read(j, t->house, &f);
    if (!j->notes)
        return answer_unless_noted(x, E_STORE);
    work_begin(t->house, t->m, ACTOR_CLOCK, &w);
    request_write(j, t->house, &w, &f);
    e = work_commit(&w);
    if (e != OK)
        request_not_kept(x, false);
    return answer_unless_noted(x, e);
}

static enum err sign_in(struct trial *t)
{
    struct exchange *x = exchange_new(t, S("/signin"));

    x->body = str_fmt(t->m, "csrf=%.*s&login=wangfang&password=%s",
                      STR_ARG(t->visitor_form), TRIAL_PASSWORD);
    return post(t, x);
}

static enum err sign_out(struct trial *t)
{
    struct exchange *x = exchange_new(t, S("/signout"));

    sign_request(x);
    x->body = str_fmt(t->m, "csrf=%.*s", STR_ARG(t->member_form));
    return post(t, x);
}

static enum err keep_draft(struct trial *t)
{
    struct exchange *x = exchange_new(t, S("/sample/tree/new"));

    sign_request(x);
    x->head.query = S("draft=1");
    x->body =
        str_fmt(t->m, "csrf=%.*s&once=draft&name=", STR_ARG(t->member_form));
    return post(t, x);
}

/* ---- folders ---- */

static const struct house_plan plan = {
    .district = 370212,
    .name = TEXT_INIT("崂山区", "Laoshan"),
    .origin = S_INIT("test.example/dajuan"),
};

static enum err make_house(struct trial *t)
{
    return house_make(t->m, place_in(trial_path(t, "made")), &plan, &t->why);
}

static enum err open_old(struct trial *t)
{
    return house_open(t->m, place_in(trial_path(t, "data")), DB_WRITE, &t->why)
               ? OK
               : E_STORE;
}

static enum err make_backup(struct trial *t)
{
    return backup_make(t->house, t->m, trial_path(t, "backup"), &t->why);
}

static enum err restore_backup(struct trial *t)
{
    struct verify_counts n;

    return backup_restore(t->m, file_path(t->m, t->prepared, S("backup")),
                          trial_path(t, "restored"), &n, &t->why);
}

static enum err verify(struct trial *t)
{
    struct verify_counts n;

    return verify_house(t->house, t->m, &n, &t->why);
}

/* What must be found out: two commits for one thing. */
static enum err insert_halves(struct trial *t)
{
    enum err e = insert_row(t);

    return e == OK ? update_row(t) : e;
}

const struct operation operation_of_halves = { "two halves", insert_halves, 0 };

const struct operation operations[] = {
    { "insert a row", insert_row, 0 },
    { "update a row", update_row, 0 },
    { "void a row", void_row, 0 },
    { "restore a row", restore_row, 0 },
    { "let time pass", let_time, 0 },
    { "import a file", import_file, 0 },
    { "undo an import", undo_import, 0 },
    { "bring it back", bring_back_import, 0 },
    { "set a policy", set_policy, 0 },
    { "add an account", add_account, 0 },
    { "sign the head", sign, SAYS },
    { "publish a sheet", publish, SAYS | SLICES },
    { "post five forms", post_batch, 0 },
    { "get pages", get_public, READS },
    { "get own pages", get_own, READS },
    { "take out a file", take_file, 0 },
    { "sign in", sign_in, 0 },
    { "sign out", sign_out, 0 },
    { "keep a draft", keep_draft, 0 },
    { "make a house", make_house, OPENS | MAKES | SAYS },
    { "migrate a house", open_old, OPENS | OLD | SAYS },
    { "back up", make_backup, MAKES | SAYS },
    { "restore a backup", restore_backup, OPENS | MAKES | SAYS },
    { "verify", verify, READS | SAYS },
};
_Static_assert(COUNT(operations) == OPERATIONS, "one operation, one tally");
