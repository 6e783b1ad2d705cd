/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * views - compiles src/.../views/NAME.html into C.
 *
 *     views IN.html OUT.c OUT.h INCLUDE_NAME
 *
 * A view is HTML with directives in {{ }}; docs in tool/views.md. The program
 * follows the HTML closely enough to know where a value stands, so it can
 * choose the escaping and refuse the places where no escaping is safe. It
 * refuses unbalanced elements, and every branch and loop body must leave the
 * HTML as it found it: what a view writes is well formed on every path.
 * Literal parts are minified; every piece of C carries #line, so an error of
 * the C compiler names the line of the .html.
 *
 * It stops at the first error with "file:line: what, and what to do".
 */
#include "tool/views.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- output ------------------------------------------------------------ */

_Noreturn void fail(const struct views *v, int line, const char *fmt, ...)
{
    va_list ap;

    fprintf(stderr, "%s:%d: ", v->path, line);
    va_start(ap, fmt);
    vfprintf(stderr, fmt, ap);
    va_end(ap);
    fputc('\n', stderr);
    exit(1);
}

void lit_byte(struct views *v, char c)
{
    bool boundary = ((unsigned char)c & 0xc0) != 0x80;

    if (v->lit_n >= sizeof(v->lit) - 4 && boundary)
        lit_flush(v);
    v->lit[v->lit_n++] = c;
}

void lit_put(struct views *v, const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        lit_byte(v, p[i]);
}

static void indent(const struct views *v)
{
    fprintf(v->c, "%*s", 4 * (v->blocks_n > 0 ? v->blocks_n : 1), "");
}

/* One byte inside a C string literal. '?' is escaped against trigraphs. */
static void c_char(FILE *f, char c)
{
    if (c == '\n')
        fputs("\\n", f);
    else if (c == '\t')
        fputs("\\t", f);
    else if (c == '"' || c == '\\' || c == '?')
        fprintf(f, "\\%c", c);
    else
        fputc(c, f);
}

void lit_flush(struct views *v)
{
    size_t column = 0;

    if (v->lit_n == 0)
        return;
    indent(v);
    fputs("html_lit(h, \"", v->c);
    for (size_t i = 0; i < v->lit_n; i++) {
        bool boundary = ((unsigned char)v->lit[i] & 0xc0) != 0x80;

        if (column >= 64 && boundary) {
            fputs("\"\n", v->c);
            indent(v);
            fputs("    \"", v->c);
            column = 0;
        }
        c_char(v->c, v->lit[i]);
        column++;
    }
    fputs("\");\n", v->c);
    v->lit_n = 0;
}

/* Text between tags asks for its blank only when one can be seen. */
void blank_settle(struct views *v, bool before_block)
{
    if (v->blank && !before_block && !v->after_block)
        lit_byte(v, ' ');
    v->blank = false;
    v->after_block = false;
}

/* A piece of C from the .html, at its line. */
void code(struct views *v, int line, const char *fmt, ...)
{
    va_list ap;

    lit_flush(v);
    fprintf(v->c, "#line %d \"%s\"\n", line, v->path);
    indent(v);
    va_start(ap, fmt);
    vfprintf(v->c, fmt, ap);
    va_end(ap);
    fputc('\n', v->c);
}

/* ---- reading ----------------------------------------------------------- */

bool at(const struct views *v, const char *s)
{
    return strncmp(v->p, s, strlen(s)) == 0;
}

void take(struct views *v, size_t n)
{
    for (; n > 0; n--)
        if (*v->p++ == '\n')
            v->line++;
}

void skip_blanks(struct views *v)
{
    while (isspace((unsigned char)*v->p))
        take(v, 1);
}

char *quote_end(char *p)
{
    char quote = *p++;

    for (; *p && *p != quote; p++)
        if (*p == '\\' && p[1])
            p++;
    return *p ? p : p - 1;
}

/*
 * The bytes of a directive: `p` is behind "{{"; it ends at the first "}}"
 * outside C strings and characters. Trimmed, NUL-terminated, never freed.
 */
static char *directive_take(struct views *v)
{
    int line = v->line;
    const char *from;
    const char *end;
    char quote = 0;
    char *copy;

    take(v, 2);
    skip_blanks(v);
    from = v->p;
    for (; quote || !at(v, "}}"); take(v, 1)) {
        if (*v->p == '\0' || (quote && *v->p == '\n'))
            fail(v, line,
                 quote ? "a quote is open in {{ }}; close it"
                       : "{{ without }}; close it");
        if (quote && *v->p == '\\' && v->p[1])
            take(v, 1);
        else if (quote && *v->p == quote)
            quote = 0;
        else if (!quote && *from != '#' && (*v->p == '"' || *v->p == '\''))
            quote = *v->p;
    }
    end = v->p;
    while (end > from && isspace((unsigned char)end[-1]))
        end--;
    take(v, 2);
    copy = strndup(from, (size_t)(end - from));
    if (!copy)
        fail(v, line, "out of memory");
    return copy;
}

/* ---- blocks: view, if, for --------------------------------------------- */

static void block_open(struct views *v, const char *what, int line)
{
    struct block *b = &v->blocks[v->blocks_n];

    if (v->blocks_n == MAX_BLOCKS)
        fail(v, line, "blocks nested too deep; split the view");
    if (v->spot.place == IN_VALUE && v->spot.url && v->spot.value_n == 0)
        fail(v, line,
             "%s=\"\" begins with a block; put the block around the whole "
             "attribute",
             v->spot.attr);
    *b = (struct block){
        .what = what, .line = line, .spot = v->spot, .floor = v->floor
    };
    v->floor = v->spot.depth;
    v->blocks_n++;
}

/* The body that ends here must leave the HTML as it found it. */
static void block_check(struct views *v, int line)
{
    const struct block *b = &v->blocks[v->blocks_n - 1];

    if (v->spot.depth > b->spot.depth)
        fail(v, line,
             "<%s> of line %d is not closed within {{ %s }} of "
             "line %d; close it before this",
             v->stack[v->floor].name, v->stack[v->floor].line, b->what,
             b->line);
    if (v->spot.place != b->spot.place || v->spot.serial != b->spot.serial)
        fail(v, line,
             "{{ %s }} of line %d does not end where it began; put "
             "whole elements, attributes or values in it",
             b->what, b->line);
}

static void block_end(struct views *v, int line)
{
    struct block *b;

    if (v->blocks_n == 0)
        fail(v, line,
             "{{ end }} without {{ view }}, {{ if }} or {{ for }}; "
             "remove it");
    block_check(v, line);
    b = &v->blocks[v->blocks_n - 1];
    if (v->blocks_n == 1)
        v->blank = false; /* the end of a view is the end of the line */
    else
        blank_settle(v, false);
    lit_flush(v);
    v->floor = b->floor;
    v->blocks_n--;
    if (v->blocks_n > 0)
        indent(v);
    fputs(v->blocks_n > 0 ? "}\n" : "}\n\n", v->c);
}

static void block_else(struct views *v, const char *condition, int line)
{
    struct block *b = v->blocks_n ? &v->blocks[v->blocks_n - 1] : NULL;

    if (!b || strcmp(b->what, "if") != 0 || b->has_else)
        fail(v, line, "{{ %s }} without its {{ if }}; remove it or add one",
             condition ? "elif" : "else");
    block_check(v, line);
    blank_settle(v, false);
    lit_flush(v);
    b->has_else = !condition;
    v->spot = b->spot;
    v->blocks_n--;
    if (condition)
        code(v, line, "} else if %s {", condition);
    else
        code(v, line, "} else {");
    v->blocks_n++;
}

/* `s` must be one pair of parentheses and nothing behind it. */
static void check_parens(struct views *v, char *s, const char *what, int line)
{
    int depth = 0;
    char *p = s;

    for (; *p; p++) {
        if (*p == '"' || *p == '\'')
            p = quote_end(p);
        else if (*p == '(')
            depth++;
        else if (*p == ')')
            depth--;
        if (depth == 0)
            break;
    }
    if (*s != '(' || *p == '\0' || p[1])
        fail(v, line,
             "write {{ %s (...) }} with one pair of parentheses around "
             "all of it",
             what);
}

static void view_begin(struct views *v, char *signature, int line)
{
    char *paren = strchr(signature, '(');
    const char *name = signature;
    char *params;
    size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_");

    if (v->blocks_n)
        fail(v, line, "{{ view }} inside {{ %s }} of line %d; end that first",
             v->blocks[v->blocks_n - 1].what, v->blocks[v->blocks_n - 1].line);
    if (!paren || n == 0 || name + n != paren)
        fail(v, line, "write {{ view name(parameters) }}");
    check_parens(v, paren, "view name", line);
    params = paren + 1;
    params[strlen(params) - 1] = '\0';
    if (strcmp(params, "void") == 0)
        params[0] = '\0';
    fprintf(v->h, "void view_%.*s(struct html *h%s%s);\n", (int)n, name,
            params[0] ? ", " : "", params);
    fprintf(v->c, "#line %d \"%s\"\nvoid view_%.*s(struct html *h%s%s)\n{\n",
            line, v->path, (int)n, name, params[0] ? ", " : "", params);
    v->spot = (struct spot){ .place = IN_TEXT };
    v->after_block = true;
    v->views_n++;
    block_open(v, "view", line);
}

/* ---- directives -------------------------------------------------------- */

/* A value can stand here; `what` is the directive, for the message. */
static void check_place(struct views *v, const char *what, int line)
{
    if (v->spot.place == IN_TAG)
        fail(v, line,
             "{{ %s }} as the name of an attribute; write the name, "
             "or an {{ if }} around the whole attribute",
             what);
    if (v->spot.place == IN_VALUE && v->spot.url)
        fail(v, line,
             "{{ %s }} in %s=\"\"; use {{ url expr }} for a segment "
             "or query value, {{ path expr }} for the whole",
             what, v->spot.attr);
}

/* `what` is the directive: a part of a URL, or the whole of one. */
static void put_url(struct views *v, const char *what, const char *expr,
                    int line)
{
    bool whole = strcmp(what, "url") != 0;

    if (v->spot.place != IN_VALUE || !v->spot.url)
        fail(v, line, "{{ %s }} outside a URL; use {{ expr }} here", what);
    if (whole != (v->spot.value_n == 0))
        fail(v, line,
             whole ? "{{ %s }} behind other text; it must begin "
                     "the URL, or use {{ url }}"
                   : "a URL begins with {{ %s }}; begin it with '/' "
                     "'#' '?' or {{ path expr }}",
             what);
    v->spot.value_n++;
    code(v, line, whole ? "html_%s(h, (%s));" : "html_%s_value(h, (%s));", what,
         expr);
}

static void put_call(struct views *v, char *call, int line)
{
    size_t n = strcspn(call, "(");

    if (v->spot.place != IN_TEXT)
        fail(v, line,
             "{{ call }} inside a tag; a view is whole elements, put "
             "it between tags");
    check_parens(v, call + n, "call view", line);
    code(v, line, "view_%.*s(h%s%s;", (int)n, call,
         call[n + 1] == ')' ? "" : ", ", call + n + 1);
}

/* `s` begins with the word; `ret_rest` is what follows its blanks. */
static bool word(char *s, const char *w, char **ret_rest)
{
    size_t n = strlen(w);

    if (strncmp(s, w, n) != 0 || (s[n] && !isspace((unsigned char)s[n])))
        return false;
    for (s += n; isspace((unsigned char)*s); s++)
        ;
    *ret_rest = s;
    return true;
}

static bool control(struct views *v, char *d, int line)
{
    char *rest;

    if (word(d, "if", &rest)) {
        check_parens(v, rest, "if", line);
        blank_settle(v, false);
        code(v, line, "if %s {", rest);
        block_open(v, "if", line);
    } else if (word(d, "for", &rest)) {
        check_parens(v, rest, "for", line);
        blank_settle(v, false);
        code(v, line, "for %s {", rest);
        block_open(v, "for", line);
    } else if (word(d, "elif", &rest)) {
        check_parens(v, rest, "elif", line);
        block_else(v, rest, line);
    } else if (strcmp(d, "else") == 0) {
        block_else(v, NULL, line);
    } else if (strcmp(d, "end") == 0) {
        block_end(v, line);
    } else if (word(d, "let", &rest)) {
        if (!*rest || rest[strlen(rest) - 1] != ';')
            fail(v, line, "{{ let }} without ';' at its end; add it");
        code(v, line, "%s", rest);
    } else {
        return false;
    }
    return true;
}

static void value(struct views *v, char *d, int line)
{
    char *rest;

    if (v->spot.place == IN_TEXT)
        blank_settle(v, false);
    if (word(d, "url", &rest)) {
        put_url(v, "url", rest, line);
    } else if (word(d, "path", &rest)) {
        put_url(v, "path", rest, line);
    } else if (word(d, "web", &rest)) {
        put_url(v, "web", rest, line);
    } else if (word(d, "call", &rest)) {
        put_call(v, rest, line);
    } else if (word(d, "t", &rest)) {
        check_place(v, "t", line);
        put_text_pair(v, rest, line);
    } else {
        check_place(v, "expr", line);
        code(v, line, "html_put(h, (%s));", d);
    }
}

void directive(struct views *v)
{
    int line = v->line;
    char *d = directive_take(v);
    char *rest;

    if (d[0] == '#') {
        ;
    } else if (d[0] == '\0') {
        fail(v, line, "an empty {{ }}; remove it");
    } else if (strstr(d, "h->out") || strstr(d, "buf_") || strstr(d, "html_")) {
        fail(v, line, "a view must not append by hand; use {{ expr }}");
    } else if (word(d, "use", &rest)) {
        if (v->views_n || *rest != '"')
            fail(v, line, "write {{ use \"folder/file.h\" }} above the views");
        fprintf(v->h, "#include %s\n", rest);
    } else if (word(d, "view", &rest)) {
        view_begin(v, rest, line);
    } else if (v->blocks_n == 0 && strcmp(d, "end") != 0) {
        fail(v, line, "{{ %s }} outside a view; put it in {{ view name() }}",
             d);
    } else if (!control(v, d, line)) {
        value(v, d, line);
    }
    free(d);
}

/* ---- the program ------------------------------------------------------- */

static char *read_all(const char *path)
{
    FILE *f = fopen(path, "rb");
    size_t cap = 1 << 20;
    char *p = calloc(1, cap + 1);
    size_t n;

    if (!f || !p) {
        perror(path);
        exit(1);
    }
    n = fread(p, 1, cap, f);
    fclose(f);
    if (n == cap || memchr(p, 0, n)) {
        fprintf(stderr, "%s: not a view: too large or not text\n", path);
        exit(1);
    }
    return p;
}

static FILE *open_out(const char *path)
{
    FILE *f = fopen(path, "wb");

    if (!f) {
        perror(path);
        exit(1);
    }
    return f;
}

static void guard(FILE *f, const char *name)
{
    fputs("DAJUAN_GEN_", f);
    for (; *name; name++)
        fputc(isalnum((unsigned char)*name) ? toupper((unsigned char)*name)
                                            : '_',
              f);
    fputc('\n', f);
}

static void compile(struct views *v)
{
    while (*v->p) {
        if (at(v, "{{"))
            directive(v);
        else if (v->blocks_n == 0 && isspace((unsigned char)*v->p))
            take(v, 1);
        else if (v->blocks_n == 0)
            fail(v, v->line,
                 "text outside a view; put it in "
                 "{{ view name() }} ... {{ end }}");
        else
            html_step(v);
    }
    if (v->spot.place != IN_TEXT)
        fail(v, v->spot.line,
             "a tag or a quote begun here never ends; "
             "close it");
    if (v->blocks_n)
        fail(v, v->blocks[v->blocks_n - 1].line,
             "{{ %s }} without {{ end }}; add it",
             v->blocks[v->blocks_n - 1].what);
}

int main(int argc, char **argv)
{
    static struct views v;

    if (argc != 5) {
        fputs("views IN.html OUT.c OUT.h INCLUDE_NAME\n", stderr);
        return 2;
    }
    v = (struct views){ .path = argv[1], .line = 1 };
    v.p = read_all(argv[1]);
    v.c = open_out(argv[2]);
    v.h = open_out(argv[3]);
    fprintf(v.c, "/* Made from %s; edit that. */\n#include \"%s\"\n\n", argv[1],
            argv[4]);
    fprintf(v.h, "/* Made from %s; edit that. */\n#ifndef ", argv[1]);
    guard(v.h, argv[4]);
    fputs("#define ", v.h);
    guard(v.h, argv[4]);
    fputs("\n#include \"web/html.h\"\n", v.h);
    compile(&v);
    fputs("\n#endif\n", v.h);
    if (fclose(v.c) || fclose(v.h)) {
        perror(argv[2]);
        return 1;
    }
    return 0;
}
