/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Answers as data, and the words of the protocol. Header injection ends
 * here: a value with a line end never becomes part of a head.
 */
#include "web/http_response.h"

#include "web/http_parse.h"

#include "base/date.h"
#include "base/file.h"

#include <string.h>

static const struct {
    int status;
    struct str phrase;
    struct str refusal;
} statuses[] = {
    { 200, S_INIT("OK"), S_INIT("") },
    { 201, S_INIT("Created"), S_INIT("") },
    { 202, S_INIT("Accepted"), S_INIT("") },
    { 204, S_INIT("No Content"), S_INIT("") },
    { 206, S_INIT("Partial Content"), S_INIT("") },
    { 301, S_INIT("Moved Permanently"), S_INIT("") },
    { 302, S_INIT("Found"), S_INIT("") },
    { 303, S_INIT("See Other"), S_INIT("") },
    { 304, S_INIT("Not Modified"), S_INIT("") },
    { 307, S_INIT("Temporary Redirect"), S_INIT("") },
    { 308, S_INIT("Permanent Redirect"), S_INIT("") },
    { 400, S_INIT("Bad Request"),
      S_INIT("400 请求的格式不对，没有处理。请检查网址后重试。\n"
             "400 The request is malformed and was not processed. "
             "Check the address and try again.\n") },
    { 401, S_INIT("Unauthorized"), S_INIT("") },
    { 403, S_INIT("Forbidden"), S_INIT("") },
    { 404, S_INIT("Not Found"), S_INIT("") },
    { 405, S_INIT("Method Not Allowed"),
      S_INIT("405 不支持这种请求方法。请用浏览器打开网页。\n"
             "405 This method is not offered. Open the page in a "
             "browser.\n") },
    { 408, S_INIT("Request Timeout"),
      S_INIT("408 请求传得太慢，已中断。请检查网络后重试。\n"
             "408 The request came too slowly. Check the network and try "
             "again.\n") },
    { 409, S_INIT("Conflict"), S_INIT("") },
    { 411, S_INIT("Length Required"),
      S_INIT("411 请求没有写明长度。请用网页上的表单提交。\n"
             "411 The request does not say its length. Use the form on the "
             "page.\n") },
    { 412, S_INIT("Precondition Failed"), S_INIT("") },
    { 413, S_INIT("Content Too Large"),
      S_INIT("413 提交的内容太大。请减小文件或分几次提交。\n"
             "413 This is more than is taken. Make the file smaller or send "
             "it in parts.\n") },
    { 414, S_INIT("URI Too Long"),
      S_INIT("414 网址太长。请减少筛选条件后重试。\n"
             "414 The address is too long. Use fewer filters and try "
             "again.\n") },
    { 415, S_INIT("Unsupported Media Type"), S_INIT("") },
    { 416, S_INIT("Range Not Satisfiable"), S_INIT("") },
    { 417, S_INIT("Expectation Failed"),
      S_INIT("417 不支持请求中的 Expect。请去掉后重试。\n"
             "417 This Expect header is not offered. Leave it out and try "
             "again.\n") },
    { 421, S_INIT("Misdirected Request"), S_INIT("") },
    { 422, S_INIT("Unprocessable Content"), S_INIT("") },
    { 428, S_INIT("Precondition Required"), S_INIT("") },
    { 429, S_INIT("Too Many Requests"), S_INIT("") },
    { 431, S_INIT("Request Header Fields Too Large"),
      S_INIT("431 请求头太大。请清除本站的 Cookie 后重试。\n"
             "431 The request headers are too large. Clear the cookies of "
             "this site and try again.\n") },
    { 500, S_INIT("Internal Server Error"),
      S_INIT("500 服务器出错，操作没有完成。请稍后重试或联系管理员。\n"
             "500 The server failed. Try again later or tell the "
             "administrator.\n") },
    { 501, S_INIT("Not Implemented"),
      S_INIT("501 不支持这种传输编码。请用 Content-Length 提交。\n"
             "501 This transfer encoding is not offered. Send a "
             "Content-Length.\n") },
    { 503, S_INIT("Service Unavailable"),
      S_INIT("503 现在访问的人太多，请几秒钟后重试。\n"
             "503 The server is busy. Try again in a few seconds.\n") },
    { 505, S_INIT("HTTP Version Not Supported"),
      S_INIT("505 只支持 HTTP/1.1。请换用新的浏览器。\n"
             "505 Only HTTP/1.1 is offered. Use a current browser.\n") },
    { 507, S_INIT("Insufficient Storage"), S_INIT("") },
};

struct str http_phrase(int status)
{
    for (size_t i = 0; i < COUNT(statuses); i++)
        if (statuses[i].status == status)
            return statuses[i].phrase;
    return S("");
}

static struct str refusal_of(int status)
{
    for (size_t i = 0; i < COUNT(statuses); i++)
        if (statuses[i].status == status)
            return statuses[i].refusal;
    return S("");
}

void response_init(struct response *r, struct mem *m)
{
    r->status = 200;
    r->fixed = (struct str){ NULL, 0 };
    r->file = NULL;
    buf_init(&r->headers, m, RESPONSE_HEADERS_MAX);
    buf_init(&r->body, m, RESPONSE_BODY_MAX);
}

static bool is_ours(struct str name)
{
    return http_same(name, S("date")) || http_same(name, S("connection")) ||
           http_same(name, S("content-length")) ||
           http_same(name, S("transfer-encoding"));
}

bool response_put(struct response *r, struct str name, struct str value)
{
    struct buf *b = &r->headers;
    char *to;

    if (!http_is_token(name) || is_ours(name))
        BUG("header \"%.*s\" in an answer", STR_ARG(name));
    for (size_t i = 0; i < value.n; i++)
        if (value.p[i] == '\r' || value.p[i] == '\n' || value.p[i] == '\0')
            return false;
    /* Half a line must never stay behind, so room comes first. */
    if (value.n > b->limit || name.n + value.n + 4 > b->limit - b->n)
        return false;
    to = buf_room(b, name.n + value.n + 4);
    memcpy(to, name.p, name.n);
    memcpy(to + name.n, ": ", 2);
    if (value.n)
        memcpy(to + name.n + 2, value.p, value.n);
    memcpy(to + name.n + 2 + value.n, "\r\n", 2);
    buf_took(b, name.n + value.n + 4);
    return true;
}

bool response_says(const struct response *r, struct str name)
{
    struct str rest = buf_str(&r->headers);
    struct str line;

    while (str_cut(&rest, S("\r\n"), &line))
        if (http_same(str_slice(line, 0, str_find(line, S(":"))), name))
            return true;
    return false;
}

bool response_has_body(int status)
{
    return status >= 200 && status != 204 && status != 304;
}

void response_refuse(struct response *r, int status)
{
    response_init(r, r->headers.m);
    r->status = status;
    r->fixed = refusal_of(status);
    response_put(r, S("Content-Type"), S("text/plain; charset=utf-8"));
    response_put(r, S("Cache-Control"), S("no-store"));
    response_put(r, S("X-Content-Type-Options"), S("nosniff"));
    response_put(r, S("Content-Security-Policy"), S("default-src 'none'"));
    if (status == 405)
        response_put(r, S("Allow"), S("GET, HEAD, POST"));
    if (status == 503)
        response_put(r, S("Retry-After"), S("5"));
}

void response_end(struct response *r)
{
    if (r->status < 200 || r->status > 599)
        BUG("status %d in an answer", r->status);
    if (!buf_overflowed(&r->body) && !buf_overflowed(&r->headers))
        return;
    log_error("event=answer_too_large status=%d", r->status);
    response_refuse(r, 500);
}

static struct str held_body(const struct response *r)
{
    return r->fixed.p ? r->fixed : buf_str(&r->body);
}

static size_t whole_size(const struct response *r)
{
    return r->file ? spool_size(r->file) : held_body(r).n;
}

void response_prefix(const struct response *r, const char *date, bool closing,
                     struct buf *ret)
{
    buf_lit(ret, "HTTP/1.1 ");
    buf_int(ret, r->status);
    buf_lit(ret, " ");
    buf_put(ret, http_phrase(r->status));
    buf_lit(ret, "\r\nDate: ");
    buf_put(ret, (struct str){ date, HTTP_DATE_SIZE });
    if (response_has_body(r->status)) {
        buf_lit(ret, "\r\nContent-Length: ");
        buf_int(ret, (int64_t)whole_size(r));
    }
    if (closing)
        buf_lit(ret, "\r\nConnection: close");
    buf_lit(ret, "\r\n");
}

struct str response_body(const struct response *r, bool to_head)
{
    return to_head || r->file || !response_has_body(r->status) ? S("")
                                                               : held_body(r);
}

size_t response_size(const struct response *r, bool to_head)
{
    return to_head || !response_has_body(r->status) ? 0 : whole_size(r);
}

static void two_digits(char *to, int v)
{
    to[0] = (char)('0' + v / 10 % 10);
    to[1] = (char)('0' + v % 10);
}

/* By hand: strftime() would follow the locale. */
void http_date(int64_t ms, char *ret)
{
    static const char days[] = "SunMonTueWedThuFriSat";
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    int64_t s = ms / 1000;
    int32_t day = (int32_t)(s / 86400);
    int32_t d = date_from_days(day);

    if (ms < 0 || d == 0)
        BUG("moment %lld", (long long)ms);
    memcpy(ret, "Sun, 06 Nov 1994 08:49:37 GMT", HTTP_DATE_SIZE);
    memcpy(ret, days + (day + 4) % 7 * 3, 3); /* day 0 was a Thursday */
    two_digits(ret + 5, date_day(d));
    memcpy(ret + 8, months + (date_month(d) - 1) * 3, 3);
    two_digits(ret + 12, date_year(d) / 100);
    two_digits(ret + 14, date_year(d) % 100);
    two_digits(ret + 17, (int)(s % 86400 / 3600));
    two_digits(ret + 20, (int)(s % 3600 / 60));
    two_digits(ret + 23, (int)(s % 60));
}
