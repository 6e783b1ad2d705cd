/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What was on its way when its process ended. */
#include "feature/reports/finish.h"
#include "feature/reports/publish.h"
#include "feature/reports/reports.h"

/* An attempt, and the version that it became; 0: none yet. */
struct begun {
    int64_t frozen, report, version, seq;
};

/* The first above `frozen`; of one sheet alone unless `slug` is empty. */
static bool next_begun(struct scope in, struct str slug, int64_t before,
                       struct begun *io)
{
    struct rows r = tx_query(
        in.tx,
        SQL("SELECT a.frozen, a.report, coalesce(v.version, 0), "
            "coalesce(v.seq, 0) FROM reports_attempt a "
            "LEFT JOIN reports_version v ON v.district = a.district AND "
            "v.report = a.report AND v.frozen = a.frozen "
            "JOIN reports_report r ON r.district = a.district AND "
            "r.id = a.report WHERE a.district = ?1 AND a.frozen > ?2 AND "
            "a.at <= ?3 AND (?4 = '' OR r.slug = ?4) "
            "ORDER BY a.frozen LIMIT 1"),
        WITH(INT(in.district), INT(io->frozen), INT(before), STR(slug)));
    bool found = rows_next(&r);

    if (found)
        *io = (struct begun){ rows_int(&r, 0), rows_int(&r, 1), rows_int(&r, 2),
                              rows_int(&r, 3) };
    rows_end(&r);
    return found;
}

static enum err resume_one(const struct publication *p, const struct begun *b,
                           struct text *ret_reason)
{
    struct finish f = {
        .house = p->house,
        .tx = p->tx,
        .m = p->m,
        .attempt = { p->slicer, b->frozen },
        .report = b->report,
        .version = b->version,
        .seq = b->seq,
    };

    return b->version ? publish_finish(&f, ret_reason)
                      : attempt_drop(&f.attempt);
}

enum err publish_resume(const struct publication *p, int64_t ms,
                        struct text *ret_reason)
{
    struct scope in = { p->tx, p->m, p->house->district };
    int64_t before = house_now(p->house) - ms;
    struct begun b = { .frozen = 0 };
    enum err first = OK;

    while (next_begun(in, p->slug, before, &b)) {
        struct text why = TEXT("", "");
        enum err e = resume_one(p, &b, &why);

        if (e != OK && first == OK) {
            first = e;
            *ret_reason = why;
        }
        read_anew(p->house, p->tx);
    }
    return first == OK ? tx_err(p->tx) : first;
}

static bool is_any_begun(struct house *h)
{
    struct tx tx;
    bool any;

    tx_begin(h->db, false, &tx);
    any = tx_int(&tx,
                 SQL("SELECT count(*) FROM reports_attempt WHERE "
                     "district = ?1"),
                 WITH(INT(h->district)), 0) > 0;
    tx_rollback(&tx);
    return any;
}

enum err reports_recover(struct house *h, struct mem *m,
                         struct text *ret_reason)
{
    struct publication p = { .m = m, .slug = S("") };
    struct tx tx;
    enum err e;

    if (!is_any_begun(h))
        return OK;
    p.slicer = slicer_of_house(m, h);
    p.house = house_beside(m, h, DB_READ, ret_reason);
    if (!p.house)
        return E_STORE;
    p.tx = &tx;
    tx_begin(p.house->db, false, &tx);
    e = publish_resume(&p, 0, ret_reason);
    tx_rollback(&tx);
    return e;
}
