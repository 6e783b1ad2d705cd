/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * lint - the rules of the house that a compiler does not know.
 *
 *     lint ROOMS FILES...  (the table of rooms; paths from the project's
 *                           folder)
 *
 * Prints "file:line: what, and what to do" for each breach; ends with 1 if
 * there was one. There is no way to silence a rule in a file: an exception
 * is written here, where it is reviewed.
 */
#include "tool/lint.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* ---- banned calls ------------------------------------------------------ */

static const struct {
    const char *name;
    const char *where; /* folders or files that may, separated by | */
    const char *instead;
} banned[] = {
    { "malloc", "src/base/mem.c", "use mem_alloc" },
    { "calloc", "src/base/mem.c", "use mem_alloc" },
    { "realloc", "src/base/mem.c", "use mem_grow" },
    { "free", "src/base/mem.c", "use a lifetime (mem.h)" },
    { "strdup", NULL, "use str_dup" },
    { "strndup", NULL, "use str_dup" },
    { "asprintf", NULL, "use str_fmt" },
    { "sprintf", NULL, "use str_fmt or snprintf" },
    { "vsprintf", NULL, "use str_fmt or vsnprintf" },
    { "strcpy", NULL, "use str_dup" },
    { "strncpy", NULL, "use str_dup" },
    { "strcat", NULL, "use a buf" },
    { "strncat", NULL, "use a buf" },
    { "strtok", NULL, "use str_cut" },
    { "strtok_r", NULL, "use str_cut" },
    { "atoi", NULL, "use str_int" },
    { "atol", NULL, "use str_int" },
    { "atof", NULL, "use str_int and a scale" },
    { "scanf", NULL, "use str_cut and str_int" },
    { "sscanf", NULL, "use str_cut and str_int" },
    { "gets", NULL, "use file_read" },
    { "system", NULL, "start no programs" },
    { "popen", NULL, "start no programs" },
    { "alloca", NULL, "use a lifetime (mem.h)" },
    { "time", "src/base/", "use house_now" },
    { "clock_ms", "src/base/|src/web/|src/host/house/", "use house_now" },
    { "clock_gettime", "src/base/|src/host/desk/writer.c",
      "use house_now, for durations clock_steady_ms" },
    { "gettimeofday", NULL, "use house_now" },
    { "localtime", "src/base/", "use date_of" },
    { "localtime_r", "src/base/", "use date_of" },
    { "gmtime", "src/base/", "use date_of" },
    { "gmtime_r", "src/base/", "use date_of" },
    { "mktime", "src/base/", "use date_to_days" },
    { "rand", NULL, "use hash_random" },
    { "sqlite3_prepare", "src/store/", "use tx_query" },
    { "sqlite3_prepare_v2", "src/store/", "use tx_query" },
    { "sqlite3_prepare_v3", "src/store/", "use tx_query" },
    { "sqlite3_exec", "src/store/", "use tx_query" },
};

static bool is_member(const struct source *s, const char *p)
{
    while (p > s->code && isspace((unsigned char)p[-1]))
        p--;
    return p > s->code &&
           (p[-1] == '.' || (p - 1 > s->code && p[-1] == '>' && p[-2] == '-'));
}

/* Is `path` in one of the folders that stand before a | or the end? */
static bool path_among(const char *path, const char *folders)
{
    while (*folders) {
        size_t n = strcspn(folders, "|");

        if (strncmp(path, folders, n) == 0)
            return true;
        folders += n + (folders[n] == '|');
    }
    return false;
}

static void rule_banned(const struct source *s)
{
    /* Tools and the references of the benchmarks are not the program. */
    if (!is_c(s->path) || path_in(s->path, "tool/") ||
        path_in(s->path, "test/bench/"))
        return;
    for (size_t i = 0; i < COUNT(banned); i++) {
        const char *p = s->code;

        if (banned[i].where && path_among(s->path, banned[i].where))
            continue;
        for (; (p = find_word(p, banned[i].name)) != NULL; p++)
            if (*skip_space(p + strlen(banned[i].name)) == '(' &&
                !is_member(s, p))
                report(s->path, line_of(s->code, p), "%s(); %s", banned[i].name,
                       banned[i].instead);
    }
}

/*
 * The argument at `a` holds a literal: also `n ? "a" : "b"`, of which the
 * compiler's -Wformat=2 sees the rest. A declaration is fine.
 */
static bool holds_literal(const char *a)
{
    int depth = 0;

    if (strncmp(a, "const char", 10) == 0)
        return true;
    for (; *a && depth >= 0 && (*a != ',' || depth > 0); a++) {
        depth += *a == '(';
        depth -= *a == ')';
        if (*a == '"' && depth == 0)
            return true;
    }
    return false;
}

static void rule_formats(const struct source *s)
{
    static const struct {
        const char *name;
        int index;
    } calls[] = { { "printf", 0 },   { "fprintf", 1 }, { "dprintf", 1 },
                  { "snprintf", 2 }, { "syslog", 1 },  { "str_fmt", 1 },
                  { "buf_fmt", 1 } };

    if (!is_c(s->path))
        return;
    for (size_t i = 0; i < COUNT(calls); i++) {
        size_t n = strlen(calls[i].name);
        const char *p = s->code;

        for (; (p = find_word(p, calls[i].name)) != NULL; p++) {
            const char *paren = skip_space(p + n);
            const char *a =
                *paren == '(' ? argument(paren, calls[i].index) : NULL;

            if (a && !holds_literal(a))
                report(s->path, line_of(s->code, p),
                       "%s() with a format that is not a literal; write it "
                       "there",
                       calls[i].name);
        }
    }
}

/* ---- sizes ------------------------------------------------------------- */

enum {
    MAX_COLUMNS = 80,
    MAX_VIEW_COLUMNS = 160,
    MAX_FUNCTION = 60,
    MAX_PARAMETERS = 5,
    MAX_C = 800,
    MAX_H = 150
};

/* The columns of a byte of UTF-8: Chinese, from U+3000 on, takes two. */
static int width(unsigned char c)
{
    if ((c & 0xc0) == 0x80)
        return 0;
    return c >= 0xe3 ? 2 : 1;
}

static void check_columns(const struct source *s, int most)
{
    int line = 1;
    int column = 0;

    for (const char *p = s->raw; *p; p++) {
        if (*p == '\n') {
            if (column > most)
                report(s->path, line, "%d columns; at most %d", column, most);
            line++;
            column = 0;
        } else {
            column += width((unsigned char)*p);
        }
    }
    if (line - 1 > (path_ends(s->path, ".h") ? MAX_H : MAX_C))
        report(s->path, 1, "%d lines; split by noun", line - 1);
}

static void check_functions(const struct source *s)
{
    int line = 1;
    int from = 0;

    for (const char *p = s->code; p && *p; line++) {
        if (strncmp(p, "{\n", 2) == 0)
            from = line;
        if (p[0] == '}' && from > 0) {
            if (line - from - 1 > MAX_FUNCTION)
                report(s->path, from, "a function of %d lines; at most %d",
                       line - from - 1, MAX_FUNCTION);
            from = 0;
        }
        p = strchr(p, '\n');
        p = p ? p + 1 : NULL;
    }
}

/* Parameters of the declaration in the line at `p`; 0: it is none. */
static int parameters(const char *p)
{
    const char *paren = p + strcspn(p, "(={;#\n");
    const char *end = *paren == '(' ? behind_paren(paren) : NULL;
    int depth = 0;
    int n = 1;

    if (!end || (!isalpha((unsigned char)*p) && *p != '_') ||
        strncmp(p, "typedef", 7) == 0)
        return 0;
    if (*skip_space(end) != '{' && *skip_space(end) != ';')
        return 0;
    for (p = paren; p < end; p++) {
        depth += *p == '(';
        depth -= *p == ')';
        n += depth == 1 && *p == ',';
    }
    return n;
}

static void rule_sizes(const struct source *s)
{
    int line = 1;

    if (path_in(s->path, "src/") && path_ends(s->path, ".html"))
        check_columns(s, MAX_VIEW_COLUMNS);
    if (!is_c(s->path))
        return;
    check_columns(s, MAX_COLUMNS);
    check_functions(s);
    if (path_in(s->path, "test/"))
        return; /* a check carries its file, line and words */
    for (const char *p = s->code; p && *p; line++) {
        if (parameters(p) > MAX_PARAMETERS)
            report(s->path, line, "%d parameters; at most %d, pass a struct",
                   parameters(p), MAX_PARAMETERS);
        p = strchr(p, '\n');
        p = p ? p + 1 : NULL;
    }
}

/* ---- SQL and HTML ------------------------------------------------------ */

/* In `code` a literal is two quotes and blanks. */
static void rule_sql(const struct source *s)
{
    if (!is_c(s->path))
        return;
    for (const char *p = s->code; (p = find_word(p, "SQL")) != NULL; p++) {
        const char *a = skip_space(p + 3);
        bool quoted = false;

        if (*a != '(' || (p - s->code > 8 && !strncmp(p - 8, "#define ", 8)))
            continue;
        for (a++; *a && (quoted || *a == '"' || isspace((unsigned char)*a));
             a++)
            quoted ^= *a == '"';
        if (*a != ')' || a[-1] == '(')
            report(s->path, line_of(s->code, p),
                   "SQL() of something else "
                   "than string literals; write the statement there and pass "
                   "values as arguments");
    }
}

static bool appends_by_right(const char *path)
{
    return !path_in(path, "src/") || path_in(path, "src/web/html") ||
           strcmp(path, "src/host/desk/page.c") == 0;
}

static void rule_html(const struct source *s)
{
    static const char trusted[] = "html_trusted_markup_from_view";
    static const char hand[] = "h->out";
    const char *text = is_c(s->path) ? s->code : s->raw;

    if (appends_by_right(s->path) ||
        (!is_c(s->path) && !path_ends(s->path, ".html")))
        return;
    for (const char *p = text; (p = find_word(p, trusted)) != NULL; p++)
        report(s->path, line_of(text, p),
               "%s; only src/host/desk/page.c may, use "
               "a view",
               trusted);
    for (const char *p = text; (p = find_word(p, hand)) != NULL; p++)
        report(s->path, line_of(text, p),
               "%s; only src/web/html.c may, use "
               "a view",
               hand);
}

/* ---- words ------------------------------------------------------------- */

/* Cut in two, so that this file passes. */
static const struct {
    const char *word;
    const char *why;
} words[] = {
    { "/wo"
      "rk/",
      "a path of one machine; write it from the project's "
      "folder" },
    { "/ro"
      "ot/",
      "a path of one machine; write it from the project's "
      "folder" },
    { "/ho"
      "me/",
      "a path of one machine; write it from the project's "
      "folder" },
    { "://regi"
      "stry.",
      "a host of packages; the tools know theirs" },
    { "npm"
      "js.org",
      "a host of packages; the tools know theirs" },
    { "npm"
      "mirror",
      "a host of packages; the tools know theirs" },
    { "python"
      "hosted",
      "a host of packages; the tools know theirs" },
    { "pypi"
      ".org",
      "a host of packages; the tools know theirs" },
    { "deb.deb"
      "ian.org",
      "a host of packages; the tools know theirs" },
};

static void rule_words(const struct source *s)
{
    static const char todo[] = "TO"
                               "DO";

    for (size_t i = 0; i < COUNT(words); i++)
        for (const char *p = s->raw; (p = strstr(p, words[i].word)) != NULL;
             p++)
            report(s->path, line_of(s->raw, p), "\"%s\": %s", words[i].word,
                   words[i].why);
    for (const char *p = s->raw; (p = find_word(p, todo)) != NULL; p++)
        if (strncmp(p + 4, "(#", 2) != 0 || !isdigit((unsigned char)p[6]))
            report(s->path, line_of(s->raw, p),
                   "%s without an issue; write "
                   "%s(#7)",
                   todo, todo);
}

static void rule_licence(const struct source *s)
{
    static const char *const ends[] = { ".c",   ".h",       ".mk",
                                        ".sh",  ".css",     ".js",
                                        ".sql", "Makefile", "/run" };
    static const char line[] = "SPDX-License-Identifier: MulanPSL-2.0";
    const char *p = s->raw;
    const char *hit = strstr(p, line);

    for (size_t i = 0; i < COUNT(ends); i++) {
        if (!path_ends(s->path, ends[i]))
            continue;
        if (strncmp(p, "#!", 2) == 0)
            p += strcspn(p, "\n") + 1;
        if (!hit || hit > p + strcspn(p, "\n"))
            report(s->path, 1, "no licence; begin with %s", line);
        return;
    }
}

static const struct source *sources_read(char **paths, int n)
{
    struct source *all = calloc((size_t)n + 1, sizeof(*all));

    if (!all) {
        perror("lint");
        exit(2);
    }
    for (int i = 0; i < n; i++)
        all[i] = source_read(paths[i]);
    return all;
}

int main(int argc, char **argv)
{
    static void (*const rules[])(const struct source *) = {
        rule_rooms,  rule_tables,  rule_pages,   rule_columns,
        rule_banned, rule_formats, rule_sizes,   rule_sql,
        rule_html,   rule_words,   rule_licence,
    };
    int n = argc - 2;
    const struct source *all;

    if (n < 0) {
        fputs("usage: lint ROOMS FILES...\n", stderr);
        return 2;
    }
    rooms_read(argv[1]);
    all = sources_read(argv + 2, n);
    for (int i = 0; i < n; i++)
        names_learn(&all[i]);
    for (int i = 0; i < n; i++)
        for (size_t r = 0; r < COUNT(rules); r++)
            rules[r](&all[i]);
    return reports() > 0;
}
