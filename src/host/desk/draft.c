/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Drafts are forms that wait (kept.h), listed to their owner. */
#include "host/desk/draft.h"

#include "host/desk/kept.h"
#include "host/desk/route.h"
#include "host/desk/said.h"
#include "host/desk/year_link.h"

bool draft_asked(struct ctx *c)
{
    return c->who.account && ctx_query(c, S("draft")).n > 0;
}

static struct str short_field(struct ctx *c, struct str name)
{
    struct str key = ctx_field(c, name);

    return key.n <= KEPT_KEY_MAX ? key : S("");
}

struct str draft_key(struct ctx *c)
{
    return c->route->method == ROUTE_POST ? short_field(c, S("kept"))
                                          : ctx_query(c, S("kept"));
}

/*
 * A draft without a key gets the token of its page, so that going back and
 * keeping it again makes no second one.
 */
static struct str key_to_keep(struct ctx *c)
{
    struct str key = draft_key(c);

    return key.n ? key : short_field(c, S("once"));
}

static bool is_full(struct ctx *c, struct str key)
{
    return tx_int(c->tx,
                  SQL("SELECT count(*) FROM waiting_form WHERE district = ?1 "
                      "AND account = ?2 AND key <> ?3 AND draft = 1 AND "
                      "until > ?4"),
                  WITH(INT(c->house->district), INT(c->who.account), STR(key),
                       INT(c->now)),
                  0) >= DRAFTS_MAX;
}

enum err draft_keep(struct ctx *c)
{
    struct kept_form *k = kept_of(c);

    k->draft = true;
    k->key = key_to_keep(c);
    k->page = c->year == c->year_usual ? k->action
                                       : year_link(c->m, k->action, c->year);
    if (k->key.n == 0)
        return refuse(c, E_INPUT,
                      TEXT("这张表不完整，请刷新页面后再填",
                           "the form is not whole; reload the page"));
    if (is_full(c, k->key))
        return refuse(c, E_CLASH,
                      TEXT("您已经有 50 份草稿，存不下了；请先到“我的账户”"
                           "丢弃不用的草稿",
                           "you have 50 drafts already; throw away some that "
                           "you do not need, under your account"));
    kept_write(c, k, c->who.account);
    announce(c, SAID_DRAFT);
    return see_other(c, "%.*s", STR_ARG(kept_link(c->m, k->action, k->key)));
}

size_t draft_list(struct ctx *c, struct draft ret[DRAFTS_MAX])
{
    size_t n = 0;
    struct rows r = tx_query(
        c->tx,
        SQL("SELECT key, page, action, at, until, typed FROM waiting_form "
            "WHERE district = ?1 AND account = ?2 AND draft = 1 AND "
            "until > ?3 ORDER BY at DESC"),
        WITH(INT(c->house->district), INT(c->who.account), INT(c->now)));

    for (; n < DRAFTS_MAX && rows_next(&r); n++) {
        ret[n] = (struct draft){ .key = rows_text(&r, 0, c->m),
                                 .page = rows_text(&r, 1, c->m),
                                 .action = rows_text(&r, 2, c->m),
                                 .at = rows_int(&r, 3),
                                 .until = rows_int(&r, 4) };
        kept_typed(c->m, rows_text(&r, 5, c->m), &ret[n].typed);
    }
    rows_end(&r);
    return n;
}

int64_t draft_count(struct ctx *c)
{
    return tx_int(c->tx,
                  SQL("SELECT count(*) FROM waiting_form WHERE district = ?1 "
                      "AND account = ?2 AND draft = 1 AND until > ?3"),
                  WITH(INT(c->house->district), INT(c->who.account),
                       INT(c->now)),
                  0);
}

void draft_drop(struct ctx *c, struct str key)
{
    tx_run_unjournaled(c->tx,
                       SQL("DELETE FROM waiting_form WHERE district = ?1 AND "
                           "account = ?2 AND key = ?3"),
                       WITH(INT(c->house->district), INT(c->who.account),
                            STR(key)));
}

void draft_end(struct ctx *c)
{
    struct str keys[] = { short_field(c, S("kept")),
                          short_field(c, S("once")) };

    for (size_t i = 0; i < COUNT(keys); i++)
        if (keys[i].n && c->location.n && !draft_asked(c))
            draft_drop(c, keys[i]);
}

void draft_drop_all(struct ctx *c, int64_t account)
{
    tx_run_unjournaled(c->tx,
                       SQL("DELETE FROM waiting_form WHERE district = ?1 AND "
                           "account = ?2"),
                       WITH(INT(c->house->district), INT(account)));
}
