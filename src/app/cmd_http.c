/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * dajuan http: one request from standard input, its answer on standard
 * output. For scripts, debuggers and tests; it needs no port and may run
 * beside a server.
 */
#include "host/desk/desk.h"
#include "host/house/command.h"

#include <unistd.h>

static enum exit_code run_http(struct arguments *a)
{
    struct house *h = open_house(a, option_value(a, S("--data")), DB_WRITE);
    struct str answer;
    struct text reason;
    enum err e;

    if (!h)
        return EXIT_FAILED;
    e = desk_once(h, STDIN_FILENO, option_given(a, S("--trace")), &answer,
                  &reason);
    say(answer);
    if (e == OK)
        return EXIT_DONE;
    return e == E_INPUT ? EXIT_USAGE : complain(a, EXIT_FAILED, reason);
}

const struct command command_http = {
    .name = S_INIT("http"),
    .operands = S_INIT(""),
    .help = TEXT_INIT("回答标准输入里的一个 HTTP 请求，答复写到标准输出",
                      "answer one HTTP request from standard input on "
                      "standard output"),
    .options = { OPTION_DATA, OPTION_KEYS, OPTION_TRACE },
    .run = run_http,
};
