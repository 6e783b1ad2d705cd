/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Policies: what the year was published under, else the newest rule not after
 * the year, else what is usual.
 */
#include "host/ledger/policy.h"

#include "base/buf.h"
#include "host/ledger/feature.h"
#include "store/compose.h"

enum { WORDS_MAX = 4096, FROZEN_MAX = 1 << 20 };

const struct str policy_frozen_subject = S_INIT("policy.frozen");

const struct policy *policy_at(size_t i)
{
    for (size_t f = 0; features[f]; f++) {
        if (i < features[f]->policies_n)
            return &features[f]->policies[i];
        i -= features[f]->policies_n;
    }
    return NULL;
}

size_t policy_total(void)
{
    size_t n = 0;

    while (policy_at(n))
        n++;
    return n;
}

const struct policy *policy_find(struct str key)
{
    const struct policy *p;

    for (size_t i = 0; (p = policy_at(i)) != NULL; i++)
        if (str_eq(p->key, key))
            return p;
    return NULL;
}

/* Arguments: district, year, then key and usual value of each. */
static struct sql values_sql(struct mem *m, size_t n)
{
    struct compose c;

    compose_init(&c, m);
    for (size_t i = 0; i < n; i++) {
        compose_sql(&c, i ? SQL(", ") : SQL("SELECT "));
        compose_sql(&c, SQL("coalesce((SELECT value FROM policy_frozen WHERE "
                            "district = ?1 AND year = ?2 AND key = "));
        compose_arg(&c, 3 + 2 * i);
        compose_sql(&c, SQL("), (SELECT value FROM policy WHERE district = ?1 "
                            "AND year <= ?2 AND key = "));
        compose_arg(&c, 3 + 2 * i);
        compose_sql(&c, SQL(" ORDER BY year DESC LIMIT 1), "));
        compose_arg(&c, 4 + 2 * i);
        compose_sql(&c, SQL(")"));
    }
    return compose_end(&c);
}

void policies_read(struct scope in, int32_t year, const struct str *keys,
                   size_t n, int64_t *ret)
{
    struct value *args = NEW_ARRAY(in.m, struct value, 2 + 2 * n);
    struct rows r;

    args[0] = INT(in.district);
    args[1] = INT(year);
    for (size_t i = 0; i < n; i++) {
        const struct policy *p = policy_find(keys[i]);

        if (!p)
            BUG("no policy %.*s", STR_ARG(keys[i]));
        ret[i] = p->usual;
        args[2 + 2 * i] = STR(keys[i]);
        args[3 + 2 * i] = INT(p->usual);
    }
    r = tx_query(in.tx, values_sql(in.m, n), (struct args){ args, 2 + 2 * n });
    if (!rows_next(&r))
        return;
    for (size_t i = 0; i < n; i++)
        ret[i] = rows_int(&r, (int)i);
    rows_end(&r);
}

int64_t policy_read(struct scope in, int32_t year, struct str key)
{
    int64_t value;

    policies_read(in, year, &key, 1, &value);
    return value;
}

/* ---- what a value rests on ---- */

/* The rule that holds, or would if the year were not frozen. */
static void read_rule(struct scope in, int32_t year, struct policy_state *s)
{
    struct rows r = tx_query(
        in.tx,
        SQL("SELECT value, year, basis FROM policy WHERE district = ?1 AND "
            "key = ?2 AND year <= ?3 ORDER BY year DESC LIMIT 1"),
        WITH(INT(in.district), STR(s->policy->key), INT(year)));

    if (!rows_next(&r))
        return;
    s->value = rows_int(&r, 0);
    s->since = (int32_t)rows_int(&r, 1);
    s->basis = rows_text(&r, 2, in.m);
    rows_end(&r);
}

static void read_frozen(struct scope in, int32_t year, struct policy_state *s)
{
    struct rows r =
        tx_query(in.tx,
                 SQL("SELECT value, since, basis FROM policy_frozen WHERE "
                     "district = ?1 AND key = ?2 AND year = ?3"),
                 WITH(INT(in.district), STR(s->policy->key), INT(year)));

    s->frozen = rows_next(&r);
    if (!s->frozen)
        return;
    s->value = rows_int(&r, 0);
    s->since = (int32_t)rows_int(&r, 1);
    s->basis = rows_text(&r, 2, in.m);
    rows_end(&r);
}

struct policy_state policy_state(struct scope in, int32_t year,
                                 const struct policy *p)
{
    struct policy_state s = { .policy = p, .value = p->usual };

    read_rule(in, year, &s);
    s.later = s.value;
    read_frozen(in, year, &s);
    return s;
}

/* False: it is frozen already. */
static bool freeze_one(struct act *act, int32_t year, const struct policy *p)
{
    struct policy_state s = policy_state(act_scope(act), year, p);

    if (s.frozen)
        return false;
    tx_run(act->tx,
           SQL("INSERT INTO policy_frozen (district, key, year, value, "
               "since, basis) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"),
           WITH(INT(act->district), STR(p->key), INT(year), INT(s.value),
                INT(s.since), STR(s.basis.n ? s.basis : S(""))));
    return true;
}

struct str policy_frozen_content(struct scope in, int32_t year)
{
    struct buf *b = buf_new(in.m, FROZEN_MAX);
    struct rows r =
        tx_query(in.tx,
                 SQL("SELECT key, value, since, basis FROM policy_frozen "
                     "WHERE district = ?1 AND year = ?2 ORDER BY key"),
                 WITH(INT(in.district), INT(year)));

    buf_fmt(b, "frozen\nyear=%d\n", year);
    while (rows_next(&r)) {
        struct str key = rows_view(&r, 0);
        struct str basis = rows_view(&r, 3);

        buf_fmt(b, "%.*s=%lld since=%lld basis=%.*s\n", STR_ARG(key),
                (long long)rows_int(&r, 1), (long long)rows_int(&r, 2),
                STR_ARG(basis));
    }
    if (buf_overflowed(b))
        BUG("policies of more than %d bytes", FROZEN_MAX);
    return buf_str(b);
}

void policy_freeze(struct act *act, int32_t year)
{
    const struct policy *p;
    bool any = false;

    for (size_t i = 0; (p = policy_at(i)) != NULL; i++)
        any |= freeze_one(act, year, p);
    if (any)
        act_journal(act, JOURNAL_SETTING, policy_frozen_subject, year,
                    policy_frozen_content(act_scope(act), year));
}

/* ---- in words ---- */

static const struct str rest_to_100 = S_INIT("100-");

bool policy_named(struct str *words, const struct policy **ret)
{
    struct str before;
    struct str key;

    if (str_find(*words, S("{")) == SIZE_MAX)
        return false;
    str_cut(words, S("{"), &before);
    str_cut(words, S("}"), &key);
    str_take(&key, rest_to_100);
    *ret = policy_find(key);
    return true;
}

size_t policies_named(struct scope in, int32_t year, struct text words,
                      struct policy_state ret[POLICIES_NAMED])
{
    const struct policy *p;
    size_t n = 0;

    while (n < POLICIES_NAMED && policy_named(&words.zh, &p)) {
        bool known = false;

        for (size_t i = 0; i < n; i++)
            known |= ret[i].policy == p;
        if (!known)
            ret[n++] = policy_state(in, year, p);
    }
    return n;
}

static struct str fill(struct scope in, int32_t year, struct str words)
{
    struct buf *b = buf_new(in.m, WORDS_MAX);
    struct str part;
    struct str key;

    while (str_cut(&words, S("{"), &part)) {
        bool rest;
        int64_t v;

        buf_put(b, part);
        if (!words.p || !str_cut(&words, S("}"), &key))
            break;
        rest = str_take(&key, rest_to_100);
        v = policy_read(in, year, key);
        buf_int(b, rest ? 100 - v : v);
    }
    return buf_str(b);
}

struct text policy_words(struct scope in, int32_t year, struct text words)
{
    if (str_find(words.zh, S("{")) == SIZE_MAX)
        return words;
    return (struct text){ fill(in, year, words.zh), fill(in, year, words.en) };
}

/* ---- a new rule ---- */

struct str policy_content(struct mem *m, const struct policy *p,
                          const struct policy_rule *rule)
{
    return str_fmt(m, "policy %.*s\nyear=%d\nvalue=%lld\nbasis=%.*s\n",
                   STR_ARG(p->key), rule->year, (long long)rule->value,
                   STR_ARG(rule->basis));
}

enum err policy_set(struct act *act, const struct policy *p,
                    const struct policy_rule *rule, struct text *ret_reason)
{
    int64_t was;
    int64_t seq;

    if (rule->value < p->min || rule->value > p->max) {
        *ret_reason = text_fmt(act->m, "应在 %lld 到 %lld 之间",
                               "must be from %lld to %lld", (long long)p->min,
                               (long long)p->max);
        return E_INPUT;
    }
    if (str_trim(rule->basis).n == 0) {
        *ret_reason =
            TEXT("请写依据文件的文号", "name the document this is based on");
        return E_INPUT;
    }
    seq = act_journal(act, JOURNAL_SETTING, p->key, rule->year,
                      policy_content(act->m, p, rule));
    was = policy_read(act_scope(act), rule->year, p->key);
    journal_changed(act->journal, act->tx,
                    &(struct journal_change){
                        seq, S("value"),
                        STR(str_fmt(act->m, "%lld", (long long)was)),
                        STR(str_fmt(act->m, "%lld", (long long)rule->value)) });
    tx_run(act->tx,
           SQL("INSERT INTO policy (district, key, year, value, basis) "
               "VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (district, key, year) "
               "DO UPDATE SET value = excluded.value, basis = excluded.basis"),
           WITH(INT(act->district), STR(p->key), INT(rule->year),
                INT(rule->value), STR(rule->basis)));
    record_rebuild(act);
    return tx_err(act->tx);
}
