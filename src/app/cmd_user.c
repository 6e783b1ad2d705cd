/* SPDX-License-Identifier: MulanPSL-2.0 */
/* dajuan user add: an account from the shell, with a one-time link. */
#include "access/session.h"
#include "host/house/command.h"
#include "host/house/house.h"
#include "host/ledger/ref.h"

#include <stdio.h>

/* The organisation of an editor, by name; any kind of organisation. */
static enum err find_org(struct scope in, const struct arguments *a,
                         int64_t *ret_org, struct text *ret_reason)
{
    *ret_org = 0;
    if (!option_given(a, S("--org")))
        return OK;
    return ref_find_organisation(ref_book_new(in), option_value(a, S("--org")),
                                 ret_org, ret_reason);
}

static enum exit_code run_add(struct arguments *a)
{
    struct house *h = open_house(a, option_value(a, S("--data")), DB_WRITE);
    struct account_plan plan = { .login = a->operands[0],
                                 .name = a->operands[0] };
    struct work w;
    struct scope in;
    struct text reason = TEXT("", "");
    struct str token = S("");
    int64_t id = 0;
    enum err e;

    if (!h)
        return EXIT_FAILED;
    if (option_given(a, S("--name")))
        plan.name = option_value(a, S("--name"));
    plan.roles = role_keys_read(option_value(a, S("--role")));
    if (!plan.roles)
        return complain(
            a, EXIT_USAGE,
            TEXT("--role 应为 editor、officer、admin，可用逗号连接；"
                 "或单独一个 auditor",
                 "--role must be editor, officer or admin, joined by commas, "
                 "or auditor alone"));
    work_begin(h, a->m, ACTOR_SHELL, &w);
    in = act_scope(&w.act);
    e = find_org(in, a, &plan.org, &reason);
    if (e == OK && !roles_fit(plan.roles, plan.org, &reason))
        e = E_INPUT;
    /* No password yet: it is chosen by whoever opens the link. */
    if (e == OK && account_add(&w.act, &plan, S(""), &id) == E_CLASH) {
        e = E_CLASH;
        reason = TEXT("这个登录名已经有人用了", "this sign-in name is taken");
    }
    if (e == OK)
        token = link_make(&w.act, id, LINK_SIGNS_IN);
    if (e != OK) {
        work_rollback(&w);
        return complain(a, EXIT_FAILED, reason);
    }
    if (work_commit(&w) != OK || house_sign(h, a->m, &reason) != OK)
        return complain(a, EXIT_FAILED, text_same(str_from(db_reason(h->db))));
    printf("/link/%.*s\n", STR_ARG(token));
    return EXIT_DONE;
}

const struct command command_user_add = {
    .name = S_INIT("user add"),
    .operands = S_INIT("LOGIN"),
    .least = 1,
    .most = 1,
    .help = TEXT_INIT("新增账户，打印 30 分钟内有效的一次性链接，用来设密码",
                      "add an account; prints a one-time link, good for 30 "
                      "minutes, to set its password"),
    .options = {
        OPTION_DATA,
        { S_INIT("--role"), S_INIT("ROLES"),
          TEXT_INIT("editor、officer、admin；auditor 单独",
                    "editor, officer, admin; auditor alone"),
          true },
        { S_INIT("--name"), S_INIT("NAME"),
          TEXT_INIT("显示的姓名", "the name that is shown"), false },
        { S_INIT("--org"), S_INIT("NAME"),
          TEXT_INIT("单位填报员所属的单位", "the organisation of an editor"),
          false },
    },
    .run = run_add,
};
