/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * read.h - tables that people send us, into grids.
 *
 * Understood, by content and not by name: workbooks (.xlsx, ECMA-376 part
 * 1, transitional and strict), and text: CSV, TSV and pasted cells (RFC 4180
 * quotes; comma, semicolon or tab) in UTF-8, UTF-16 with a mark, GB18030.
 * Nothing in a file is run, followed or fetched.
 */
#ifndef DAJUAN_INTERCHANGE_READ_H
#define DAJUAN_INTERCHANGE_READ_H

#include "base/text.h"
#include "interchange/grid.h"

struct read_limits {
    size_t file_bytes;
    size_t unpacked_bytes; /* of all parts that are read */
    size_t ratio;          /* unpacked to packed, for one part ... */
    size_t ratio_free;     /* ... once this many bytes came out */
    size_t entries;        /* in the zip */
    size_t sheets;
    size_t columns;   /* with content; at most 256 */
    size_t rows;      /* at most 1,048,576 */
    size_t cells;     /* of all grids together, empty ones counted */
    size_t cell_text; /* characters */
    size_t xml_depth;
};

/*
 * 32 MiB, unpacked 512 MiB, 200:1 beyond 16 MiB, 200 entries, 64 sheets,
 * 256 columns, 1,048,576 rows, 8,000,000 cells, 32,767 characters, depth 64.
 */
extern const struct read_limits read_limits_default;

struct table_file {
    struct str name; /* as somebody called it: of a text file's grid */
    struct str bytes;
};

/*
 * Read what is in the file. The result lives in `m` and shares nothing with
 * its bytes.
 *
 * Refusals leave `ret` untouched and say in `ret_reason` what to do:
 * E_INPUT (not such a file, damaged, encrypted, with macros, with a DTD),
 * E_SIZE (over a limit). A cell that is odd but harmless is no refusal.
 */
enum err workbook_read(struct mem *m, struct table_file file,
                       const struct read_limits *limits, struct workbook *ret,
                       struct text *ret_reason) MUST_CHECK;

#endif
