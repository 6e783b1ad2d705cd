/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * directory.h - the central directory of a zip, read by us.
 *
 * libzip does not tell where an entry lies, and overlap is a question of
 * places. Source: APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12, 4.3.16, 4.5.3.
 *
 * For this folder only.
 */
#ifndef DAJUAN_INTERCHANGE_DIRECTORY_H
#define DAJUAN_INTERCHANGE_DIRECTORY_H

#include "interchange/reading.h"

struct zip_part {
    struct str name; /* borrowed from the file */
    uint64_t packed, size;
    uint64_t from, to; /* local header and data, in the file */
};

struct directory {
    struct zip_part *parts; /* in the order of the file, as libzip counts */
    size_t n;
};

/* Refuses what package_open() promises, short of asking libzip. */
enum err directory_read(struct reading *r, struct str bytes,
                        struct directory *ret);

#endif
