/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "host/ledger/decided.h"

#include "host/ledger/policy.h"
#include "host/ledger/setting.h"
#include "journal/journal.h"

/* An entry; the newest one stands first. */
struct entry {
    struct entry *before;
    struct str subject;
    int64_t row;
    int64_t seq;
};

struct decided {
    struct mem *m;
    struct entry *newest;
};

struct decided *decided_new(struct mem *m)
{
    struct decided *d = NEW(m, struct decided);

    d->m = m;
    return d;
}

void decided_note(struct decided *d, struct str subject, int64_t row,
                  int64_t seq)
{
    struct entry *e = NEW(d->m, struct entry);

    *e = (struct entry){ d->newest, str_dup(d->m, subject), row, seq };
    d->newest = e;
}

/* The newest entry about it that is not newer than `e`. */
static const struct entry *about(const struct entry *e, struct str subject,
                                 int64_t row)
{
    while (e && (e->row != row || !str_eq(e->subject, subject)))
        e = e->before;
    return e;
}

static bool holds(struct scope in, const struct entry *e, struct str content)
{
    struct rows r = tx_query(in.tx,
                             SQL("SELECT leaf, salts FROM journal_entry "
                                 "WHERE district = ?1 AND seq = ?2"),
                             WITH(INT(in.district), INT(e->seq)));
    bool fits = rows_next(&r) &&
                journal_fits(rows_view(&r, 0), rows_view(&r, 1), &content, 1);

    rows_end(&r);
    return fits;
}

static bool fault(struct scope in, struct text *ret_wrong, struct str key,
                  int64_t year)
{
    if (year)
        *ret_wrong = text_fmt(in.m, "规则 %.*s（%lld 年）与日志不一致",
                              "policy %.*s (%lld) does not match the journal",
                              STR_ARG(key), (long long)year);
    else
        *ret_wrong =
            text_fmt(in.m, "设置 %.*s 与日志不一致",
                     "setting %.*s does not match the journal", STR_ARG(key));
    return false;
}

/* ---- policies ---- */

static bool check_rules(struct scope in, const struct decided *d,
                        struct text *ret_wrong)
{
    struct rows r = tx_query(in.tx,
                             SQL("SELECT key, year, value, basis FROM policy "
                                 "WHERE district = ?1"),
                             WITH(INT(in.district)));

    while (rows_next(&r)) {
        const struct policy *p = policy_find(rows_view(&r, 0));
        struct policy_rule rule = { (int32_t)rows_int(&r, 1), rows_int(&r, 2),
                                    rows_text(&r, 3, in.m) };
        const struct entry *e;

        if (!p) /* of a feature that was taken out */
            continue;
        e = about(d->newest, p->key, rule.year);
        if (!e || !holds(in, e, policy_content(in.m, p, &rule))) {
            rows_end(&r);
            return fault(in, ret_wrong, p->key, rule.year);
        }
    }
    return true;
}

/* Was it ever decided so? The usual value needs no decision. */
static bool was_rule(struct scope in, const struct decided *d,
                     const struct policy *p, const struct policy_rule *rule)
{
    const struct entry *e = d->newest;
    struct str content = policy_content(in.m, p, rule);

    if (rule->year == 0)
        return rule->value == p->usual;
    while ((e = about(e, p->key, rule->year)) != NULL) {
        if (holds(in, e, content))
            return true;
        e = e->before;
    }
    return false;
}

static bool check_frozen(struct scope in, const struct decided *d,
                         struct text *ret_wrong)
{
    struct rows r = tx_query(in.tx,
                             SQL("SELECT key, year, value, since, basis FROM "
                                 "policy_frozen WHERE district = ?1"),
                             WITH(INT(in.district)));

    while (rows_next(&r)) {
        const struct policy *p = policy_find(rows_view(&r, 0));
        struct policy_rule rule = { (int32_t)rows_int(&r, 3), rows_int(&r, 2),
                                    rows_text(&r, 4, in.m) };
        int64_t year = rows_int(&r, 1);

        if (p && !was_rule(in, d, p, &rule)) {
            rows_end(&r);
            return fault(in, ret_wrong, p->key, year);
        }
    }
    return true;
}

/* ---- settings ---- */

static bool check_settings(struct scope in, const struct decided *d,
                           struct text *ret_wrong)
{
    struct settings now;

    settings_read(in, &now);
    for (int i = 0; i < SETTINGS; i++) {
        struct str key = setting_key((enum setting)i);
        const struct entry *e = about(d->newest, key, 0);
        struct str content = setting_content(in.m, (enum setting)i, now.v[i]);

        if (e ? !holds(in, e, content) : now.v[i].n > 0)
            return fault(in, ret_wrong, key, 0);
    }
    return true;
}

/* ---- what the journal knows must be there ---- */

static bool has_rule(struct scope in, const struct entry *e)
{
    return tx_int(in.tx,
                  SQL("SELECT count(*) FROM policy WHERE district = ?1 AND "
                      "key = ?2 AND year = ?3"),
                  WITH(INT(in.district), STR(e->subject), INT(e->row)), 1) > 0;
}

/* The newest entry of a year tells all that is frozen for it. */
static bool has_frozen(struct scope in, const struct decided *d,
                       const struct entry *e)
{
    return e != about(d->newest, e->subject, e->row) ||
           holds(in, e, policy_frozen_content(in, (int32_t)e->row));
}

static bool check_kept(struct scope in, const struct decided *d,
                       struct text *ret_wrong)
{
    for (const struct entry *e = d->newest; e; e = e->before) {
        bool kept = true;

        if (str_eq(e->subject, policy_frozen_subject))
            kept = has_frozen(in, d, e);
        else if (policy_find(e->subject))
            kept = has_rule(in, e);
        if (!kept)
            return fault(in, ret_wrong, e->subject, e->row);
    }
    return true;
}

bool decided_check(struct scope in, const struct decided *d,
                   struct text *ret_wrong)
{
    return check_rules(in, d, ret_wrong) && check_frozen(in, d, ret_wrong) &&
           check_kept(in, d, ret_wrong) && check_settings(in, d, ret_wrong);
}
