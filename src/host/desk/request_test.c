/* SPDX-License-Identifier: MulanPSL-2.0 */
/* POSTs of one batch: each is kept or undone by itself, with its entries. */
#include "host/desk/request.h"

#include "access/session.h"
#include "host/given/given.h"

enum { QUEUED = 256 };

/* The forms that were sent before the writer's next turn. */
struct batch {
    struct given *g;
    struct desk_facts facts;
};

static void hear(struct act *act, int64_t who)
{
    struct str content = str_fmt(act->m, "checkin %lld\n", (long long)who);

    journal_append(act->journal, act->tx,
                   &(struct journal_entry){ .type = JOURNAL_SETTING,
                                            .subject = S("test.checkin"),
                                            .row = who,
                                            .version = 1,
                                            .previous = -1,
                                            .at = act->now,
                                            .actor = act->actor,
                                            .fields = &content,
                                            .fields_n = 1 });
}

/* Keeps a row without asking whether it is there, as a feature may. */
static enum err post_checkin(struct ctx *c)
{
    int64_t who = 0;

    if (!str_int(ctx_field(c, S("who")), &who))
        BUG("no number was sent");
    if (who == 0)
        BUG("somebody forgot the number");
    hear(c->act, who);
    tx_run(c->tx, SQL("INSERT INTO checkin (who) VALUES (?1)"), WITH(INT(who)));
    if (who < 0)
        return refuse(c, E_CLASH, TEXT("已满", "it is full"));
    return see_other(c, "/checkin/%lld", (long long)who);
}

static const struct route route =
    ROUTE(POST, "/checkin", ALLOW_ANYONE, NO_FORM, post_checkin);

static struct batch *given_batch(struct test *t)
{
    struct batch *b = NEW(t->mem, struct batch);

    b->g = given(t);
    tx_script(given_tx(b->g), S("CREATE TABLE checkin (who INTEGER NOT NULL "
                                "PRIMARY KEY) STRICT"));
    b->facts.secret = session_secret(act_scope(given_act(b->g)));
    return b;
}

static struct exchange *given_exchange(struct batch *b, struct str query)
{
    struct exchange *x = NEW(b->g->m, struct exchange);

    x->m = b->g->m;
    x->head.method = HTTP_POST;
    x->head.method_name = S("POST");
    x->head.path = S("/checkin");
    x->head.query = query;
    x->head.headers[0] =
        (struct http_header){ S("Sec-Fetch-Site"), S("same-origin") };
    x->head.header_count = 1;
    return x;
}

/* `once` is the form's own token, as every page writes one; "" for none. */
static struct exchange *post_form(struct batch *b, int64_t who, struct str once,
                                  struct str query)
{
    struct mem *m = b->g->m;
    struct session_rule rule = { b->facts.secret, house_now(b->g->house) };
    struct job *j = request_job(given_exchange(b, query), &b->facts);
    struct who visitor;

    session_read(act_scope(given_act(b->g)), S(""), &rule, &visitor);
    j->route = &route;
    j->form.fields = NEW_ARRAY(m, struct form_field, 3);
    j->form.fields[0] = (struct form_field){ S("csrf"), visitor.token };
    j->form.fields[1] = (struct form_field){ S("who"), str_of_int(m, who) };
    j->form.fields[2] = (struct form_field){ S("once"), once };
    j->form.count = 3;
    request_write(j, b->g->house, &b->g->work, &b->facts);
    return j->x;
}

static struct exchange *post(struct batch *b, int64_t who, struct str query)
{
    return post_form(b, who, S(""), query);
}

static bool says(const struct exchange *x, struct str what)
{
    return str_find(buf_str(&x->response.body), what) != SIZE_MAX;
}

/* What is there after the commit: as many rows as entries, and the tree. */
static void check_kept(struct batch *b, int64_t n)
{
    struct test *t = b->g->t;

    CHECK_INT(b->g->work.journal.tree.size, n);
    given_commit(b->g);
    CHECK_INT(given_sql(b->g, SQL("SELECT count(*) FROM checkin")), n);
    CHECK_INT(given_sql(b->g, SQL("SELECT count(*) FROM journal_entry WHERE "
                                  "subject = 'test.checkin'")),
              n);
    CHECK_INT(given_sql(b->g, SQL("SELECT max(seq) FROM journal_entry")),
              n - 1);
}

TEST(a_clash_is_answered_to_one_and_all_others_are_kept)
{
    struct batch *b = given_batch(t);

    for (int64_t i = 0; i < QUEUED; i++) {
        /* 1, 1, 2, 3, … */
        struct exchange *x = post(b, i == 0 ? 1 : i, S(""));

        CHECK_INT(x->response.status, i == 1 ? 409 : 303);
        if (i == 1)
            CHECK(says(x, S("同样的内容刚刚已经有人提交，这次没有保存；"
                            "请返回刷新后再试")));
    }
    check_kept(b, QUEUED - 1);
}

TEST(a_clash_is_answered_in_the_language_of_who_asks)
{
    struct batch *b = given_batch(t);
    struct exchange *x;

    post(b, 1, S("lang=en"));
    x = post(b, 1, S("lang=en"));
    CHECK_INT(x->response.status, 409);
    CHECK(says(x, S("go back, reload and try again")));
    check_kept(b, 1);
}

TEST(a_clash_that_the_handler_found_keeps_its_own_words)
{
    struct batch *b = given_batch(t);
    struct exchange *x = post(b, -1, S("lang=en"));

    CHECK_INT(x->response.status, 409);
    CHECK(says(x, S("it is full")));
    CHECK_INT(post(b, 1, S(""))->response.status, 303);
    check_kept(b, 1);
}

static bool goes_to(const struct exchange *x, struct str location)
{
    return str_find(buf_str(&x->response.headers), location) != SIZE_MAX;
}

TEST(a_form_sent_twice_is_answered_twice_and_kept_once)
{
    struct batch *b = given_batch(t);
    struct exchange *first = post_form(b, 1, S("form 1"), S(""));
    struct exchange *again = post_form(b, 1, S("form 1"), S(""));

    CHECK_INT(first->response.status, 303);
    CHECK_INT(again->response.status, 303);
    CHECK(goes_to(first, S("Location: /checkin/1\r\n")));
    CHECK(goes_to(again, S("Location: /checkin/1\r\n")));
    CHECK_INT(post_form(b, 2, S("form 1"), S(""))->response.status, 409);
    CHECK_INT(post_form(b, 2, S("form 2"), S(""))->response.status, 303);
    check_kept(b, 2);
}

static void post_nobody(void *arg)
{
    post(arg, 0, S("lang=en"));
}

TEST(a_bug_names_the_request_it_was_met_in)
{
    struct batch *b = given_batch(t);
    struct str said;

    post(b, 1, S(""));
    said = test_last_words(t, post_nobody, b);
    CHECK(str_find(said, S("somebody forgot the number (request=")) !=
          SIZE_MAX);
    CHECK(str_ends(said, S(" method=POST path=/checkin)\n")));
}

static void stop(void *arg)
{
    (void)arg;
    BUG("a mistake of the writer");
}

TEST(a_bug_after_a_request_names_none)
{
    struct batch *b = given_batch(t);

    post(b, 1, S(""));
    CHECK(str_ends(test_last_words(t, stop, b),
                   S(": a mistake of the writer\n")));
}
