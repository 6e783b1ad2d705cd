/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * about_view.h - what the pages about the house itself show.
 */
#ifndef DAJUAN_HOST_PAGE_ABOUT_VIEW_H
#define DAJUAN_HOST_PAGE_ABOUT_VIEW_H

#include "host/desk/page.h"
#include "host/desk/site.h"

/* What the law rules out, and what is so instead. */
struct ruled_out {
    struct text what, instead, source;
};
struct law_page {
    const struct ruled_out *v;
    size_t n;
};

/* Whom to tell. */
struct contact {
    struct text office;
    const struct settings *settings;
    struct str phone; /* as it is dialled */
    bool keeper;      /* who reads may fill in the settings */
};

#endif
