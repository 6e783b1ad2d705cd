/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "host/ledger/due.h"

#include "base/date.h"
#include "host/ledger/office_days.h"
#include "host/ledger/part.h"
#include "host/ledger/table.h"

#include <string.h>

/* The one column of a set; a ledger's check holds that there is one. */
static size_t only(uint64_t columns)
{
    size_t i = 0;

    while (!(columns & AT(i)))
        i++;
    return i;
}

/* By which day; 0: as soon as can be. False: the date is not there yet. */
static bool day_of(struct scope in, const struct step *step,
                   const struct ledger_row *row, int32_t *ret)
{
    *ret = 0;
    if (!step->due)
        return true;
    *ret = (int32_t)row_int(row, only(step->due));
    if (*ret && step->within)
        *ret = workday_after(office_workdays(in), *ret, step->within);
    return *ret != 0;
}

static int64_t who_takes(const struct step *step, const struct ledger_row *row)
{
    if (step->by & RELATION_CLOCK)
        return DUE_CLOCK;
    if (step->by & RELATION_ASKED)
        return row_int(row, ledger_role(row->ledger, COLUMN_ASKED));
    return step->by & RELATION_OWNER ? row_owner(row) : DUE_OFFICERS;
}

static bool expects(struct scope in, const struct step *step,
                    const struct ledger_row *row)
{
    return (step->due || !text_empty(step->task)) && row_stands(row) &&
           step_leads_from(step, row) && parent_is_in(in, row, step->parent_in);
}

/* The first day of what is expected by `day`. */
static int32_t since(const struct step *step, int32_t day)
{
    return day ? date_from_days(date_to_days(day) - step->ahead) : 0;
}

size_t due_of(struct scope in, const struct ledger_row *row,
              struct due ret[DUE_MAX])
{
    const struct ledger *l = row->ledger;
    size_t n = 0;
    int32_t day;

    for (size_t i = 0; i < l->steps_n; i++) {
        const struct step *step = &l->steps[i];

        if (!expects(in, step, row) || !day_of(in, step, row, &day))
            continue;
        if (n == DUE_MAX)
            BUG("a row of which more than %d steps are expected", DUE_MAX);
        ret[n++] =
            (struct due){ step, day, since(step, day), who_takes(step, row) };
    }
    return n;
}

static void keep(struct act *act, const struct ledger_row *row,
                 const struct due *d)
{
    tx_run_unjournaled(
        act->tx,
        SQL("INSERT INTO due (district, subject, row_id, step, day, since, "
            "who, year) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"),
        WITH(INT(act->district), STR(ledger_name(act->m, row->ledger)),
             INT(row->id), STR(d->step->key), INT(d->day), INT(d->since),
             INT(d->who), INT(row->year)));
}

void due_replace(struct act *act, const struct ledger_row *row)
{
    struct due due[DUE_MAX];
    size_t n;

    if (!row->ledger->steps_n)
        return;
    n = due_of(act_scope(act), row, due);
    tx_run_unjournaled(act->tx,
                       SQL("DELETE FROM due WHERE district = ?1 AND "
                           "subject = ?2 AND row_id = ?3"),
                       WITH(INT(act->district),
                            STR(ledger_name(act->m, row->ledger)),
                            INT(row->id)));
    for (size_t i = 0; i < n; i++)
        keep(act, row, &due[i]);
}

static bool is_kept(struct scope in, const struct ledger_row *row,
                    const struct due *d)
{
    return tx_int(in.tx,
                  SQL("SELECT count(*) FROM due WHERE district = ?1 AND "
                      "subject = ?2 AND row_id = ?3 AND step = ?4 AND "
                      "day = ?5 AND since = ?6 AND who IN (?7, ?9) AND "
                      "year = ?8"),
                  WITH(INT(in.district), STR(ledger_name(in.m, row->ledger)),
                       INT(row->id), STR(d->step->key), INT(d->day),
                       INT(d->since), INT(d->who), INT(row->year),
                       INT(d->who == DUE_CLOCK ? DUE_ASIDE : d->who)),
                  0) == 1;
}

bool due_is_kept(struct scope in, const struct ledger_row *row, int64_t *ret_n)
{
    struct due due[DUE_MAX];
    size_t n = due_of(in, row, due);

    *ret_n += (int64_t)n;
    for (size_t i = 0; i < n; i++)
        if (!is_kept(in, row, &due[i]))
            return false;
    return true;
}

/* ---- what waits for the one who asks ---- */

static bool edits(const struct asker *a)
{
    return (a->roles & ROLE_EDITOR) && a->org > 0;
}

/* By an organisation, not by officers or time? */
static bool is_of_units(const struct step *step)
{
    return (step->by & (RELATION_OWNER | RELATION_ASKED)) != 0;
}

bool due_is_for(const struct asker *a, const struct step *step)
{
    if ((!step->due && text_empty(step->task)) || (step->by & RELATION_CLOCK))
        return false;
    return is_of_units(step) ? edits(a) : (a->roles & ROLE_OFFICER) != 0;
}

enum { ARG_SUBJECT, ARG_STEP, ARG_FROM, ARG_TO, ARG_WHO, ARG_JUDGED };

/* Nobody judges what is their own. */
static void compose_not_own(struct compose *c, const struct ledger *l,
                            size_t org)
{
    compose_sql(c, SQL(" AND ("));
    compose_arg(c, org);
    compose_sql(c, SQL(" = 0 OR NOT EXISTS (SELECT 1 FROM "));
    compose_table(c, l);
    compose_sql(c, SQL(" t WHERE t.district = ?1 AND t.id = d.row_id AND "));
    compose_owner(c, l);
    compose_within(c, org);
    compose_sql(c, SQL("))"));
}

void compose_due(struct compose *c, const struct ledger *l, size_t first)
{
    compose_sql(c, SQL(" FROM due d WHERE d.district = ?1 AND d.subject = "));
    compose_arg(c, first + ARG_SUBJECT);
    compose_sql(c, SQL(" AND d.step = "));
    compose_arg(c, first + ARG_STEP);
    compose_sql(c, SQL(" AND d.since BETWEEN "));
    compose_arg(c, first + ARG_FROM);
    compose_sql(c, SQL(" AND "));
    compose_arg(c, first + ARG_TO);
    compose_sql(c, SQL(" AND d.who"));
    compose_within(c, first + ARG_WHO);
    if (ledger_is_owned(l))
        compose_not_own(c, l, first + ARG_JUDGED);
}

void due_args(const struct asker *a, const struct ledger *l,
              const struct step *step, int32_t today,
              struct value ret[DUE_ARGS])
{
    bool is = step && due_is_for(a, step);

    ret[ARG_SUBJECT] = STR(ledger_name(a->in.m, l));
    ret[ARG_STEP] = STR(is ? step->key : S(""));
    ret[ARG_FROM] = INT(0);
    ret[ARG_TO] = INT(today);
    ret[ARG_WHO] = INT(is && is_of_units(step) ? a->org : DUE_OFFICERS);
    ret[ARG_JUDGED] = INT(is && step->judges && edits(a) ? a->org : 0);
}

static int64_t count(struct scope in, const struct ledger *l,
                     const struct value args[DUE_ARGS])
{
    struct value v[1 + DUE_ARGS] = { INT(in.district) };
    struct compose c;

    memcpy(v + 1, args, DUE_ARGS * sizeof(*args));
    compose_init(&c, in.m);
    compose_sql(&c, SQL("SELECT count(*)"));
    compose_due(&c, l, 2);
    return tx_int(in.tx, compose_end(&c), (struct args){ v, COUNT(v) }, 0);
}

int64_t due_count(struct asker *a, const struct ledger *l,
                  const struct step *step, int32_t today)
{
    struct value args[DUE_ARGS];

    if (!due_is_for(a, step))
        return 0;
    due_args(a, l, step, today, args);
    return count(a->in, l, args);
}

/* It was due before today when it became work more than `ahead` days ago. */
int64_t due_overdue(struct asker *a, const struct ledger *l,
                    const struct step *step, int32_t today)
{
    struct value args[DUE_ARGS];

    if (!step->due || !due_is_for(a, step))
        return 0;
    due_args(a, l, step, today, args);
    args[ARG_FROM] = INT(1);
    args[ARG_TO] = INT(since(step, today) - 1);
    return count(a->in, l, args);
}

static int32_t next_of(struct asker *a, int64_t who, int32_t today)
{
    struct compose c;

    compose_init(&c, a->in.m);
    compose_sql(&c, SQL("SELECT coalesce(min(d.day), 0) FROM due d WHERE "
                        "d.district = ?1 AND d.day > ?2 AND d.who"));
    compose_within(&c, 3);
    return (int32_t)tx_int(a->in.tx, compose_end(&c),
                           WITH(INT(a->in.district), INT(today), INT(who)), 0);
}

int32_t due_next(struct asker *a, int32_t today)
{
    int32_t mine = edits(a) ? next_of(a, a->org, today) : 0;
    int32_t officers =
        (a->roles & ROLE_OFFICER) ? next_of(a, DUE_OFFICERS, today) : 0;

    return mine && (!officers || mine < officers) ? mine : officers;
}
