/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "host/ledger/clock.h"

#include "base/date.h"
#include "base/file.h"
#include "host/ledger/due.h"
#include "host/ledger/row.h"

void clock_set(struct scope in, int32_t today)
{
    if (tx_int(in.tx, SQL("SELECT day FROM clock WHERE district = ?1"),
               WITH(INT(in.district)), 0) >= today)
        return;
    tx_run_unjournaled(in.tx,
                       SQL("INSERT INTO clock (district, day) VALUES (?1, ?2) "
                           "ON CONFLICT (district) DO UPDATE SET "
                           "day = excluded.day"),
                       WITH(INT(in.district), INT(today)));
    tx_run_unjournaled(in.tx,
                       SQL("UPDATE due SET who = ?2 WHERE district = ?1 AND "
                           "who = ?3"),
                       WITH(INT(in.district), INT(DUE_CLOCK), INT(DUE_ASIDE)));
}

bool clock_is_behind(struct scope in, int32_t today)
{
    return tx_int(in.tx,
                  SQL("SELECT CASE WHEN EXISTS (SELECT 1 FROM clock WHERE "
                      "district = ?1 AND day >= ?2) AND NOT EXISTS (SELECT 1 "
                      "FROM due WHERE district = ?1 AND who = ?3 AND "
                      "day < ?2) THEN 0 ELSE 1 END"),
                  WITH(INT(in.district), INT(today), INT(DUE_CLOCK)), 0) != 0;
}

/* The ledger or the step is NULL when this program no longer has it. */
struct line {
    struct str subject, key;
    struct clock_step is;
};

static void read_line(const struct rows *r, struct mem *m, struct line *ret)
{
    ret->subject = rows_text(r, 0, m);
    ret->key = rows_text(r, 2, m);
    ret->is = (struct clock_step){ .ledger = ledger_find(ret->subject),
                                   .row = rows_int(r, 1),
                                   .day = (int32_t)rows_int(r, 3) };
    if (ret->is.ledger)
        ret->is.step = step_find(ret->is.ledger, ret->key);
}

/*
 * One at a time: a step may lead to another that was due before the next
 * one's day.
 */
static bool first_line(struct scope in, int32_t today, struct line *ret)
{
    struct rows r = tx_query(
        in.tx,
        SQL("SELECT subject, row_id, step, day FROM due WHERE district = ?1 "
            "AND who = ?2 AND day < ?3 ORDER BY day, subject, row_id, step "
            "LIMIT 1"),
        WITH(INT(in.district), INT(DUE_CLOCK), INT(today)));
    bool there = rows_next(&r);

    if (there)
        read_line(&r, in.m, ret);
    rows_end(&r);
    return there;
}

enum err clock_admit(const struct clock_step *s, struct admission *a,
                     struct ledger_row **ret_row)
{
    struct scope in = a->asker->in;
    struct ledger_row *before;

    if (!s->step || !row_load(in, s->ledger, s->row, &before) ||
        !row_load(in, s->ledger, s->row, ret_row))
        return E_ABSENT;
    a->before = before;
    a->step = s->step;
    a->day = date_from_days(date_to_days(s->day) + 1);
    return row_admit(a, *ret_row);
}

static enum err take(struct act *act, const struct clock_step *s)
{
    struct asker asker = asker_clock(act_scope(act));
    struct admission a = { .asker = &asker };
    struct ledger_row *row;
    bool changed;
    enum err e = clock_admit(s, &a, &row);

    return e == OK ? row_update(act, a.before, row, &changed) : e;
}

/* As the desk ends the mark of a request. */
static enum err end_mark(struct act *act, enum err e)
{
    if (e != OK && !act->tx->clashed)
        tx_undo(act->tx);
    else
        e = tx_keep(act->tx);
    if (e != OK)
        journal_undo(act->journal);
    return e;
}

/* Refused, or a step that left itself due: either would come again for ever. */
static void set_aside(struct act *act, const struct line *l)
{
    tx_run_unjournaled(act->tx,
                       SQL("UPDATE due SET who = ?6 WHERE district = ?1 AND "
                           "subject = ?2 AND row_id = ?3 AND step = ?4 AND "
                           "day <= ?5 AND who = ?7"),
                       WITH(INT(act->district), STR(l->subject), INT(l->is.row),
                            STR(l->key), INT(l->is.day), INT(DUE_ASIDE),
                            INT(DUE_CLOCK)));
    if (tx_changed(act->tx) > 0)
        log_warn("clock=refused ledger=%.*s row=%lld step=%.*s due=%d",
                 STR_ARG(l->subject), (long long)l->is.row, STR_ARG(l->key),
                 l->is.day);
}

bool clock_tick(struct act *act, int32_t today)
{
    struct act own = *act;
    struct line line;

    clock_set(act_scope(act), today);
    own.m = mem_child(act->m);
    own.actor = ACTOR_CLOCK;
    for (int n = 0; n < CLOCK_BATCH && tx_err(act->tx) == OK &&
                    first_line(act_scope(&own), today, &line);
         n++) {
        tx_mark(own.tx);
        journal_mark(own.journal);
        end_mark(&own, take(&own, &line.is));
        set_aside(&own, &line);
        mem_reset(own.m);
    }
    mem_free(own.m);
    return clock_is_behind(act_scope(act), today);
}

int64_t clock_aside_count(struct scope in)
{
    return tx_int(in.tx,
                  SQL("SELECT count(*) FROM due WHERE district = ?1 AND "
                      "who = ?2"),
                  WITH(INT(in.district), INT(DUE_ASIDE)), 0);
}

size_t clock_aside(struct scope in, struct clock_step *ret, size_t max)
{
    struct rows r = tx_query(
        in.tx,
        SQL("SELECT subject, row_id, step, day FROM due WHERE district = ?1 "
            "AND who = ?2 ORDER BY day, subject, row_id, step LIMIT ?3"),
        WITH(INT(in.district), INT(DUE_ASIDE), INT((int64_t)max)));
    struct line line;
    size_t n = 0;

    while (n < max && rows_next(&r)) {
        read_line(&r, in.m, &line);
        if (line.is.step)
            ret[n++] = line.is;
    }
    rows_end(&r);
    return n;
}
