/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Two stages in one statement: which entries, from the index of each row
 * alone; then these, by their keys, with account and changes beside them.
 * Asked at once, the engine would walk the journal instead.
 */
#include "host/ledger/story.h"

#include "store/compose.h"

enum {
    SEQ,
    SUBJECT,
    ROW,
    VERSION,
    AT,
    TYPE,
    ACTOR,
    BATCH,
    STEP,
    REASON,
    NAME,
    ROLES,
    FIELD,
    BEFORE,
    AFTER
};

/* Arguments: district, how many, then subject and id of each row. */
static struct sql story_sql(struct mem *m, size_t n)
{
    struct compose c;

    compose_init(&c, m);
    compose_sql(&c, SQL("SELECT e.seq, e.subject, e.row_id, e.version, e.at, "
                        "e.type, e.actor, e.batch, e.step, e.reason, a.name, "
                        "a.roles, c.field, c.before, c.after FROM ("));
    for (size_t i = 0; i < n; i++) {
        compose_sql(&c, i ? SQL(" UNION ALL SELECT seq FROM (SELECT seq FROM "
                                "journal_entry WHERE district = ?1 AND "
                                "subject = ")
                          : SQL("SELECT seq FROM (SELECT seq FROM "
                                "journal_entry WHERE district = ?1 AND "
                                "subject = "));
        compose_arg(&c, 3 + 2 * i);
        compose_sql(&c, SQL(" AND row_id = "));
        compose_arg(&c, 4 + 2 * i);
        compose_sql(&c, SQL(" ORDER BY seq DESC LIMIT ?2) x"));
    }
    compose_sql(&c, SQL(" ORDER BY 1 DESC LIMIT ?2) s "
                        "CROSS JOIN journal_entry e "
                        "LEFT JOIN access_account a ON "
                        "a.district = e.district AND a.id = e.actor "
                        "LEFT JOIN journal_change c ON "
                        "c.district = e.district AND c.seq = e.seq "
                        "WHERE e.district = ?1 AND e.seq = s.seq "
                        "ORDER BY s.seq DESC, c.field"));
    return compose_end(&c);
}

static struct rows ask(struct scope in, const struct story_row *rows, size_t n,
                       size_t most)
{
    struct value *v = NEW_ARRAY(in.m, struct value, 2 + 2 * n);
    size_t args = 0;

    v[args++] = INT(in.district);
    v[args++] = INT((int64_t)most);
    for (size_t i = 0; i < n; i++) {
        v[args++] = STR(rows[i].subject);
        v[args++] = INT(rows[i].id);
    }
    return tx_query(in.tx, story_sql(in.m, n), (struct args){ v, args });
}

static struct story_event *event_of(struct mem *m, const struct rows *r)
{
    struct story_event *e = NEW(m, struct story_event);

    *e = (struct story_event){
        .row = { rows_text(r, SUBJECT, m), rows_int(r, ROW) },
        .seq = rows_int(r, SEQ),
        .version = rows_int(r, VERSION),
        .at = rows_int(r, AT),
        .actor = rows_int(r, ACTOR),
        .batch = rows_int(r, BATCH),
        .type = (enum journal_type)rows_int(r, TYPE),
        .step = rows_text(r, STEP, m),
        .reason = rows_text(r, REASON, m),
        .name = rows_text(r, NAME, m),
        .roles = (unsigned)rows_int(r, ROLES),
    };
    return e;
}

static struct story_change *change_of(struct mem *m, const struct rows *r)
{
    struct story_change *c = NEW(m, struct story_change);

    *c = (struct story_change){ .field = rows_text(r, FIELD, m),
                                .before = rows_text(r, BEFORE, m),
                                .after = rows_text(r, AFTER, m) };
    return c;
}

struct story_event *story_read(struct scope in, const struct story_row *rows,
                               size_t n, size_t most, bool *ret_more)
{
    struct story_event *first = NULL;
    struct story_event **end = &first;
    struct story_event *e = NULL;
    struct story_change **change = NULL;
    size_t events = 0;
    struct rows r;

    if (n == 0 || n > STORY_ROWS_MAX)
        BUG("the story of %zu rows", n);
    *ret_more = false;
    r = ask(in, rows, n, most + 1);
    while (rows_next(&r)) {
        if (!e || e->seq != rows_int(&r, SEQ)) {
            if (events++ == most) {
                *ret_more = true;
                rows_end(&r);
                break;
            }
            *end = e = event_of(in.m, &r);
            end = &e->next;
            change = &e->changes;
        }
        if (rows_is_null(&r, FIELD))
            continue;
        *change = change_of(in.m, &r);
        change = &(*change)->next;
        e->changes_n++;
    }
    return first;
}
