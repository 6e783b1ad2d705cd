/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A writer only: what we read as JSON is read by jansson. */
#include "base/json.h"

void json_init(struct json *j, struct buf *out)
{
    *j = (struct json){ .out = out };
    j->first[0] = true;
}

static void next(struct json *j)
{
    if (!j->after_key && !j->first[j->depth])
        buf_byte(j->out, ',');
    j->first[j->depth] = false;
    j->after_key = false;
}

void json_open(struct json *j, char bracket)
{
    next(j);
    if (++j->depth >= COUNT(j->first))
        BUG("JSON deeper than %zu", COUNT(j->first));
    j->first[j->depth] = true;
    buf_byte(j->out, bracket);
}

void json_close(struct json *j, char bracket)
{
    if (j->depth-- == 0)
        BUG("JSON closed twice");
    buf_byte(j->out, bracket);
}

static void quoted(struct buf *b, struct str s)
{
    size_t from = 0;

    buf_byte(b, '"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];

        if (c >= ' ' && c != '"' && c != '\\' && c != 0x7f && c != '<')
            continue;
        buf_put(b, str_slice(s, from, i));
        from = i + 1;
        if (c == '"' || c == '\\')
            buf_fmt(b, "\\%c", c);
        else
            buf_fmt(b, "\\u%04x", c); /* '<' too: safe inside HTML */
    }
    buf_put(b, str_slice(s, from, s.n));
    buf_byte(b, '"');
}

void json_key(struct json *j, struct str key)
{
    next(j);
    quoted(j->out, key);
    buf_byte(j->out, ':');
    j->after_key = true;
}

void json_str(struct json *j, struct str s)
{
    next(j);
    quoted(j->out, s);
}

void json_int(struct json *j, int64_t v)
{
    next(j);
    buf_int(j->out, v);
}

void json_bool(struct json *j, bool v)
{
    next(j);
    buf_put(j->out, v ? S("true") : S("false"));
}

void json_null(struct json *j)
{
    next(j);
    buf_lit(j->out, "null");
}

void json_decimal(struct json *j, int64_t v, unsigned scale)
{
    int64_t one = 1;
    uint64_t left;

    for (unsigned i = 0; i < scale; i++)
        one *= 10;
    next(j);
    if (v < 0 && v / one == 0)
        buf_byte(j->out, '-');
    buf_int(j->out, v / one);
    left = (uint64_t)(v % one < 0 ? -(v % one) : v % one);
    if (left == 0)
        return;
    buf_byte(j->out, '.');
    for (one /= 10; one > 0 && left > 0; one /= 10) {
        buf_byte(j->out, (char)('0' + left / (uint64_t)one));
        left %= (uint64_t)one;
    }
}

void json_pair(struct json *j, struct str key, struct str value)
{
    json_key(j, key);
    json_str(j, value);
}

void json_pair_int(struct json *j, struct str key, int64_t value)
{
    json_key(j, key);
    json_int(j, value);
}
