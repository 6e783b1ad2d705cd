/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * upload.h - a file that waits for a decision, and what a person
 * said about its columns.
 *
 * The mapping is kept as text, one line a fact:
 *
 *     rows 58                     of the whole file; decides about a job
 *     sheet 0 service.team 3      ledger of a sheet, row of its header
 *                                 from 1; 0: it has none
 *     map 0 name 2                column of the ledger, column of the sheet
 *     parts 0 size                the column is the sum of its parts
 *     skip 1                      the sheet is left out
 *     same 0 14, new 0 15         rows of the grid that are perhaps in the
 *                                 ledger already; "all": those not said singly
 *     wrong 0 17                  a row that was wrong when it was imported;
 *                                 the first, of a sheet that waited
 *     register                    organisations that nobody knows are made
 *     cell 0 14 3 20              a cell of the grid, and what it should say;
 *                                 "\\n" and "\\\\" stand for a line's end and \
 *
 * Only sheets that a person corrected have lines; the others are guessed.
 */
#ifndef DAJUAN_HOST_INTAKE_UPLOAD_H
#define DAJUAN_HOST_INTAKE_UPLOAD_H

#include "host/desk/ctx.h"
#include "host/import/import.h"

/* Files with more rows than this are compared on a thread of their own. */
enum { IMPORT_INLINE_ROWS = 3000 };
/* Bytes of a mapping, and characters of a cell that is set right. */
enum { MAPPING_MAX = 256 * 1024, CELL_MOST = 4000 };

struct upload {
    int64_t id;
    int64_t at;
    int64_t actor;
    int64_t batch; /* 0: not imported yet, or not to the end */
    size_t rows;
    struct str file;
    struct str bytes;
    struct str mapping;
};

/* False when there is none; or it is another's, and no officer asks. */
bool upload_load(struct ctx *c, int64_t id, struct upload *ret);
/* Keep a new one, and delete those older than a week; returns its id. */
int64_t upload_add(struct ctx *c, struct str file, struct str bytes,
                   struct str mapping);
void upload_set_mapping(struct ctx *c, int64_t id, struct str mapping);
/* It was imported as this batch. */
void upload_set_batch(struct scope in, const struct upload *u, int64_t batch);
void upload_drop(struct ctx *c, int64_t id);

/*
 * Read the file and recognise its sheets, filled from memory (remember.h) and
 * corrected by the mapping; all in `in.m`. `today` is the year it is. E_INPUT,
 * E_SIZE and a reason when the file cannot be read.
 */
enum err upload_plan(struct scope in, const struct upload *u, int32_t today,
                     struct import *ret, struct text *ret_reason) MUST_CHECK;

/* The same for a page: in its memory, and with words for a refusal. */
enum err upload_read(struct ctx *c, const struct upload *u,
                     struct import *ret) MUST_CHECK;

/* The mapping with the word that hidden sheets, rows and columns count. */
struct str mapping_showing(struct mem *m, struct str mapping);
/* The mapping with the word that unknown organisations are registered. */
struct str mapping_registering(struct mem *m, struct str mapping);
/* What the words "same" and "new" answer; any other word: nothing. */
enum import_answer answer_read(struct str word);
/*
 * The mapping with an answer for row `row` of a sheet's grid (import_say()).
 */
struct str mapping_saying(struct mem *m, struct str mapping, size_t sheet,
                          size_t row, enum import_answer answer);
/* The mapping with the cell as `c` says it, or (`set` false) as the file. */
struct str mapping_correcting(struct mem *m, struct str mapping,
                              const struct correction *c, bool set);
/* Correct the sheets of `im`; lines that do not fit the file are ignored. */
void mapping_apply(struct import *im, struct str mapping);

/* The mapping with the rows that an import refused. */
struct str mapping_refusing(struct mem *m, struct str mapping,
                            const struct import *im);

/* The sheets of which it refused any, in order; how many. */
size_t mapping_refused(struct mem *m, struct str mapping, size_t **ret_sheets);

/* Does it say what the columns of a sheet are? */
bool mapping_by_hand(struct str mapping, size_t sheet);

/* `mapping` with what it said about one sheet replaced by what now is. */
struct str mapping_with(struct mem *m, struct str mapping,
                        const struct import *im, size_t sheet);

#endif
