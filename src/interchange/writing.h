/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * writing.h - a format of write.h is a table of these. For this folder only.
 *
 * `s` is clean UTF-8. Rows and columns count from 0; row 0 is the header.
 */
#ifndef DAJUAN_INTERCHANGE_WRITING_H
#define DAJUAN_INTERCHANGE_WRITING_H

#include "interchange/write.h"

struct sheet_writer {
    struct mem *m;
    struct mem *cell; /* forgotten with every row */
    struct spool *to;
    const struct sheet_driver *driver;
    void *state; /* the driver's */
    const struct sheet_column *columns;
    size_t n;
    size_t row, col;
    bool sums;    /* the last row adds up those above */
    enum err err; /* the first failure */
    struct text reason;
};

struct sheet_driver {
    void *(*open)(struct sheet_writer *w, struct str title);
    void (*next)(struct sheet_writer *w, struct str title); /* or NULL */
    void (*head)(struct sheet_writer *w);
    void (*text)(struct sheet_writer *w, struct str s);
    void (*number)(struct sheet_writer *w, struct str decimal);
    void (*sum)(struct sheet_writer *w, struct str decimal);
    void (*date)(struct sheet_writer *w, int32_t date);
    void (*empty)(struct sheet_writer *w);
    void (*end_row)(struct sheet_writer *w);
    void (*finish)(struct sheet_writer *w);
};

extern const struct sheet_driver sheet_driver_xlsx;
extern const struct sheet_driver sheet_driver_csv;

/* The first failure is kept. */
void sheet_writer_fail(struct sheet_writer *w, enum err e, struct text reason);

#endif
