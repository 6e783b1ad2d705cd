/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Reading the arguments of commands from their declarations. */
#include "host/house/command.h"

#include "base/buf.h"
#include "host/house/running.h"

#include <stdio.h>
#include <stdlib.h>

void say(struct str s)
{
    if (fwrite(s.p, 1, s.n, stdout) != s.n)
        exit(EXIT_FAILED);
}

enum exit_code complain(const struct arguments *a, enum exit_code code,
                        struct text what)
{
    struct str words = text_in(what, a->lang);

    fflush(stdout);
    fprintf(stderr, "dajuan: %.*s\n", STR_ARG(words));
    return code;
}

static size_t option_index(const struct arguments *a, struct str name)
{
    for (size_t i = 0; i < OPTIONS_MAX; i++)
        if (str_eq(a->command->options[i].name, name))
            return i;
    BUG("option %.*s was not declared", STR_ARG(name));
}

struct str option_value(const struct arguments *a, struct str name)
{
    struct str v = a->values[option_index(a, name)];

    return v.p ? v : S("");
}

bool option_given(const struct arguments *a, struct str name)
{
    return a->values[option_index(a, name)].p != NULL;
}

static bool is_declared(const struct arguments *a, struct str name)
{
    for (size_t i = 0; i < OPTIONS_MAX; i++)
        if (str_eq(a->command->options[i].name, name))
            return true;
    return false;
}

struct house_place place_given(const struct arguments *a, struct str data)
{
    return place_of(data, is_declared(a, S("--keys"))
                              ? option_value(a, S("--keys"))
                              : S(""));
}

struct house *open_house(const struct arguments *a, struct str data,
                         enum db_mode mode)
{
    struct text reason = TEXT("", "");
    struct house *h = house_open(a->m, place_given(a, data), mode, &reason);

    if (!h)
        complain(a, EXIT_FAILED, reason);
    else if (mode != DB_READ)
        running_resume(h);
    return h;
}

void command_usage(const struct arguments *a)
{
    const struct command *c = a->command;

    printf("dajuan %.*s", STR_ARG(c->name));
    for (size_t i = 0; i < OPTIONS_MAX && c->options[i].name.n; i++) {
        const struct option *o = &c->options[i];

        printf(o->required ? " %.*s" : " [%.*s", STR_ARG(o->name));
        printf(o->value.n ? " %.*s" : "%.*s", STR_ARG(o->value));
        printf(o->required ? "" : "]");
    }
    printf(" %.*s\n    %.*s\n", STR_ARG(c->operands),
           STR_ARG(text_in(c->help, a->lang)));
    for (size_t i = 0; i < OPTIONS_MAX && c->options[i].name.n; i++)
        printf("    %-10.*s %.*s\n", STR_ARG(c->options[i].name),
               STR_ARG(text_in(c->options[i].help, a->lang)));
}

/* Take argv[*at] as an option; false after complaining. */
static bool read_option(struct arguments *a, int argc, char **argv, int *at)
{
    struct str word = str_from(argv[*at]);
    struct str name = word;
    size_t eq = str_find(word, S("="));

    if (eq != SIZE_MAX)
        name = str_slice(word, 0, eq);
    for (size_t i = 0; i < OPTIONS_MAX; i++) {
        const struct option *o = &a->command->options[i];

        if (!o->name.n || !str_eq(o->name, name))
            continue;
        a->values[i] = S("");
        if (o->value.n && eq != SIZE_MAX)
            a->values[i] = str_slice(word, eq + 1, word.n);
        else if (o->value.n && *at + 1 < argc)
            a->values[i] = str_from(argv[++*at]);
        else if (o->value.n)
            break;
        return true;
    }
    complain(a, EXIT_USAGE,
             text_fmt(a->m, "看不懂 %.*s；运行 dajuan %.*s --help",
                      "cannot read %.*s; run dajuan %.*s --help", STR_ARG(word),
                      STR_ARG(a->command->name)));
    return false;
}

static bool read_words(struct arguments *a, int argc, char **argv, int at)
{
    bool operands_only = false;

    for (; at < argc; at++) {
        struct str word = str_from(argv[at]);

        if (!operands_only && str_eq(word, S("--"))) {
            operands_only = true;
        } else if (!operands_only && str_starts(word, S("--"))) {
            if (!read_option(a, argc, argv, &at))
                return false;
        } else if (a->operands_n < OPERANDS_MAX) {
            a->operands[a->operands_n++] = word;
        }
    }
    return true;
}

/* Required options that were not given, all named at once. */
static bool lacks_options(const struct arguments *a)
{
    struct buf *b = buf_new(a->m, 1024);

    for (size_t i = 0; i < OPTIONS_MAX; i++) {
        const struct option *o = &a->command->options[i];

        if (o->required && !a->values[i].p)
            buf_fmt(b, " %.*s %.*s", STR_ARG(o->name), STR_ARG(o->value));
    }
    if (buf_str(b).n == 0)
        return false;
    complain(a, EXIT_USAGE,
             text_fmt(a->m, "缺少%.*s；运行 dajuan %.*s --help",
                      "missing:%.*s; run dajuan %.*s --help",
                      STR_ARG(buf_str(b)), STR_ARG(a->command->name)));
    return true;
}

static bool complete(const struct arguments *a)
{
    const struct command *c = a->command;

    if (lacks_options(a))
        return false;
    if (a->operands_n >= c->least && a->operands_n <= c->most)
        return true;
    complain(a, EXIT_USAGE,
             text_fmt(a->m, "参数应为：%.*s；运行 dajuan %.*s --help",
                      "operands must be: %.*s; run dajuan %.*s --help",
                      STR_ARG(c->operands), STR_ARG(c->name)));
    return false;
}

bool arguments_read(struct arguments *a, int argc, char **argv, int from)
{
    return read_words(a, argc, argv, from) && complete(a);
}
