/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * file.h - whole files, the wall clock and the log.
 */
#ifndef DAJUAN_BASE_FILE_H
#define DAJUAN_BASE_FILE_H

#include "base/text.h"

/*
 * All bytes of a file, at most `limit`. On failure false and the reason in
 * words, with the path.
 */
bool file_read(struct mem *m, struct str path, size_t limit, struct str *ret,
               struct text *ret_reason) MUST_CHECK;

/*
 * Put `content` where `path` is, durably and all at once: a new file beside
 * it is written, synced, renamed, and the folder synced. On failure false
 * and a reason. `mode` as for open(2).
 */
bool file_write(struct mem *m, struct str path, struct str content,
                unsigned mode, struct text *ret_reason) MUST_CHECK;

/*
 * The two halves of file_write(), for what is not written by it: where
 * `path` is written until it is whole, and putting that in its place,
 * durably, when it is whole and synced. On failure false and a reason.
 */
struct str file_draft(struct mem *m, struct str path);
bool file_move(struct mem *m, struct str draft, struct str path,
               struct text *ret_reason) MUST_CHECK;

/* "a/b" from "a" and "b". */
struct str file_path(struct mem *m, struct str folder, struct str name);
/* The last part of a path. */
struct str file_name(struct str path);
bool file_exists(struct mem *m, struct str path);

/* A folder and those it lies in, for their owner alone; they may be there. */
bool file_folder(struct mem *m, struct str path,
                 struct text *ret_reason) MUST_CHECK;

/*
 * Lock the byte `at` of a file, which is made, until `m` ends. Whoever locks
 * it again is refused, in this process too; the system lets it go when the
 * process ends, however it ends. E_CLASH: it is locked; E_STORE: it cannot
 * be, for this reason.
 */
enum err file_lock(struct mem *m, struct str path, int64_t at,
                   struct text *ret_reason) MUST_CHECK;

/* What an errno means. */
struct text error_words(int error);
/* "could not VERB PATH: …" by errno; always false. */
bool file_refused(struct mem *m, struct text verb, struct str path,
                  struct text *ret_reason);

int64_t clock_ms(void);        /* milliseconds since 1970, UTC */
int64_t clock_steady_ms(void); /* for durations; never goes back */
int64_t clock_steady_us(void); /* the same in microseconds */

/*
 * One line on standard error: time, level, message, as logfmt. No personal
 * values: who and what are numbers and keys.
 */
void log_line(const char *level, const char *fmt, ...) FORMAT(2, 3);
#define log_info(...) log_line("info", __VA_ARGS__)
#define log_warn(...) log_line("warn", __VA_ARGS__)
#define log_error(...) log_line("error", __VA_ARGS__)

#endif
