/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * xlsx.h - what the readers of a workbook's parts give each other.
 *
 * For this folder only. Part numbers are those of package.h.
 */
#ifndef DAJUAN_INTERCHANGE_XLSX_H
#define DAJUAN_INTERCHANGE_XLSX_H

#include "interchange/number.h"
#include "interchange/package.h"

/* The texts that cells refer to by number. */
struct shared_texts {
    struct str *texts;
    size_t n;
};

/* The style of a cell by number: only what it does to numbers. */
struct styles {
    uint8_t *kinds;     /* enum number_style */
    struct str **words; /* behind the number; NULL: none */
    size_t n;
};

struct sheet_context {
    const struct shared_texts *shared;
    const struct styles *styles;
    bool system_1904;
    bool to_calculate; /* values of formulas may not be calculated yet */
};

enum err shared_read(struct package *p, struct reading *r, int part,
                     struct shared_texts *ret);
enum err styles_read(struct package *p, struct reading *r, int part,
                     struct styles *ret);
enum err sheet_read(struct package *p, struct reading *r, int part,
                    const struct sheet_context *c, struct builder *to);

/* Collects character data up to the longest text a cell may have. */
struct collector {
    char *p;
    size_t n, cap;
    bool on;
    bool over;
};

void collector_init(struct collector *c, struct reading *r);
void collector_start(struct collector *c);
void collector_add(struct collector *c, const char *p, int n);
/* What came in, clean; refuses a text that is too long. Valid until the
   next start. */
struct str collector_text(struct collector *c, struct reading *r);
/* The same without the guard it may carry: what a cell of text says. */
struct str collector_plain(struct collector *c, struct reading *r);

#endif
