/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The words for roles, and which go together. */
#include "access/account.h"

const struct role_name role_list[] = {
    { ROLE_ADMIN, S_INIT("admin"), TEXT_INIT("系统管理员", "administrator"),
      TEXT_INIT("管理账户和设置，不改台账", "accounts and settings, no rows") },
    { ROLE_OFFICER, S_INIT("officer"), TEXT_INIT("区级管理员", "officer"),
      TEXT_INIT("全部台账和答卷", "all ledgers and sheets") },
    { ROLE_EDITOR, S_INIT("editor"), TEXT_INIT("单位填报员", "editor"),
      TEXT_INIT("本单位和下属单位的行，要写明单位",
                "rows of the own unit and below; name the unit") },
    { ROLE_AUDITOR, S_INIT("auditor"), TEXT_INIT("审计员", "auditor"),
      TEXT_INIT("只看审计记录，不能兼任别的角色",
                "reads the audit record; no other role beside it") },
};
const size_t role_list_n = COUNT(role_list);

unsigned role_read(struct str key)
{
    for (size_t i = 0; i < COUNT(role_list); i++)
        if (str_eq(role_list[i].key, key))
            return role_list[i].role;
    return 0;
}

static struct str listed(struct mem *m, struct str all, struct str and,
                         struct str name)
{
    return str_join(m, (struct str[]){ all, all.n ? and : S(""), name }, 3);
}

struct text role_names(struct mem *m, unsigned roles)
{
    struct text all = TEXT("", "");

    for (size_t i = 0; i < COUNT(role_list); i++) {
        const struct text *n = &role_list[i].name;

        if (roles & role_list[i].role)
            all = (struct text){ listed(m, all.zh, S("、"), n->zh),
                                 listed(m, all.en, S(", "), n->en) };
    }
    return all;
}

struct str role_keys(struct mem *m, unsigned roles)
{
    struct str all = S("");

    for (size_t i = 0; i < COUNT(role_list); i++)
        if (roles & role_list[i].role)
            all = listed(m, all, S(","), role_list[i].key);
    return all;
}

unsigned role_keys_read(struct str keys)
{
    unsigned roles = 0;
    struct str key;

    while (str_cut(&keys, S(","), &key)) {
        unsigned role = role_read(key);

        if (!role)
            return 0;
        roles |= role;
    }
    return roles;
}

bool roles_fit(unsigned roles, int64_t org, struct text *ret_reason)
{
    if (roles == 0)
        *ret_reason = TEXT("请至少选择一个角色", "choose at least one role");
    else if ((roles & ROLE_AUDITOR) && roles != ROLE_AUDITOR)
        *ret_reason = TEXT("审计员查看别人做了什么，不能兼任别的角色；"
                           "请只选审计员，或去掉它",
                           "an auditor looks at what others do and has no "
                           "other role; choose auditor alone or leave it out");
    else if ((roles & ROLE_EDITOR) && org == 0)
        *ret_reason =
            TEXT("单位填报员要写明单位", "an editor needs an organisation");
    else
        return true;
    return false;
}
