/* SPDX-License-Identifier: MulanPSL-2.0 */
/* dajuan COMMAND …: finds the command, reads its arguments, runs it. */
#include "host/house/command.h"
#include "host/ledger/feature.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef DAJUAN_VERSION
#define DAJUAN_VERSION "0.1.0"
#endif

extern const struct command command_init, command_import, command_serve,
    command_http, command_figures, command_rows, command_verify,
    command_journal_check, command_backup, command_restore, command_user_add,
    command_demo, command_doctor, command_year, command_audit, command_dump,
    command_load;

static const struct command *const own_commands[] = {
    &command_init,     &command_import,  &command_serve,
    &command_http,     &command_figures, &command_rows,
    &command_verify,   &command_backup,  &command_restore,
    &command_user_add, &command_demo,    &command_journal_check,
    &command_doctor,   &command_year,    &command_audit,
    &command_dump,     &command_load,
};

/* Our own commands, then those of features; NULL at the end. */
static const struct command *command_at(size_t i)
{
    if (i < COUNT(own_commands))
        return own_commands[i];
    i -= COUNT(own_commands);
    for (size_t f = 0; features[f]; f++) {
        if (i < features[f]->commands_n)
            return features[f]->commands[i];
        i -= features[f]->commands_n;
    }
    return NULL;
}

/* Chinese unless the locale says English. */
static enum lang shell_lang(void)
{
    static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };

    for (size_t i = 0; i < COUNT(names); i++) {
        const char *v = getenv(names[i]);

        if (v && *v)
            return strncmp(v, "en", 2) == 0 ? LANG_EN : LANG_ZH;
    }
    return LANG_ZH;
}

static int show_commands(enum lang l)
{
    static const struct text head =
        TEXT_INIT("dajuan " DAJUAN_VERSION " · 答卷\n\n用法：dajuan 命令 …"
                  "（dajuan 命令 --help 看细节）\n\n",
                  "dajuan " DAJUAN_VERSION " · the answer sheet\n\nUsage: "
                  "dajuan COMMAND … (dajuan COMMAND --help for details)\n\n");

    const struct command *c;

    say(text_in(head, l));
    for (size_t i = 0; (c = command_at(i)) != NULL; i++)
        printf("  %-14.*s %.*s\n", STR_ARG(c->name),
               STR_ARG(text_in(c->help, l)));
    return EXIT_DONE;
}

/* The command that the first words name; `ret_used` is how many. */
static const struct command *find_command(int argc, char **argv, int *ret_used)
{
    struct mem *m = mem_new();
    const struct command *found = NULL;
    const struct command *c;

    for (size_t i = 0; !found && (c = command_at(i)) != NULL; i++) {
        struct str one = str_from(argc > 1 ? argv[1] : "");
        struct str two =
            argc > 2 ? str_fmt(m, "%s %s", argv[1], argv[2]) : S("");

        if (str_eq(c->name, one) || str_eq(c->name, two)) {
            found = c;
            *ret_used = str_eq(found->name, one) ? 2 : 3;
        }
    }
    mem_free(m);
    return found;
}

static bool wants_help(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
            return true;
    return false;
}

int main(int argc, char **argv)
{
    struct mem *m = mem_new();
    struct arguments *a = NEW(m, struct arguments);
    int at = 0;
    int code;

    signal(SIGPIPE, SIG_IGN);
    ledger_check_all();
    figure_check_all();
    a->m = m;
    a->lang = shell_lang();
    if (argc > 1 && strcmp(argv[1], "--version") == 0)
        return printf("dajuan " DAJUAN_VERSION "\n") > 0 ? 0 : EXIT_FAILED;
    a->command = find_command(argc, argv, &at);
    if (!a->command && (argc < 2 || wants_help(argc, argv)))
        return show_commands(a->lang);
    if (!a->command) {
        fprintf(stderr, "dajuan: %s? (dajuan --help)\n", argv[1]);
        return EXIT_USAGE;
    }
    if (wants_help(argc, argv)) {
        command_usage(a);
        return EXIT_DONE;
    }
    if (!arguments_read(a, argc, argv, at))
        return EXIT_USAGE;
    code = (int)a->command->run(a);
    if (fflush(stdout) != 0)
        code = EXIT_FAILED;
    mem_free(m);
    return code;
}
