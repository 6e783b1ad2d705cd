/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * given.h - what tests of the host and of features stand on: a data folder
 * of its own, rows put into it, files imported, pages asked for.
 *
 *     struct given *g = given(t);
 *     struct ctx *c;
 *
 *     given_keep(g, sample_tree(g, S("甲")));
 *     c = given_get(g, S("/sample/tree?q=甲"));
 *     CHECK(page_says(c, S("2024 年度共 1 棵")));
 *
 * It is 7 November 2024 there until given_day(). The ledgers of sample*.c are
 * declared for tests only. Whatever a helper cannot do stops the test.
 */
#ifndef DAJUAN_HOST_GIVEN_GIVEN_H
#define DAJUAN_HOST_GIVEN_GIVEN_H

#include "host/desk/page.h"
#include "host/given/given_place.h"
#include "host/house/slice.h"
#include "host/import/import.h"
#include "host/import/undo.h"
#include "host/ledger/admit.h"
#include "host/ledger/figure.h"
#include "host/ledger/row.h"
#include "interchange/read.h"
#include "test/test.h"

enum { GIVEN_YEAR = 2024, GIVEN_ACCOUNT = 7 };

struct given {
    struct test *t;
    struct mem *m; /* of the test */
    struct house *house;
    struct work work; /* given_act() begins it, given_commit() keeps it */
    bool working;
    struct who who; /* who asks for pages: a visitor at first */
    enum lang lang;
    struct form_data form; /* what the next given_post() sends */
    struct slicer *slicer; /* given_slicer() */
};

/* An empty folder; whatever is not kept by then is dropped with the test. */
struct given *given(struct test *t);
struct given *given_in(struct test *t, struct house_place place);
/* The open work, by the shell; one is begun when there is none. */
struct act *given_act(struct given *g);
struct tx *given_tx(struct given *g);
/* Keep what was done. What needs no open work (publishing, signing) follows. */
void given_commit(struct given *g);
/* It has a connection of its own, so no work may be open meanwhile. */
struct slicer *given_slicer(struct given *g);
/* What was done is kept, and it becomes a later day: time moves. */
void given_day(struct given *g, int32_t day);
/* Keep it when `e` is OK, else drop it. Returns `e`. */
enum err given_settle(struct given *g, enum err e);

/* A new row of "feature.noun", of 2024 where its ledger has years. */
struct ledger_row *given_row(struct given *g, const char *ledger);
/* A ginkgo of 区教育局, planted 2024-01-02, due 2024-12-31. */
struct ledger_row *sample_tree(struct given *g, struct str name);
/* 陈晓玲, a helper, telephone 19912347920. */
struct ledger_row *sample_keeper(struct given *g);

/* A value of a column; given_ref() takes the name of a row. */
void given_text(struct ledger_row *row, const char *column, struct str value);
void given_int(struct ledger_row *row, const char *column, int64_t value);
void given_ref(struct given *g, struct ledger_row *row, const char *column,
               struct str name);

/* Let it in as a command of the shell may; `before` is NULL for a new row. */
void given_admit(struct given *g, const struct ledger_row *before,
                 struct ledger_row *row);
/* Admit and insert it; its id. */
int64_t given_keep(struct given *g, struct ledger_row *row);
/* Admit and keep what was changed of a row that is kept. */
void given_change(struct given *g, struct ledger_row *row);
/* The id of the unit of this name, made when there is none. */
int64_t given_unit(struct given *g, struct str name);
/* The row as it is kept. */
struct ledger_row *given_kept(struct given *g, const char *ledger, int64_t id);
/* As people type it; "" when missing. */
struct str given_said(struct given *g, const struct ledger_row *row,
                      const char *column);
void given_void(struct given *g, const char *ledger, int64_t id);
void given_restore(struct given *g, const char *ledger, int64_t id);

/* How many rows are not voided; only those of this title unless it is "". */
int64_t given_live(struct given *g, const char *ledger, struct str title);

/* Pages are read on this day from now on, as far as the database knows. */
void given_today(struct given *g, int32_t day);

/* The number of a statement without arguments. */
int64_t given_sql(struct given *g, struct sql q);

/* ---- figures of 2024 ---- */
struct figure_value given_figure(struct given *g, const char *key);
/* How many rows stand behind it; the id of the first, 0: none. */
int64_t given_rows(struct given *g, const char *key);
int64_t given_first(struct given *g, const char *key);

/* ---- files ---- */

/* What a file says, or pasted cells when `name` has no end. */
struct workbook *given_workbook(struct given *g, struct str bytes,
                                struct str name);
struct import *given_plan(struct given *g, const struct workbook *w);
void given_compare(struct given *g, struct import *im);
/* Import and commit; the number of the batch. */
int64_t given_apply(struct given *g, struct import *im);
/* Read, plan and apply the text of a CSV file. */
struct import *given_csv(struct given *g, struct str text);
/* The subdistricts and communities of the demo. */
struct import *given_divisions(struct given *g);
struct import_sheet *given_sheet(struct import *im, const char *ledger);

/* ---- pages ---- */

/* From now on an account with these roles asks; 0: a visitor. */
void given_asks(struct given *g, unsigned roles);
/* A field of the form; the newest of a name counts. */
void given_field(struct given *g, const char *name, struct str value);
void given_file(struct given *g, struct str name, struct str bytes);

/*
 * The answer to a path, as the desk gives it but for session and form token:
 * route, permission, form, before, handler, refusal. A path is written as
 * people read it ("/sample/tree?q=甲"); "%" stays. given_post() sends the
 * form and forgets it; what a refused one did is dropped.
 */
struct ctx *given_get(struct given *g, struct str path);
struct ctx *given_post(struct given *g, struct str path);
/* The next given_post() says what the page's form to `action` showed. */
void given_opened(struct given *g, const struct ctx *c, struct str action);
/* The request alone, in the open work, for functions that take one. */
struct ctx *given_ctx(struct given *g, struct str path);

int page_status(const struct ctx *c);
struct str page_html(const struct ctx *c);
/* Does the page hold this markup? */
bool page_has(const struct ctx *c, struct str markup);
/*
 * Does somebody read this on the page? Tags are blanks, several blanks are
 * one, and a number is read whole: "2 项" is not in "12 项".
 */
bool page_says(const struct ctx *c, struct str words);

#endif
