/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What is compressed comes out again, and only for who takes it. */
#include "web/gzip.h"

#include "base/buf.h"
#include "test/test.h"

#include <pthread.h>
#include <zlib.h>

static struct str unzip(struct mem *m, struct str s)
{
    z_stream z = { 0 };
    size_t room = 4 << 20;
    char *out = mem_raw(m, room);
    int rc;

    if (inflateInit2(&z, 15 + 16) != Z_OK)
        BUG("zlib refused to begin");
    z.next_in = (Bytef *)(uintptr_t)s.p;
    z.avail_in = (uInt)s.n;
    z.next_out = (Bytef *)out;
    z.avail_out = (uInt)room;
    rc = inflate(&z, Z_FINISH);
    inflateEnd(&z);
    return rc == Z_STREAM_END && z.avail_in == 0
               ? (struct str){ out, room - z.avail_out }
               : S("not gzip");
}

static struct str given_text(struct mem *m, int lines)
{
    struct buf *b = buf_new(m, 4 << 20);

    for (int i = 0; i < lines; i++)
        buf_fmt(b, "%d 行，崂山区第 %d 项\n", i, i * i % 977);
    return buf_str(b);
}

TEST(what_is_compressed_comes_out_as_it_went_in)
{
    struct str first = gzip_bytes(t->mem, given_text(t->mem, 500));

    for (int lines = 0; lines < 40000; lines = 3 * lines + 1) {
        struct str text = given_text(t->mem, lines);
        struct str packed = gzip_bytes(t->mem, text);

        CHECK(str_eq(unzip(t->mem, packed), text));
        CHECK(lines < 10 || packed.n < text.n / 2);
    }
    /* What went through the stream before leaves no trace. */
    CHECK(str_eq(gzip_bytes(t->mem, given_text(t->mem, 500)), first));
}

/* One thread's share. */
struct share {
    struct mem *m;
    struct str packed;
    bool same;
};

static void *pack_often(void *arg)
{
    struct share *s = arg;
    struct str text = given_text(s->m, 700);

    s->packed = gzip_bytes(s->m, text);
    s->same = str_eq(unzip(s->m, s->packed), text);
    for (int i = 0; i < 50; i++)
        s->same &= str_eq(gzip_bytes(s->m, text), s->packed);
    return NULL;
}

TEST(threads_do_not_meet_in_one_stream)
{
    enum { THREADS = 4 };
    struct share share[THREADS] = { 0 };
    pthread_t thread[THREADS];

    for (int i = 0; i < THREADS; i++) {
        share[i].m = mem_new();
        NEED(pthread_create(&thread[i], NULL, pack_often, &share[i]) == 0);
    }
    for (int i = 0; i < THREADS; i++) {
        NEED(pthread_join(thread[i], NULL) == 0);
        CHECK(share[i].same);
        CHECK(str_eq(share[i].packed, share[0].packed));
    }
    for (int i = 0; i < THREADS; i++)
        mem_free(share[i].m);
}

TEST(only_who_says_so_gets_gzip)
{
    CHECK(gzip_accepted(S("gzip")));
    CHECK(gzip_accepted(S("gzip, deflate, br, zstd")));
    CHECK(gzip_accepted(S("br;q=1.0, GZIP ; q=0.8, *;q=0.1")));
    CHECK(gzip_accepted(S("gzip;q=0.001")));
    CHECK(!gzip_accepted((struct str){ NULL, 0 }));
    CHECK(!gzip_accepted(S("")));
    CHECK(!gzip_accepted(S("identity")));
    CHECK(!gzip_accepted(S("br, xgzip")));
    CHECK(!gzip_accepted(S("gzip;q=0")));
    CHECK(!gzip_accepted(S("deflate, gzip; Q=0.000, br")));
}
