/* SPDX-License-Identifier: MulanPSL-2.0 */
/* dajuan publish, dajuan bundle: answer sheets, frozen and taken away. */
#include "base/asset.h"
#include "base/date.h"
#include "base/file.h"
#include "base/file_stream.h"
#include "feature/reports/draft.h"
#include "feature/reports/reports.h"
#include "host/house/command.h"
#include "host/ledger/year_shown.h"

#include <stdio.h>

enum { TEXT_FILE_MAX = 1 << 20, DEMO_YEAR = 2024 };

/* The slug says the year when it is one: "2024". */
static int32_t year_of(struct scope in, const struct house *h, struct str slug)
{
    int64_t year;

    return slug.n == 4 && str_int(slug, &year)
               ? (int32_t)year
               : year_shown(in, date_year(date_of(house_now(h))));
}

static enum exit_code store_failed(const struct arguments *a,
                                   const struct house *h)
{
    return complain(a, EXIT_FAILED, text_same(str_from(db_reason(h->db))));
}

static enum exit_code keep_text(struct arguments *a, struct house *h,
                                struct str slug, struct text text)
{
    struct text reason =
        TEXT("网址名应为小写字母、数字或连字符，年度为四位数字",
             "the sheet's name has lower-case letters, "
             "digits and hyphens; its year four digits");
    struct work w;
    enum err e;

    if (reports_check(a->m, text.zh, text.en, &reason) != OK)
        return complain(a, EXIT_WRONG, reason);
    work_begin(h, a->m, ACTOR_SHELL, &w);
    e = reports_put(&w.act, slug, year_of(act_scope(&w.act), h, slug), text.zh,
                    text.en);
    if (e != OK)
        work_rollback(&w);
    else
        e = work_commit(&w);
    if (e == E_STORE)
        reason = text_same(str_from(db_reason(h->db)));
    return e == OK
               ? EXIT_DONE
               : complain(a, e == E_INPUT ? EXIT_WRONG : EXIT_FAILED, reason);
}

/* --text and --text-en: put the report first. */
static enum exit_code read_texts(struct arguments *a, struct house *h,
                                 struct str slug)
{
    struct text text = { S(""), S("") };
    struct text reason;

    if (!option_given(a, S("--text")))
        return EXIT_DONE;
    if (!file_read(a->m, option_value(a, S("--text")), TEXT_FILE_MAX, &text.zh,
                   &reason))
        return complain(a, EXIT_FAILED, reason);
    if (option_given(a, S("--text-en")) &&
        !file_read(a->m, option_value(a, S("--text-en")), TEXT_FILE_MAX,
                   &text.en, &reason))
        return complain(a, EXIT_FAILED, reason);
    return keep_text(a, h, slug, text);
}

/* Nobody wrote a report yet: put the draft of the figures on show. */
static enum exit_code put_draft(struct arguments *a, struct house *h,
                                struct str *ret_slug)
{
    struct text draft;
    struct tx tx;
    struct scope in = house_scope(h, &tx, a->m);
    int32_t year;
    bool empty;
    enum err e;

    tx_begin(h->db, false, &tx);
    year = year_shown(in, date_year(date_of(house_now(h))));
    empty = year_newest(in, year) == 0;
    draft = report_draft(in, h->name, year);
    e = tx_err(&tx);
    tx_rollback(&tx);
    if (e != OK)
        return store_failed(a, h);
    if (empty)
        return complain(a, EXIT_WRONG,
                        TEXT("还没有任何记录可写进答卷；请先导入",
                             "there is nothing to put on a sheet yet; import "
                             "first"));
    *ret_slug = str_fmt(a->m, "%d", year);
    return keep_text(a, h, *ret_slug, draft);
}

static enum exit_code choose_report(struct arguments *a, struct house *h,
                                    struct str *ret_slug)
{
    enum err e = OK;

    if (a->operands_n > 0)
        *ret_slug = a->operands[0];
    else
        e = reports_newest(h, a->m, ret_slug);
    if (e == E_ABSENT)
        return put_draft(a, h, ret_slug);
    return e == OK ? EXIT_DONE : store_failed(a, h);
}

static enum exit_code run_publish(struct arguments *a)
{
    struct house *h = open_house(a, option_value(a, S("--data")), DB_WRITE);
    struct str slug;
    struct text reason;
    enum exit_code code;
    int64_t version;
    enum err e;

    if (!h)
        return EXIT_FAILED;
    code = choose_report(a, h, &slug);
    if (code != EXIT_DONE)
        return code;
    code = read_texts(a, h, slug);
    if (code != EXIT_DONE)
        return code;
    e = reports_publish(h, a->m, slug, &version, &reason);
    if (e != OK)
        return complain(a, e == E_STORE ? EXIT_FAILED : EXIT_WRONG, reason);
    printf("%.*s %lld\n", STR_ARG(slug), (long long)version);
    return EXIT_DONE;
}

static const struct command command_publish = {
    .name = S_INIT("publish"),
    .operands = S_INIT("[SHEET]"),
    .most = 1,
    .help = TEXT_INIT("发布一份答卷：冻结成一版并签名，输出“名称 版次”；"
                      "还没写时用全部数字的草稿",
                      "publish an answer sheet: freeze and sign a version, "
                      "print its name and number; a draft of all figures "
                      "when none is written"),
    .options = {
        OPTION_DATA,
        OPTION_KEYS,
        { S_INIT("--text"), S_INIT("FILE"),
          TEXT_INIT("先以这个文件为正文", "take this file as its text first"),
          false },
        { S_INIT("--text-en"), S_INIT("FILE"),
          TEXT_INIT("英文正文", "and this one as its English text"), false },
    },
    .run = run_publish,
};

static void put_piece(void *arg, struct str bytes)
{
    file_put(arg, bytes);
}

static enum exit_code no_version(const struct arguments *a)
{
    return complain(a, EXIT_WRONG,
                    text_fmt(a->m, "“%.*s”没有发布过第 %.*s 版",
                             "\"%.*s\" has no published version %.*s",
                             STR_ARG(a->operands[0]), STR_ARG(a->operands[1])));
}

static enum exit_code write_bundle(struct arguments *a, struct house *h,
                                   int64_t version)
{
    struct file_writer file;
    struct reports_bundle of = { a->operands[0], version, put_piece, &file };
    struct text why;
    enum err e;

    if (!file_begin(a->m, a->operands[2], 0644, &file, &why))
        return complain(a, EXIT_FAILED, why);
    e = reports_bundle(h, a->m, &of);
    if (e == OK)
        return file_end(&file, &why) ? EXIT_DONE
                                     : complain(a, EXIT_FAILED, why);
    file_drop(&file);
    return e == E_ABSENT ? no_version(a) : store_failed(a, h);
}

static enum exit_code run_bundle(struct arguments *a)
{
    struct house *h = open_house(a, option_value(a, S("--data")), DB_READ);
    int64_t version;

    if (!h)
        return EXIT_FAILED;
    if (!str_int(a->operands[1], &version))
        return complain(a, EXIT_USAGE,
                        TEXT("版次应为数字，例如 1",
                             "the version is a number, such as 1"));
    return write_bundle(a, h, version);
}

static const struct command command_bundle = {
    .name = S_INIT("bundle"),
    .operands = S_INIT("SHEET VERSION FILE"),
    .least = 3,
    .most = 3,
    .help = TEXT_INIT("把已发布的一版写成证明包文件，可离线核对",
                      "write a published version as a bundle that verifies "
                      "offline"),
    .options = { OPTION_DATA },
    .run = run_bundle,
};

const struct command *const reports_commands[REPORTS_COMMANDS] = {
    &command_publish,
    &command_bundle,
};

/*
 * The text that the demo's year was given; a draft when it tells of a
 * programme whose folder was taken out.
 */
static struct text demo_text(struct house *h, struct mem *m)
{
    struct text text = { asset_bytes(S("demo/sheet-2024.txt")),
                         asset_bytes(S("demo/sheet-2024.en.txt")) };
    struct text reason;
    struct tx tx;

    if (reports_check(m, text.zh, text.en, &reason) == OK)
        return text;
    tx_begin(h->db, false, &tx);
    text = report_draft(house_scope(h, &tx, m), h->name, DEMO_YEAR);
    tx_rollback(&tx);
    return text;
}

enum err reports_demo(struct house *h, struct mem *m, struct text *ret_reason)
{
    struct text text = demo_text(h, m);
    struct work w;
    int64_t version;
    enum err e;

    work_begin(h, m, ACTOR_SHELL, &w);
    e = reports_put(&w.act, S("2024"), DEMO_YEAR, text.zh, text.en);
    if (e == OK)
        e = work_commit(&w);
    else
        work_rollback(&w);
    if (e != OK) {
        *ret_reason = text_same(str_from(db_reason(h->db)));
        return e;
    }
    return reports_publish(h, m, S("2024"), &version, ret_reason);
}
