/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What an answer says of itself, before it is bytes on a socket. */
#include "web/http_response.h"

#include "test/test.h"

TEST(an_answer_knows_the_headers_that_were_added)
{
    struct response r;

    response_init(&r, t->mem);
    CHECK(!response_says(&r, S("ETag")));
    CHECK(response_put(&r, S("Content-Type"), S("text/plain")));
    CHECK(response_put(&r, S("Set-Cookie"), S("ETag: a=b")));
    CHECK(response_says(&r, S("Content-Type")));
    CHECK(response_says(&r, S("set-cookie")));
    CHECK(!response_says(&r, S("ETag")));
    CHECK(!response_says(&r, S("Content")));
    CHECK(!response_says(&r, S("Cookie")));
}
