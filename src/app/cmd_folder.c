/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Commands about a data folder as a whole: init, backup, restore, doctor. */
#include "base/file.h"
#include "host/house/backup.h"
#include "host/house/command.h"
#include "host/house/house.h"
#include "host/house/verify.h"
#include "host/ledger/record.h"
#include "host/ledger/row.h"

#include <sodium.h>
#include <stdio.h>

/*
 * Whose house it is cannot be changed later: every row, bundle and signed
 * head names it. So nothing is taken for granted.
 */
static enum exit_code run_init(struct arguments *a)
{
    struct str name = str_trim(option_value(a, S("--name")));
    struct str name_en = str_trim(option_value(a, S("--name-en")));
    struct house_plan plan = {
        .name = { name, name_en.n ? name_en : name },
        .origin = option_value(a, S("--origin")),
    };
    struct text reason;

    if (name.n == 0)
        return complain(a, EXIT_USAGE,
                        TEXT("--name 不能为空", "--name must not be empty"));
    if (!str_int(option_value(a, S("--district")), &plan.district) ||
        plan.district < 100000 || plan.district > 999999)
        return complain(a, EXIT_USAGE,
                        TEXT("--district 应为 6 位区划代码，例如 370212",
                             "--district must be a division code of 6 digits, "
                             "such as 370212"));
    if (!note_name_is_valid(plan.origin))
        return complain(a, EXIT_USAGE,
                        TEXT("--origin 不能为空，也不能有空格或加号",
                             "--origin must not be empty, nor hold blanks or "
                             "a plus sign"));
    if (house_make(a->m, place_given(a, a->operands[0]), &plan, &reason) != OK)
        return complain(a, EXIT_FAILED, reason);
    return EXIT_DONE;
}

const struct command command_init = {
    .name = S_INIT("init"),
    .operands = S_INIT("DIR"),
    .least = 1,
    .most = 1,
    .help = TEXT_INIT("建立一个新的数据目录；名称、代码和日志名称以后不能改",
                      "make a new data folder; name, code and origin cannot "
                      "be changed later"),
    .options = {
        { S_INIT("--name"), S_INIT("NAME"),
          TEXT_INIT("区的名称，例如 浦东新区",
                    "name of the district, such as 浦东新区"),
          true },
        { S_INIT("--district"), S_INIT("CODE"),
          TEXT_INIT("6 位区划代码，例如 310115",
                    "division code of 6 digits, such as 310115"),
          true },
        { S_INIT("--origin"), S_INIT("NAME"),
          TEXT_INIT("日志的名称，用本单位的域名，例如 pudong.gov.cn/dajuan",
                    "name of the journal, by your own domain, such as "
                    "pudong.gov.cn/dajuan"),
          true },
        OPTION_KEYS,
        { S_INIT("--name-en"), S_INIT("NAME"),
          TEXT_INIT("区的英文名称", "name of the district in English"),
          false },
    },
    .run = run_init,
};

static enum exit_code run_backup(struct arguments *a)
{
    struct house *h = open_house(a, option_value(a, S("--data")), DB_READ);
    struct str to = option_value(a, S("--to"));
    struct text reason;

    if (!h)
        return EXIT_FAILED;
    if (backup_make(h, a->m, to, &reason) != OK)
        return complain(a, EXIT_FAILED, reason);
    printf("%.*s\n", STR_ARG(to));
    return EXIT_DONE;
}

const struct command command_backup = {
    .name = S_INIT("backup"),
    .operands = S_INIT(""),
    .help = TEXT_INIT("在运行中备份到一个文件（含签名密钥，请妥善保管）",
                      "back up into one file while serving (it holds the "
                      "signing key: keep it safe)"),
    .options = {
        OPTION_DATA,
        OPTION_KEYS,
        { S_INIT("--to"), S_INIT("FILE"),
          TEXT_INIT("备份文件，不能已存在", "the file; must not exist"),
          true },
    },
    .run = run_backup,
};

static enum exit_code run_restore(struct arguments *a)
{
    struct text reason;
    struct verify_counts counts;

    if (backup_restore(a->m, a->operands[0], a->operands[1], &counts,
                       &reason) != OK)
        return complain(a, EXIT_FAILED, reason);
    say(text_in(text_fmt(a->m, "已恢复并核对：%lld 行，%lld 条日志\n",
                         "restored and verified: %lld rows, %lld journal "
                         "entries\n",
                         (long long)counts.rows, (long long)counts.entries),
                a->lang));
    return EXIT_DONE;
}

const struct command command_restore = {
    .name = S_INIT("restore"),
    .operands = S_INIT("FILE DIR"),
    .least = 2,
    .most = 2,
    .help = TEXT_INIT("从备份恢复到一个新目录，并核对",
                      "restore a backup into a new folder and verify it"),
    .run = run_restore,
};

static enum exit_code run_doctor(struct arguments *a)
{
    struct house *h = open_house(a, option_value(a, S("--data")), DB_WRITE);
    struct verify_counts n;
    struct text wrong;
    struct note_signer signer;
    enum err e;

    if (!h)
        return EXIT_FAILED;
    if (option_given(a, S("--rebuild"))) {
        struct work w;

        work_begin(h, a->m, ACTOR_SHELL, &w);
        row_index_all(act_scope(&w.act));
        record_rebuild(&w.act);
        if (work_commit(&w) != OK)
            return complain(a, EXIT_FAILED,
                            text_same(str_from(db_reason(h->db))));
    }
    if (house_signer(h, a->m, &signer, &wrong) != OK)
        return complain(a, EXIT_WRONG, wrong);
    sodium_memzero(&signer, sizeof(signer));
    e = verify_house(h, a->m, &n, &wrong);
    if (e != OK)
        return complain(a, e == E_INPUT ? EXIT_WRONG : EXIT_FAILED, wrong);
    say(text_in(text_fmt(a->m,
                         "数据目录、密钥、台账、记录、合计和日志都一致。\n",
                         "folder, key, ledgers, records, tallies and journal "
                         "agree.\n"),
                a->lang));
    return EXIT_DONE;
}

const struct command command_doctor = {
    .name = S_INIT("doctor"),
    .operands = S_INIT(""),
    .help = TEXT_INIT("检查数据目录；--rebuild 先重做索引、记录与合计",
                      "check a data folder; --rebuild makes indexes, records "
                      "and tallies anew first"),
    .options = {
        OPTION_DATA,
        OPTION_KEYS,
        { S_INIT("--rebuild"), S_INIT(""),
          TEXT_INIT("重做索引、记录与合计",
                    "make indexes, records and tallies anew"),
          false },
    },
    .run = run_doctor,
};
