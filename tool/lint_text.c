/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Reading a source file four ways: as it is, without comments, without what
 * stands in quotes, and that alone. Offsets and lines are the same in all.
 */
#include "tool/lint.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int reported;

void report(const char *path, int line, const char *fmt, ...)
{
    va_list ap;

    printf("%s:%d: ", path, line);
    va_start(ap, fmt);
    vprintf(fmt, ap);
    va_end(ap);
    putchar('\n');
    reported++;
}

int reports(void)
{
    return reported;
}

static void blank(char *p)
{
    if (*p != '\n')
        *p = ' ';
}

/* Blank the comment at `i` in both texts; returns where it ends. */
static size_t blank_comment(struct source *s, size_t i)
{
    bool line = s->raw[i + 1] == '/';

    for (size_t n = 0; s->raw[i]; i++, n++) {
        if (line && s->raw[i] == '\n')
            break;
        blank(&s->text[i]);
        blank(&s->code[i]);
        blank(&s->said[i]);
        if (!line && n > 2 && s->raw[i] == '/' && s->raw[i - 1] == '*')
            return i + 1;
    }
    return i;
}

/* What is in the quotes at `i` is said, not code; returns where they end. */
static size_t blank_quoted(struct source *s, size_t i)
{
    char quote = s->raw[i];

    blank(&s->said[i++]);
    for (; s->raw[i] && s->raw[i] != quote && s->raw[i] != '\n'; i++) {
        if (s->raw[i] == '\\' && s->raw[i + 1] && s->raw[i + 1] != '\n') {
            blank(&s->said[i]);
            blank(&s->code[i++]);
            blank(&s->said[i]);
        }
        blank(&s->code[i]);
        if (quote == '\'')
            blank(&s->said[i]);
    }
    if (!s->raw[i])
        return i;
    blank(&s->said[i]);
    return i + 1;
}

/* One literal may go on in the next; code between them parts them. */
static void part_said(char *p)
{
    if (!isspace((unsigned char)*p))
        *p = ';';
}

static void strip(struct source *s)
{
    for (size_t i = 0; s->raw[i];) {
        if (s->raw[i] == '/' && (s->raw[i + 1] == '*' || s->raw[i + 1] == '/'))
            i = blank_comment(s, i);
        else if (s->raw[i] == '"' || s->raw[i] == '\'')
            i = blank_quoted(s, i);
        else
            part_said(&s->said[i++]);
    }
}

struct source source_read(const char *path)
{
    struct source s = { .path = path };
    FILE *f = fopen(path, "rb");
    size_t cap = 4 << 20;
    size_t n;

    s.raw = calloc(1, cap + 1);
    if (!f || !s.raw) {
        perror(path);
        exit(2);
    }
    n = fread(s.raw, 1, cap, f);
    fclose(f);
    s.raw = realloc(s.raw, n + 1);
    s.text = strndup(s.raw, n);
    s.code = strndup(s.raw, n);
    s.said = strndup(s.raw, n);
    if (!s.raw || !s.text || !s.code || !s.said) {
        perror(path);
        exit(2);
    }
    strip(&s);
    return s;
}

bool path_in(const char *path, const char *folder)
{
    return strncmp(path, folder, strlen(folder)) == 0;
}

bool path_ends(const char *path, const char *end)
{
    size_t n = strlen(path);

    return n >= strlen(end) && strcmp(path + n - strlen(end), end) == 0;
}

bool is_c(const char *path)
{
    return path_ends(path, ".c") || path_ends(path, ".h");
}

bool is_test(const char *path)
{
    return strstr(path, "_test.") || path_ends(path, "_fuzz.c") ||
           strstr(path, "/given");
}

int line_of(const char *text, const char *p)
{
    int line = 1;

    for (; text < p; text++)
        line += *text == '\n';
    return line;
}

static bool in_word(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

const char *find_word(const char *from, const char *name)
{
    size_t n = strlen(name);
    const char *p = from;

    while ((p = strstr(p, name)) != NULL) {
        if ((p == from || !in_word(p[-1])) && !in_word(p[n]))
            return p;
        p += n;
    }
    return NULL;
}

const char *skip_space(const char *p)
{
    while (isspace((unsigned char)*p))
        p++;
    return p;
}

const char *behind_paren(const char *p)
{
    int depth = 0;

    for (; *p; p++) {
        depth += *p == '(';
        depth -= *p == ')';
        if (depth == 0)
            return p + 1;
    }
    return NULL;
}

const char *argument(const char *p, int index)
{
    int depth = 0;

    for (; *p; p++) {
        depth += *p == '(';
        depth -= *p == ')';
        if (depth == 0)
            return NULL;
        if (depth == 1 && (*p == ',' || *p == '(') && index-- == 0)
            return skip_space(p + 1);
    }
    return NULL;
}
