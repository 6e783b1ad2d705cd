/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * dump.h - a whole house as one file that either engine reads.
 *
 * The file has every table, in the order of names, and every row, in the
 * order of keys, so the same house gives the same bytes on both engines. It
 * has no key: whoever may read it cannot sign.
 *
 *     dajuan-dump/1
 *     district 370212
 *     entries 1055
 *     root BASE64                 of the journal's tree of so many entries
 *     table NAME COLUMN=KIND …    a line for each table; KIND is int, text
 *                                 or bytes
 *     + VALUE …                   a row, without blanks
 *     .                           the end of the table
 *     sha256 HEX                  of all bytes before this line
 *
 * A value is "-" for none, "i" and 8 bytes, or "s", 8 bytes for the length
 * and the bytes; numbers are big-endian. "+", "." and the last line are at
 * the begin of what follows directly; lines end with a line feed.
 */
#ifndef DAJUAN_HOST_HOUSE_DUMP_H
#define DAJUAN_HOST_HOUSE_DUMP_H

#include "host/house/house.h"
#include "host/house/verify.h"

/*
 * Write the house, as it stands at one moment, into a file that is not
 * there, readable by its owner only. E_CLASH: it is there; E_STORE: it could
 * not be written, or the house not be read.
 */
enum err dump_make(struct house *h, struct mem *m, struct str file,
                   struct text *ret_reason) MUST_CHECK;

/*
 * Make a house of it where there is none; then it is verified, and its
 * journal is the one that was dumped. The key is the caller's to put in
 * place. E_INPUT: no dump, a damaged one, or one of another version of the
 * program, and nothing was kept; or it does not verify, and is left for
 * inspection. E_CLASH: there is a house.
 */
enum err dump_load(struct mem *m, struct str file, struct house_place place,
                   struct verify_counts *ret_counts,
                   struct text *ret_reason) MUST_CHECK;

#endif
