/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * collect RECORD FILES... - the program's own texts of RECORD, each once.
 *
 * RECORD is what the unit tests sent; what they say themselves is left out.
 * The program's are the texts made by compose.h and those that stand in the
 * FILES, its sources and schemas. None is missing: every SQL() must be in a
 * text that was sent, and every schema must have been run.
 */
#include "base/buf.h"
#include "base/file.h"
#include "base/map.h"
#include "test/sqlcheck/record.h"

#include <stdio.h>
#include <string.h>

enum { FILE_MAX = 16 << 20 };

struct collection {
    struct mem *m;
    struct str record;     /* the whole file */
    struct map own;        /* texts of the program */
    struct map signatures; /* text -> place of its first record's */
    int faults;
};

static struct str content(struct collection *k, const char *path)
{
    struct text reason;
    struct str s;

    if (!file_read(k->m, str_from(path), FILE_MAX, &s, &reason))
        BUG("%.*s", STR_ARG(reason.en));
    return s;
}

static void fault(struct collection *k, const char *what, struct str text)
{
    fprintf(stderr, "sqlcheck: %s \"%.*s\"\n", what, STR_ARG(text));
    k->faults++;
}

/* ---- the files ---------------------------------------------------------- */

static bool in_word(char b)
{
    return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || b == '_';
}

static const char *skip_blanks(const char *p)
{
    while (*p == ' ' || *p == '\n')
        p++;
    return p;
}

/* The string at `p`, with those that follow it. */
static struct str join_strings(struct mem *m, const char *p)
{
    struct buf *b = buf_new(m, FILE_MAX);

    while (*p == '"') {
        for (p++; *p != '"'; p++) {
            if (*p == '\\')
                p++;
            buf_byte(b, *p);
        }
        p = skip_blanks(p + 1);
    }
    return buf_str(b);
}

static void take_text(struct collection *k, struct str text, bool must_be_sent)
{
    map_put(&k->own, text, 1);
    if (must_be_sent && str_find(k->record, text) == SIZE_MAX)
        fault(k, "no unit test sends", text);
}

/* SQL() is a statement or a part of one; S() may be a script. */
static void read_source(struct collection *k, const char *path)
{
    const char *from = str_c(k->m, content(k, path));

    for (const char *p = from; (p = strchr(p, 'S')) != NULL; p++) {
        bool sql = strncmp(p, "SQL(", 4) == 0;
        const char *string = skip_blanks(p + (sql ? 4 : 2));

        if ((sql || strncmp(p, "S(", 2) == 0) && *string == '"' &&
            (p == from || !in_word(p[-1])))
            take_text(k, join_strings(k->m, string), sql);
    }
}

static void read_file(struct collection *k, const char *path)
{
    if (str_ends(str_from(path), S(".sql")))
        take_text(k, content(k, path), true);
    else
        read_source(k, path);
}

/* ---- the record --------------------------------------------------------- */

/* A connection prepares a text once, so it has one signature. */
static bool is_new(struct collection *k, const struct record *r)
{
    int64_t at;

    if (!map_get(&k->signatures, r->text, &at)) {
        map_put(&k->signatures, r->text, r->signature.p - k->record.p);
        return true;
    }
    if (memcmp(k->record.p + at, r->signature.p, r->signature.n) != 0)
        fault(k, "arguments are not always of the same kind in", r->text);
    return false;
}

static size_t put_own(struct collection *k)
{
    struct str rest = k->record;
    struct record r;
    size_t n = 0;

    while (record_next(&rest, &r)) {
        int64_t there;

        if ((r.kind != RECORD_COMPOSED && !map_get(&k->own, r.text, &there)) ||
            !is_new(k, &r))
            continue;
        fwrite(r.bytes.p, 1, r.bytes.n, stdout);
        n++;
    }
    return n;
}

int main(int argc, char **argv)
{
    struct collection k = { .m = mem_new() };

    if (argc < 3)
        return fprintf(stderr, "collect RECORD FILES...\n"), 2;
    map_init(&k.own, k.m);
    map_init(&k.signatures, k.m);
    k.record = content(&k, argv[1]);
    for (int i = 2; i < argc; i++)
        read_file(&k, argv[i]);
    if (put_own(&k) == 0)
        fault(&k, "nothing of the program is in", str_from(argv[1]));
    mem_free(k.m);
    return k.faults > 0;
}
