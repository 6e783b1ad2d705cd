/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * lint.h - a source file as the rules see it.
 */
#ifndef DAJUAN_TOOL_LINT_H
#define DAJUAN_TOOL_LINT_H

#include <stdbool.h>
#include <stddef.h>

struct source {
    const char *path;
    char *raw;  /* NUL-terminated */
    char *text; /* the same size, comments blanked */
    char *code; /* the same size, comments and inside of quotes blanked */
    char *said; /* the same size, what is in "" alone; ';' for code */
};

struct source source_read(const char *path);

bool path_in(const char *path, const char *folder);
bool path_ends(const char *path, const char *end);
/* C, headers and nothing else. */
bool is_c(const char *path);

/* A test, or what tests are given. */
bool is_test(const char *path);

/* The line `p` is in; `p` is in one of the four texts. */
int line_of(const char *text, const char *p);

/* The next identifier `name` from `from` on; NULL: none. */
const char *find_word(const char *from, const char *name);
const char *skip_space(const char *p);
/* Behind the parenthesis that closes the one at `p`; NULL: none. */
const char *behind_paren(const char *p);
/* The `index`-th argument of the call whose '(' is at `p`; NULL: none. */
const char *argument(const char *p, int index);

void report(const char *path, int line, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
int reports(void);

/* ---- the rooms of src/: lint_rooms.c ----------------------------------- */

/* Where something stands. */
struct place {
    int row;            /* of the table; -1: in no room */
    const char *folder; /* "host/list", "feature/cases"; `n` bytes */
    int n;
};

/* Read the table; its mistakes are reported. */
void rooms_read(const char *table);

/* The room `path`, without "src/", is in. */
struct place place_of(const char *path);
/* Each folder of the row is a room: a feature. */
bool place_starred(struct place p);

/*
 * Report it unless the file may use what stands in `other`; `what` is empty or
 * words like "the table x of ".
 */
void check_use(const struct source *s, int line, const char *what,
               struct place other);

/* Every file of src/ is in a room, and includes what that one may use. */
void rule_rooms(const struct source *s);

/* ---- names that belong to a room: lint_names.c ------------------------- */

/* Note the tables and pages the file makes; every file, before the rules. */
void names_learn(const struct source *s);

/* What a room that may be used has made is named, and nothing else. */
void rule_tables(const struct source *s);
void rule_pages(const struct source *s);
/* Only who declares ledgers calls one, or what is its, by name. */
void rule_columns(const struct source *s);

#endif
