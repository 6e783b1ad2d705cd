/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * The rooms of src/: a table of rows (tool/rooms), the room of a file, and
 * which room may use which.
 */
#include "tool/lint.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS_MAX = 64 };

struct row {
    char name[40];
    uint64_t uses; /* a bit for each row */
    bool tests;    /* used by tests alone */
};

static struct row rows[ROWS_MAX];
static int rows_n;

/* ---- the table --------------------------------------------------------- */

/* The row above called `word`, or so beside `r` in its folder; -1: none. */
static int row_above(const struct row *r, const char *word)
{
    int folder = (int)strcspn(r->name, "/");
    char beside[80];

    snprintf(beside, sizeof(beside), "%.*s/%s", folder, r->name, word);
    for (int i = 0; i < rows_n; i++)
        if (!strcmp(rows[i].name, word) || !strcmp(rows[i].name, beside))
            return i;
    return -1;
}

static void row_allow(struct row *r, const char *word, const char *table,
                      int line)
{
    int above = row_above(r, word);

    if (strcmp(word, "tests") == 0)
        r->tests = true;
    else if (strcmp(word, "above") == 0)
        r->uses = ((uint64_t)1 << rows_n) - 1;
    else if (above >= 0)
        r->uses |= (uint64_t)1 << above;
    else
        report(table, line,
               "%s may not use %s, which is no row above it; "
               "move a row, or cut the use",
               r->name, word);
}

static void row_read(char *text, const char *table, int line)
{
    static const char blanks[] = " \t\n";
    struct row *r = &rows[rows_n];
    char *rest;
    char *word = strtok_r(text, blanks, &rest);

    if (!word || *word == '#')
        return;
    if (rows_n == ROWS_MAX - 1 || strlen(word) >= sizeof(r->name)) {
        report(table, line, "too many rows, or too long a name");
        return;
    }
    snprintf(r->name, sizeof(r->name), "%s", word);
    while ((word = strtok_r(NULL, blanks, &rest)) != NULL)
        row_allow(r, word, table, line);
    rows_n++;
}

void rooms_read(const char *table)
{
    FILE *f = fopen(table, "r");
    char text[400];

    if (!f) {
        perror(table);
        exit(2);
    }
    for (int line = 1; fgets(text, sizeof(text), f); line++)
        row_read(text, table, line);
    fclose(f);
}

/* ---- places ------------------------------------------------------------ */

static bool is_starred(const struct row *r)
{
    return path_ends(r->name, "/*");
}

/* How much of `path` names a room of the row; 0: it is not in there. */
static int length_in(const struct row *r, const char *path)
{
    size_t n = strlen(r->name) - (is_starred(r) ? 1 : 0);

    if (strncmp(path, r->name, n) != 0)
        return 0;
    if (is_starred(r))
        n += strcspn(path + n, "/\"");
    return path[n] == '/' ? (int)n : 0;
}

struct place place_of(const char *path)
{
    for (int i = 0; i < rows_n; i++) {
        int n = length_in(&rows[i], path);

        if (n > 0)
            return (struct place){ i, path, n };
    }
    return (struct place){ -1, path, 0 };
}

static bool place_same(struct place a, struct place b)
{
    return a.row == b.row && a.n == b.n &&
           strncmp(a.folder, b.folder, (size_t)a.n) == 0;
}

bool place_starred(struct place p)
{
    return p.row >= 0 && is_starred(&rows[p.row]);
}

/* ---- use --------------------------------------------------------------- */

/* host/desk and host/given. */
static bool share_a_folder(struct place a, struct place b)
{
    size_t n = strcspn(rows[a.row].name, "/") + 1;

    return strncmp(rows[a.row].name, rows[b.row].name, n) == 0;
}

static bool may_use(const struct source *s, struct place own,
                    struct place other)
{
    if (place_same(own, other))
        return true;
    if (rows[other.row].tests)
        return is_test(s->path) &&
               (other.row < own.row || share_a_folder(own, other));
    return rows[own.row].uses >> other.row & 1;
}

static const char *advice(struct place own, struct place other)
{
    if (rows[other.row].tests)
        return "that room is for tests of its folder and of rows below it";
    if (own.row == other.row)
        return "none of these rooms uses another; give it to a room above";
    if (own.row < other.row)
        return "a row below in tool/rooms; let that room give it, or move "
               "what is shared up";
    return "its row in tool/rooms does not name that; take it as an argument "
           "or move the file";
}

void check_use(const struct source *s, int line, const char *what,
               struct place other)
{
    struct place own = place_of(s->path + strlen("src/"));

    if (own.row >= 0 && !may_use(s, own, other))
        report(s->path, line, "%.*s uses %s%.*s; %s", own.n, own.folder, what,
               other.n, other.folder, advice(own, other));
}

static void check_include(const struct source *s, int line, const char *uses)
{
    struct place other = place_of(uses);

    if (path_in(uses, "test/")) {
        if (!is_test(s->path))
            report(s->path, line, "test/ is for *_test.* and given_*");
    } else if (other.row < 0) {
        report(s->path, line,
               "\"%.*s\" names no room of src/; write the whole "
               "path",
               (int)strcspn(uses, "\""), uses);
    } else {
        check_use(s, line, "", other);
    }
}

void rule_rooms(const struct source *s)
{
    const char *what = is_c(s->path) ? "#include \"" : "{{ use \"";

    if (!path_in(s->path, "src/") || path_ends(s->path, ".md"))
        return;
    if (place_of(s->path + strlen("src/")).row < 0)
        report(s->path, 1,
               "in no room; move it, or give its folder a row in "
               "tool/rooms");
    for (const char *p = s->text; (p = strstr(p, what)) != NULL; p++)
        check_include(s, line_of(s->text, p), p + strlen(what));
}
