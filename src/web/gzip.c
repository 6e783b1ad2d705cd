/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * A stream of zlib takes a quarter of a megabyte. Made for every page it
 * costs the system more than the compression: memory is mapped, filled page
 * by page, and given back. So each thread keeps its own and resets it.
 */
#include "web/gzip.h"

#include "web/http_parse.h"

#include <pthread.h>
#include <zlib.h>

enum { LEVEL = 4, WINDOW_BITS = 15, AS_GZIP = 16, MEM_LEVEL = 8 };

struct stream {
    struct mem *m; /* all of it */
    z_stream z;
};

static pthread_key_t of_thread;
static pthread_once_t begun = PTHREAD_ONCE_INIT;

static void stream_end(void *arg)
{
    struct stream *s = arg;

    mem_free(s->m);
}

static void begin(void)
{
    if (pthread_key_create(&of_thread, stream_end) != 0)
        BUG("no key for the streams of threads");
}

static void *take_memory(void *m, unsigned items, unsigned size)
{
    return mem_raw(m, (size_t)items * size);
}

static void give_memory(void *m, void *p)
{
    (void)m; /* it goes as a whole */
    (void)p;
}

static struct stream *stream_new(void)
{
    struct mem *m = mem_new();
    struct stream *s = NEW(m, struct stream);

    s->m = m;
    s->z =
        (z_stream){ .zalloc = take_memory, .zfree = give_memory, .opaque = m };
    if (deflateInit2(&s->z, LEVEL, Z_DEFLATED, WINDOW_BITS + AS_GZIP, MEM_LEVEL,
                     Z_DEFAULT_STRATEGY) != Z_OK)
        BUG("zlib refused to begin: %s", s->z.msg ? s->z.msg : "?");
    return s;
}

/* The stream of this thread, at its beginning. */
static z_stream *stream_ready(void)
{
    struct stream *s;

    pthread_once(&begun, begin);
    s = pthread_getspecific(of_thread);
    if (!s) {
        s = stream_new();
        pthread_setspecific(of_thread, s);
    } else if (deflateReset(&s->z) != Z_OK) {
        BUG("a stream that is not one any more");
    }
    return &s->z;
}

struct str gzip_bytes(struct mem *m, struct str s)
{
    z_stream *z = stream_ready();
    uLong room = deflateBound(z, (uLong)s.n);
    unsigned char *out = mem_raw(m, room);

    if (s.n > UINT32_MAX || room > UINT32_MAX)
        BUG("%zu bytes to compress at once", s.n);
    z->next_in = (Bytef *)(uintptr_t)s.p; /* zlib only reads it */
    z->avail_in = (uInt)s.n;
    z->next_out = out;
    z->avail_out = (uInt)room;
    if (deflate(z, Z_FINISH) != Z_STREAM_END)
        BUG("zlib did not come to an end");
    return (struct str){ (char *)out, room - z->avail_out };
}

/* ";q=0", "; Q=0.000": not acceptable at all. */
static bool is_zero(struct str parameters)
{
    struct str p;

    while (str_cut(&parameters, S(";"), &p)) {
        p = http_trim(p);
        if (p.n < 3 || (p.p[0] | 0x20) != 'q' || p.p[1] != '=')
            continue;
        for (size_t i = 2; i < p.n; i++)
            if (p.p[i] != '0' && p.p[i] != '.')
                return false;
        return true;
    }
    return false;
}

bool gzip_accepted(struct str accept_encoding)
{
    struct str coding;

    while (accept_encoding.p && str_cut(&accept_encoding, S(","), &coding)) {
        size_t name = str_find(coding, S(";"));

        if (http_same(http_trim(str_slice(coding, 0, name)), S("gzip")))
            return !is_zero(str_slice(coding, name, coding.n));
    }
    return false;
}
