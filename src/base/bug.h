/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * bug.h - our own mistakes stop the program.
 *
 * Three kinds of failure, three tools: an expected refusal is an `enum err`
 * with words for the visitor; a failure of the store sticks to the
 * transaction; a mistake of ours is BUG(), which writes one line to standard
 * error and aborts, so that a supervisor restarts a clean process.
 */
#ifndef DAJUAN_BASE_BUG_H
#define DAJUAN_BASE_BUG_H

#define FORMAT(fmt, first) __attribute__((format(printf, fmt, first)))
#define MUST_CHECK __attribute__((warn_unused_result))
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* What a rule, a form or the store may answer. 0 is success. */
enum err {
    OK = 0,
    E_INPUT,  /* the input is wrong; fields say where (HTTP 422) */
    E_ABSENT, /* there is no such thing (404) */
    E_SIGNIN, /* somebody must sign in first (401 or the sign-in page) */
    E_DENIED, /* signed in, but not allowed (403) */
    E_CLASH,  /* true a moment ago, not now (409) */
    E_SIZE,   /* more than we take (413) */
    E_RATE,   /* too often (429) */
    E_STORE,  /* the store failed; nothing was kept (503) */
};

/*
 * What this thread works on, in words a BUG ends with; NULL: on nothing in
 * particular. Borrowed until the next call.
 */
void bug_note(const char *what);

/* Write "BUG file:line: message (note)" to standard error and abort. */
_Noreturn void bug_stop(const char *file, int line, const char *fmt, ...)
    FORMAT(3, 4);

#define BUG(...) bug_stop(__FILE__, __LINE__, __VA_ARGS__)

#endif
