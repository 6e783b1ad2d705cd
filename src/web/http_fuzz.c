/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Any bytes as a request: the parser stays within them, says the same
 * however they are cut, and what it accepts holds what its header promises.
 */
#include "base/utf8.h"
#include "web/http_parse.h"
#include "web/url.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool ok, const char *what)
{
    if (!ok)
        BUG("%s", what);
}

static void check_inside(struct str s, struct str whole)
{
    check(!s.p || s.n == 0 ||
              (s.p >= whole.p && s.n <= whole.n &&
               s.p - whole.p <= (long)(whole.n - s.n)),
          "a slice outside of the bytes");
}

static void check_head(struct mem *m, const struct http_head *h,
                       struct str bytes)
{
    struct str plain;

    check(h->size <= bytes.n && h->size <= HTTP_HEAD_MAX, "the size");
    check(h->path.n > 0 && (h->path.p[0] == '/' || h->path.n == 1), "the path");
    check(h->host.p || h->minor == 0, "the Host");
    check(!http_header(h, S("transfer-encoding")).p, "an encoding");
    check(url_decode(m, h->path, false, &plain), "the path decodes");
    check(utf8_plain(plain, false) || str_find(h->path, S("%")) != SIZE_MAX,
          "the decoded path");
    check(str_find(plain, S("/../")) == SIZE_MAX &&
              str_find(plain, S("//")) == SIZE_MAX &&
              str_find(plain, S("\\")) == SIZE_MAX &&
              !str_ends(plain, S("/..")),
          "a path that climbs");
    check_inside(h->query, bytes);
    check_inside(h->host, bytes);
    check_inside(h->method_name, bytes);
    for (size_t i = 0; i < h->header_count; i++) {
        struct str value = h->headers[i].value;

        check_inside(h->headers[i].name, bytes);
        check_inside(value, bytes);
        check(!memchr(value.p, '\r', value.n) &&
                  !memchr(value.p, '\n', value.n) &&
                  !memchr(value.p, 0, value.n),
              "a line end in a value");
    }
    cookie_value(http_header(h, S("cookie")), S("__Host-dj"));
    query_value(m, h->query, S("q"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str bytes = { (const char *)data, size };
    struct mem *m = mem_new();
    struct http_head *whole = NEW(m, struct http_head);
    struct http_head *cut = NEW(m, struct http_head);
    size_t step = size ? 1 + data[size - 1] % 61 : 1;
    enum http_parse a;
    enum http_parse b = HTTP_MORE;

    http_head_init(whole);
    a = http_parse(whole, bytes);
    http_head_init(cut);
    for (size_t n = 0; n < size && b == HTTP_MORE; n += step)
        b = http_parse(cut, str_slice(bytes, 0, n));
    if (b == HTTP_MORE)
        b = http_parse(cut, bytes);
    check(a == b && whole->status == cut->status && whole->size == cut->size &&
              whole->header_count == cut->header_count,
          "a request that depends on its cuts");
    check(a != HTTP_BAD || (whole->status >= 400 && whole->reason),
          "a refusal without a reason");
    if (a == HTTP_DONE)
        check_head(m, whole, bytes);
    mem_free(m);
    return 0;
}
