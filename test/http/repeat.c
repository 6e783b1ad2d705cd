/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * The same form many times at once is one row; different forms for the same
 * row are one row and refusals; and signing in: what is locked, what ends,
 * what works once.
 */
#include "test/http/audit.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

enum { SENDERS = 64, WRONG_TRIES = 5 };

struct sender {
    pthread_t thread;
    pthread_barrier_t *start;
    struct client client;
    struct mem *m;
    struct str path, fields;
    struct answer answer;
};

static void *send_one(void *arg)
{
    struct sender *s = arg;

    client_get(&s->client, s->m, S("/healthz")); /* connected */
    pthread_barrier_wait(s->start);
    s->answer = client_post(&s->client, s->m, s->path, s->fields);
    return NULL;
}

/* All at once; `fields` of each follow from its number when `own`. */
static void send_many(struct audit *a, struct mem *m, struct sender *all,
                      struct str fields, bool own)
{
    pthread_barrier_t start;

    pthread_barrier_init(&start, NULL, SENDERS);
    for (int i = 0; i < SENDERS; i++) {
        all[i] = (struct sender){ .start = &start,
                                  .client = a->boss,
                                  .m = mem_child(m),
                                  .path = audit_owned_path(m, "/new") };
        all[i].client.fd = -1;
        all[i].fields = str_fmt(all[i].m, "%.*s&once=%s%d", STR_ARG(fields),
                                own ? "own" : "same", own ? i : 0);
        if (pthread_create(&all[i].thread, NULL, send_one, &all[i]) != 0)
            BUG("no thread");
    }
    for (int i = 0; i < SENDERS; i++) {
        pthread_join(all[i].thread, NULL);
        client_close(&all[i].client);
        audit_judge(a, &all[i].answer, all[i].path);
    }
    pthread_barrier_destroy(&start);
}

static struct str twin(struct mem *m, const char *title)
{
    return audit_owned_fields(m, title, "甲局");
}

/* Rows of this title. */
static int rows_of(struct audit *a, struct mem *m, const char *title)
{
    struct buf *b = buf_new(m, 4096);
    struct str body;
    const struct ledger *l = audit_owned();
    struct str what = str_fmt(m, "\"%.*s\":\"%s\"",
                              STR_ARG(l->columns[ledger_title(l)].key), title);
    int n = 0;
    size_t at;

    buf_put(b, audit_owned_path(m, "/export.json?year=2024&q="));
    escape_put(b, str_from(title));
    body = audit_get(a, &a->boss, m, buf_str(b)).body;
    while ((at = str_find(body, what)) != SIZE_MAX) {
        body = str_slice(body, at + what.n, body.n);
        n++;
    }
    return n;
}

void audit_repeats(struct audit *a)
{
    struct mem *m = mem_child(a->m);
    struct sender *all = NEW_ARRAY(m, struct sender, SENDERS);
    int made = 0;

    send_many(a, m, all, twin(m, "同一张表"), false);
    for (int i = 0; i < SENDERS; i++)
        expect(a,
               all[i].answer.status == 303 &&
                   str_eq(answer_header(&all[i].answer, S("Location")),
                          answer_header(&all[0].answer, S("Location"))),
               "the same form again: %d, another answer than the first",
               all[i].answer.status);
    expect(a, rows_of(a, m, "同一张表") == 1, "%d rows of one form",
           rows_of(a, m, "同一张表"));

    send_many(a, m, all, twin(m, "同一行"), true);
    for (int i = 0; i < SENDERS; i++) {
        int status = all[i].answer.status;

        made += status == 303;
        expect(a, status == 303 || status == 409 || status == 422,
               "another form for a row that is there: %d", status);
    }
    expect(a, made == 1, "%d of 64 forms made the same row", made);
    expect(a, rows_of(a, m, "同一行") == 1, "%d rows of one identity",
           rows_of(a, m, "同一行"));
    mem_free(m);
}

/* ---- signing in ---- */

static struct answer sign_in(struct audit *a, struct client *c, struct mem *m,
                             const char *login, const char *password)
{
    struct buf *b = buf_new(m, 4096);

    client_init(c, a->site->port);
    expect(a, client_csrf(c, m, S("/signin")), "no form to sign in");
    form_put(b, S("login"), str_from(login));
    form_put(b, S("password"), str_from(password));
    return audit_post(a, c, m, S("/signin"), buf_str(b));
}

static const char right[] = "correct horse battery";

/* The page without what must differ: the name typed and the token. */
static struct str comparable(struct mem *m, const struct answer *ans,
                             const char *login)
{
    struct str body = ans->body;
    struct str what[2] = { between(body, S("name=\"csrf\" value=\""), S("\"")),
                           str_from(login) };
    struct buf *b = buf_new(m, 1 << 20);

    while (body.n) {
        size_t cut = 0;

        for (int i = 0; i < 2; i++)
            if (what[i].n && str_starts(body, what[i]))
                cut = what[i].n;
        if (!cut)
            buf_byte(b, body.p[0]);
        body = str_slice(body, cut ? cut : 1, body.n);
    }
    return buf_str(b);
}

static void check_unknown(struct audit *a, struct mem *m)
{
    struct client c;
    struct answer unknown = sign_in(a, &c, m, "nobody-x", right);
    struct answer wrong = sign_in(a, &c, m, "officer", "wrong");

    expect(a, unknown.status == 422 && wrong.status == 422,
           "unknown %d, wrong %d", unknown.status, wrong.status);
    expect(a,
           str_eq(comparable(m, &unknown, "nobody-x"),
                  comparable(m, &wrong, "officer")),
           "an unknown name is answered otherwise than a wrong password");
    expect(a, c.session[0] == '\0', "a session without a password");
}

static void check_lock(struct audit *a, struct mem *m)
{
    struct client c;
    struct answer ans;

    /* What was tried on other pages is forgotten by a right one. */
    expect(a, sign_in(a, &c, m, "editor", right).status == 303,
           "the right password is refused");
    for (int i = 0; i < WRONG_TRIES; i++) {
        ans = sign_in(a, &c, m, "editor", "not the password");
        expect(a, ans.status == 422, "a wrong password: %d", ans.status);
    }
    ans = sign_in(a, &c, m, "editor", right);
    expect(a, ans.status == 429, "after %d wrong tries the right one works: %d",
           WRONG_TRIES, ans.status);
    expect(a, c.session[0] == '\0', "a session in spite of the lock");
    expect(a, audit_get(a, &a->who[AUDIT_EDITOR], m, S("/me")).status == 200,
           "the lock ended a session that was open");
    expect(a, sign_in(a, &c, m, "officer", right).status == 303,
           "the lock of one locks another");
}

/* Sign in with the cookie of a browser that is known, and no session. */
static struct answer sign_in_known(struct audit *a, struct mem *m,
                                   const char *login, struct str known)
{
    struct client c;
    struct buf *b = buf_new(m, 4096);

    client_init(&c, a->site->port);
    expect(a, client_csrf(&c, m, S("/signin")), "no form to sign in");
    snprintf(c.session, sizeof(c.session), "x; dajuan_known=%.*s",
             STR_ARG(known));
    form_put(b, S("login"), str_from(login));
    form_put(b, S("password"), str_from(right));
    return audit_post(a, &c, m, S("/signin"), buf_str(b));
}

/* Others who try do not keep the owner out of a browser that is known. */
static void check_known(struct audit *a, struct mem *m)
{
    struct client c;
    struct answer ans = sign_in(a, &c, m, "officer", right);
    struct str known = between(ans.head, S("dajuan_known="), S(";"));

    expect(a, ans.status == 303 && known.n == 43, "no cookie to be known by");
    for (int i = 0; i < WRONG_TRIES; i++)
        sign_in(a, &c, m, "officer", "not the password");
    ans = sign_in(a, &c, m, "officer", right);
    expect(a, ans.status == 429, "no pause for others: %d", ans.status);
    ans = sign_in_known(a, m, "officer", S("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
    expect(a, ans.status == 429, "a made-up browser is known: %d", ans.status);
    ans = sign_in_known(a, m, "officer", known);
    expect(a, ans.status == 303, "the owner is kept out: %d", ans.status);
}

static void check_cookie(struct audit *a, struct mem *m)
{
    struct client c;
    struct answer ans = sign_in(a, &c, m, "officer", right);
    struct str cookie = answer_header(&ans, S("Set-Cookie"));
    char old[sizeof(c.session)];

    expect(a,
           str_find(cookie, S("HttpOnly")) != SIZE_MAX &&
               str_find(cookie, S("SameSite=")) != SIZE_MAX &&
               str_find(cookie, S("Path=/")) != SIZE_MAX,
           "cookie: %.*s", STR_ARG(cookie));
    memcpy(old, c.session, sizeof(old));
    expect(a, client_csrf(&c, m, S("/me")), "not signed in");
    ans = audit_post(a, &c, m, S("/signout"), S(""));
    expect(a, ans.status == 303, "signing out: %d", ans.status);
    memcpy(c.session, old, sizeof(old));
    ans = audit_get(a, &c, m, S("/me"));
    expect(a, ans.status == 401 || ans.status == 303,
           "the old cookie after signing out: %d", ans.status);
    ans = audit_post(a, &c, m, audit_owned_path(m, "/new"), twin(m, "旧"));
    expect(a, ans.status == 403, "a form with the old cookie: %d", ans.status);
}

/* A made-up session is none, and signing in gives a new one. */
static void check_fixation(struct audit *a, struct mem *m)
{
    static const char made_up[] = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    struct client c;
    struct answer ans;

    client_init(&c, a->site->port);
    memcpy(c.session, made_up, sizeof(made_up));
    ans = audit_get(a, &c, m, S("/me"));
    expect(a, ans.status == 401 || ans.status == 303, "a made-up cookie: %d",
           ans.status);
    expect(a, client_csrf(&c, m, S("/signin")), "no form");
    ans = audit_post(a, &c, m, S("/signin"),
                     S("&login=officer&password=correct+horse+battery"));
    expect(a, ans.status == 303 && strcmp(c.session, made_up) != 0,
           "signing in kept a made-up cookie");
}

static void check_link(struct audit *a, struct mem *m)
{
    struct client c;
    struct buf *b = buf_new(m, 4096);
    struct answer ans;
    struct str link;

    form_put(b, S("name"), S("一次"));
    form_put(b, S("login"), S("once"));
    form_put(b, S("role"), S("officer"));
    ans = audit_post(a, &a->boss, m, S("/accounts"), buf_str(b));
    link = str_fmt(m, "/link/%.*s",
                   STR_ARG(str_slice(between(ans.body, S("/link/"), S("<")), 0,
                                     43)));
    client_init(&c, a->site->port);
    expect(a, client_csrf(&c, m, link), "the link does not open");
    ans = audit_post(a, &c, m, link, S("&password=short"));
    expect(a, ans.status == 422, "a short password: %d", ans.status);
    expect(a, client_set_up(&c, m, link, S("once")), "the link fails");
    client_init(&c, a->site->port);
    ans = audit_get(a, &c, m, link);
    expect(a, ans.status == 404, "the link opens again: %d", ans.status);
    expect(a, client_csrf(&c, m, S("/signin")), "no form");
    ans = audit_post(a, &c, m, link, S("&password=another+long+password"));
    expect(a, ans.status == 404, "the link works again: %d", ans.status);
    ans = audit_get(a, &c, m, a->site->link);
    expect(a, ans.status == 404, "the first link opens again: %d", ans.status);
}

/* An account that was ended is out at once. */
static void check_ended(struct audit *a, struct mem *m)
{
    struct client c;
    struct answer ans;
    struct str path;
    int64_t id = 0;

    expect(a, sign_in(a, &c, m, "once", right).status == 303, "not in");
    ans = audit_get(a, &a->boss, m, S("/accounts"));
    for (int64_t i = 1; i < 100; i++) /* the newest has the largest number */
        if (str_find(ans.body, str_fmt(m, "\"/accounts/%lld\"",
                                       (long long)i)) != SIZE_MAX)
            id = i;
    path = str_fmt(m, "/accounts/%lld/end", (long long)id);
    ans = audit_post(a, &a->boss, m, path, S(""));
    expect(a, ans.status == 422, "ending without a reason: %d", ans.status);
    ans = audit_post(a, &a->boss, m, path, S("&reason=left"));
    expect(a, ans.status == 303, "ending an account: %d", ans.status);
    ans = audit_get(a, &c, m, S("/me"));
    expect(a, ans.status == 401 || ans.status == 303,
           "an ended account is still in: %d", ans.status);
    ans = sign_in(a, &c, m, "once", right);
    expect(a, ans.status == 422, "an ended account signs in: %d", ans.status);
}

void audit_sign_in(struct audit *a)
{
    struct mem *m = mem_child(a->m);

    check_unknown(a, m);
    check_cookie(a, m);
    check_fixation(a, m);
    check_link(a, m);
    check_ended(a, m);
    check_lock(a, m);
    check_known(a, m);
    mem_free(m);
}
