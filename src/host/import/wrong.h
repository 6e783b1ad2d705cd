/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * wrong.h - the wrong rows as a file to correct and import again.
 */
#ifndef DAJUAN_HOST_IMPORT_WRONG_H
#define DAJUAN_HOST_IMPORT_WRONG_H

#include "base/spool.h"
#include "host/import/import.h"

/*
 * Into `to`, the wrong rows of a sheet of a compared import, or all of one
 * that waits for an answer: a header, the columns of the file, and a last
 * column that says what to put right. A cell whose value cannot be right
 * (lost digits, a formula error) comes blank and is told in the last column.
 * E_ABSENT: the sheet has none; else as sheet_writer_finish().
 */
enum err import_wrong_file(struct mem *m, const struct import_sheet *is,
                           enum lang lang, struct spool *to,
                           struct text *ret_reason) MUST_CHECK;

/*
 * The row of the grid was wrong when the file was imported: it is in the file
 * of wrong rows whatever became of it since, and no other one is.
 */
void import_was_wrong(struct import *im, size_t sheet, size_t row);

/* Sheet `asked`, or the first that has wrong rows; NULL: none. */
const struct import_sheet *import_wrong_sheet(const struct import *im,
                                              size_t asked);

#endif
