/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "host/ledger/due.h"

#include "base/date.h"
#include "host/ledger/office_days.h"
#include "host/ledger/part.h"

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
           step_leads_from(step, row) && step_suits_parent(in, step, row);
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
