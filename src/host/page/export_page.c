/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Downloads of a list. Taking personal values out of the house is noted for
 * the auditor: who, which ledger, which form, how many rows, never a value.
 */
#include "host/list/export.h"
#include "host/page/ledger_routes.h"
#include "host/page/list_request.h"

/* In the order of enum export_format. */
static const struct str ends[] = { S_INIT("xlsx"), S_INIT("csv"),
                                   S_INIT("json") };

static struct str type_of(enum export_format f)
{
    if (f == EXPORT_JSON)
        return S("application/json; charset=utf-8");
    return export_type(f == EXPORT_CSV ? SHEET_CSV : SHEET_XLSX);
}

/* “双领”重点项目 2024.xlsx */
static struct str file_of(struct mem *m, const struct list_query *q,
                          struct str what, enum export_format f)
{
    struct str label = text_in(q->ledger->label, q->lang);

    if (q->year)
        what = str_fmt(m, " %d%.*s", q->year, STR_ARG(what));
    return str_fmt(m, "%.*s%.*s.%.*s", STR_ARG(label), STR_ARG(what),
                   STR_ARG(ends[f]));
}

static enum err send_export(struct ctx *c, enum export_format format)
{
    const struct ledger *l;
    struct list_query q;
    struct export_plan plan = { .query = &q, .format = format };
    int64_t personal;
    enum err e = list_ledger(c, &l);

    if (e != OK)
        return e;
    list_read(c, l, &q);
    plan.to = ctx_spool(c);
    e = export_rows(ctx_scope(c), &plan, &personal, &c->refusal);
    if (e != OK)
        return e;
    note_personal(c, &(struct audit_event){ .kind = AUDIT_TAKEN,
                                            .what = ledger_name(c->m, l),
                                            .form = ends[format],
                                            .n = personal });
    return send_spool(c, type_of(format),
                      file_of(c->m, &q,
                              list_is_filtered(&q)
                                  ? text_in(TEXT(" 筛选", " filtered"), q.lang)
                                  : S(""),
                              format),
                      plan.to);
}

enum err export_xlsx(struct ctx *c)
{
    return send_export(c, EXPORT_XLSX);
}

enum err export_csv(struct ctx *c)
{
    return send_export(c, EXPORT_CSV);
}

enum err export_json(struct ctx *c)
{
    return send_export(c, EXPORT_JSON);
}

enum err export_template(struct ctx *c)
{
    struct list_query q;
    const struct ledger *l;
    struct spool *to = ctx_spool(c);
    enum err e = list_ledger(c, &l);

    if (e != OK)
        return e;
    list_all(l, c->lang, &q);
    q.asker = ctx_asker(c);
    q.reach = list_reach(&q.asker, l);
    e = export_blank(c->m, &q, to, &c->refusal);
    if (e != OK)
        return e;
    return send_spool(c, type_of(EXPORT_XLSX),
                      file_of(c->m, &q,
                              text_in(TEXT(" 模板", " template"), c->lang),
                              EXPORT_XLSX),
                      to);
}
