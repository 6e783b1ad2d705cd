/* SPDX-License-Identifier: MulanPSL-2.0 */
/* given_access.h - for tests: accounts on tables of their own. */
#ifndef DAJUAN_ACCESS_GIVEN_ACCESS_H
#define DAJUAN_ACCESS_GIVEN_ACCESS_H

#include "access/session.h"
#include "base/asset.h"
#include "test/engine.h"

enum { DISTRICT = 370212, NOW_S = 1730966400 };

/* A transaction that writes. */
struct access {
    struct journal journal;
    struct tx tx;
    struct scope in;
    struct act act;
    struct session_rule rule;
};

static inline struct access *given_access(struct test *t)
{
    struct access *a = NEW(t->mem, struct access);
    struct text why = TEXT("", "");
    struct db *db =
        db_open(t->mem, engine_address(t, "access"), DB_CREATE, &why);

    if (!db)
        BUG("%.*s", STR_ARG(why.en));
    tx_begin(db, true, &a->tx);
    tx_script(&a->tx, asset_bytes(S("journal/schema/001.sql")));
    tx_script(&a->tx, asset_bytes(S("journal/schema/002.sql")));
    tx_script(&a->tx, asset_bytes(S("access/schema/001.sql")));
    tx_script(&a->tx, asset_bytes(S("access/schema/002.sql")));
    tx_script(&a->tx, asset_bytes(S("access/schema/003.sql")));
    tx_script(&a->tx, asset_bytes(S("access/schema/004.sql")));
    a->in = (struct scope){ &a->tx, t->mem, DISTRICT };
    journal_load(a->in, &a->journal);
    a->act = (struct act){ .m = t->mem,
                           .tx = &a->tx,
                           .journal = &a->journal,
                           .district = DISTRICT,
                           .now = NOW_S * INT64_C(1000) };
    a->rule = (struct session_rule){ session_secret(a->in), a->act.now };
    return a;
}

static inline int64_t given_account(struct access *a, struct str login)
{
    struct account_plan plan = { .name = S("王芳"),
                                 .login = login,
                                 .roles = ROLE_OFFICER };
    int64_t id = 0;

    if (account_add(&a->act, &plan, S("kept hash"), &id) != OK)
        BUG("a given account was refused");
    return id;
}

#endif
