/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * pass.h - the running pass over the rows of a workbook, for the files that
 * judge one row of it: walk.c goes through sheets and rows, import.c judges
 * a row, reference.c reads and makes what the row refers to, which_row.c finds
 * the row that it is.
 */
#ifndef DAJUAN_HOST_IMPORT_PASS_H
#define DAJUAN_HOST_IMPORT_PASS_H

#include "base/map.h"
#include "host/import/file_cell.h"
#include "host/import/import.h"
#include "host/ledger/part.h"
#include "host/ledger/ref.h"

struct pass {
    struct import *im;
    struct import_sheet *s;
    struct scope in; /* its memory: of the row at hand */
    struct act *act; /* NULL: compare only */
    struct asker asker;
    struct ref_book *refs;
    struct map seen;    /* what tells a row of the file: where it stands */
    struct map taken;   /* ledger and id of the rows that these are */
    struct map unknown; /* kind and name of organisations: import_unknown */
    struct map parents; /* of the file, not kept: where in expecting */
    struct ledger_row **expecting; /* rows that may have parts below */
    size_t expecting_n, expecting_cap;
    int64_t next_negative;
    struct heading *headings; /* for every column of the sheet's ledger */
    int32_t shown; /* the year that the site shows; 0: it has no records */

    /* Of the row at hand. */
    size_t grid_row;
    uint64_t makes;   /* the columns that make what they refer to */
    uint64_t several; /* the columns that name several rows */
    bool wrong;
    struct cells_read cells; /* the parts that its cells tell */
};

/* A batch restores what was voided with this reason. */
extern const struct str pass_again;

/* As people count in the file, from 1. */
size_t pass_row(const struct pass *p);

struct file_place pass_place(const struct pass *p, size_t i);
/* What somebody sees in the file's cell; "" when that is nothing. */
struct str pass_words(const struct pass *p, size_t i);

/* The row at hand is wrong; what is said of it outlives the row. */
struct import_problem *pass_blame(struct pass *p, struct text column,
                                  struct str value, struct text reason);

/* ---- import.c ---- */

/*
 * Judge the row at hand and, unless this is a comparison, keep it when it is
 * good. Wrong rows are told and are OK.
 */
enum err pass_one_row(struct pass *p);

/* ---- row_cells.c ---- */

/* What the cells tell of parts; blames what cannot be, or not any more. */
void pass_read_cells(struct pass *p, const struct ledger_row *before,
                     struct ledger_row *row);
/* The row is kept: make its parts. */
enum err pass_keep_cells(struct pass *p, const struct ledger_row *row);

/* ---- reference.c ---- */

/* Column `i` refers to what `name` means. Nothing is made yet. */
void pass_read_ref(struct pass *p, struct ledger_row *row, size_t i,
                   struct str name);
/*
 * Names that several rows have: `before` tells which was meant, or owner and
 * place of the row that refers.
 */
void pass_settle_refs(struct pass *p, const struct ledger_row *before,
                      struct ledger_row *row);
/* The row is admitted: make what it refers to. */
enum err pass_make_refs(struct pass *p, struct ledger_row *row);

/* ---- below_row.c ---- */

/* A new row that is only compared: parts of it may come in a later sheet. */
void pass_expect_parts(struct pass *p, const struct ledger_row *row);
/* What the row is a part of, if that is a row of the file not kept yet. */
void pass_find_parent(struct pass *p, struct ledger_row *row);

/* ---- which_row.c ---- */

/* The row as it stands in the ledger; NULL: it is new, or it is wrong. */
struct ledger_row *pass_find_existing(struct pass *p, struct ledger_row *row);
/*
 * Blame a row that the file has twice, or perhaps has. One that is in the
 * ledger (`before`) was told from the other when it came: no question.
 */
void pass_check_twice(struct pass *p, const struct ledger_row *before,
                      const struct ledger_row *row);
/* A row of the file is this one of the ledger: no other is. */
void pass_take(struct pass *p, const struct ledger_row *before);

#endif
