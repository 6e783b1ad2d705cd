/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * account_page.h - what the views of accounts and policies show.
 */
#ifndef DAJUAN_HOST_PAGE_ACCOUNT_PAGE_H
#define DAJUAN_HOST_PAGE_ACCOUNT_PAGE_H

#include "access/grant.h"
#include "host/page/pages.h"
#include "host/page/qr.h"

struct account_line {
    struct account account;
    struct str org;
    bool waits; /* for a second administrator */
};

struct accounts_page {
    const struct ctx *ctx;
    struct account_line *accounts;
    size_t n;
    struct str name, login, org; /* what was typed */
    unsigned roles;
    int64_t ended; /* the account that had this login; 0: none */
    struct text wrong;
    bool second_off;   /* grants need no second administrator */
    struct str off_by; /* who asks for that; "" for nobody */
    bool off_is_mine;
};

/* A one-time link, to be given to somebody. */
struct account_link {
    struct str address; /* absolute */
    struct qr qr;
};

struct account_page {
    const struct ctx *ctx;
    struct account account;
    struct str org;           /* its name, or what was typed */
    unsigned roles;           /* as they are, or as they were chosen */
    struct str was;           /* both in short, with what waits (rival.h) */
    struct account_link link; /* just made; address "": none */
    bool waits;               /* `grant` does */
    struct grant grant;
    struct str grant_org, grant_by;
    bool grant_is_mine;
    bool is_last; /* no other administrator can sign in */
    struct text wrong;
};

/* What ending an account will do. */
struct account_end_page {
    const struct ctx *ctx;
    struct account account;
    int64_t sessions, unfinished;
    struct str reason;
    struct text wrong;
};

struct policy_line {
    struct policy_state state;
    struct str was; /* in short, to notice another change (rival.h) */
};

struct policies_page {
    const struct ctx *ctx;
    struct policy_line *lines;
    size_t n;
    struct text wrong;
};

/* The name of an organisation; "" for 0. */
struct str org_name(struct ctx *c, int64_t org);
/* The roles that the form has. */
unsigned roles_sent(const struct ctx *c);
/* The organisation that the form names for these roles. */
enum err read_scope(struct ctx *c, unsigned roles, int64_t *ret_org,
                    struct text *ret_wrong) MUST_CHECK;
/* Has a second administrator to confirm that `a` gets these? */
bool needs_second(struct ctx *c, const struct account *a, unsigned roles,
                  int64_t org);
/* Make a one-time link for an account and show its page with it. */
enum err account_link_page(struct ctx *c, int64_t id);

#endif
