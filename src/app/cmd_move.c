/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Commands that move a house from one place, or engine, to another. */
#include "base/file.h"
#include "host/house/command.h"
#include "host/house/dump.h"

static enum exit_code run_dump(struct arguments *a)
{
    struct house *h = open_house(a, a->operands[0], DB_READ);
    struct text reason = TEXT("", "");

    if (!h)
        return EXIT_FAILED;
    if (dump_make(h, a->m, a->operands[1], &reason) != OK)
        return complain(a, EXIT_FAILED, reason);
    say(str_fmt(a->m, "%.*s\n", STR_ARG(a->operands[1])));
    return EXIT_DONE;
}

const struct command command_dump = {
    .name = S_INIT("dump"),
    .operands = S_INIT("DIR FILE"),
    .least = 2,
    .most = 2,
    .help = TEXT_INIT("把全部数据写进一个文件，两种引擎都能载入（不含密钥）",
                      "write everything but the key into one file that either "
                      "engine loads"),
    .run = run_dump,
};

/* The key is moved by hand: no file that travels has it. */
static void say_of_key(struct arguments *a, struct house_place place)
{
    struct str path = place_key(a->m, place);
    struct text words = TEXT("签名前请用 --keys 指定密钥所在的目录。\n",
                             "say with --keys where the key is before you "
                             "sign.\n");

    if (path.n && file_exists(a->m, path))
        return;
    if (path.n)
        words = text_fmt(a->m,
                         "签名前请把原来的 journal.key 放到 %.*s（只有属主"
                         "可读）。\n",
                         "before you sign, put the former journal.key at %.*s, "
                         "readable by its owner only.\n",
                         STR_ARG(path));
    say(text_in(words, a->lang));
}

static enum exit_code run_load(struct arguments *a)
{
    struct house_place place = place_given(a, a->operands[1]);
    struct verify_counts n;
    struct text reason = TEXT("", "");
    enum err e = dump_load(a->m, a->operands[0], place, &n, &reason);

    if (e != OK)
        return complain(a, e == E_INPUT ? EXIT_WRONG : EXIT_FAILED, reason);
    say(text_in(text_fmt(a->m, "已载入并核对：%lld 行，%lld 条日志\n",
                         "loaded and verified: %lld rows, %lld journal "
                         "entries\n",
                         (long long)n.rows, (long long)n.entries),
                a->lang));
    say_of_key(a, place);
    return EXIT_DONE;
}

const struct command command_load = {
    .name = S_INIT("load"),
    .operands = S_INIT("FILE DIR"),
    .least = 2,
    .most = 2,
    .help = TEXT_INIT("把 dump 写出的文件载入一个新目录或数据库，并核对",
                      "load what dump wrote into a new folder or database, "
                      "and verify it"),
    .options = { OPTION_KEYS },
    .run = run_load,
};
