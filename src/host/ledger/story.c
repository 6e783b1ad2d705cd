/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Two stages in one statement: which entries, from the index of each row
 * alone; then these, by their keys, with account and changes beside them.
 * Asked at once, the engine would walk the journal instead.
 */
#include "host/ledger/story.h"

#include "host/ledger/table.h"
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

/* Those of one ledger, by its column that says whose they are. */
static void put_entries(struct compose *c, const struct ledger *l,
                        struct str whose, size_t subject)
{
    compose_sql(c, SQL("SELECT t."));
    compose_name(c, whose);
    compose_sql(c, SQL(" AS id, e.at AS at FROM "));
    compose_table(c, l);
    compose_sql(c, SQL(" t CROSS JOIN journal_entry e WHERE t.district = ?1 "
                       "AND t.year = ?2 AND e.district = ?1 AND e.subject = "));
    compose_arg(c, subject);
    compose_sql(c, SQL(" AND e.row_id = t.id AND e.at < ?3 AND "
                       "(e.batch = 0 OR e.type = ?4)"));
}

size_t story_lasts(struct scope in, const struct ledger *l, int32_t year,
                   int64_t until, struct story_last **ret)
{
    struct value args[LEDGER_COLUMNS_MAX] = { INT(in.district), INT(year),
                                              INT(until), INT(JOURNAL_STEP) };
    const struct ledger *part;
    size_t args_n = 4;
    size_t cap = 0;
    size_t n = 0;
    struct compose c;
    struct rows r;

    compose_init(&c, in.m);
    compose_sql(&c, SQL("SELECT x.id, max(x.at) FROM ("));
    args[args_n++] = STR(ledger_name(in.m, l));
    put_entries(&c, l, S("id"), args_n);
    for (size_t i = 0; (part = ledger_part(l, &i)) != NULL; i++) {
        compose_sql(&c, SQL(" UNION ALL "));
        args[args_n++] = STR(ledger_name(in.m, part));
        put_entries(&c, part,
                    part->columns[ledger_role(part, COLUMN_PARENT)].key,
                    args_n);
    }
    compose_sql(&c, SQL(") x GROUP BY x.id ORDER BY x.id"));
    r = tx_query(in.tx, compose_end(&c), (struct args){ args, args_n });
    for (*ret = NULL; rows_next(&r); n++) {
        if (n == cap) {
            cap = cap ? 2 * cap : 64;
            *ret = mem_grow(in.m, *ret, n * sizeof(**ret), cap * sizeof(**ret));
        }
        (*ret)[n] = (struct story_last){ rows_int(&r, 0), rows_int(&r, 1) };
    }
    return n;
}
