/* SPDX-License-Identifier: MulanPSL-2.0 */
/* "?lang=en" once, and from then on a cookie. */
#include "host/desk/preference.h"

#include "web/url.h"

static const struct {
    struct str name;
    struct str words;
} preferences[PREFER_COUNT] = {
    [PREFER_LANG] = { S_INIT("lang"), S_INIT("zh en") },
    [PREFER_SIZE] = { S_INIT("size"), S_INIT("16 20 24 30") },
    [PREFER_SKIN] = { S_INIT("skin"), S_INIT("auto light dark contrast") },
};

/* `value` if it is one of the words of `p`, else "". */
static struct str known(enum preference p, struct str value)
{
    struct str words = preferences[p].words;
    struct str word;

    while (value.n && str_cut(&words, S(" "), &word))
        if (str_eq(word, value))
            return word;
    return S("");
}

struct str preference_cookie(const struct exchange *x, enum preference p)
{
    return known(p, cookie_value(http_header(&x->head, S("Cookie")),
                                 preferences[p].name));
}

struct str preference_take(struct ctx *c, enum preference p)
{
    struct str name = preferences[p].name;
    struct str asked = ctx_query(c, name);
    struct str value = known(p, asked);

    if (asked.n == 0)
        return preference_cookie(c->x, p);
    if (value.n)
        response_header(c->x, "Set-Cookie",
                        str_fmt(c->m,
                                "%.*s=%.*s; Path=/; Max-Age=31536000; "
                                "SameSite=Lax",
                                STR_ARG(name), STR_ARG(value)));
    return value;
}
