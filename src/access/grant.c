/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Asking, confirming and dropping are journalled, each with who did it. */
#include "access/grant.h"

#include "access/audit.h"

bool grant_adds(const struct account *a, unsigned roles, int64_t org)
{
    unsigned more = roles & ~a->roles;

    return (more & ROLES_TO_CONFIRM) != 0 ||
           ((roles & ROLE_EDITOR) && org != a->org);
}

static void hear_of(struct act *act, const struct grant *g,
                    enum audit_kind kind)
{
    const char *what = kind == AUDIT_ROLES_ASKED       ? "asked"
                       : kind == AUDIT_ROLES_CONFIRMED ? "confirmed"
                                                       : "dropped";
    struct str content =
        str_fmt(act->m, "account %lld\n%s roles=%u\n%s org=%lld\n",
                (long long)g->account, what, g->roles, what, (long long)g->org);

    act_journal(act, JOURNAL_ACCOUNT, S("access.grant"), g->account, content);
    audit_note(act, &(struct audit_event){ .kind = kind,
                                           .account = g->account,
                                           .what = role_keys(act->m, g->roles),
                                           .n = g->org });
}

enum err grant_ask(struct act *act, const struct grant *g)
{
    tx_run(act->tx,
           SQL("INSERT INTO access_grant (district, account, roles, org, "
               "asked_by, asked_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6) "
               "ON CONFLICT (district, account) DO UPDATE SET "
               "roles = excluded.roles, org = excluded.org, "
               "asked_by = excluded.asked_by, asked_at = excluded.asked_at"),
           WITH(INT(act->district), INT(g->account), INT(g->roles), INT(g->org),
                INT(act->actor), INT(act->now)));
    hear_of(act, g, AUDIT_ROLES_ASKED);
    return tx_err(act->tx);
}

bool grant_read(struct scope in, int64_t account, struct grant *ret)
{
    struct rows r =
        tx_query(in.tx,
                 SQL("SELECT roles, org, asked_by, asked_at FROM "
                     "access_grant WHERE district = ?1 AND account = ?2"),
                 WITH(INT(in.district), INT(account)));

    if (!rows_next(&r))
        return false;
    *ret = (struct grant){ .account = account,
                           .roles = (unsigned)rows_int(&r, 0),
                           .org = rows_int(&r, 1),
                           .asked_by = rows_int(&r, 2),
                           .asked_at = rows_int(&r, 3) };
    rows_end(&r);
    return true;
}

int64_t grant_count(struct scope in, int64_t account)
{
    return tx_int(in.tx,
                  SQL("SELECT count(*) FROM access_grant WHERE district = ?1 "
                      "AND asked_by <> ?2"),
                  WITH(INT(in.district), INT(account)), 0);
}

static void forget(struct act *act, int64_t account)
{
    tx_run(act->tx,
           SQL("DELETE FROM access_grant WHERE district = ?1 AND "
               "account = ?2"),
           WITH(INT(act->district), INT(account)));
}

enum err grant_confirm(struct act *act, int64_t account)
{
    struct grant g;

    if (!grant_read(act_scope(act), account, &g))
        return E_ABSENT;
    if (g.asked_by == act->actor)
        return E_DENIED;
    forget(act, account);
    hear_of(act, &g, AUDIT_ROLES_CONFIRMED);
    return account_change(act, account, g.roles, g.org);
}

enum err grant_drop(struct act *act, int64_t account)
{
    struct grant g;

    if (!grant_read(act_scope(act), account, &g))
        return E_ABSENT;
    forget(act, account);
    hear_of(act, &g, AUDIT_ROLES_DROPPED);
    return tx_err(act->tx);
}
