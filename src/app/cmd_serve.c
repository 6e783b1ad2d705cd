/* SPDX-License-Identifier: MulanPSL-2.0 */
/* dajuan serve, dajuan demo: the pages, and a folder to look at them with. */
#include "base/asset.h"
#include "base/file.h"
#include "host/desk/desk.h"
#include "host/house/command.h"
#include "host/house/house.h"
#include "host/import/import.h"
#include "host/ledger/feature.h"
#include "host/ledger/setting.h"
#include "interchange/read.h"

#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

/* "127.0.0.1:8080", "[::1]:0", ":8080" */
static bool read_address(struct str s, struct str *ret_host, uint16_t *ret_port)
{
    size_t colon = s.n;
    int64_t port;

    while (colon > 0 && s.p[colon - 1] != ':')
        colon--;
    if (colon == 0 || !str_int(str_slice(s, colon, s.n), &port) || port < 0 ||
        port > 65535)
        return false;
    *ret_host = str_slice(s, 0, colon - 1);
    if (str_starts(*ret_host, S("[")) && str_ends(*ret_host, S("]")))
        *ret_host = str_slice(*ret_host, 1, ret_host->n - 1);
    if (ret_host->n == 0 || str_eq(*ret_host, S("localhost")))
        *ret_host = S("127.0.0.1");
    *ret_port = (uint16_t)port;
    return true;
}

static void announce(struct arguments *a, struct desk *d, struct str host)
{
    bool first;
    struct str link = desk_link(d, a->m, &first);
    bool v6 = str_find(host, S(":")) != SIZE_MAX;
    struct str url = str_fmt(a->m, v6 ? "http://[%.*s]:%u" : "http://%.*s:%u",
                             STR_ARG(host), (unsigned)desk_port(d));

    printf("%.*s/\n", STR_ARG(url));
    if (first || option_given(a, S("--link")))
        say(text_in(
            text_fmt(a->m, "%s（30 分钟内有效，只能用一次）：%.*s%.*s\n",
                     "%s (once, within 30 minutes): %.*s%.*s\n",
                     first ? "首次设置 / first set-up" : "登录 / sign in",
                     STR_ARG(url), STR_ARG(link)),
            a->lang));
    fflush(stdout);
}

static void wait_for_end(void)
{
    sigset_t set;
    int got;

    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigwait(&set, &got);
}

static enum exit_code run_serve(struct arguments *a)
{
    struct desk_plan plan = { .place =
                                  place_given(a, option_value(a, S("--data"))),
                              .trace = option_given(a, S("--trace")) };
    struct text reason;
    struct desk *d;
    sigset_t set;

    if (!read_address(option_value(a, S("--listen")), &plan.host, &plan.port))
        return complain(a, EXIT_USAGE,
                        TEXT("--listen 应为 地址:端口，例如 127.0.0.1:8080",
                             "--listen must be HOST:PORT, such as "
                             "127.0.0.1:8080"));
    /* Threads inherit the mask, so the signal waits for this one. */
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    mallopt(M_ARENA_MAX, 2);
    if (desk_open(a->m, &plan, &d, &reason) != OK)
        return complain(a, EXIT_FAILED, reason);
    announce(a, d, plan.host);
    wait_for_end();
    desk_close(d);
    return EXIT_DONE;
}

const struct command command_serve = {
    .name = S_INIT("serve"),
    .operands = S_INIT(""),
    .help = TEXT_INIT("提供网页；端口 0 自动选择",
                      "serve the pages; port 0 picks one"),
    .options = {
        OPTION_DATA,
        OPTION_KEYS,
        { S_INIT("--listen"), S_INIT("HOST:PORT"),
          TEXT_INIT("监听地址，例如 127.0.0.1:8080",
                    "where to listen, such as 127.0.0.1:8080"),
          true },
        { S_INIT("--link"), S_INIT(""),
          TEXT_INIT("打印管理员的一次性登录链接",
                    "print a one-time sign-in link for the administrator"),
          false },
        OPTION_TRACE,
    },
    .run = run_serve,
};

/* ---- the demo ---- */

static enum err import_embedded(struct arguments *a, struct work *w,
                                struct str name)
{
    struct import *im = NEW(a->m, struct import);
    struct workbook book;
    struct text reason;
    enum err e =
        workbook_read(a->m,
                      (struct table_file){ file_name(name), asset_bytes(name) },
                      &read_limits_default, &book, &reason);

    if (e != OK)
        BUG("%.*s: %.*s", STR_ARG(name), STR_ARG(reason.en));
    import_plan(a->m, &book, file_name(name),
                (struct import_years){ .today = 2024 }, im);
    w->act.batch = 0;
    return import_apply(&w->act, im);
}

static enum err fill_demo(struct arguments *a, struct house *h)
{
    /* In this order: what a file names came with one before. */
    static const struct str files[] = {
        S_INIT("demo/divisions.csv"), S_INIT("demo/ledgers.xlsx"),
        S_INIT("demo/projects.xlsx"), S_INIT("demo/notices.csv"),
        S_INIT("demo/honours.csv"),   S_INIT("demo/themes.csv"),
    };
    struct work w;
    enum err e;

    work_begin(h, a->m, ACTOR_SHELL, &w);
    e = setting_write(&w.act, SETTING_DEMO, S("1"));
    for (size_t i = 0; i < COUNT(files) && e == OK; i++)
        e = import_embedded(a, &w, files[i]);
    if (e == OK)
        return work_commit(&w);
    work_rollback(&w);
    return e;
}

static enum exit_code run_demo(struct arguments *a)
{
    static const struct house_plan plan = {
        .district = 370212,
        .name = TEXT_INIT("崂山区", "Laoshan District"),
        .origin = S_INIT("laoshan.example/dajuan"),
    };
    struct house_place place = place_given(a, a->operands[0]);
    struct text reason = TEXT("", "");
    struct house *h;

    if (house_make(a->m, place, &plan, &reason) != OK)
        return complain(a, EXIT_FAILED, reason);
    h = open_house(a, a->operands[0], DB_WRITE);
    if (!h)
        return EXIT_FAILED;
    if (fill_demo(a, h) != OK)
        return complain(a, EXIT_FAILED, text_same(str_from(db_reason(h->db))));
    for (size_t i = 0; features[i]; i++)
        if (features[i]->demo && features[i]->demo(h, a->m, &reason) != OK)
            return complain(a, EXIT_FAILED, reason);
    say(text_in(text_fmt(a->m, "演示数据已放进 %.*s（内容均为虚构）\n",
                         "the demo is in %.*s (all of it invented)\n",
                         STR_ARG(place_name(a->m, place))),
                a->lang));
    return EXIT_DONE;
}

const struct command command_demo = {
    .name = S_INIT("demo"),
    .operands = S_INIT("DIR"),
    .least = 1,
    .most = 1,
    .help = TEXT_INIT("建立一个带演示数据的目录",
                      "make a folder with the demo year in it"),
    .options = { OPTION_KEYS },
    .run = run_demo,
};
