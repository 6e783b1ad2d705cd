/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Literals, checked names and placeholders: all a composed statement has. */
#include "store/compose.h"

#include "store/dialect.h"

enum { STATEMENT_MAX = 64 * 1024 };

void compose_init(struct compose *c, struct mem *m)
{
    buf_init(&c->text, m, STATEMENT_MAX);
}

void compose_sql(struct compose *c, struct sql part)
{
    buf_put(&c->text, (struct str){ part.text, part.n });
}

void compose_name(struct compose *c, struct str name)
{
    compose_joined(c, &name, 1);
}

void compose_joined(struct compose *c, const struct str *parts, size_t n)
{
    size_t from = c->text.n;
    struct str name;

    for (size_t i = 0; i < n; i++) {
        if (i)
            buf_byte(&c->text, '_');
        buf_put(&c->text, parts[i]);
    }
    name = str_slice(buf_str(&c->text), from, c->text.n);
    if (!dialect_is_name(name))
        BUG("\"%.*s\" is not a name on both engines", STR_ARG(name));
}

void compose_arg(struct compose *c, size_t n)
{
    buf_byte(&c->text, '?');
    buf_int(&c->text, (int64_t)n);
}

struct sql compose_end(struct compose *c)
{
    if (buf_overflowed(&c->text))
        BUG("a statement of more than %d bytes", STATEMENT_MAX);
    buf_byte(&c->text, '\0');
    return (struct sql){ c->text.p, c->text.n - 1 };
}
