/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A running desk: what it says of the requests it answers. */
#include "host/desk/desk.h"

#include "access/session.h"
#include "base/file.h"
#include "host/given/given.h"
#include "test/engine.h"
#include "web/http_client_test.h"

#include <fcntl.h>

/* A desk, and standard error in a file while it runs. */
struct site {
    struct test *t;
    struct desk *desk;
    struct str path; /* of the file */
    int stderr_before;
    struct str log; /* once it is closed */
};

static struct site *given_site(struct test *t, struct given *g, bool trace)
{
    struct site *s = NEW(t->mem, struct site);
    struct desk_plan plan = { .place = g->house->place,
                              .host = S("127.0.0.1"),
                              .trace = trace };
    struct text reason;
    int fd;

    given_commit(g);
    s->t = t;
    s->path = file_path(t->mem, test_folder(t), S("log"));
    s->stderr_before = dup(STDERR_FILENO);
    fd = open(str_c(t->mem, s->path), O_CREAT | O_WRONLY | O_APPEND, 0600);
    NEED(dup2(fd, STDERR_FILENO) >= 0);
    close(fd);
    NEED_INT(desk_open(t->mem, &plan, &s->desk, &reason), OK);
    return s;
}

static void site_close(struct site *s)
{
    struct test *t = s->t;
    struct text reason;

    desk_close(s->desk);
    dup2(s->stderr_before, STDERR_FILENO);
    close(s->stderr_before);
    NEED(file_read(t->mem, s->path, 1 << 20, &s->log, &reason));
}

static struct str ask(struct site *s, struct str request)
{
    int fd = client_dial(s->t, desk_port(s->desk));
    struct str answer;

    client_send(fd, request);
    answer = client_read_all(s->t, fd);
    close(fd);
    return answer;
}

/* Of "GET /a", with more lines of the head. */
static struct str request_of(struct test *t, const char *what, const char *more)
{
    return str_fmt(t->mem,
                   "%s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n%s\r\n",
                   what, more);
}

/* The form of a page, with the token this page gives, if any. */
static struct str form_of(struct test *t, struct str path, struct str page,
                          const char *fields)
{
    struct mem *m = t->mem;
    size_t from = str_find(page, S("name=\"csrf\" value=\"")) + 19;
    struct str token = str_slice(page, from, page.n);
    struct str body;

    token = str_slice(token, 0, str_find(token, S("\"")));
    body = str_fmt(m, "csrf=%.*s&%s", STR_ARG(token), fields);
    return str_fmt(m,
                   "POST %.*s HTTP/1.1\r\nHost: x\r\nOrigin: http://x\r\n"
                   "Connection: close\r\nContent-Length: %zu\r\n"
                   "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
                   "%.*s",
                   STR_ARG(path), body.n, STR_ARG(body));
}

static struct str get(struct site *s, const char *path)
{
    return ask(s, request_of(s->t, str_fmt(s->t->mem, "GET %s", path).p, ""));
}

static struct str post(struct site *s, struct str path, const char *fields)
{
    return ask(s, form_of(s->t, path, get(s, path.p), fields));
}

/* The only line with `what`; "" when there is none or are several. */
static struct str line_with(const struct site *s, struct str what)
{
    struct str rest = s->log;
    struct str found = S("");
    struct str line;

    if (client_count(s->log, what) != 1)
        return S("");
    while (str_cut(&rest, S("\n"), &line))
        if (str_find(line, what) != SIZE_MAX)
            found = line;
    return found;
}

/* The number behind " name=" in the only line with `what`. */
static int64_t said(const struct site *s, const char *what, const char *name)
{
    struct mem *m = s->t->mem;
    struct str line = line_with(s, str_fmt(m, " %s ", what));
    struct str key = str_fmt(m, " %s=", name);
    size_t at = str_find(line, key);
    struct str number;
    int64_t n = -1;

    if (at == SIZE_MAX)
        return -1;
    line = str_slice(line, at + key.n, line.n);
    return str_cut(&line, S(" "), &number) && str_int(number, &n) ? n : -1;
}

static int64_t body_size(struct str answer)
{
    return (int64_t)(answer.n - str_find(answer, S("\r\n\r\n")) - 4);
}

TEST(every_request_leaves_one_line)
{
    struct site *s = given_site(t, given(t), false);
    struct str page = get(s, "/figures?lang=en");
    struct str lost = get(s, "/no/such/page");

    get(s, "/me");
    ask(s, request_of(t, "HEAD /journal", ""));
    ask(s, request_of(t, "PUT /figures", "Content-Length: 0\r\n"));
    ask(s, form_of(t, S("/signin"), S(""), ""));
    post(s, S("/signin"), "login=nobody&password=wrong");
    get(s, "/a/../b");
    site_close(s);
    CHECK_INT(client_count(s->log, S(" request=")), 8);
    CHECK_INT(said(s, "method=GET path=/figures", "status"), 200);
    CHECK_INT(said(s, "method=GET path=/figures", "bytes"), body_size(page));
    CHECK(said(s, "method=GET path=/figures", "statements") > 1);
    CHECK_INT(said(s, "path=/no/such/page", "status"), 404);
    CHECK_INT(said(s, "path=/no/such/page", "bytes"), body_size(lost));
    CHECK_INT(said(s, "path=/me", "status"), 401);
    CHECK_INT(said(s, "method=HEAD path=/journal", "bytes"), 0);
    CHECK(said(s, "method=HEAD path=/journal", "statements") > 1);
    CHECK_INT(said(s, "method=PUT path=/figures", "status"), 405);
    CHECK_INT(said(s, "method=GET path=/signin", "status"), 200);
    CHECK_INT(client_count(s->log, S(" path=/signin status=403 ")), 1);
    CHECK_INT(client_count(s->log, S(" path=/signin status=422 ")), 1);
    CHECK_INT(client_count(s->log, S("refused=400 ")), 1);
    CHECK_INT(client_count(s->log, S("\n")), 9);
}

TEST(an_asset_leaves_a_line_and_asks_nothing_of_the_store)
{
    struct site *s = given_site(t, given(t), false);
    struct str page = get(s, "/");
    size_t at = str_find(page, S("/assets/"));
    struct str path = str_slice(page, at, page.n);

    NEED(at != SIZE_MAX);
    path = str_slice(path, 0, str_find(path, S("\"")));
    get(s, str_c(t->mem, path));
    site_close(s);
    page = str_fmt(t->mem, "path=%.*s", STR_ARG(path));
    CHECK_INT(said(s, page.p, "status"), 200);
    CHECK_INT(said(s, page.p, "statements"), 0);
    CHECK(said(s, page.p, "bytes") > 0);
}

/* The one-time link of a first set-up, with the form that uses it. */
static struct str set_up(struct site *s)
{
    bool first;
    struct str path = desk_link(s->desk, s->t->mem, &first);

    return post(s, path, "name=Wang&login=wang&password=correct+horse+battery");
}

TEST(a_kept_form_leaves_one_line_and_no_token)
{
    struct site *s = given_site(t, given(t), false);
    struct str answer = set_up(s);
    size_t from = str_find(answer, S("dajuan=")) + 7;
    struct str cookie = str_slice(answer, from, answer.n);

    CHECK(str_starts(answer, S("HTTP/1.1 303 ")));
    cookie = str_slice(cookie, 0, str_find(cookie, S(";")));
    ask(s, request_of(
               t, "GET /me",
               str_fmt(t->mem, "Cookie: dajuan=%.*s\r\n", STR_ARG(cookie)).p));
    site_close(s);
    CHECK_INT(said(s, "method=POST path=/link/{token}", "status"), 303);
    CHECK_INT(said(s, "method=POST path=/link/{token}", "bytes"), 0);
    CHECK(said(s, "method=POST path=/link/{token}", "statements") > 5);
    CHECK_INT(said(s, "path=/me", "status"), 200);
    CHECK_INT(said(s, "path=/me", "account"), 1);
    CHECK_INT(client_count(s->log, S(" request=")), 3);
}

/* From now on the store fails to keep such a row. */
static void given_no_rows(struct given *g, const char *table, const char *when)
{
    struct str script =
        engine_is_postgres()
            ? str_fmt(g->m,
                      "CREATE FUNCTION fail() RETURNS trigger AS $$BEGIN "
                      "RAISE 'full'; END$$ LANGUAGE plpgsql; CREATE TRIGGER "
                      "no_rows BEFORE INSERT ON %s FOR EACH ROW WHEN (%s) "
                      "EXECUTE FUNCTION fail()",
                      table, when)
            : str_fmt(g->m,
                      "CREATE TRIGGER no_rows BEFORE INSERT ON %s WHEN %s "
                      "BEGIN SELECT RAISE(ABORT, 'full'); END",
                      table, when);

    tx_script(given_tx(g), script);
}

TEST(a_commit_that_fails_leaves_a_line_with_503)
{
    struct given *g = given(t);
    struct site *s;
    struct str answer;

    given_no_rows(g, "access_session", "TRUE");
    s = given_site(t, g, false);
    answer = set_up(s);
    site_close(s);
    CHECK(str_starts(answer, S("HTTP/1.1 503 ")));
    CHECK_INT(said(s, "method=POST path=/link/{token}", "status"), 503);
    CHECK_INT(said(s, "method=POST path=/link/{token}", "bytes"),
              body_size(answer));
}

TEST(a_trace_has_statements_and_plans_under_each_line_and_no_values)
{
    struct site *s = given_site(t, given(t), true);
    struct str answer = set_up(s);
    size_t from = str_find(answer, S("dajuan=")) + 7;
    struct str cookie = str_slice(answer, from, from + 20);
    struct str line;
    struct str rest;

    get(s, "/figures?q=Zhang");
    post(s, S("/signin"), "login=wang&password=wrong+horse+battery");
    site_close(s);
    CHECK_INT(client_count(s->log, S(" request=")), 5);
    CHECK(client_count(s->log, S("\n    n=1 us=")) > 20);
    CHECK(client_count(s->log, engine_is_postgres()
                                   ? S(" Scan")
                                   : S("\n        SEARCH ")) > 20);
    CHECK(client_count(s->log, S(" INSERT INTO access_session (")) == 1);
    CHECK(client_count(s->log, S(" INSERT INTO access_try (")) >= 1);
    CHECK_INT(client_count(s->log, cookie), 0);
    CHECK_INT(client_count(s->log, S("Wang")), 0);
    CHECK_INT(client_count(s->log, S("wang")), 0);
    CHECK_INT(client_count(s->log, S("Zhang")), 0);
    CHECK_INT(client_count(s->log, S("horse")), 0);
    CHECK_INT(client_count(s->log, S("/link/{token} ")), 2);
    CHECK_INT(client_count(s->log, S("/link/")), 2);
    rest = s->log;
    while (str_cut(&rest, S("\n"), &line))
        CHECK(line.n == 0 || str_starts(line, S("    ")) ||
              str_starts(line, S("time=")));
}

/* ---- pages that are noted before they leave ---- */

/* The first set-up makes an officer: what its requests have in their head. */
static const char *officer_of(struct site *s)
{
    struct str answer = set_up(s);
    size_t from = str_find(answer, S("dajuan=")) + 7;
    struct str cookie = str_slice(answer, from, answer.n);

    cookie = str_slice(cookie, 0, str_find(cookie, S(";")));
    return str_fmt(s->t->mem, "Cookie: dajuan=%.*s\r\n", STR_ARG(cookie)).p;
}

static struct given *given_keeper(struct test *t)
{
    struct given *g = given(t);

    given_keep(g, sample_keeper(g));
    return g;
}

/* While nothing more can be noted of what is shown or taken out. */
static void given_no_notes(struct given *g)
{
    given_no_rows(g, "access_audit", "new.kind >= 17");
}

static int64_t notes_in(struct given *g)
{
    return given_sql(g, SQL("SELECT count(*) FROM access_audit WHERE "
                            "kind >= 17"));
}

static bool is_status(struct str answer, const char *status)
{
    return str_starts(answer, S("HTTP/1.1 ")) &&
           str_starts(str_slice(answer, 9, answer.n), str_from(status));
}

static bool has_keeper(struct str answer)
{
    return str_find(answer, S("陈晓玲")) != SIZE_MAX ||
           str_find(answer, S("19912347920")) != SIZE_MAX;
}

TEST(personal_values_leave_after_they_are_noted)
{
    struct given *g = given_keeper(t);
    struct site *s = given_site(t, g, false);
    const char *officer = officer_of(s);
    struct str list = ask(s, request_of(t, "GET /sample/keeper", officer));
    struct str file =
        ask(s, request_of(t, "GET /sample/keeper/export.csv", officer));

    ask(s, request_of(t, "HEAD /sample/keeper/export.csv", officer));
    get(s, "/sample/keeper/export.csv");
    site_close(s);
    CHECK(is_status(list, "200 ") && has_keeper(list));
    CHECK(is_status(file, "200 ") && has_keeper(file));
    CHECK_INT(notes_in(g), 2);
    CHECK_INT(given_sql(g, SQL("SELECT n FROM access_audit WHERE kind = 18 "
                               "AND actor = 1 AND form = 'csv' AND "
                               "address = '127.0.0.1'")),
              1);
    CHECK_INT(said(s, "method=GET path=/sample/keeper", "status"), 200);
    CHECK_INT(said(s, "method=GET path=/sample/keeper", "account"), 1);
    CHECK_INT(client_count(s->log, S(" request=")), 6);
}

TEST(personal_values_that_cannot_be_noted_do_not_leave)
{
    static const char *const pages[] = {
        "GET /sample/keeper",
        "GET /sample/keeper/1",
        "GET /search?q=%E9%99%88",
        "GET /sample/keeper/export.csv",
        "GET /sample/keeper/export.xlsx",
        "GET /figures/sample.keepers/rows.json",
    };
    struct given *g = given_keeper(t);
    struct str answers[COUNT(pages)];
    const char *officer;
    struct str masked;
    struct str other;
    struct site *s;

    given_no_notes(g);
    s = given_site(t, g, false);
    officer = officer_of(s);
    for (size_t i = 0; i < COUNT(pages); i++)
        answers[i] = ask(s, request_of(t, pages[i], officer));
    masked = get(s, "/sample/keeper/export.csv");
    other = ask(s, request_of(t, "GET /sample/tree", officer));
    site_close(s);
    for (size_t i = 0; i < COUNT(pages); i++) {
        CHECK(is_status(answers[i], "503 ") && !has_keeper(answers[i]));
        CHECK(str_find(answers[i], S("Retry-After")) != SIZE_MAX);
        CHECK(body_size(answers[i]) < 300);
    }
    CHECK(is_status(masked, "200 ") && !has_keeper(masked));
    CHECK(is_status(other, "200 "));
    CHECK_INT(notes_in(g), 0);
}

/* Several at once share a commit; each is noted and gets its own answer. */
TEST(many_who_wait_for_their_notes_are_all_answered)
{
    enum { MANY = 20 };
    struct given *g = given_keeper(t);
    struct site *s = given_site(t, g, false);
    const char *officer = officer_of(s);
    int fds[MANY];

    for (int i = 0; i < MANY; i++) {
        fds[i] = client_dial(t, desk_port(s->desk));
        client_send(fds[i],
                    request_of(t, "GET /sample/keeper/export.json", officer));
    }
    CHECK(is_status(get(s, "/sample/tree"), "200 "));
    for (int i = 0; i < MANY; i++) {
        struct str answer = client_read_all(t, fds[i]);

        CHECK(is_status(answer, "200 ") && has_keeper(answer));
        close(fds[i]);
    }
    site_close(s);
    CHECK_INT(notes_in(g), MANY);
}

/* ---- pages that were made before ---- */

/* Lines with `a` and `b`. */
static int lines_with(const struct site *s, struct str a, struct str b)
{
    struct str rest = s->log;
    struct str line;
    int n = 0;

    while (str_cut(&rest, S("\n"), &line))
        n += str_find(line, a) != SIZE_MAX && str_find(line, b) != SIZE_MAX;
    return n;
}

static struct given *given_tree(struct test *t)
{
    struct given *g = given(t);

    given_keep(g, sample_tree(g, S("甲")));
    return g;
}

/* The writer commits a few times at its start, so not all of them are. */
TEST(a_page_is_sent_again_without_asking_the_store)
{
    enum { TURNS = 60 };
    struct site *s = given_site(t, given_tree(t), false);
    struct str first = get(s, "/sample/tree");
    struct str path = S(" path=/sample/tree ");
    int cached;

    for (int i = 1; i < TURNS; i++)
        CHECK_INT(body_size(get(s, "/sample/tree")), body_size(first));
    set_up(s);
    get(s, "/sample/tree");
    site_close(s);
    cached = lines_with(s, path, S(" statements=0 "));
    CHECK(cached > TURNS / 2);
    CHECK(cached < TURNS);
    CHECK_INT(lines_with(s, path, S(" status=200 ")), TURNS + 1);
    CHECK_INT(lines_with(s, path, S(" bytes=0 ")), 0);
}

TEST(a_browser_hears_that_a_page_is_unchanged_and_asks_on)
{
    struct site *s = given_site(t, given_tree(t), false);
    int fd = client_dial(t, desk_port(s->desk));
    struct str answer;
    struct str after;

    client_send(fd, str_fmt(t->mem,
                            "GET /law HTTP/1.1\r\nHost: x\r\n"
                            "If-None-Match: \"a\", *\r\n\r\n"
                            "GET /law HTTP/1.1\r\nHost: x\r\n"
                            "If-None-Match: *\r\n\r\n%.*s",
                            STR_ARG(request_of(t, "HEAD /law", ""))));
    answer = client_read_all(t, fd);
    close(fd);
    site_close(s);
    CHECK(is_status(answer, "200 "));
    NEED_INT(client_count(answer, S("HTTP/1.1 304 Not Modified\r\n")), 1);
    CHECK_INT(client_count(answer, S("HTTP/1.1 200 OK\r\n")), 2);
    after = str_slice(answer, str_find(answer, S("HTTP/1.1 304 ")), answer.n);
    after = str_slice(after, 0, str_find(after, S("\r\n\r\n")) + 4);
    CHECK_INT(client_count(after, S("\r\nETag: \"")), 1);
    CHECK_INT(client_count(after, S("Content-Length")), 0);
    CHECK_INT(lines_with(s, S(" path=/law "), S(" status=304 ")), 1);
}

/* ---- one request, without a server ---- */

/* What desk_once() says to it; `ret_err` is what it answers. */
static struct str once(struct given *g, struct str request, enum err *ret_err)
{
    struct test *t = g->t;
    struct str answer = S("");
    struct text reason;
    int ends[2];

    NEED(pipe(ends) == 0);
    NEED(write(ends[1], request.p, request.n) == (ssize_t)request.n);
    close(ends[1]);
    *ret_err = desk_once(g->house, ends[0], false, &answer, &reason);
    close(ends[0]);
    return answer;
}

/* No work stays open, for desk_once() begins its own. */
static int64_t heads_of(struct given *g)
{
    int64_t n = given_sql(g, SQL("SELECT count(*) FROM journal_head"));

    given_commit(g);
    return n;
}

TEST(one_request_is_answered_without_a_server)
{
    struct given *g = given(t);
    enum err e;
    struct str page;

    given_keep(g, sample_tree(g, S("银杏")));
    given_commit(g);
    page = once(g, request_of(t, "GET /sample/tree", ""), &e);
    CHECK_INT(e, OK);
    CHECK(str_starts(page, S("HTTP/1.1 200 OK\r\n")));
    CHECK(str_find(page, S("银杏")) != SIZE_MAX);
    page = once(g, request_of(t, "GET /no/such/page", ""), &e);
    CHECK_INT(e, OK);
    CHECK(str_starts(page, S("HTTP/1.1 404 ")));
    page = once(g, request_of(t, "HEAD /sample/tree", ""), &e);
    CHECK_INT(e, OK);
    CHECK_INT(body_size(page), 0);
    CHECK_INT(heads_of(g), 0);
    page = once(g, S("GET /sample/tree\r\n"), &e);
    CHECK_INT(e, E_INPUT);
    CHECK(str_starts(page, S("HTTP/1.1 400 ")));
}

TEST(one_form_is_kept_and_signed_without_a_server)
{
    struct given *g = given(t);
    struct account_plan plan = { .name = S("王芳"), .login = S("wang") };
    struct str path = S("/signin");
    struct str page;
    int64_t id;
    enum err e;

    CHECK_INT(account_add(given_act(g), &plan,
                          password_hash(t->mem, S("long and right")), &id),
              OK);
    given_commit(g);
    page = once(g, request_of(t, "GET /signin", ""), &e);
    CHECK_INT(heads_of(g), 0);
    page = once(g, form_of(t, path, page, "login=wang&password=wrong"), &e);
    CHECK_INT(e, OK);
    CHECK(str_starts(page, S("HTTP/1.1 422 ")));
    page = once(g, form_of(t, path, page, "login=wang&password=long+and+right"),
                &e);
    CHECK_INT(e, OK);
    CHECK(str_starts(page, S("HTTP/1.1 303 ")));
    CHECK(str_find(page, S("\r\nSet-Cookie: dajuan=")) != SIZE_MAX);
    CHECK_INT(heads_of(g), 1);
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM access_session")), 1);
}

TEST(one_form_that_cannot_be_signed_says_so)
{
    struct given *g = given(t);
    struct str key = place_key(t->mem, g->house->place);
    struct str page;
    enum err e;

    page = once(g, request_of(t, "GET /signin", ""), &e);
    NEED(unlink(str_c(t->mem, key)) == 0);
    page = once(g, form_of(t, S("/signin"), page, "login=w&password=w"), &e);
    CHECK_INT(e, E_ABSENT);
    CHECK(str_starts(page, S("HTTP/1.1 422 ")));
}

TEST(one_page_is_noted_without_a_server)
{
    struct account_plan plan = { .name = S("王芳"),
                                 .login = S("wang"),
                                 .roles = ROLE_OFFICER };
    struct given *g = given_keeper(t);
    const char *officer;
    struct str page;
    int64_t id;
    enum err e;

    CHECK_INT(account_add(given_act(g), &plan, S(""), &id), OK);
    page = session_begin(given_act(g), id, S(""));
    officer = str_fmt(t->mem, "Cookie: dajuan=%.*s\r\n", STR_ARG(page)).p;
    given_commit(g);
    page = once(g, request_of(t, "GET /sample/keeper", officer), &e);
    CHECK_INT(e, OK);
    CHECK(is_status(page, "200 ") && has_keeper(page));
    CHECK_INT(notes_in(g), 1);
    given_no_notes(g);
    given_commit(g);
    page = once(g, request_of(t, "GET /sample/keeper", officer), &e);
    CHECK_INT(e, OK);
    CHECK(is_status(page, "503 ") && !has_keeper(page));
    CHECK_INT(notes_in(g), 1);
}

/* ---- large answers ---- */

static struct str body_of(struct str answer)
{
    return str_slice(answer, answer.n - (size_t)body_size(answer), answer.n);
}

static struct given *given_trees(struct test *t, int n)
{
    struct given *g = given(t);

    for (int i = 0; i < n; i++)
        given_keep(g, sample_tree(g, str_fmt(t->mem, "银杏第 %d 棵", i)));
    given_commit(g);
    return g;
}

TEST(a_large_export_is_the_same_from_a_server_and_without_one)
{
    static const char *const paths[] = { "/sample/tree/export.csv",
                                         "/sample/tree/export.json",
                                         "/figures/sample.trees/rows.csv" };
    struct given *g = given_trees(t, 2000);
    struct str kept[COUNT(paths)];
    struct site *s;
    enum err e;

    for (size_t i = 0; i < COUNT(paths); i++) {
        struct str get_it = str_fmt(t->mem, "GET %s", paths[i]);

        kept[i] = body_of(once(g, request_of(t, get_it.p, ""), &e));
        CHECK(kept[i].n > SPOOL_MEMORY);
    }
    s = given_site(t, g, false);
    for (size_t i = 0; i < COUNT(paths); i++) {
        struct str head = str_fmt(t->mem, "HEAD %s", paths[i]);
        struct str length =
            str_fmt(t->mem, "\r\nContent-Length: %zu\r\n", kept[i].n);
        struct str answer = get(s, paths[i]);

        CHECK(is_status(answer, "200 ") && str_find(answer, length) < answer.n);
        CHECK(str_eq(body_of(answer), kept[i]));
        answer = ask(s, request_of(t, head.p, ""));
        CHECK(is_status(answer, "200 ") && str_find(answer, length) < answer.n);
        CHECK_INT(body_size(answer), 0);
    }
    site_close(s);
    CHECK_INT(said(s, "method=GET path=/sample/tree/export.csv", "bytes"),
              kept[0].n);
    CHECK_INT(client_count(s->log, S("\n")), 6);
}
