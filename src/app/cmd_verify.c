/* SPDX-License-Identifier: MulanPSL-2.0 */
/* dajuan verify, dajuan journal check: proofs, with or without a server. */
#include "base/file.h"
#include "base/file_stream.h"
#include "host/house/command.h"
#include "host/house/house.h"
#include "host/house/verify.h"
#include "host/proof/bundle_stream.h"
#include "journal/vector.h"

#include <stdio.h>
#include <sys/stat.h>

enum { VECTOR_MAX = 16 << 20 };

static bool is_folder(struct mem *m, struct str path)
{
    struct stat st;

    return stat(str_c(m, path), &st) == 0 && S_ISDIR(st.st_mode);
}

static enum exit_code verify_whole(struct arguments *a)
{
    struct house *h = open_house(a, a->operands[0], DB_READ);
    struct verify_counts n;
    struct text wrong;
    enum err e;

    if (!h)
        return EXIT_FAILED;
    e = verify_house(h, a->m, &n, &wrong);
    if (e != OK)
        return complain(a, e == E_INPUT ? EXIT_WRONG : EXIT_FAILED, wrong);
    say(text_in(
        text_fmt(a->m,
                 "一致：台账 %lld 行，记录 %lld 条，合计 %lld 个，日志 %lld "
                 "条，签名头 %lld 个，审计记录 %lld 条\n",
                 "verified: %lld ledger rows, %lld records, %lld tallies, "
                 "%lld journal entries, %lld signed heads, %lld audit "
                 "entries\n",
                 (long long)n.rows, (long long)n.records, (long long)n.tallies,
                 (long long)n.entries, (long long)n.heads,
                 (long long)n.audited),
        a->lang));
    return EXIT_DONE;
}

static bool read_bytes(void *arg, int64_t at, char *to, size_t n)
{
    return file_read_at(arg, at, to, n);
}

static enum exit_code verify_file(struct arguments *a)
{
    struct bundle_facts facts;
    struct file_reader file;
    struct bundle_source source = { .read = read_bytes, .arg = &file };
    struct text wrong;
    struct str name;
    enum err e;

    if (!file_open(a->m, a->operands[0], &file, &wrong))
        return complain(a, EXIT_FAILED, wrong);
    source.size = file.size;
    e = bundle_verify_source(a->m, &source, option_value(a, S("--key")), &facts,
                             &wrong);
    if (e != OK)
        return complain(a, e == E_STORE ? EXIT_FAILED : EXIT_WRONG, wrong);
    name = text_in(facts.name, a->lang);
    say(text_in(
        text_fmt(a->m,
                 "一致：%.*s %.*s 第 %lld 版，%lld 个数字，%lld 行；"
                 "日志 %lld 条处签名\n公钥：%.*s\n",
                 "verified: %.*s %.*s version %lld, %lld figures, %lld rows; "
                 "signed at journal size %lld\nkey: %.*s\n",
                 STR_ARG(name), STR_ARG(facts.report), (long long)facts.version,
                 (long long)facts.figures, (long long)facts.rows,
                 (long long)facts.size, STR_ARG(facts.key)),
        a->lang));
    return EXIT_DONE;
}

static enum exit_code run_verify(struct arguments *a)
{
    bool is_house = is_folder(a->m, a->operands[0]) ||
                    !place_is_folder(place_of(a->operands[0], S("")));

    return is_house ? verify_whole(a) : verify_file(a);
}

const struct command command_verify = {
    .name = S_INIT("verify"),
    .operands = S_INIT("DIR|BUNDLE"),
    .least = 1,
    .most = 1,
    .help = TEXT_INIT("核对一个数据目录，或离线核对一个证明包",
                      "verify a data folder, or a bundle without a server"),
    .options = {
        { S_INIT("--key"), S_INIT("KEY"),
          TEXT_INIT("你从别处得到的公钥；不给则用包里的",
                    "the public key as you know it; by default the "
                    "bundle's own"),
          false },
    },
    .run = run_verify,
};

static enum exit_code run_check(struct arguments *a)
{
    enum exit_code code = EXIT_DONE;
    struct mem *m = mem_child(a->m);

    for (size_t i = 0; i < a->operands_n; i++) {
        struct str path = a->operands[i];
        struct text reason;
        struct str json;
        bool as_wanted;

        mem_reset(m);
        if (!file_read(m, path, VECTOR_MAX, &json, &reason))
            return complain(a, EXIT_FAILED, reason);
        if (vector_check(m, json, &as_wanted, &reason) != OK)
            return complain(a, EXIT_FAILED,
                            text_fmt(m, "%.*s：%.*s", "%.*s: %.*s",
                                     STR_ARG(path),
                                     STR_ARG(text_in(reason, a->lang))));
        if (!as_wanted) {
            printf("%.*s: not as wanted\n", STR_ARG(path));
            code = EXIT_WRONG;
        }
    }
    return code;
}

const struct command command_journal_check = {
    .name = S_INIT("journal check"),
    .operands = S_INIT("FILE.json..."),
    .least = 1,
    .most = OPERANDS_MAX,
    .help = TEXT_INIT("检验默克尔证明的测试向量",
                      "check test vectors of Merkle proofs"),
    .run = run_check,
};
