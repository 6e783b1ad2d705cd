/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What happened to rows, as the journal tells it. */
#include "host/given/given.h"
#include "host/ledger/story.h"

static struct story_row tree(int64_t id)
{
    return (struct story_row){ S("sample.tree"), id };
}

/* Two trees; the first changed by an account, voided, restored. */
static struct scope given_story(struct given *g)
{
    struct ledger_row *row = sample_tree(g, S("甲"));

    tx_run_unjournaled(
        given_tx(g),
        SQL("INSERT INTO access_account (district, id, name, login, "
            "password, roles, org, made_at, ended_at) "
            "VALUES (370212, 7, '王芳', 'wf', '', 2, 0, 0, 0)"),
        (struct args){ 0 });
    given_int(row, "visits", 10);
    given_keep(g, row);
    given_keep(g, sample_tree(g, S("乙")));
    row = given_kept(g, "sample.tree", 1);
    given_int(row, "visits", 30);
    given_text(row, "remark", S("好"));
    given_act(g)->actor = GIVEN_ACCOUNT;
    given_change(g, row);
    given_void(g, "sample.tree", 1);
    given_restore(g, "sample.tree", 1);
    return act_scope(given_act(g));
}

TEST(story_tells_who_did_what_and_why)
{
    struct given *g = given(t);
    struct scope in = given_story(g);
    const struct story_row of = tree(1);
    struct story_event *e;
    bool more;

    e = story_read(in, &of, 1, 10, &more);
    NEED(e != NULL && !more);
    CHECK_INT(e->type, JOURNAL_RESTORE);
    CHECK_INT(e->version, 4);
    CHECK_INT(e->changes_n, 0);
    e = e->next;
    NEED(e != NULL);
    CHECK_INT(e->type, JOURNAL_VOID);
    CHECK_STR(e->reason, S("重复登记"));
    CHECK_STR(e->step, S(""));
    e = e->next;
    NEED(e != NULL);
    CHECK_INT(e->type, JOURNAL_UPDATE);
    CHECK_INT(e->actor, GIVEN_ACCOUNT);
    CHECK_STR(e->name, S("王芳"));
    CHECK_INT(e->roles, ROLE_OFFICER);
    CHECK_INT(e->at, given_act(g)->now);
    NEED_INT(e->changes_n, 2);
    CHECK_STR(e->changes->field, S("remark"));
    CHECK_STR(e->changes->before, S(""));
    CHECK_STR(e->changes->after, S("好"));
    CHECK_STR(e->changes->next->field, S("visits"));
    CHECK_STR(e->changes->next->before, S("10"));
    CHECK_STR(e->changes->next->after, S("30"));
    CHECK(e->changes->next->next == NULL);
    e = e->next;
    NEED(e != NULL);
    CHECK_INT(e->type, JOURNAL_INSERT);
    CHECK_STR(e->name, S("")); /* the shell is no account */
    CHECK(e->next == NULL);
}

/* The entries' rows, newest first: "11121". */
static struct str told(struct given *g, const struct story_event *e)
{
    struct str s = S("");

    for (; e; e = e->next)
        s = str_fmt(g->m, "%.*s%lld", STR_ARG(s), (long long)e->row.id);
    return s;
}

TEST(story_of_several_rows_is_one)
{
    struct given *g = given(t);
    struct scope in = given_story(g);
    const struct story_row both[] = { tree(2), tree(1) };
    bool more;

    CHECK_STR(told(g, story_read(in, both, 2, 10, &more)), S("11121"));
    CHECK(!more);
    CHECK_STR(told(g, story_read(in, both, 1, 10, &more)), S("2"));
}

TEST(story_says_that_there_is_more)
{
    struct given *g = given(t);
    struct scope in = given_story(g);
    const struct story_row both[] = { tree(2), tree(1) };
    const struct story_row other = { S("sample.keeper"), 1 };
    bool more;

    CHECK_STR(told(g, story_read(in, both, 2, 5, &more)), S("11121"));
    CHECK(!more);
    CHECK_STR(told(g, story_read(in, both, 2, 4, &more)), S("1112"));
    CHECK(more);
    CHECK_STR(told(g, story_read(in, both, 2, 3, &more)), S("111"));
    CHECK(more);
    CHECK(story_read(in, &other, 1, 3, &more) == NULL);
    CHECK(!more);
}
