/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "base/asset.h"
#include "base/hash.h"
#include "test/test.h"

#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

TEST(assets_are_sorted_and_found_by_name)
{
    CHECK(assets_n > 0);
    for (size_t i = 0; i < assets_n; i++) {
        CHECK(asset_find(assets[i].name) == &assets[i]);
        CHECK(i == 0 || str_cmp(assets[i - 1].name, assets[i].name) < 0);
        CHECK(assets[i].type.n > 0);
    }
    CHECK(!asset_find(S("")));
    CHECK(!asset_find(S("app")));
    CHECK(!asset_find(S("zzz")));
}

TEST(assets_are_served_under_their_hash_only)
{
    const struct asset *css = asset_find(S("app.css"));
    struct hash digest;
    struct str hash;

    NEED(css != NULL);
    digest = HASH_OF(css->bytes);
    hash = hex_encode(t->mem, hash_str(&digest));
    CHECK_STR(css->file, str_fmt(t->mem, "app.%.8s.css", hash.p));
    CHECK_STR(asset_path(S("app.css")),
              str_fmt(t->mem, "/assets/%.*s", STR_ARG(css->file)));
    CHECK(asset_served(css->file) == css);
    CHECK(!asset_served(S("app.css")));
    CHECK(!asset_served(S("app.00000000.css")));
}

TEST(assets_without_a_public_name_are_never_served)
{
    const struct asset *inner = asset_find(S("demo/divisions.csv"));

    NEED(inner != NULL);
    CHECK_INT(inner->file.n, 0);
    CHECK(!asset_served(S("")));
    CHECK(!asset_served(inner->name));
    CHECK_STR(inner->bytes, test_data(t, "demo/divisions.csv"));
}

TEST(assets_of_a_folder_come_in_order)
{
    const struct asset *a = asset_next(S("demo/"), NULL);
    size_t n = 0;

    for (; a; a = asset_next(S("demo/"), a), n++)
        CHECK(str_starts(a->name, S("demo/")));
    CHECK(n >= 2);
    CHECK(!asset_next(S("no such folder/"), NULL));
}

static struct str inflated(struct mem *m, const struct asset *a)
{
    z_stream z = { 0 };
    char *to = mem_raw(m, a->bytes.n + 1);

    z.next_in = (unsigned char *)(uintptr_t)a->gzip.p;
    z.avail_in = (unsigned)a->gzip.n;
    z.next_out = (unsigned char *)to;
    z.avail_out = (unsigned)a->bytes.n + 1;
    if (inflateInit2(&z, 15 + 16) != Z_OK ||
        inflate(&z, Z_FINISH) != Z_STREAM_END)
        BUG("not gzip");
    inflateEnd(&z);
    return (struct str){ to, z.total_out };
}

TEST(assets_in_gzip_are_the_same_and_smaller)
{
    const struct asset *css = asset_find(S("app.css"));

    CHECK(css && css->gzip.n > 0);
    for (size_t i = 0; i < assets_n; i++) {
        if (assets[i].gzip.n == 0)
            continue;
        CHECK(assets[i].gzip.n < assets[i].bytes.n);
        CHECK(str_eq(inflated(t->mem, &assets[i]), assets[i].bytes));
    }
}

TEST(asset_path_of_an_unknown_name_stops_the_program)
{
    pid_t child = fork();
    int status = 0;

    if (child == 0) {
        fclose(stderr);
        asset_path(S("demo/divisions.csv"));
        _exit(0);
    }
    CHECK(waitpid(child, &status, 0) == child);
    CHECK(WIFSIGNALED(status));
}
