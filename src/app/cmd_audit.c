/* SPDX-License-Identifier: MulanPSL-2.0 */
/* dajuan audit: the audit record, newest first. */
#include "base/file.h"
#include "host/house/command.h"
#include "host/page/audit_words.h"

#include <stdio.h>

static const struct audit_query all = { .kind = 0 };

static void print_lines(const struct audit_reader *by, struct mem *m)
{
    struct audit_reader row = *by; /* what it reads is of one entry */
    struct rows r = audit_open(by->in, &all);
    struct audit_entry e;

    row.in.m = m;
    for (; audit_next(&r, m, &e); mem_reset(m)) {
        struct audit_line line = audit_line_of(&row, &e);

        printf("%.*s  %.*s  %.*s  %.*s  %.*s  %.*s\n", STR_ARG(line.at),
               STR_ARG(text_in(audit_result(line.succeeded), by->lang)),
               STR_ARG(line.who), STR_ARG(line.address),
               STR_ARG(text_in(line.act, by->lang)), STR_ARG(line.about));
    }
}

static enum err print_sheet(const struct audit_reader *by,
                            struct text *ret_reason)
{
    struct spool *to = spool_new(by->in.m, NULL);
    int64_t n;
    enum err e = audit_sheet(by, &all, to, &n, ret_reason);

    if (e == OK)
        say(spool_bytes(to));
    return e;
}

static enum exit_code run_audit(struct arguments *a)
{
    struct house *h = open_house(a, a->operands[0], DB_READ);
    struct audit_reader by = { .lang = a->lang };
    struct text reason;
    enum err e = OK;
    struct tx tx;

    if (!h)
        return EXIT_FAILED;
    tx_begin(h->db, false, &tx);
    by.in = house_scope(h, &tx, a->m);
    if (option_given(a, S("--csv")))
        e = print_sheet(&by, &reason);
    else
        print_lines(&by, mem_child(a->m));
    if (tx_err(&tx) != OK) {
        e = tx_err(&tx);
        reason = text_same(str_from(db_reason(h->db)));
    }
    tx_rollback(&tx);
    return e == OK ? EXIT_DONE : complain(a, EXIT_FAILED, reason);
}

const struct command command_audit = {
    .name = S_INIT("audit"),
    .operands = S_INIT("DIR"),
    .least = 1,
    .most = 1,
    .help = TEXT_INIT("列出审计记录，新的在前：登录、账户变动、个人信息的查阅"
                      "和导出",
                      "list the audit record, newest first: signing in, "
                      "accounts, who saw personal values"),
    .options = {
        { S_INIT("--csv"), S_INIT(""),
          TEXT_INIT("以 CSV 输出，含每条的散列值",
                    "as CSV, with the hash of each entry"),
          false },
    },
    .run = run_audit,
};
