/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "feature/reports/attempt.h"

/* What one slice is about. */
struct turn {
    const struct attempt *attempt;
    int64_t report;
    int64_t frozen;
    const struct section *sections;
    size_t n;
    bool more;
};

bool attempt_lives(struct act *act, int64_t frozen)
{
    tx_run_unjournaled(act->tx,
                       SQL("UPDATE reports_attempt SET at = ?3 WHERE "
                           "district = ?1 AND frozen = ?2"),
                       WITH(INT(act->district), INT(frozen), INT(act->now)));
    return tx_changed(act->tx) == 1;
}

void attempt_end(struct act *act, int64_t frozen)
{
    tx_run_unjournaled(act->tx,
                       SQL("DELETE FROM reports_attempt WHERE district = ?1 "
                           "AND frozen = ?2"),
                       WITH(INT(act->district), INT(frozen)));
}

/* A number that no version and no other attempt has. */
static int64_t new_number(struct act *act)
{
    int64_t version =
        tx_int(act->tx,
               SQL("SELECT coalesce(max(frozen), 0) FROM reports_version "
                   "WHERE district = ?1"),
               WITH(INT(act->district)), 0);
    int64_t attempt =
        tx_int(act->tx,
               SQL("SELECT coalesce(max(frozen), 0) FROM reports_attempt "
                   "WHERE district = ?1"),
               WITH(INT(act->district)), 0);

    return 1 + (version > attempt ? version : attempt);
}

static enum err begin(void *arg, struct act *act)
{
    struct turn *t = arg;

    if (tx_int(act->tx,
               SQL("SELECT count(*) FROM reports_attempt WHERE district = ?1 "
                   "AND report = ?2"),
               WITH(INT(act->district), INT(t->report)), 0) > 0)
        return E_CLASH;
    t->frozen = new_number(act);
    tx_run_unjournaled(act->tx,
                       SQL("INSERT INTO reports_attempt (district, frozen, "
                           "report, at) VALUES (?1, ?2, ?3, ?4)"),
                       WITH(INT(act->district), INT(t->frozen), INT(t->report),
                            INT(act->now)));
    return tx_err(act->tx);
}

enum err attempt_begin(struct attempt *a, struct slicer *slicer, int64_t report)
{
    struct turn t = { .report = report };
    enum err e = slice_run(slicer, begin, &t);

    *a = (struct attempt){ slicer, t.frozen };
    return e;
}

static enum err keep(void *arg, struct act *act)
{
    const struct turn *t = arg;

    if (!attempt_lives(act, t->attempt->frozen))
        return E_CLASH;
    for (size_t i = 0; i < t->n; i++)
        section_insert(act->tx, act->district, t->attempt->frozen,
                       &t->sections[i]);
    return tx_err(act->tx);
}

enum err attempt_keep(void *arg, const struct section *s, size_t n)
{
    struct turn t = { .attempt = arg, .sections = s, .n = n };

    return slice_run(t.attempt->slicer, keep, &t);
}

/* The attempt itself goes last: until then somebody can go on with this. */
static enum err drop(void *arg, struct act *act)
{
    struct turn *t = arg;

    t->more = section_remove_some(act->tx, act->district, t->attempt->frozen);
    if (!t->more)
        attempt_end(act, t->attempt->frozen);
    return tx_err(act->tx);
}

enum err attempt_drop(const struct attempt *a)
{
    struct turn t = { .attempt = a, .more = true };
    enum err e = OK;

    while (e == OK && t.more)
        e = slice_run(a->slicer, drop, &t);
    return e;
}
