/* SPDX-License-Identifier: MulanPSL-2.0 */
/* settings_page.h - what the view of the settings shows. */
#ifndef DAJUAN_HOST_PAGE_SETTINGS_PAGE_H
#define DAJUAN_HOST_PAGE_SETTINGS_PAGE_H

#include "host/page/pages.h"

enum { SETTINGS_YEARS = 12 };

/* One line of the form: a text. */
struct settings_line {
    const struct field *field;
    struct text group; /* of it and those that follow; may be empty */
    struct text hint;
    struct str value; /* kept, or as it was typed */
    struct text wrong;
    struct str kept; /* as it stands */
    struct str was;  /* the same in short (rival.h) */
    bool differs;    /* somebody else kept it meanwhile */
    bool wide;
};

struct settings_page {
    const struct ctx *ctx;
    const struct settings_line *lines;
    size_t lines_n;
    int32_t years[SETTINGS_YEARS + 1]; /* that the site may show */
    size_t years_n;
    int32_t chosen; /* 0: the newest with records */
    bool year_said; /* the form did, else it is as kept */
    struct str year_was;
    struct text year_wrong;
    bool year_differs; /* somebody else chose another meanwhile */
    size_t wrong;      /* how many are */
    bool changed;      /* something differs */
};

#endif
