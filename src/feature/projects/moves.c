/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "feature/projects/moves.h"

#include "base/date.h"

static bool read_day(struct str s, int32_t *ret)
{
    return s.n > 0 && date_read(str_trim(s), ret) == DATE_READ;
}

bool move_next(struct str *rest, struct move *ret)
{
    struct str one;
    struct str on;
    struct str from;

    return str_cut(rest, S(";"), &one) && str_cut(&one, S(":"), &on) &&
           one.n > 0 && str_cut(&one, S("→"), &from) &&
           read_day(on, &ret->on) && read_day(from, &ret->from) &&
           read_day(one, &ret->to);
}

struct str moves_add(struct mem *m, struct str moves, const struct move *move)
{
    struct str on = date_iso(m, move->on);
    struct str from = date_iso(m, move->from);
    struct str to = date_iso(m, move->to);

    return str_fmt(m, "%.*s%s%.*s: %.*s→%.*s", STR_ARG(moves),
                   moves.n ? "; " : "", STR_ARG(on), STR_ARG(from),
                   STR_ARG(to));
}
