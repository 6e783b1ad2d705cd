/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The server's parser and its answers at a file, for one request. */
#include "web/once.h"

#include "base/file.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { PREFIX_MAX = 256 };

/* Where bytes are read to. */
struct place {
    char *p;
    size_t n;
    size_t most;
};

/* False: nothing more comes. */
static bool read_more(int in, struct place *to)
{
    ssize_t n;

    do
        n = read(in, to->p + to->n, to->most - to->n);
    while (n < 0 && errno == EINTR);
    if (n <= 0)
        return false;
    to->n += (size_t)n;
    return true;
}

static bool refuse(struct exchange *x, int status)
{
    response_refuse(&x->response, status);
    return false;
}

static bool read_head(struct exchange *x, int in, struct str *ret_behind)
{
    struct place to = { mem_raw(x->m, HTTP_HEAD_MAX), 0, HTTP_HEAD_MAX };
    enum http_parse parsed;

    http_head_init(&x->head);
    while ((parsed = http_parse(&x->head, (struct str){ to.p, to.n })) ==
           HTTP_MORE)
        if (!read_more(in, &to))
            return refuse(x, 400);
    if (parsed == HTTP_BAD)
        return refuse(x, x->head.status);
    *ret_behind = str_slice((struct str){ to.p, to.n }, x->head.size, to.n);
    return true;
}

static bool read_body(struct exchange *x, int in, struct str behind)
{
    size_t length = x->head.content_length;
    struct str begun = str_slice(behind, 0, length);
    struct place to = { mem_raw(x->m, length), begun.n, length };

    memcpy(to.p, begun.p, begun.n);
    while (to.n < length)
        if (!read_more(in, &to))
            return refuse(x, 400);
    x->body = (struct str){ to.p, length };
    return true;
}

bool once_read(struct exchange *x, int in, size_t (*body_max)(struct str path))
{
    struct str behind;

    response_init(&x->response, x->m);
    x->received_ms = clock_ms();
    if (!read_head(x, in, &behind))
        return false;
    if (x->head.content_length > body_max(x->head.path))
        return refuse(x, 413);
    return read_body(x, in, behind);
}

/* What was to be sent from a file is read from it. */
static void take_file(struct exchange *x)
{
    struct response *r = &x->response;
    struct place to = { .most = response_size(r, false) };

    to.p = mem_raw(x->m, to.most);
    while (to.n < to.most && read_more(spool_fd(r->file), &to))
        continue;
    r->file = NULL;
    r->fixed = (struct str){ to.p, to.n };
    if (to.n < to.most)
        refuse(x, 500);
}

struct str once_bytes(struct exchange *x)
{
    struct buf *prefix = buf_new(x->m, PREFIX_MAX);
    char date[HTTP_DATE_SIZE];

    http_date(clock_ms(), date);
    response_end(&x->response);
    if (x->response.file)
        take_file(x);
    response_prefix(&x->response, date, true, prefix);
    return str_join(
        x->m,
        (struct str[]){
            buf_str(prefix), buf_str(&x->response.headers), S("\r\n"),
            response_body(&x->response, x->head.method == HTTP_HEAD) },
        4);
}
