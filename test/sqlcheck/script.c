/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * script STATEMENTS WORDS - a script for psql that makes every table and
 * prepares every statement as PostgreSQL's driver would: translated, with
 * typed arguments. WORDS are those that PostgreSQL reserves: none of them
 * may be a name.
 */
#include "base/file.h"
#include "store/dialect.h"
#include "test/sqlcheck/record.h"

#include <stdio.h>

enum { FILE_MAX = 16 << 20 };

struct script {
    struct mem *m;
    int statements;
    int faults;
};

static struct str content(struct script *k, const char *path)
{
    struct text reason;
    struct str s;

    if (!file_read(k->m, str_from(path), FILE_MAX, &s, &reason))
        BUG("%.*s", STR_ARG(reason.en));
    return s;
}

static void fault(struct script *k, struct str what, struct str text)
{
    fprintf(stderr, "sqlcheck: %.*s: %.*s\n", STR_ARG(what), STR_ARG(text));
    k->faults++;
}

static void check_words(struct script *k, struct str words)
{
    struct str word;

    while (str_cut(&words, S("\n"), &word))
        if (dialect_is_name(word))
            fault(k, S("dialect.c does not reserve"), word);
}

static const char *type_of(char letter)
{
    if (letter == 'i')
        return "BIGINT";
    return letter == 't' ? "TEXT" : "BYTEA";
}

/* "PREPARE s7 (BIGINT, TEXT) AS " */
static void put_prepare(int number, struct str signature)
{
    printf("PREPARE s%d", number);
    for (size_t i = 0; i < signature.n; i++)
        printf("%s%s", i ? ", " : " (", type_of(signature.p[i]));
    printf("%s AS ", signature.n ? ")" : "");
}

/* The tables of the script have all their columns already. */
static void put_added_column(struct str sql)
{
    struct str table;

    str_cut(&sql, S(" ADD COLUMN "), &table);
    printf("%.*s ADD COLUMN IF NOT EXISTS %.*s;\n", STR_ARG(table),
           STR_ARG(sql));
}

static void put_record(struct script *k, const struct record *r)
{
    struct text reason;
    struct str sql;

    k->statements++;
    if (!dialect_postgres(k->m, r->text, &sql, &reason)) {
        fault(k, reason.en, r->text);
    } else if (str_starts(sql, S("ALTER "))) {
        put_added_column(sql);
    } else {
        if (!record_is_schema(r))
            put_prepare(k->statements, r->signature);
        printf("%.*s;\n", STR_ARG(sql));
    }
}

int main(int argc, char **argv)
{
    struct script k = { .m = mem_new() };
    struct str statements;
    struct record r;

    if (argc != 3)
        return fprintf(stderr, "script STATEMENTS WORDS\n"), 2;
    statements = content(&k, argv[1]);
    check_words(&k, content(&k, argv[2]));
    while (record_next(&statements, &r))
        put_record(&k, &r);
    mem_free(k.m);
    return k.faults > 0;
}
