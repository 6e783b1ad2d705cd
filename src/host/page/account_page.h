/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * account_page.h - what the views of accounts and policies show.
 */
#ifndef DAJUAN_HOST_PAGE_ACCOUNT_PAGE_H
#define DAJUAN_HOST_PAGE_ACCOUNT_PAGE_H

#include "host/page/pages.h"

struct me_page {
    const struct ctx *ctx;
    struct text roles;
    const struct page_link *links;
    size_t links_n;
};

struct account_line {
    int64_t id;
    struct str name, login, org;
    struct text roles;
    bool ended;
};

struct accounts_page {
    const struct ctx *ctx;
    struct account_line *accounts;
    size_t n;
    struct str name, login, org; /* what was typed */
    struct text wrong;
    struct str link; /* for the account just made; "" for none */
};

struct policy_line {
    const struct policy *policy;
    int64_t value;
    struct str basis; /* "" where the usual value holds */
};

struct policies_page {
    const struct ctx *ctx;
    struct policy_line *lines;
    size_t n;
    struct text wrong;
};

struct text role_names(struct mem *m, unsigned roles);

#endif
