/* SPDX-License-Identifier: MulanPSL-2.0 */
/* dajuan year: which year the site shows. */
#include "base/date.h"
#include "base/year.h"
#include "host/house/command.h"
#include "host/ledger/ledger.h"
#include "host/ledger/year_shown.h"

#include <stdio.h>

static enum exit_code store_failed(const struct arguments *a,
                                   const struct house *h)
{
    return complain(a, EXIT_FAILED, text_same(str_from(db_reason(h->db))));
}

static enum exit_code print_year(struct arguments *a, struct house *h)
{
    struct tx tx;
    int32_t year;
    enum err e;

    tx_begin(h->db, false, &tx);
    year =
        year_shown(house_scope(h, &tx, a->m), date_year(date_of(house_now(h))));
    e = tx_err(&tx);
    tx_rollback(&tx);
    if (e != OK)
        return store_failed(a, h);
    printf("%d\n", year);
    return EXIT_DONE;
}

static enum exit_code choose_year(struct arguments *a, struct house *h,
                                  int32_t year)
{
    struct text reason;
    struct work w;
    enum err e;

    work_begin(h, a->m, ACTOR_SHELL, &w);
    e = year_choose(&w.act, year);
    if (e != OK)
        work_rollback(&w);
    else
        e = work_commit(&w);
    if (e != OK)
        return store_failed(a, h);
    if (house_sign(h, a->m, &reason) != OK)
        return complain(a, EXIT_FAILED, reason);
    return print_year(a, h);
}

static enum exit_code run_year(struct arguments *a)
{
    bool sets = a->operands_n > 0;
    struct str said = sets ? a->operands[0] : S("");
    bool free = str_eq(said, S("auto"));
    int32_t year = free ? 0 : year_read(said);
    struct house *h;

    if (sets && !free && (year < YEAR_FIRST || year >= YEAR_END))
        return complain(a, EXIT_USAGE,
                        text_fmt(a->m, "“%.*s”不是年度；请写成 2024，或 auto",
                                 "\"%.*s\" is not a year; write it as 2024, "
                                 "or auto",
                                 STR_ARG(said)));
    h = open_house(a, option_value(a, S("--data")), sets ? DB_WRITE : DB_READ);
    if (!h)
        return EXIT_FAILED;
    return sets ? choose_year(a, h, year) : print_year(a, h);
}

const struct command command_year = {
    .name = S_INIT("year"),
    .operands = S_INIT("[YEAR|auto]"),
    .most = 1,
    .help = TEXT_INIT("网站显示的年度：查看，或定为某年；auto 是有记录的最近"
                      "一年，不取将来",
                      "the year on show: print it, or choose one; auto is "
                      "the newest with records, none in the future"),
    .options = { OPTION_DATA },
    .run = run_year,
};
