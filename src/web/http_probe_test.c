/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Requests that must be refused: the smuggler's list of trust.md, and what
 * other servers are known to let through. Each is refused by the parser,
 * however it is cut, and by a running server, which must then close.
 */
#include "test/test.h"
#include "web/http_client_test.h"
#include "web/http_parse.h"
#include "web/server.h"

#include <stdatomic.h>

struct http_probe {
    int status;
    struct str bytes;
};

static const struct http_probe bad_request_lines[] = {
    { 400, S_INIT("GET /\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("\r\nHost: a\r\n\r\n") },
    { 400, S_INIT(" \r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET  / HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /  HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT(" GET / HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1 \r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /\tHTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET / a HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1 x\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("get / HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("Get / HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GeT / HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("G3T / HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET-IT / HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("G(T / HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET\"/ HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("\xc7"
                  "ET / HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("ABCDEFGHIJKLMNOPQ / HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("/ GET HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("HTTP/1.1 GET /\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET / http/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/11\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/01.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.01\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1x\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/x.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.x\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET / HTTPS/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET / ICAP/1.0\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET / HTTP 1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1,1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/+1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/-1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET / FTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 505, S_INIT("GET / HTTP/0.9\r\nHost: a\r\n\r\n") },
    { 505, S_INIT("GET / HTTP/1.2\r\nHost: a\r\n\r\n") },
    { 505, S_INIT("GET / HTTP/1.9\r\nHost: a\r\n\r\n") },
    { 505, S_INIT("GET / HTTP/2.0\r\nHost: a\r\n\r\n") },
    { 505, S_INIT("GET / HTTP/2.1\r\nHost: a\r\n\r\n") },
    { 505, S_INIT("GET / HTTP/3.0\r\nHost: a\r\n\r\n") },
    { 505, S_INIT("GET / HTTP/9.9\r\nHost: a\r\n\r\n") },
    { 505, S_INIT("GET / HTTP/0.0\r\nHost: a\r\n\r\n") },
    { 505, S_INIT("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n") },
    { 400, S_INIT("\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("\r\n\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("\nGET / HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("\rGET / HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("\xef\xbb\xbfGET / HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 405, S_INIT("TRACE / HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 405, S_INIT("CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 405, S_INIT("CONNECT / HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03") },
    { 400, S_INIT("\x00GET / HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("SSH-2.0-client\r\n\r\n") },
};

static const struct http_probe bad_targets[] = {
    { 400, S_INIT("GET * HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET a HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET index.html HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET ?a HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET # HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /#a HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /?a#b HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET // HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET //a HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET //evil.example/ HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /a//b HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /a// HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /. HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /.. HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /./ HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /../ HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /a/. HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /a/.. HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /a/./b HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /a/../b HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /../a HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /%2e HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /%2E HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /%2e/ HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /%2e%2e HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /%2E%2E/a HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /.%2e HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /%2e. HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /a/%2e%2e/b HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /a/.%2E/b HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /%2f HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /a%2fb HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /a%2Fb HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /%5c HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /a%5Cb HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /a\\b HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /..\\a HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET \\a HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /a%00 HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /% HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /%a HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /%0g HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /%g0 HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /%+1 HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /%-1 HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /a% HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /a%2 HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /%u0041 HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /% 41 HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /%0a HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /%0d HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /%0d%0aX:y HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /%09 HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /%1f HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /%7f HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /< HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /> HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /a|b HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /^ HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /` HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /{a} HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /[a] HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /\" HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /%c0%ae HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /%c0%80 HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /%ff HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /%e4%b8 HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /%ed%a0%80 HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /%80 HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /%f5%80%80%80 HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /%e0%80%af HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /\xe4\xb8\xad HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /\xff HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /\x80 HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /a?\xe4\xb8\xad HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /a?% HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /a?%0 HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /a?%zz HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /a?a=%00 HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /a?< HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /a?\" HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /a?a|b HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /a?[0] HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /a?\\ HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /a?^ HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /a?` HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET /a?{} HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET https://a/ HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET HTTP://a/ HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET Http://a/ HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET ftp://a/ HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET file:///etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET javascript:alert(1) HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET http:/a HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET http:a HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET http:/// HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET http:// HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET http://a:80/ HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET http://u@a/ HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET http://u:p@a/ HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET http://a@b/ HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET http://a?x HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET http://a#x HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET http://a\\b/ HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET http://a/../ HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET http://a// HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET http://[::1/ HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET http://a:/ HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET http://a:99999/ HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET http://a b/ HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET a:80 HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET ws://a/ HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("POST * HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n") },
    { 400, S_INIT("HEAD * HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n") },
    { 400, S_INIT("PUT * HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n") },
    { 400,
      S_INIT("DELETE * HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n") },
    { 400, S_INIT("BREW * HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n") },
    { 400, S_INIT("OPTIONS ** HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("OPTIONS */a HTTP/1.1\r\nHost: a\r\n\r\n") },
};

static const struct http_probe bad_framing[] = {
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \r\n\r\n"
                  "hello") },
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\n"
                  "hello") },
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n"
                  "hello") },
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -0\r\n\r\n"
                  "hello") },
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5 5\r\n\r\n"
                  "hello") },
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5,5\r\n\r\n"
                  "hello") },
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5, 5\r\n\r\n"
                  "hello") },
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x5\r\n\r\n"
                  "hello") },
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5a\r\n\r\n"
                  "hello") },
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: a\r\n\r\n"
                  "hello") },
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5.0\r\n\r\n"
                  "hello") },
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5e0\r\n\r\n"
                  "hello") },
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 05\r\n\r\n"
                  "hello") },
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 00\r\n\r\n"
                  "hello") },
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0005\r\n\r\n"
                  "hello") },
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5;\r\n\r\n"
                  "hello") },
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \"5\"\r\n"
                  "\r\nhello") },
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\t5\r\n\r\n"
                  "hello") },
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\n"
                  "Content-Length: 9999999999999999999\r\n\r\nhello") },
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\n"
                  "Content-Length: 18446744073709551616\r\n\r\nhello") },
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\n"
                  "Content-Length: 18446744073709551621\r\n\r\nhello") },
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\n"
                  "Content-Length: 99999999999999999999999999\r\n\r\nhello") },
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\n"
                  "Content-Length: \xe2\x91\xa4\r\n\r\nhello") },
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: five\r\n\r\n"
                  "hello") },
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: _5\r\n\r\n"
                  "hello") },
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5_\r\n\r\n"
                  "hello") },
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1_0\r\n\r\n"
                  "hello") },
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ;5\r\n\r\n"
                  "hello") },
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: %35\r\n\r\n"
                  "hello") },
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\x0b\r\n"
                  "\r\nhello") },
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\x00\r\n"
                  "\r\nhello") },
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \x00"
                  "5\r\n"
                  "\r\nhello") },
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n"
                  "Content-Length: 5\r\n\r\nhello") },
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n"
                  "Content-Length: 6\r\n\r\nhello!") },
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n"
                  "content-length: 5\r\n\r\nhello") },
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n"
                  "X: y\r\nCONTENT-LENGTH: 5\r\n\r\nhello") },
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\nContent-Length : 5\r\n\r\n"
                  "hello") },
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\nContent-Length\t: 5\r\n\r\n"
                  "hello") },
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\n Content-Length: 5\r\n\r\n"
                  "hello") },
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\nContent-Length\r\n: 5\r\n"
                  "\r\nhello") },
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\nContent-Length:\r\n 5\r\n"
                  "\r\nhello") },
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n"
                  "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n") },
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\n"
                  "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n"
                  "0\r\n\r\n") },
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\n"
                  "Transfer-Encoding: identity\r\nContent-Length: 5\r\n\r\n"
                  "hello") },
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:\r\n"
                  "Content-Length: 5\r\n\r\nhello") },
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\n"
                  "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n") },
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\n"
                  " Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n") },
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\nX: y\r\n"
                  " Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n") },
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding\r\n\r\n"
                  "0\r\n\r\n") },
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\n"
                  "Transfer-Encoding: chunked\r\n"
                  "Transfer-Encoding: identity\r\n\r\n") },
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\n"
                  "Transfer-Encoding: \x0b"
                  "chunked\r\n\r\n") },
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\n"
                  "Transfer\x00-Encoding: chunked\r\n\r\n") },
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\n"
                  "X: y\nTransfer-Encoding: chunked\r\n\r\n") },
    { 400, S_INIT("POST / HTTP/1.1\r\nHost: a\r\n"
                  "X: y\rTransfer-Encoding: chunked\r\n\r\n") },
    { 501, S_INIT("POST / HTTP/1.1\r\nHost: a\r\n"
                  "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n") },
    { 501, S_INIT("POST / HTTP/1.1\r\nHost: a\r\n"
                  "Transfer-Encoding: Chunked\r\n\r\n0\r\n\r\n") },
    { 501, S_INIT("POST / HTTP/1.1\r\nHost: a\r\n"
                  "Transfer-Encoding: CHUNKED\r\n\r\n0\r\n\r\n") },
    { 501, S_INIT("POST / HTTP/1.1\r\nHost: a\r\n"
                  "Transfer-Encoding: identity\r\n\r\n0\r\n\r\n") },
    { 501, S_INIT("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n"
                  "\r\n0\r\n\r\n") },
    { 501, S_INIT("POST / HTTP/1.1\r\nHost: a\r\n"
                  "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n") },
    { 501, S_INIT("POST / HTTP/1.1\r\nHost: a\r\n"
                  "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n") },
    { 501, S_INIT("POST / HTTP/1.1\r\nHost: a\r\n"
                  "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n") },
    { 501, S_INIT("POST / HTTP/1.1\r\nHost: a\r\n"
                  "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n") },
    { 501, S_INIT("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: \r\n\r\n"
                  "0\r\n\r\n") },
    { 501, S_INIT("POST / HTTP/1.1\r\nHost: a\r\n"
                  "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n") },
    { 501, S_INIT("POST / HTTP/1.1\r\nHost: a\r\n"
                  "Transfer-Encoding: chunked;q=1\r\n\r\n0\r\n\r\n") },
    { 501, S_INIT("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: x\r\n\r\n"
                  "0\r\n\r\n") },
    { 501, S_INIT("POST / HTTP/1.1\r\nHost: a\r\n"
                  "Transfer-Encoding: deflate\r\n\r\n0\r\n\r\n") },
    { 501, S_INIT("GET / HTTP/1.1\r\nHost: a\r\n"
                  "transfer-encoding: chunked\r\n\r\n") },
    { 501, S_INIT("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"
                  "\r\n") },
    { 411, S_INIT("POST / HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 411, S_INIT("PUT / HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 411, S_INIT("PATCH / HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 411, S_INIT("POST / HTTP/1.0\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n"
                  "hello") },
    { 400, S_INIT("HEAD / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx") },
    { 400, S_INIT("GET / HTTP/1.0\r\nContent-Length: 5\r\n\r\nhello") },
};

static const struct http_probe bad_hosts[] = {
    { 400, S_INIT("GET / HTTP/1.1\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nX: y\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nHOST: b\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nX: y\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.0\r\nHost:\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: \r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost:  \r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a b\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a,b\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a?b\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a#b\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a@b\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: u:p@a\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\\b\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a:\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a:x\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a:80:80\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a:-1\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a:+1\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a: 80\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a:123456\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a:65536\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: :80\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: :\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: .\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: ..\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: .a\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: [\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: []\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: [::1\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: ::1\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: [::1]x\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: [::1]:\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: [::1]:x\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: [g::1]\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: [1]\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: [fe80::1%25eth0]\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a%20b\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a%00\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: <a>\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\"b\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a;b\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a|b\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: (a)\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: \xe4\xb8\xad\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\xff"
                  "b\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a'b\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a&b\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a=b\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: *\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: ~\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\tb\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: http://a\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: [::1][::1]\r\n\r\n") },
};

static const struct http_probe bad_headers[] = {
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nX : y\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nX\t: y\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\n: y\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\n:\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nX\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nX y\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nX y: z\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nX[: y\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nX@: y\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\n(X): y\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nX,Y: z\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nX/Y: z\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nX\"Y: z\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nX;: y\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nX=: y\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\n{X}: y\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nX\\: y\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\n\xe4\xb8\xad: y\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nX\xff: y\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\n X: y\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\n\tX: y\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\n  \r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\n\t\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\n :\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nHost a\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nGET / HTTP/1.1\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n y\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n\ty\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n y: z\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\n Host: a\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\n\t\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\n \r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nX: a\x00"
                  "b\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nX\x00"
                  "Y: b\r\n\r\n") },
    { 400, S_INIT("GET /\x00"
                  "b HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nX: a\x01"
                  "b\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nX\x01"
                  "Y: b\r\n\r\n") },
    { 400, S_INIT("GET /\x01"
                  "b HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nX: a\x07"
                  "b\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nX\x07"
                  "Y: b\r\n\r\n") },
    { 400, S_INIT("GET /\x07"
                  "b HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nX: a\x08"
                  "b\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nX\x08"
                  "Y: b\r\n\r\n") },
    { 400, S_INIT("GET /\x08"
                  "b HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nX: a\x0b"
                  "b\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nX\x0b"
                  "Y: b\r\n\r\n") },
    { 400, S_INIT("GET /\x0b"
                  "b HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nX: a\x0c"
                  "b\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nX\x0c"
                  "Y: b\r\n\r\n") },
    { 400, S_INIT("GET /\x0c"
                  "b HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nX: a\x0e"
                  "b\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nX\x0e"
                  "Y: b\r\n\r\n") },
    { 400, S_INIT("GET /\x0e"
                  "b HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nX: a\x1b"
                  "b\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nX\x1b"
                  "Y: b\r\n\r\n") },
    { 400, S_INIT("GET /\x1b"
                  "b HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nX: a\x1f"
                  "b\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nX\x1f"
                  "Y: b\r\n\r\n") },
    { 400, S_INIT("GET /\x1f"
                  "b HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nX: a\x7f"
                  "b\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nX\x7f"
                  "Y: b\r\n\r\n") },
    { 400, S_INIT("GET /\x7f"
                  "b HTTP/1.1\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nX: a\nY: b\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nX: a\rY: b\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nX: a\n\n") },
    { 400, S_INIT("GET / HTTP/1.1\nHost: a\n\n") },
    { 400, S_INIT("GET / HTTP/1.1\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\n\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\n\r\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nX: a\r\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nX: a\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\r\nHost: a\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\rHost: a\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nCookie: a=b\r\n"
                  "cookie: a=b\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\n"
                  "content-type: text/plain\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nOrigin: http://a\r\n"
                  "origin: http://a\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nAuthorization: Basic eA==\r\n"
                  "authorization: Basic eA==\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\n"
                  "Sec-Fetch-Site: same-origin\r\n"
                  "sec-fetch-site: same-origin\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
                  "expect: 100-continue\r\n\r\n") },
    { 417, S_INIT("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n"
                  "Expect: \r\n\r\nhello") },
    { 417, S_INIT("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n"
                  "Expect: 100\r\n\r\nhello") },
    { 417, S_INIT("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n"
                  "Expect: 200-ok\r\n\r\nhello") },
    { 417, S_INIT("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n"
                  "Expect: 100-continue, x\r\n\r\nhello") },
    { 417, S_INIT("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n"
                  "Expect: continue\r\n\r\nhello") },
    { 417, S_INIT("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n"
                  "Expect: x\r\n\r\nhello") },
    { 417, S_INIT("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n"
                  "Expect: 100-continue;a=b\r\n\r\nhello") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nConnection: a b\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nConnection: close x\r\n\r\n") },
    { 400,
      S_INIT("GET / HTTP/1.1\r\nHost: a\r\nConnection: \"close\"\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nConnection: a/b\r\n\r\n") },
    { 400, S_INIT("GET / HTTP/1.1\r\nHost: a\r\nConnection: (x)\r\n\r\n") },
};

#define LIST(a)                                                                \
    {                                                                          \
        a, COUNT(a)                                                            \
    }

static const struct {
    const struct http_probe *list;
    size_t n;
} probes[] = { LIST(bad_request_lines), LIST(bad_targets), LIST(bad_framing),
               LIST(bad_hosts), LIST(bad_headers) };

static const struct http_probe *probe_at(size_t i)
{
    for (size_t k = 0; k < COUNT(probes); k++) {
        if (i < probes[k].n)
            return &probes[k].list[i];
        i -= probes[k].n;
    }
    return NULL;
}

TEST(http_probes_are_many)
{
    size_t n = 0;

    while (probe_at(n))
        n++;
    CHECK(n >= 400);
}

TEST(http_probes_are_refused_with_their_status)
{
    const struct http_probe *p;

    for (size_t i = 0; (p = probe_at(i)) != NULL; i++) {
        struct http_head h;

        http_head_init(&h);
        if (!CHECK(http_parse(&h, p->bytes) == HTTP_BAD) ||
            !CHECK_INT(h.status, p->status))
            CHECK_STR(p->bytes, S("a refusal"));
        CHECK(h.reason && h.reason[0]);
    }
}

TEST(http_probes_are_refused_alike_when_they_come_byte_by_byte)
{
    const struct http_probe *p;

    for (size_t i = 0; (p = probe_at(i)) != NULL; i++) {
        enum http_parse got = HTTP_MORE;
        struct http_head h;

        http_head_init(&h);
        for (size_t n = 0; n <= p->bytes.n && got == HTTP_MORE; n++)
            got = http_parse(&h, str_slice(p->bytes, 0, n));
        if (!CHECK(got == HTTP_BAD) || !CHECK_INT(h.status, p->status))
            CHECK_STR(p->bytes, S("a refusal"));
    }
}

static void count_request(void *state, struct exchange *x)
{
    atomic_fetch_add((atomic_int *)state, 1);
    exchange_send(x);
}

static void *thread_start(void *arg, unsigned thread)
{
    (void)thread;
    return arg;
}

TEST(http_probes_are_refused_by_a_server_that_then_closes)
{
    atomic_int handled = 0;
    struct server_config config = { .handle = count_request,
                                    .thread_start = thread_start,
                                    .arg = &handled };
    struct server *s = client_server(t, &config);
    const struct http_probe *p;

    for (size_t i = 0; (p = probe_at(i)) != NULL; i++) {
        int fd = client_open(t, s);
        struct str want = str_fmt(t->mem, "HTTP/1.1 %d ", p->status);
        struct str got;

        client_send(fd, p->bytes);
        client_send(fd, S("GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"));
        got = client_read_all(t, fd);
        if (!CHECK(str_starts(got, want)))
            CHECK_STR(got, p->bytes);
        CHECK(str_find(got, S("\r\nConnection: close\r\n")) != SIZE_MAX);
        CHECK_INT(client_count(got, S("HTTP/1.1 ")) -
                      client_count(got, S("Only HTTP/1.1 ")),
                  1);
        close(fd);
    }
    CHECK_INT(atomic_load(&handled), 0);
    server_stop(s);
}
