/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Names that are no includes and yet uses: of tables in SQL, of pages in
 * addresses, of columns, ledgers, figures and policies in strings.
 */
#include "tool/lint.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

struct name {
    const char *p; /* `n` bytes in a text or path that stays */
    int n;
    struct place of;
};

struct names {
    struct name *all;
    int count;
};

static struct names rooms;  /* the last part of each folder */
static struct names tables; /* made by a schema */
static struct names pages;  /* first segments of what a feature routes */

static const struct name *name_find(const struct names *names, const char *p,
                                    int n)
{
    for (int i = 0; i < names->count; i++)
        if (names->all[i].n == n && strncmp(names->all[i].p, p, (size_t)n) == 0)
            return &names->all[i];
    return NULL;
}

static void name_add(struct names *names, const char *p, int n, struct place of)
{
    if (n == 0 || name_find(names, p, n))
        return;
    names->all =
        realloc(names->all, (size_t)(names->count + 1) * sizeof(*names->all));
    if (!names->all) {
        perror("lint");
        exit(2);
    }
    names->all[names->count++] = (struct name){ p, n, of };
}

static int word_length(const char *p)
{
    int n = 0;

    while (isalnum((unsigned char)p[n]) || p[n] == '_')
        n++;
    return n;
}

static bool word_is(const char *p, const char *word)
{
    size_t n = strlen(word);

    return strncmp(p, word, n) == 0 && word_length(p) == (int)n;
}

/* Behind `word` and blanks, if `p` is at it; else `p`. */
static const char *skip_word(const char *p, const char *word)
{
    return word_is(p, word) ? skip_space(p + strlen(word)) : p;
}

static bool has_sql(const struct source *s)
{
    return path_in(s->path, "src/") &&
           (is_c(s->path) || path_ends(s->path, ".sql"));
}

static const char *sql_of(const struct source *s)
{
    return is_c(s->path) ? s->said : s->raw;
}

/* ---- what there is ----------------------------------------------------- */

static void learn_room(struct place own)
{
    int n = 0;

    while (n < own.n && own.folder[own.n - 1 - n] != '/')
        n++;
    name_add(&rooms, own.folder + own.n - n, n, own);
}

static void learn_tables(const struct source *s, struct place own)
{
    for (const char *p = sql_of(s); (p = find_word(p, "CREATE")) != NULL;) {
        p = skip_space(p + strlen("CREATE"));
        if (!word_is(p, "TABLE"))
            continue;
        p = skip_space(p + strlen("TABLE"));
        p = skip_word(skip_word(skip_word(p, "IF"), "NOT"), "EXISTS");
        name_add(&tables, p, word_length(p), own);
    }
}

/* The length of the address's first segment; `p` is at its '/'. */
static int segment_length(const char *p)
{
    int n = (int)strspn(p + 1, "abcdefghijklmnopqrstuvwxyz0123456789_-");

    return p[1 + n] == '.' ? 0 : n; /* /x.css is a file */
}

static void learn_pages(const struct source *s, struct place own)
{
    static const char *const macros[] = { "ROUTE", "ROUTE_BEFORE" };

    for (size_t i = 0; i < COUNT(macros); i++)
        for (const char *p = s->text; (p = find_word(p, macros[i])) != NULL;
             p++) {
            const char *path = p + strcspn(p, "\";");

            if (strncmp(path, "\"/", 2) == 0)
                name_add(&pages, path + 2, segment_length(path + 1), own);
        }
}

void names_learn(const struct source *s)
{
    struct place own;

    if (!has_sql(s) || is_test(s->path))
        return;
    own = place_of(s->path + strlen("src/"));
    if (own.row < 0)
        return;
    learn_room(own);
    learn_tables(s, own);
    if (place_starred(own))
        learn_pages(s, own);
}

/* ---- tables ------------------------------------------------------------ */

/*
 * Whose table it is: of the schema that makes it; or of the room its first
 * word names, as the tables of ledgers are made from their declaration.
 */
static const struct name *table_find(const char *p, int n)
{
    const struct name *made = name_find(&tables, p, n);
    int first = 0;

    while (first < n && p[first] != '_')
        first++;
    return made || first == n ? made : name_find(&rooms, p, first);
}

static void check_table(const struct source *s, const char *p)
{
    int n = word_length(p);
    const struct name *table = table_find(p, n);
    char what[120];

    if (!table)
        return; /* of SQLite, or named in the statement itself */
    snprintf(what, sizeof(what), "the table %.*s of ", n, p);
    check_use(s, line_of(sql_of(s), p), what, table->of);
}

/* Behind the table at `p` and the other name it is given. */
static const char *behind_table(const char *p)
{
    p = skip_space(p + word_length(p));
    p = skip_word(p, "AS");
    return islower((unsigned char)*p) ? skip_space(p + word_length(p)) : p;
}

/* The tables in a row behind FROM, JOIN, …; `p` is behind that word. */
static void check_tables(const struct source *s, const char *p)
{
    static const char *const between[] = { "OR", "REPLACE", "IGNORE",
                                           "IF", "NOT",     "EXISTS" };

    p = skip_space(p);
    for (size_t i = 0; i < COUNT(between); i++)
        p = skip_word(p, between[i]);
    check_table(s, p);
    for (p = behind_table(p); *p == ','; p = behind_table(p)) {
        p = skip_space(p + 1);
        check_table(s, p);
    }
}

/* CREATE INDEX x ON y (…): in other places an ON compares. */
static void check_indexed(const struct source *s, const char *p)
{
    p = skip_space(p);
    if (*skip_space(p + word_length(p)) == '(')
        check_table(s, p);
}

void rule_tables(const struct source *s)
{
    static const char *const before[] = { "FROM",   "JOIN",  "INTO",
                                          "UPDATE", "TABLE", "REFERENCES" };

    if (!has_sql(s))
        return;
    for (size_t i = 0; i < COUNT(before); i++)
        for (const char *p = sql_of(s); (p = find_word(p, before[i])) != NULL;)
            check_tables(s, p += strlen(before[i]));
    for (const char *p = sql_of(s); (p = find_word(p, "ON")) != NULL;)
        check_indexed(s, p += strlen("ON"));
}

/* ---- pages ------------------------------------------------------------- */

/* Of a feature: its own routes, and "/FEATURE" which the host answers. */
static const struct name *page_find(const char *p, int n)
{
    const struct name *page = name_find(&pages, p, n);
    const struct name *room = page ? NULL : name_find(&rooms, p, n);

    return room && place_starred(room->of) ? room : page;
}

/* C or a view of the program. */
static bool may_hold_names(const char *path)
{
    return path_in(path, "src/") && (is_c(path) || path_ends(path, ".html"));
}

void rule_pages(const struct source *s)
{
    const char *text = is_c(s->path) ? s->said : s->raw;

    if (!may_hold_names(s->path))
        return;
    for (const char *p = text; (p = strchr(p, '/')) != NULL; p++) {
        int n = segment_length(p);
        const struct name *page = page_find(p + 1, n);
        char what[120];

        if (!page || p == text || !strchr(" \"'", p[-1]))
            continue;
        snprintf(what, sizeof(what), "the page /%.*s of ", n, p + 1);
        check_use(s, line_of(text, p), what, page->of);
    }
}

/* ---- columns, ledgers, figures, policies ------------------------------- */

/* Who declares ledgers may name them and their columns. */
static bool declares_ledgers(const char *path)
{
    return path_in(path, "src/feature/") || path_in(path, "src/host/registry/");
}

void rule_columns(const struct source *s)
{
    static const struct {
        const char *call;
        int index;
        const char *instead;
    } finds[] = {
        { "ledger_column", 1,
          "a column by its name; let its ledger say what it is for, with a "
          "flag of the column" },
        { "ledger_find", 0,
          "a ledger by its name; let its room declare it, or take it as an "
          "argument" },
        { "figure_find", 0,
          "a figure by its name; let its room declare it, or take it as an "
          "argument" },
        { "policy_read", 2,
          "a policy by its name; let the room that declares it read it" },
    };
    const char *text = is_c(s->path) ? s->code : s->raw;

    if (!may_hold_names(s->path) || is_test(s->path) ||
        declares_ledgers(s->path))
        return;
    for (size_t i = 0; i < COUNT(finds); i++)
        for (const char *p = text; (p = find_word(p, finds[i].call)) != NULL;
             p++) {
            const char *paren = skip_space(p + strlen(finds[i].call));
            const char *a =
                *paren == '(' ? argument(paren, finds[i].index) : NULL;

            if (a && strncmp(a, "S(\"", 3) == 0)
                report(s->path, line_of(text, p), "%s() names %s",
                       finds[i].call, finds[i].instead);
        }
}
