/* SPDX-License-Identifier: MulanPSL-2.0 */
/* One's own account: what it may, its password, where it is signed in. */
#include "host/page/me_page.h"

#include "base/date.h"
#include "host/desk/kept.h"
#include "host/desk/request.h"
#include "host/ledger/row.h"
#include "host/page/row_form_view.h"
#include "host/page/views/me.h"

static const struct field password_fields[] = {
    { S_INIT("old"), FIELD_SECRET, TEXT_INIT("现在的密码", "Password now"), 0,
      PASSWORD_SENT_MAX },
    { S_INIT("password"), FIELD_SECRET, TEXT_INIT("新密码", "New password"), 0,
      PASSWORD_SENT_MAX },
};
const struct form password_form = { password_fields, COUNT(password_fields),
                                    false };

static const struct field session_fields[] = {
    { S_INIT("session"), FIELD_TEXT, TEXT_INIT("登录", "Session"), 1, 64 },
};
const struct form session_form = { session_fields, COUNT(session_fields),
                                   false };

static const struct field draft_fields[] = {
    { S_INIT("draft"), FIELD_TEXT, TEXT_INIT("草稿", "Draft"), 1,
      KEPT_KEY_MAX },
};
const struct form draft_form = { draft_fields, COUNT(draft_fields), false };

/* ---- drafts ---- */

/* Several drafts of new rows are told apart by what their title would be. */
static struct text with_title(struct ctx *c, const struct draft *d,
                              const struct ledger *l)
{
    struct text of = row_form_title(c, l, NULL);
    struct str typed = form_value(&d->typed, l->columns[ledger_title(l)].key);

    if (!typed.p || typed.n == 0)
        return of;
    return (struct text){
        str_join(c->m, (struct str[]){ of.zh, S("，"), typed }, 3),
        str_join(c->m, (struct str[]){ of.en, S(", "), typed }, 3),
    };
}

/* What a draft is of, by where it is sent: /feature/noun/new or …/12/edit. */
static struct text draft_name(struct ctx *c, const struct draft *d)
{
    struct str path = str_slice(d->action, 1, d->action.n);
    struct str feature = S("");
    struct str noun = S("");
    struct str word = S("");
    const struct ledger *l;
    struct ledger_row *row;
    int64_t id;

    str_cut(&path, S("/"), &feature);
    str_cut(&path, S("/"), &noun);
    str_cut(&path, S("/"), &word);
    l = ledger_find_noun(feature, noun);
    if (!l)
        return text_same(d->action);
    if (str_int(word, &id) && row_load(ctx_scope(c), l, id, &row))
        return row_form_title(c, l, row);
    return with_title(c, d, l);
}

static void list_drafts(struct ctx *c, struct me_page *p)
{
    p->drafts_n = draft_list(c, p->drafts);
    for (size_t i = 0; i < p->drafts_n; i++)
        p->draft_names[i] = draft_name(c, &p->drafts[i]);
}

enum err post_draft_drop(struct ctx *c)
{
    draft_drop(c, ctx_field(c, S("draft")));
    announce(c, SAID_DROPPED);
    return see_other(c, "/me");
}

/* ---- the page ---- */

static enum err me_page(struct ctx *c, struct text wrong)
{
    struct me_page p = {
        .ctx = c,
        .roles = role_names(c->m, c->who.roles),
        .wrong = wrong,
    };

    p.sessions_n = session_list(ctx_scope(c), c->who.account,
                                request_cookie(c->x), c->now, p.sessions);
    list_drafts(c, &p);
    p.links_n = page_links(c, LINK_ON_ME, &p.links);
    view_me(page_body(c), &p);
    return page_send(c, &(struct page){
                            .title = TEXT("我的账户", "My account"),
                            .wrong = !text_empty(wrong),
                            .status = text_empty(wrong) ? 200 : 422,
                        });
}

enum err show_me(struct ctx *c)
{
    return me_page(c, TEXT("", ""));
}

/* What the slow step found out. */
struct change {
    struct try_at at;
    int64_t wait;    /* ms; above 0 nothing was tried */
    bool right;      /* the password of now is */
    struct str hash; /* of the new one */
    struct text wrong;
};

static struct str login_of(struct ctx *c)
{
    struct account a;

    return account_read(ctx_scope(c), c->who.account, &a) ? a.login : S("");
}

/* Whoever sits at a browser that is signed in guesses no faster than others. */
enum err before_password(struct ctx *c)
{
    struct change *ch = NEW(c->m, struct change);
    struct str new = form_value(&c->form, S("password"));

    c->x->user = ch;
    ch->at = sign_try(c, login_of(c), c->who.account);
    ch->wait = tries_wait(ctx_scope(c), &ch->at, c->now);
    if (ch->wait > 0)
        return OK;
    ch->right = password_matches(account_hash(ctx_scope(c), c->who.account),
                                 form_value(&c->form, S("old")));
    if (ch->right && password_is_fit(c->m, new, login_of(c), &ch->wrong))
        ch->hash = password_hash(c->m, new);
    return OK;
}

static enum err wait_page(struct ctx *c, int64_t ms)
{
    enum err e = me_page(c, sign_wait(c, ms));

    c->x->response.status = 429;
    return e;
}

enum err post_password(struct ctx *c)
{
    const struct change *ch = c->x->user;
    int64_t wait =
        ch->wait ? ch->wait : tries_wait(ctx_scope(c), &ch->at, c->now);

    if (wait > 0) {
        tries_slowed(c->act, &ch->at);
        return wait_page(c, wait);
    }
    if (!ch->right) {
        tries_failed(c->act, &ch->at);
        return me_page(c, TEXT("现在的密码不对，没有改动",
                               "the password of now is wrong; nothing was "
                               "changed"));
    }
    tries_forget(ctx_scope(c), &ch->at);
    if (!text_empty(ch->wrong))
        return me_page(c, ch->wrong);
    account_set_password(c->act, c->who.account, ch->hash);
    session_end_others(c->act, c->who.account, request_cookie(c->x));
    announce(c, SAID_PASSWORD);
    return see_other(c, "/me");
}

enum err post_session_end(struct ctx *c)
{
    struct str id = ctx_field(c, S("session"));

    if (str_eq(id, S("others")))
        session_end_others(c->act, c->who.account, request_cookie(c->x));
    else
        session_end_one(c->act, c->who.account, id);
    announce(c, SAID_SESSIONS);
    return see_other(c, "/me");
}
