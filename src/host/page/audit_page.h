/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * audit_page.h - what the view of the audit record shows.
 */
#ifndef DAJUAN_HOST_PAGE_AUDIT_PAGE_H
#define DAJUAN_HOST_PAGE_AUDIT_PAGE_H

#include "access/account.h"
#include "host/page/audit_words.h"
#include "host/page/pages.h"

enum { AUDIT_PAGE_ROWS = 50 };

struct audit_page {
    const struct ctx *ctx;
    /* The filter, as chosen. */
    int kind;
    struct str from, to; /* 2024-11-07; "" for none */
    struct str account;  /* a number, "shell", or "" */
    bool filtered;
    const struct account *accounts; /* to choose from: .id and .name */
    size_t accounts_n;
    struct audit_line lines[AUDIT_PAGE_ROWS];
    size_t n;
    struct str newest; /* path of the first page; "": this is it */
    struct str older;  /* of the next; "": there is none */
    struct str csv;
};

enum err show_audit(struct ctx *c);
enum err export_audit(struct ctx *c);

#endif
