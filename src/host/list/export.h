/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * export.h - the rows of a list as a file.
 *
 * What a list shows is what its export holds: the same query, all pages, all
 * columns that its reader may see. For officers it is complete, for editors
 * in the rows of their unit; those signed in get 编号 first and 年度 second,
 * so that importing such rows unchanged changes nothing. A list with voided
 * rows gets 作废 as its last column; such a file is for reading, since an
 * import restores what it names.
 *
 * JSON is an array of objects: id, year, voided, then every column by its
 * key. Choices are keys, references titles, marks decimals, dates
 * 2024-11-07; what a stranger sees masked is a text; a missing value is null.
 */
#ifndef DAJUAN_HOST_LIST_EXPORT_H
#define DAJUAN_HOST_LIST_EXPORT_H

#include "host/list/list.h"
#include "interchange/write.h"

enum export_format { EXPORT_XLSX, EXPORT_CSV, EXPORT_JSON };

struct export_plan {
    const struct list_query *query;
    enum export_format format;
    struct spool *to;
};

/*
 * Into plan->to, row by row. `ret_personal`: how many rows have personal
 * values in full. E_SIZE or E_STORE and a reason.
 */
enum err export_rows(struct scope in, const struct export_plan *plan,
                     int64_t *ret_personal, struct text *ret_reason) MUST_CHECK;

/*
 * A workbook for the reader of `q` to fill in: headers and drop-downs, no
 * rows, and no column that only others fill in.
 */
enum err export_blank(struct mem *m, const struct list_query *q,
                      struct spool *to, struct text *ret_reason) MUST_CHECK;

/* What a sheet is sent as. */
struct str export_type(enum sheet_format format);
/* The column of a sheet that keeps these values, or texts that mask them. */
struct sheet_column export_head(struct mem *m, const struct column *col,
                                enum lang lang, bool masked);
enum sheet_kind export_kind(const struct column *col);

#endif
