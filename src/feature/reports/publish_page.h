/* SPDX-License-Identifier: MulanPSL-2.0 */
/* publish_page.h - what views/publish.html shows; made by publish_page.c. */
#ifndef DAJUAN_FEATURE_REPORTS_PUBLISH_PAGE_H
#define DAJUAN_FEATURE_REPORTS_PUBLISH_PAGE_H

#include "feature/reports/pages.h"

struct publish_line {
    const struct figure_value *value;
    struct str now, before; /* before: "" when the version had none */
    int64_t rows;           /* behind it now */
    bool differs;
};

/* What publishing will freeze. */
struct publish_page {
    struct report report;
    struct text title;
    struct str once;
    struct str was; /* text and numbers in short (desk/rival.h) */
    int64_t newest; /* the version before; 0: none */
    bool text_differs;
    struct publish_line *lines;
    size_t lines_n, differ_n;
    struct policy_state *policies; /* to be frozen */
    size_t policies_n;
};

enum err show_report_publish(struct ctx *c);
enum err before_report_publish(struct ctx *c);
enum err post_report_publish(struct ctx *c);
extern const struct form publish_form;

#endif
