/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * given_house.h - a data folder for tests, with one unit in it, inside an
 * open transaction that is dropped with the test.
 */
#ifndef DAJUAN_HOST_GIVEN_GIVEN_HOUSE_H
#define DAJUAN_HOST_GIVEN_GIVEN_HOUSE_H

#include "host/house/house.h"
#include "host/ledger/figure.h"
#include "test/test.h"

struct given {
    struct mem *m;
    struct house *house;
    struct work work;
};

/* Named 区法院 (unit) and 中韩社区 (community). */
struct given *given_house(struct test *t);

struct ledger_row *given_row(struct given *g, const char *ledger);
void given_text(struct ledger_row *row, const char *column, const char *value);
void given_int(struct ledger_row *row, const char *column, int64_t value);
/* A reference by name. */
void given_ref(struct given *g, struct ledger_row *row, const char *column,
               const char *name);
/* Insert it, in 2024 unless the row says otherwise. */
void given_keep(struct given *g, struct ledger_row *row);

struct figure_value given_figure(struct given *g, const char *key,
                                 int32_t year);
/* How many rows stand behind it; the id of the first. */
int64_t given_rows(struct given *g, const char *key, int32_t year);
int64_t given_first(struct given *g, const char *key, int32_t year);

#endif
