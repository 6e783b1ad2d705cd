/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "test/sqlcheck/record.h"

bool record_next(struct str *rest, struct record *ret)
{
    struct str line;
    struct str head = S("");
    struct str text;

    if (!str_cut(rest, RECORD_END, &line) || line.n == 0)
        return false;
    text = line;
    if (!str_cut(&text, S("\t"), &head) || head.n == 0 || !text.p)
        BUG("the record of statements is not readable");
    *ret = (struct record){
        .kind = (enum record_kind)head.p[0],
        .signature = str_slice(head, 1, head.n),
        .text = text,
        .bytes = { line.p, line.n + RECORD_END.n },
    };
    return true;
}

bool record_is_schema(const struct record *r)
{
    return r->kind == RECORD_SCRIPT || str_starts(r->text, S("CREATE ")) ||
           str_starts(r->text, S("ALTER "));
}
