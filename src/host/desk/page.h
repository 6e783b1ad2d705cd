/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * page.h - the frame around every page.
 *
 *     struct html *h = page_body(c);
 *
 *     view_list(h, &list);
 *     return page_send(c, &(struct page){ .title = l->label });
 */
#ifndef DAJUAN_HOST_DESK_PAGE_H
#define DAJUAN_HOST_DESK_PAGE_H

#include "host/desk/route.h"
#include "host/desk/said.h"
#include "host/ledger/feature.h"

struct crumb {
    struct text label;
    struct str path;
};

struct page {
    struct text title;
    struct str feature;     /* which item of the menu is current; may be "" */
    struct crumb crumbs[4]; /* those with a label; home is added */
    int status;             /* 0: 200 */
    bool wrong;             /* the title begins with 错误: */
    /* A link of <head>: this page in another form, for instance JSON. */
    struct str alternate;
};

/* Where the views of this page write. */
struct html *page_body(struct ctx *c);
/* Put the frame around it and answer. Returns OK. */
enum err page_send(struct ctx *c, const struct page *p);

/* The error page for a refusal: status from the code, words from c. */
enum err page_refuse(struct ctx *c, enum err e);

/* A link that a feature puts on a page, for the one who asks. */
struct page_link {
    const struct feature *feature;
    struct text label;
    struct str path;
    unsigned order;
};
/* Those of one place in their order; returns how many. */
size_t page_links(struct ctx *c, enum link_place on,
                  const struct page_link **ret);

/* This page in a year. */
struct year_choice {
    int32_t year;
    struct str path;
};

/* What views/frame.html shows; made by page.c. */
struct frame {
    const struct page *page;
    const struct ctx *ctx;
    struct text site;   /* 崂山答卷 */
    struct text office; /* who answers for it */
    const struct settings *settings;
    const struct kept_form *kept; /* a form that is back; NULL: none */
    enum said said;               /* what became of the one before */
    struct str phone;             /* of the office, as it is dialled */
    struct str body;              /* rendered */
    struct str to;             /* where to go on after signing in; may be "" */
    struct str other_lang;     /* this page in the other language */
    struct str elder;          /* this page in 长辈版, or back from it */
    struct str address;        /* this page, for who holds it on paper */
    struct str as_of;          /* 2024-11-07 17:02 of the newest entry */
    bool running;              /* some of it is being written */
    struct year_choice *years; /* newest first; none: only one to show */
    size_t years_n;
    const struct page_link *links; /* of the menu, before the programmes */
    size_t links_n;
    const struct feature *const *menu;
    size_t menu_n;
};
/* What views/refusal.html shows. */
struct refusal {
    struct text title, words;
    struct str first; /* of a kept_form */
    bool sign_in;     /* offer to sign in */
    const struct page_link *links;
    size_t links_n;
};
void frame_body(struct html *h, const struct frame *f);

/* A short token that makes sending a form twice count once. */
struct str page_once(struct ctx *c);
/*
 * For a `before` that does what must not be done twice: was this form answered
 * already? Then the writer answers it again, or says what differs.
 */
bool once_was_answered(struct ctx *c);

/*
 * This page's path and query with one parameter replaced; an empty value
 * leaves it out. With another year goes the row that a page of this one
 * begins behind (after=, before=).
 */
struct str ctx_link(struct ctx *c, struct str name, struct str value);

/* The feature of this name; NULL when there is none. */
const struct feature *page_feature(struct str name);
/* Features that have a place in the menu, in their order. */
size_t page_menu(struct mem *m, const struct feature *const **ret);

#endif
