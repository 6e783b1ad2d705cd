/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * account.h - who somebody is, and what they may.
 */
#ifndef DAJUAN_ACCESS_ACCOUNT_H
#define DAJUAN_ACCESS_ACCOUNT_H

#include "journal/act.h"

enum role {
    ROLE_EDITOR = 1,  /* 单位填报员: rows of the own unit and below */
    ROLE_OFFICER = 2, /* 区级管理员: all rows, answer sheets */
    ROLE_ADMIN = 4,   /* 系统管理员: accounts and policies, no rows */
};

/* The one who asks. */
struct who {
    int64_t account; /* 0: a visitor */
    struct str name;
    unsigned roles;   /* enum role, together */
    int64_t org;      /* the scope of ROLE_EDITOR; 0: none */
    struct str token; /* of the session's forms; visitors have one too */
};

static inline bool has_role(const struct who *w, enum role r)
{
    return (w->roles & r) != 0;
}

struct account_plan {
    struct str name;  /* as shown: 王芳 */
    struct str login; /* telephone or short name, unique */
    unsigned roles;
    int64_t org;
};

/*
 * Is this fit to be a password (12 to 128 characters, not the login, not a
 * common one)? False and a reason that says what would be.
 */
bool password_is_fit(struct str password, struct str login,
                     struct text *ret_reason);

/* Argon2id; slow on purpose, so not inside a transaction. */
struct str password_hash(struct mem *m, struct str password);
bool password_matches(struct str hash, struct str password);

/* E_CLASH: the login is taken. `hash` is from password_hash(). */
enum err account_add(struct act *act, const struct account_plan *plan,
                     struct str hash, int64_t *ret_id);

/*
 * Keep the password its owner chose; the journal hears that, not what. False
 * from account_has_password(): nobody chose one yet, or no such account.
 */
void account_set_password(struct act *act, int64_t account, struct str hash);
bool account_has_password(struct scope in, int64_t account);

/* The name of an account, ended or not; "#7" when there is none. */
struct str account_name(struct scope in, int64_t account);

/* End an account: it cannot sign in, its sessions end. */
enum err account_end(struct act *act, int64_t account);

/* How many accounts there are that can sign in. */
int64_t account_count(struct scope in);

/* What a password is checked against. */
struct credential {
    int64_t account;
    struct str hash; /* from password_hash(); "": nothing chosen yet */
};

/* By login; false when there is none (or it was ended). */
bool account_find(struct scope in, struct str login, struct credential *ret);

#endif
