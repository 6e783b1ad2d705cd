/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Policies: the newest row not after the year, else what is usual. */
#include "host/ledger/policy.h"

#include "host/ledger/feature.h"

const struct policy *policy_at(size_t i)
{
    for (size_t f = 0; features[f]; f++) {
        if (i < features[f]->policies_n)
            return &features[f]->policies[i];
        i -= features[f]->policies_n;
    }
    return NULL;
}

const struct policy *policy_find(struct str key)
{
    const struct policy *p;

    for (size_t i = 0; (p = policy_at(i)) != NULL; i++)
        if (str_eq(p->key, key))
            return p;
    return NULL;
}

int64_t policy_read(struct scope in, int32_t year, struct str key)
{
    const struct policy *p = policy_find(key);

    if (!p)
        BUG("no policy %.*s", STR_ARG(key));
    return tx_int(in.tx,
                  SQL("SELECT value FROM policy WHERE district = ?1 AND "
                      "key = ?2 AND year <= ?3 ORDER BY year DESC LIMIT 1"),
                  WITH(INT(in.district), STR(key), INT(year)), p->usual);
}

enum err policy_set(struct act *act, const struct policy *p,
                    const struct policy_rule *rule, struct text *ret_reason)
{
    struct str content;
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
    content = str_fmt(act->m, "policy %.*s\nyear=%d\nvalue=%lld\nbasis=%.*s\n",
                      STR_ARG(p->key), rule->year, (long long)rule->value,
                      STR_ARG(rule->basis));
    seq = journal_append(act->journal, act->tx,
                         &(struct journal_entry){
                             .type = JOURNAL_SETTING,
                             .subject = p->key,
                             .row = rule->year,
                             .version = 1,
                             .previous = -1,
                             .at = act->now,
                             .actor = act->actor,
                             .fields = &content,
                             .fields_n = 1,
                         });
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
