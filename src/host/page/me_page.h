/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * me_page.h - what the view of one's own account shows.
 */
#ifndef DAJUAN_HOST_PAGE_ME_PAGE_H
#define DAJUAN_HOST_PAGE_ME_PAGE_H

#include "access/session.h"
#include "host/desk/draft.h"
#include "host/page/pages.h"

struct me_page {
    const struct ctx *ctx;
    struct text roles;
    struct session sessions[SESSIONS_SHOWN];
    size_t sessions_n;
    struct draft drafts[DRAFTS_MAX];
    struct text draft_names[DRAFTS_MAX];
    size_t drafts_n;
    struct text wrong;
    const struct page_link *links;
    size_t links_n;
};

#endif
