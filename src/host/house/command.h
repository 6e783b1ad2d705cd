/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * command.h - what a command of the shell is.
 *
 * A command declares its options and operands; main.c reads them, answers
 * --help from the declaration, and refuses what was not declared. Exit
 * codes: 0 done; 1 done, but something is wrong with what was given (rows
 * refused, a check failed); 2 wrong use; 3 not done.
 */
#ifndef DAJUAN_HOST_HOUSE_COMMAND_H
#define DAJUAN_HOST_HOUSE_COMMAND_H

#include "host/house/house.h"

enum exit_code { EXIT_DONE, EXIT_WRONG, EXIT_USAGE, EXIT_FAILED };

enum { OPTIONS_MAX = 10, OPERANDS_MAX = 4096 };

struct option {
    struct str name;  /* "--data" */
    struct str value; /* "DIR"; empty: a switch */
    struct text help;
    bool required;
};

/* What was given. */
struct arguments {
    struct mem *m;
    enum lang lang;
    const struct command *command;
    struct str values[OPTIONS_MAX]; /* p is NULL: not given */
    struct str operands[OPERANDS_MAX];
    size_t operands_n;
};

struct command {
    struct str name;     /* "import" or "user add" */
    struct str operands; /* "FILE..." as shown */
    size_t least, most;  /* how many operands */
    struct text help;    /* one sentence */
    struct option options[OPTIONS_MAX];
    enum exit_code (*run)(struct arguments *a);
};

/* The value of an option, "" when absent. `name` must be declared. */
struct str option_value(const struct arguments *a, struct str name);
bool option_given(const struct arguments *a, struct str name);

/* Print to standard output. */
void say(struct str s);
/* Print "dajuan: …" to standard error and give the code back. */
enum exit_code complain(const struct arguments *a, enum exit_code code,
                        struct text what);

/* The --data option, as most commands declare it. */
#define OPTION_DATA                                                            \
    {                                                                          \
        S_INIT("--data"), S_INIT("DIR"),                                       \
            TEXT_INIT("数据目录，或 postgresql://… 数据库地址",                \
                      "the data folder, or postgresql://… of a database"),     \
            true                                                               \
    }
/* Of commands that sign. */
#define OPTION_KEYS                                                            \
    {                                                                          \
        S_INIT("--keys"), S_INIT("KEYS"),                                      \
            TEXT_INIT("用数据库时，签名密钥所在的目录",                        \
                      "with a database, the folder of the signing key"),       \
            false                                                              \
    }
#define OPTION_JSON                                                            \
    {                                                                          \
        S_INIT("--json"), S_INIT(""),                                          \
            TEXT_INIT("以 JSON 输出", "answer in JSON"), false                 \
    }

/* --trace, of commands that answer requests. */
#define OPTION_TRACE                                                           \
    {                                                                          \
        S_INIT("--trace"), S_INIT(""),                                         \
            TEXT_INIT("在日志里写出每个请求的语句、执行计划和用时",            \
                      "log the statements of every request, their plans and "  \
                      "times"),                                                \
            false                                                              \
    }

/* The place that --data or an operand names, with --keys. */
struct house_place place_given(const struct arguments *a, struct str data);
/*
 * Open the house there; NULL after complaining. Long work that was left in
 * the middle is first done by who opens it to write.
 */
struct house *open_house(const struct arguments *a, struct str data,
                         enum db_mode mode);

/*
 * Read what was given after the command's name. False after complaining: it
 * was not declared, or something required is missing.
 */
bool arguments_read(struct arguments *a, int argc, char **argv, int from);
/* Print how the command is used. */
void command_usage(const struct arguments *a);

#endif
