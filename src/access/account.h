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
    ROLE_AUDITOR = 8, /* 审计员: the audit record, and nothing else */
};

/* The one who asks. */
struct who {
    int64_t account; /* 0: a visitor */
    struct str name;
    unsigned roles;   /* enum role, together */
    int64_t org;      /* the scope of ROLE_EDITOR; 0: none */
    struct str token; /* of the session's forms; visitors have one too */
};

/* What a role is called: by forms and commands, and by people. */
struct role_name {
    enum role role;
    struct str key; /* "editor" */
    struct text name;
    struct text what; /* it is for */
};
extern const struct role_name role_list[];
extern const size_t role_list_n;

/* The role with this key; 0: none. */
unsigned role_read(struct str key);
/* 系统管理员、区级管理员 */
struct text role_names(struct mem *m, unsigned roles);
/* "admin,officer", as commands take them; and back: 0 if any is unknown. */
struct str role_keys(struct mem *m, unsigned roles);
unsigned role_keys_read(struct str keys);
/*
 * May somebody have these roles together, and that scope? False and a reason
 * that says what would be.
 */
bool roles_fit(unsigned roles, int64_t org, struct text *ret_reason);

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

/* The longest password a form may send; longer than any that is taken. */
enum { PASSWORD_SENT_MAX = 4096 };

/*
 * Is this fit to be a password (12 to 128 characters, not easy to guess for
 * who knows the login)? False and a reason that says what would be.
 */
bool password_is_fit(struct mem *m, struct str password, struct str login,
                     struct text *ret_reason);
/* Longer than any that is taken: no account has it. */
bool password_is_long(struct str password);

/* Argon2id; slow on purpose, so not inside a transaction. */
struct str password_hash(struct mem *m, struct str password);
bool password_matches(struct str hash, struct str password);

/*
 * E_CLASH: the login is that of an account that may sign in; one of an ended
 * account is free. `hash` is from password_hash().
 */
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

/* Who acted, as in act.h: the name of an account, or what else it was. */
struct str actor_words(struct scope in, int64_t actor, enum lang l);

/* An account as administrators see it. */
struct account {
    int64_t id;
    struct str name, login;
    unsigned roles;
    int64_t org;
    int64_t ended_at;  /* 0: may sign in */
    bool has_password; /* somebody chose one */
};

/* False: there is none with this number. */
bool account_read(struct scope in, int64_t account, struct account *ret);
/* The newest ended account that had this login; 0: none. */
int64_t account_ended(struct scope in, struct str login);

/* Other roles and another scope; they hold from the next request on. */
enum err account_change(struct act *act, int64_t account, unsigned roles,
                        int64_t org);

/*
 * End an account, with a reason for the journal: it cannot sign in, its
 * sessions, links and open grant end. E_ABSENT: none that may sign in.
 */
enum err account_end(struct act *act, int64_t account, struct str reason);

/*
 * Take up an ended account again with these roles, without a password:
 * a link follows. E_CLASH: somebody has its login by now.
 */
enum err account_resume(struct act *act, int64_t account, unsigned roles);

/* How many accounts there are that can sign in. */
int64_t account_count(struct scope in);
/* How many of the administrators besides `account` chose a password. */
int64_t account_admins_but(struct scope in, int64_t account);

/* What a password is checked against. */
struct credential {
    int64_t account;
    struct str hash; /* from password_hash(); "": nothing chosen yet */
};

/* By login; false when there is none (or it was ended). */
bool account_find(struct scope in, struct str login, struct credential *ret);

/* The hash of an account's password; "": nothing chosen yet. */
struct str account_hash(struct scope in, int64_t account);

#endif
