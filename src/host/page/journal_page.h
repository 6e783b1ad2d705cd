/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * journal_page.h - what the view of the journal shows.
 */
#ifndef DAJUAN_HOST_PAGE_JOURNAL_PAGE_H
#define DAJUAN_HOST_PAGE_JOURNAL_PAGE_H

#include "host/page/pages.h"

struct journal_page {
    int64_t size; /* entries under the newest head */
    struct str at;
    struct str root; /* hexadecimal */
    struct str note; /* the signed head; "" when there is none */
    struct str key;
};

#endif
