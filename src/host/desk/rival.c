/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "host/desk/rival.h"

#include "base/hash.h"

enum { WAS_BYTES = 12 };

static const struct str prefix = S_INIT("was-");

struct str rival_was(struct mem *m, struct str shown)
{
    struct hash h = HASH_OF(shown);

    return base64url_encode(m, (struct str){ (char *)h.b, WAS_BYTES });
}

bool rival_moved(struct ctx *c, struct str name, struct str now)
{
    struct str field = str_join(c->m, (struct str[]){ prefix, name }, 2);

    return !str_eq(ctx_field(c, field), rival_was(c->m, now));
}

enum rival rival_of(struct ctx *c, struct str name, struct str mine,
                    struct str now)
{
    struct str field = str_join(c->m, (struct str[]){ prefix, name }, 2);

    if (str_eq(mine, now) || !rival_moved(c, name, now))
        return RIVAL_MINE;
    return str_eq(ctx_field(c, field), rival_was(c->m, mine)) ? RIVAL_THEIRS
                                                              : RIVAL_BOTH;
}

enum err rival_refuse(struct ctx *c, struct text words)
{
    struct form_data *f = &c->form;
    size_t n = 0;

    for (size_t i = 0; i < f->count; i++) /* these are not filled in again */
        if (!str_starts(f->fields[i].name, prefix))
            f->fields[n++] = f->fields[i];
    f->count = n;
    return refuse(c, E_CLASH, words);
}
