/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * given_import.h - for tests: a data folder of its own, and files put in.
 */
#ifndef DAJUAN_HOST_GIVEN_GIVEN_IMPORT_H
#define DAJUAN_HOST_GIVEN_GIVEN_IMPORT_H

#include "host/house/house.h"
#include "host/import/import.h"
#include "host/ledger/figure.h"
#include "interchange/read.h"
#include "test/test.h"

enum { GIVEN_YEAR = 2024, GIVEN_DISTRICT = 370212 };

static inline struct house *given_house(struct test *t)
{
    struct str folder = str_fmt(t->mem, "%.*s/data", STR_ARG(test_folder(t)));
    struct house_plan plan = {
        .district = GIVEN_DISTRICT,
        .name = TEXT("崂山区", "Laoshan"),
        .origin = S("test.example/dajuan"),
    };
    struct text reason = TEXT("", "");
    struct house *h = NULL;

    if (house_make(t->mem, folder, &plan, &reason) == OK)
        h = house_open(t->mem, folder, DB_WRITE, &reason);
    if (!h)
        BUG("%.*s", STR_ARG(reason.en));
    return h;
}

/* What a file says, or pasted cells when `name` has no end. */
static inline struct workbook *given_workbook(struct test *t, struct str bytes,
                                              struct str name)
{
    struct workbook *w = NEW(t->mem, struct workbook);
    struct text reason;

    if (workbook_read(t->mem, (struct table_file){ name, bytes },
                      &read_limits_default, w, &reason) != OK)
        BUG("%.*s", STR_ARG(reason.en));
    return w;
}

static inline struct import *given_plan(struct test *t,
                                        const struct workbook *w)
{
    struct import *im = NEW(t->mem, struct import);

    import_plan(t->mem, w, S("test"), GIVEN_YEAR, im);
    return im;
}

/* Import; returns the number of the batch. */
static inline int64_t given_apply(struct test *t, struct house *h,
                                  struct import *im)
{
    struct work w;
    int64_t batch;

    work_begin(h, t->mem, 0, &w);
    NEED_INT(import_apply(&w.act, im), OK);
    batch = w.act.batch;
    CHECK_INT(work_commit(&w), OK);
    return batch;
}

static inline void given_compare(struct test *t, struct house *h,
                                 struct import *im)
{
    struct tx tx;

    tx_begin(h->db, false, &tx);
    NEED_INT(import_compare(&tx, h->district, im), OK);
    tx_rollback(&tx);
}

static inline struct import *given_import(struct test *t, struct house *h,
                                          struct str bytes, struct str name)
{
    struct import *im = given_plan(t, given_workbook(t, bytes, name));

    given_apply(t, h, im);
    return im;
}

static inline struct import *given_divisions(struct test *t, struct house *h)
{
    return given_import(t, h, test_data(t, "demo/divisions.csv"),
                        S("divisions.csv"));
}

/* A number of a statement without arguments: given_int(h, SQL("…")). */
static inline int64_t given_int(struct house *h, struct sql q)
{
    struct tx tx;
    int64_t v;

    tx_begin(h->db, false, &tx);
    v = tx_int(&tx, q, (struct args){ 0 }, -1);
    tx_rollback(&tx);
    return v;
}

static inline struct figure_value given_figure(struct house *h, struct str key)
{
    const struct figure *f = figure_find(key);
    struct figure_value v;
    struct tx tx;

    if (!f)
        BUG("no figure %.*s", STR_ARG(key));
    tx_begin(h->db, false, &tx);
    v = figure_read(&tx, h->district, GIVEN_YEAR, f);
    tx_rollback(&tx);
    return v;
}

static inline struct import_sheet *given_sheet(struct import *im,
                                               struct str ledger)
{
    for (size_t i = 0; i < im->n; i++)
        if (im->sheets[i].sheet.ledger == ledger_find(ledger))
            return &im->sheets[i];
    BUG("no sheet of %.*s", STR_ARG(ledger));
}

#endif
