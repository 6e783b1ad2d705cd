/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Accounts. Making and ending one is journalled; passwords never are. */
#include "access/account.h"

#include "access/audit.h"

/* What the journal says of an account; its seq. */
static int64_t hear_of(struct act *act, int64_t account, struct str what)
{
    return act_journal(act, JOURNAL_ACCOUNT, S("access.account"), account,
                       what);
}

static struct str roles_line(struct act *act, int64_t account, unsigned roles,
                             int64_t org)
{
    return str_fmt(act->m, "account %lld\nroles=%u\norg=%lld\n",
                   (long long)account, roles, (long long)org);
}

static void note(struct act *act, enum audit_kind kind, int64_t account)
{
    audit_note(act, &(struct audit_event){ .kind = kind, .account = account });
}

static void note_roles(struct act *act, enum audit_kind kind,
                       const struct account *a)
{
    audit_note(act, &(struct audit_event){ .kind = kind,
                                           .account = a->id,
                                           .what = role_keys(act->m, a->roles),
                                           .n = a->org });
}

/* Is the login that of an account that may sign in? */
static bool is_taken(struct act *act, struct str login)
{
    return tx_int(act->tx,
                  SQL("SELECT count(*) FROM access_account WHERE "
                      "district = ?1 AND login = ?2 AND ended_at = 0"),
                  WITH(INT(act->district), STR(login)), 0) > 0;
}

enum err account_add(struct act *act, const struct account_plan *plan,
                     struct str hash, int64_t *ret_id)
{
    int64_t id;

    if (is_taken(act, plan->login))
        return E_CLASH;
    id = tx_int(act->tx,
                SQL("SELECT coalesce(max(id), 0) + 1 FROM access_account "
                    "WHERE district = ?1"),
                WITH(INT(act->district)), 0);
    tx_run(act->tx,
           SQL("INSERT INTO access_account (district, id, name, login, "
               "password, roles, org, made_at, ended_at) "
               "VALUES (?1,?2,?3,?4,?5,?6,?7,?8,0)"),
           WITH(INT(act->district), INT(id), STR(plan->name), STR(plan->login),
                STR(hash), INT(plan->roles), INT(plan->org), INT(act->now)));
    hear_of(act, id, roles_line(act, id, plan->roles, plan->org));
    note_roles(act, AUDIT_ACCOUNT_ADDED,
               &(struct account){
                   .id = id, .roles = plan->roles, .org = plan->org });
    *ret_id = id;
    return tx_err(act->tx);
}

void account_set_password(struct act *act, int64_t account, struct str hash)
{
    struct act own = *act;

    own.actor = account; /* nobody else knows what was chosen */
    tx_run(act->tx,
           SQL("UPDATE access_account SET password = ?3 WHERE district = ?1 "
               "AND id = ?2"),
           WITH(INT(act->district), INT(account), STR(hash)));
    hear_of(&own, account,
            str_fmt(act->m, "account %lld\npassword=chosen\n",
                    (long long)account));
    note(&own, AUDIT_PASSWORD_CHOSEN, account);
}

bool account_has_password(struct scope in, int64_t account)
{
    return tx_int(in.tx,
                  SQL("SELECT length(password) FROM access_account WHERE "
                      "district = ?1 AND id = ?2"),
                  WITH(INT(in.district), INT(account)), 0) > 0;
}

struct str account_name(struct scope in, int64_t account)
{
    struct str name = str_fmt(in.m, "#%lld", (long long)account);
    struct rows r = tx_query(in.tx,
                             SQL("SELECT name FROM access_account WHERE "
                                 "district = ?1 AND id = ?2"),
                             WITH(INT(in.district), INT(account)));

    if (rows_next(&r)) {
        name = rows_text(&r, 0, in.m);
        rows_end(&r);
    }
    return name;
}

struct str actor_words(struct scope in, int64_t actor, enum lang l)
{
    switch (actor) {
    case ACTOR_SHELL:
        return text_in(TEXT("系统命令行", "the shell"), l);
    case ACTOR_CLOCK:
        return text_in(TEXT("系统（到期自动办理）", "the clock"), l);
    case ACTOR_VISITOR:
        return text_in(TEXT("未登录的访客", "a visitor"), l);
    default:
        return account_name(in, actor);
    }
}

bool account_read(struct scope in, int64_t account, struct account *ret)
{
    struct rows r = tx_query(in.tx,
                             SQL("SELECT name, login, roles, org, ended_at, "
                                 "length(password) FROM access_account WHERE "
                                 "district = ?1 AND id = ?2"),
                             WITH(INT(in.district), INT(account)));

    if (!rows_next(&r))
        return false;
    *ret = (struct account){
        .id = account,
        .name = rows_text(&r, 0, in.m),
        .login = rows_text(&r, 1, in.m),
        .roles = (unsigned)rows_int(&r, 2),
        .org = rows_int(&r, 3),
        .ended_at = rows_int(&r, 4),
        .has_password = rows_int(&r, 5) > 0,
    };
    rows_end(&r);
    return true;
}

int64_t account_ended(struct scope in, struct str login)
{
    return tx_int(in.tx,
                  SQL("SELECT coalesce(max(id), 0) FROM access_account WHERE "
                      "district = ?1 AND login = ?2 AND ended_at <> 0"),
                  WITH(INT(in.district), STR(login)), 0);
}

enum err account_change(struct act *act, int64_t account, unsigned roles,
                        int64_t org)
{
    tx_run(act->tx,
           SQL("UPDATE access_account SET roles = ?3, org = ?4 WHERE "
               "district = ?1 AND id = ?2 AND ended_at = 0"),
           WITH(INT(act->district), INT(account), INT(roles), INT(org)));
    if (tx_changed(act->tx) == 0)
        return E_ABSENT;
    hear_of(act, account, roles_line(act, account, roles, org));
    note_roles(act, AUDIT_ROLES_CHANGED,
               &(struct account){ .id = account, .roles = roles, .org = org });
    return tx_err(act->tx);
}

/* What only an account that may sign in has. */
static void drop_what_it_had(struct act *act, int64_t account)
{
    tx_run_unjournaled(act->tx,
                       SQL("DELETE FROM access_session WHERE district = ?1 "
                           "AND account = ?2"),
                       WITH(INT(act->district), INT(account)));
    tx_run_unjournaled(act->tx,
                       SQL("DELETE FROM access_link WHERE district = ?1 AND "
                           "account = ?2"),
                       WITH(INT(act->district), INT(account)));
    tx_run_unjournaled(act->tx,
                       SQL("DELETE FROM access_known WHERE district = ?1 AND "
                           "account = ?2"),
                       WITH(INT(act->district), INT(account)));
    tx_run_unjournaled(act->tx,
                       SQL("DELETE FROM access_grant WHERE district = ?1 AND "
                           "account = ?2"),
                       WITH(INT(act->district), INT(account)));
}

enum err account_end(struct act *act, int64_t account, struct str reason)
{
    struct act own = *act;

    tx_run(act->tx,
           SQL("UPDATE access_account SET ended_at = ?3, password = '' "
               "WHERE district = ?1 AND id = ?2 AND ended_at = 0"),
           WITH(INT(act->district), INT(account), INT(act->now)));
    if (tx_changed(act->tx) == 0)
        return E_ABSENT;
    drop_what_it_had(act, account);
    own.reason = reason;
    hear_of(&own, account,
            str_fmt(act->m, "account %lld\nended=1\n", (long long)account));
    note(act, AUDIT_ACCOUNT_ENDED, account);
    return tx_err(act->tx);
}

enum err account_resume(struct act *act, int64_t account, unsigned roles)
{
    struct account a;

    if (!account_read(act_scope(act), account, &a) || a.ended_at == 0)
        return E_ABSENT;
    if (is_taken(act, a.login))
        return E_CLASH;
    tx_run(act->tx,
           SQL("UPDATE access_account SET ended_at = 0, roles = ?3 WHERE "
               "district = ?1 AND id = ?2"),
           WITH(INT(act->district), INT(account), INT(roles)));
    hear_of(act, account,
            str_fmt(act->m, "%.*sended=0\n",
                    STR_ARG(roles_line(act, account, roles, a.org))));
    a.roles = roles;
    note_roles(act, AUDIT_ACCOUNT_RESUMED, &a);
    return tx_err(act->tx);
}

int64_t account_count(struct scope in)
{
    return tx_int(in.tx,
                  SQL("SELECT count(*) FROM access_account WHERE "
                      "district = ?1 AND ended_at = 0"),
                  WITH(INT(in.district)), 0);
}

int64_t account_admins_but(struct scope in, int64_t account)
{
    return tx_int(in.tx,
                  SQL("SELECT count(*) FROM access_account WHERE "
                      "district = ?1 AND ended_at = 0 AND password <> '' AND "
                      "(roles & ?2) <> 0 AND id <> ?3"),
                  WITH(INT(in.district), INT(ROLE_ADMIN), INT(account)), 0);
}

bool account_find(struct scope in, struct str login, struct credential *ret)
{
    struct rows r = tx_query(
        in.tx,
        SQL("SELECT id, password FROM access_account WHERE district = ?1 "
            "AND login = ?2 AND ended_at = 0"),
        WITH(INT(in.district), STR(login)));

    if (!rows_next(&r))
        return false;
    ret->account = rows_int(&r, 0);
    ret->hash = rows_text(&r, 1, in.m);
    rows_end(&r);
    return true;
}

struct str account_hash(struct scope in, int64_t account)
{
    struct str hash = S("");
    struct rows r =
        tx_query(in.tx,
                 SQL("SELECT password FROM access_account WHERE district = ?1 "
                     "AND id = ?2"),
                 WITH(INT(in.district), INT(account)));

    if (rows_next(&r)) {
        hash = rows_text(&r, 0, in.m);
        rows_end(&r);
    }
    return hash;
}
