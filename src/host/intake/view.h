/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * view.h - what the views of imports show, and the handlers that
 * pages.c lists but preview.c and decide.c have.
 */
#ifndef DAJUAN_HOST_INTAKE_VIEW_H
#define DAJUAN_HOST_INTAKE_VIEW_H

#include "host/desk/page.h"
#include "host/house/running.h"
#include "host/intake/job.h"

enum { IMPORT_SHOWN = 200, IMPORT_LISTED = 10 };

/* A batch in a list or on its own page. */
struct batch_view {
    int64_t id;
    struct str at; /* 2024-11-07 17:02 */
    struct str actor;
    struct str file;
    struct str step; /* "": an import; else the step that rows took */
    int64_t count[IMPORT_STATUSES];
    struct str undone_at; /* "": it stands */
    int64_t corrected;    /* cells that were set right on the page */
    int64_t upload;       /* whose wrong rows can be had; 0: gone */
    size_t *refused;      /* its sheets that have any, from 0 */
    size_t refused_n;
    bool interrupted;        /* it was not finished and taken back */
    struct running *running; /* it is not whole yet; NULL: it is */
};

struct upload_line {
    int64_t id;
    struct str at;
    struct str file;
    enum import_job_state state;
};

struct import_new {
    const struct ctx *ctx;
    struct text problem;         /* why the file was not taken */
    const struct ledger *ledger; /* asked for; NULL: any */
    struct str cells;            /* pasted, to show again */
    struct str once;
    struct upload_line *uploads;
    size_t uploads_n;
    struct batch_view *batches;
    size_t batches_n;
};

/* Once that a batch was undone or brought back. */
struct undo_line {
    bool back;
    struct str at, actor, reason;
    int64_t done, kept;
};

struct batch_page {
    struct batch_view batch;
    struct undo_line *undos; /* newest first */
    size_t undos_n;
};

struct preview {
    const struct upload *upload;
    const struct import *im;
    size_t rows;             /* of ledgers, good and wrong */
    size_t good;             /* rows an import would write */
    size_t corrected;        /* cells, of the file as a whole */
    size_t sheets;           /* that were recognised */
    struct text *hidden;     /* of every sheet: what was left out; or empty */
    struct text *remembered; /* of every sheet: columns; or empty */
    struct str *remembered_by;
    bool hides; /* is there anything hidden, sheets too? */
    struct str once;
};

struct progress_view {
    const struct upload *upload;
    struct import_job_view job;
    size_t percent;
};

/* The header of a column of the file, and the first thing below it. */
struct str preview_header(const struct match *s, size_t col);
struct str preview_sample(const struct match *s, size_t col);
/* The column of the ledger that a column of the file is; NULL: none. */
const struct column *preview_column(const struct match *s, size_t col);
size_t preview_mapped(const struct match *s);
/* Rows that are perhaps in the ledger already; all other places to blame. */
size_t preview_questions(const struct import_sheet *s);
size_t preview_faults(const struct import_sheet *s);
/* Cells that are kept otherwise than they are written. */
size_t preview_readings(const struct import_sheet *s);
/* What an input for a wrong cell says at first; "": to be typed anew. */
struct str preview_now(const struct match *s, const struct import_problem *w);

/* pages.c */
struct crumb import_crumb(void);
struct crumb batch_crumb(struct ctx *c, const struct batch_view *b);
/* The batch, if the one who asks may see it. */
bool load_batch(struct ctx *c, int64_t id, struct batch_view *ret);
enum err no_batch(struct ctx *c);

struct text batch_words(struct ctx *c, const struct batch_view *b);
/* How much of it is done, of 100. */
int64_t batch_percent(const struct running *r);

/* preview.c */
enum err no_upload(struct ctx *c);
enum err show_import(struct ctx *c);
enum err send_wrong(struct ctx *c);
enum err before_read(struct ctx *c);
enum err before_apply(struct ctx *c);
enum err post_apply(struct ctx *c);
enum err post_drop(struct ctx *c);
extern const struct form import_once_form;

/* decide.c */
enum err post_mapping(struct ctx *c);
enum err post_answers(struct ctx *c);
enum err post_cells(struct ctx *c);
enum err post_forget(struct ctx *c);
extern const struct form mapping_form;
extern const struct form answer_form;
extern const struct form cells_form;
extern const struct form forget_form;

#endif
