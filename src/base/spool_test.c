/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "base/spool.h"

#include "test/test.h"

#include <dirent.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

static struct spool_budget *given_budget(struct test *t, size_t most)
{
    struct spool_budget *b = NEW(t->mem, struct spool_budget);

    b->folder = test_folder(t);
    b->most = most;
    return b;
}

/* `n` rows of 16 bytes each. */
static void put_rows(struct spool *s, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        buf_fmt(spool_buf(s), "row %010zu\r\n", i);
        spool_flush(s);
    }
}

static struct str bytes_of(struct test *t, const struct spool *s)
{
    size_t n = spool_size(s);
    char *p = mem_raw(t->mem, n);

    if (spool_fd(s) < 0)
        return spool_bytes(s);
    CHECK_INT(read(spool_fd(s), p, n), n);
    return (struct str){ p, n };
}

static size_t names_in(struct test *t, struct str folder)
{
    DIR *d = opendir(str_c(t->mem, folder));
    struct dirent *e;
    size_t n = 0;

    while ((e = readdir(d)) != NULL)
        n += e->d_name[0] != '.';
    closedir(d);
    return n;
}

TEST(a_small_spool_stays_in_memory)
{
    struct spool_budget *b = given_budget(t, 1 << 20);
    struct spool *s = spool_new(t->mem, b);
    struct text reason;

    put_rows(s, 3);
    CHECK_INT(spool_end(s, &reason), OK);
    CHECK_INT(spool_fd(s), -1);
    CHECK_STR(spool_bytes(s), S("row 0000000000\r\nrow 0000000001\r\n"
                                "row 0000000002\r\n"));
    CHECK_INT(b->taken, 0);
}

TEST(a_large_spool_is_the_same_bytes_in_a_file_without_a_name)
{
    struct mem *m = mem_child(t->mem);
    struct spool_budget *b = given_budget(t, 8 << 20);
    struct spool *filed = spool_new(m, b);
    struct spool *held = spool_new(m, NULL);
    struct text reason;
    struct stat st;

    put_rows(filed, 100000);
    CHECK(mem_size(m) < 1 << 20);
    put_rows(held, 100000);
    NEED_INT(spool_end(filed, &reason), OK);
    NEED_INT(spool_end(held, &reason), OK);
    CHECK(spool_fd(filed) >= 0 && spool_fd(held) < 0);
    CHECK_INT(spool_size(filed), 1600000);
    CHECK(str_eq(bytes_of(t, filed), bytes_of(t, held)));
    CHECK_INT(b->taken, 1600000);
    CHECK_INT(names_in(t, b->folder), 0);
    NEED(fstat(spool_fd(filed), &st) == 0);
    CHECK_INT(st.st_mode & 0777, 0600);
    CHECK_INT(st.st_nlink, 0);
    mem_free(m);
    CHECK_INT(b->taken, 0);
}

TEST(spools_share_a_budget_and_give_back_what_they_had)
{
    struct mem *m = mem_child(t->mem);
    struct spool_budget *b = given_budget(t, 2 << 20);
    struct spool *first = spool_new(m, b);
    struct spool *second = spool_new(t->mem, b);
    struct spool *third = spool_new(t->mem, b);
    struct text reason = TEXT("", "");

    put_rows(first, 100000);
    CHECK_INT(spool_end(first, &reason), OK);
    put_rows(second, 100000);
    CHECK_INT(spool_end(second, &reason), E_STORE);
    CHECK(str_find(reason.zh, S("请几分钟后再试")) != SIZE_MAX);
    CHECK(str_find(reason.en, S("Try again in a few minutes")) != SIZE_MAX);
    CHECK_INT(b->taken, 1600000);
    mem_free(m);
    CHECK_INT(b->taken, 0);
    put_rows(third, 100000);
    CHECK_INT(spool_end(third, &reason), OK);
}

TEST(a_spool_leaves_the_disk_to_others)
{
    struct spool_budget *b = given_budget(t, 8 << 20);
    struct spool *s = spool_new(t->mem, b);
    struct text reason = TEXT("", "");

    b->spare = SIZE_MAX / 2;
    put_rows(s, 10000);
    CHECK_INT(spool_end(s, &reason), E_STORE);
    CHECK(str_find(reason.zh, S("磁盘已满")) != SIZE_MAX);
    CHECK_INT(b->taken, 0);
    CHECK_INT(spool_fd(s), -1);
}

TEST(a_spool_without_its_folder_fails_with_words)
{
    struct spool_budget *b = given_budget(t, 8 << 20);
    struct spool *s = spool_new(t->mem, b);
    struct text reason = TEXT("", "");

    b->folder = S("/no/such/folder");
    put_rows(s, 10000);
    CHECK_INT(spool_end(s, &reason), E_STORE);
    CHECK(reason.zh.n && reason.en.n);
    CHECK_INT(b->taken, 0);
}

/* A disk that takes the first write and not the second. */
TEST(a_write_that_fails_is_told_at_the_end_and_nothing_is_left)
{
    struct rlimit before;
    struct rlimit small;
    struct spool_budget *b = given_budget(t, 8 << 20);
    struct spool *s = spool_new(t->mem, b);
    struct text reason = TEXT("", "");

    signal(SIGXFSZ, SIG_IGN);
    NEED(getrlimit(RLIMIT_FSIZE, &before) == 0);
    small = (struct rlimit){ 100000, before.rlim_max };
    NEED(setrlimit(RLIMIT_FSIZE, &small) == 0);
    put_rows(s, 20000);
    NEED(setrlimit(RLIMIT_FSIZE, &before) == 0);
    CHECK_INT(spool_end(s, &reason), E_STORE);
    CHECK(str_find(reason.zh, S("没有地方存放")) != SIZE_MAX);
    CHECK_INT(b->taken, 0);
    CHECK_INT(spool_fd(s), -1);
    CHECK_INT(spool_size(s), 0);
}

TEST(too_much_for_memory_is_refused)
{
    struct spool *s = spool_new(t->mem, NULL);
    struct text reason = TEXT("", "");
    char *block = mem_alloc(t->mem, 16 << 20);

    for (int i = 0; i < 17; i++) {
        buf_put(spool_buf(s), (struct str){ block, 16 << 20 });
        spool_flush(s);
    }
    CHECK_INT(spool_end(s, &reason), E_SIZE);
    CHECK(reason.zh.n && reason.en.n);
}

static void write_file(struct test *t, struct spool *s, size_t n)
{
    char *p = mem_alloc(t->mem, n);

    memset(p, 'x', n);
    NEED(spool_file(s) >= 0);
    NEED(write(spool_file(s), p, n) == (ssize_t)n);
}

TEST(a_file_that_a_library_writes_is_measured)
{
    struct spool_budget *b = given_budget(t, 1 << 20);
    struct spool *small = spool_new(t->mem, b);
    struct spool *large = spool_new(t->mem, b);
    struct spool *huge = spool_new(t->mem, b);
    struct spool *held = spool_new(t->mem, NULL);
    struct spool *empty = spool_new(t->mem, b);
    struct text reason;

    write_file(t, small, 10);
    write_file(t, large, 100000);
    write_file(t, huge, 1 << 20);
    write_file(t, held, 100000);
    NEED(spool_file(empty) >= 0);
    CHECK_INT(spool_end(small, &reason), OK);
    CHECK_STR(spool_bytes(small), S("xxxxxxxxxx"));
    CHECK_INT(spool_end(large, &reason), OK);
    CHECK_INT(bytes_of(t, large).n, 100000);
    CHECK(spool_fd(large) >= 0);
    CHECK_INT(spool_end(huge, &reason), E_STORE);
    CHECK_INT(spool_end(held, &reason), OK);
    CHECK_INT(spool_bytes(held).n, 100000);
    CHECK_INT(spool_end(empty, &reason), OK);
    CHECK_INT(spool_size(empty), 0);
    CHECK_INT(b->taken, 100000);
}

/* ---- compressed on the way ---- */

static struct str unpacked(struct test *t, struct str s)
{
    enum { ROOM = 8 << 20 };
    z_stream z = { .next_in = (Bytef *)(uintptr_t)s.p, .avail_in = (uInt)s.n };
    char *out = mem_raw(t->mem, ROOM);

    z.next_out = (Bytef *)out;
    z.avail_out = ROOM;
    NEED(inflateInit2(&z, 15 + 16) == Z_OK);
    CHECK_INT(inflate(&z, Z_FINISH), Z_STREAM_END);
    CHECK_INT(z.avail_in, 0);
    inflateEnd(&z);
    return (struct str){ out, z.total_out };
}

TEST(a_packed_spool_is_the_same_once_it_is_unpacked)
{
    static const size_t rows[] = { 4097, 5000, 8192, 100000 };
    struct spool_budget *b = given_budget(t, 8 << 20);
    struct text reason;

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct mem *m = mem_child(t->mem);
        struct spool *packed = spool_new(m, b);
        struct spool *held = spool_new(m, NULL);

        spool_pack(packed);
        put_rows(packed, rows[i]);
        put_rows(held, rows[i]);
        NEED_INT(spool_end(packed, &reason), OK);
        NEED_INT(spool_end(held, &reason), OK);
        CHECK(spool_is_packed(packed) && !spool_is_packed(held));
        CHECK(spool_size(packed) < spool_size(held) / 2);
        CHECK_INT(b->taken, spool_size(packed));
        CHECK(str_eq(unpacked(t, bytes_of(t, packed)), spool_bytes(held)));
        mem_free(m);
    }
    CHECK_INT(b->taken, 0);
}

TEST(what_stays_in_memory_is_not_packed)
{
    struct spool_budget *b = given_budget(t, 8 << 20);
    struct spool *s = spool_new(t->mem, b);
    struct text reason;

    spool_pack(s);
    put_rows(s, 1);
    CHECK_INT(spool_end(s, &reason), OK);
    CHECK(!spool_is_packed(s));
    CHECK_STR(spool_bytes(s), S("row 0000000000\r\n"));
}

TEST(a_packed_spool_fails_as_any_other)
{
    struct spool_budget *b = given_budget(t, 1000);
    struct spool *s = spool_new(t->mem, b);
    struct text reason = TEXT("", "");

    spool_pack(s);
    put_rows(s, 100000);
    CHECK_INT(spool_end(s, &reason), E_STORE);
    CHECK(!spool_is_packed(s) && reason.en.n);
    CHECK_INT(b->taken, 0);
}
