/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * file_stream.h - files that are larger than what should be in memory:
 * written piece by piece, read at any place.
 */
#ifndef DAJUAN_BASE_FILE_STREAM_H
#define DAJUAN_BASE_FILE_STREAM_H

#include "base/text.h"

/* A file that is not in its place before it is whole. */
struct file_writer {
    struct mem *m;
    struct str path, draft;
    int fd;
    int error; /* errno of the first piece that was not written */
};

/*
 * Begin beside `path`; what was there stays until file_end(). On failure
 * false and a reason. `mode` as for open(2).
 */
bool file_begin(struct mem *m, struct str path, unsigned mode,
                struct file_writer *ret, struct text *ret_reason) MUST_CHECK;
/* A failure is kept and told by file_end(). */
void file_put(struct file_writer *w, struct str piece);
/* Put it in its place, durably. False: nothing is there, and a reason. */
bool file_end(struct file_writer *w, struct text *ret_reason) MUST_CHECK;
/* Or leave everything as it was. */
void file_drop(struct file_writer *w);

/* A regular file that is read at any place; closes with `m`. */
struct file_reader {
    struct mem *m;
    struct str path;
    int fd;
    int64_t size;
};
bool file_open(struct mem *m, struct str path, struct file_reader *ret,
               struct text *ret_reason) MUST_CHECK;
/* Exactly `n` bytes at `at`; false: not that many, or it cannot be read. */
bool file_read_at(const struct file_reader *r, int64_t at, char *to,
                  size_t n) MUST_CHECK;

#endif
