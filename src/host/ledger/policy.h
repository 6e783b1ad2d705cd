/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * policy.h - the rules of a place: numbers with a basis document.
 *
 * Weights, bands, quotas and counts of judges differ by place and year, so
 * they are rows with the year from which they hold and the document that
 * says so; a feature declares which there are and what usually holds.
 */
#ifndef DAJUAN_HOST_LEDGER_POLICY_H
#define DAJUAN_HOST_LEDGER_POLICY_H

#include "journal/act.h"

struct policy {
    struct str key; /* "ratings.quota_percent" */
    struct text label;
    int64_t usual; /* in the unit of the label; until a rule says otherwise */
    int64_t min, max;
    bool aside; /* no figure counts by it: it says what pages show first */
};

/* Key, label, what is usual and its bounds; the rest follows by name. */
#define POLICY(name, zh, en, ...) POLICY_AS(name, zh, en, __VA_ARGS__, )
#define POLICY_AS(name, zh, en, value, least, most, ...)                       \
    {                                                                          \
        .key = S_INIT(name), .label = TEXT_INIT(zh, en), .usual = (value),     \
        .min = (least), .max = (most), __VA_ARGS__                             \
    }

/* The value that holds in `year`. A key nobody declared is a BUG. */
int64_t policy_read(struct scope in, int32_t year, struct str key);
/* The values of `n` at once, in one statement. */
void policies_read(struct scope in, int32_t year, const struct str *keys,
                   size_t n, int64_t *ret);

/* The same with what it rests on. */
struct policy_state {
    const struct policy *policy;
    int64_t value;
    int32_t since;    /* from which year on; 0: the usual value */
    struct str basis; /* "" of the usual value */
    bool frozen;      /* the year was published under it */
    int64_t later;    /* what would hold if it were not frozen */
};
struct policy_state policy_state(struct scope in, int32_t year,
                                 const struct policy *p);

/*
 * The year is published: what holds for it now holds for ever, whatever rules
 * come later. Done once; a second time changes nothing.
 */
void policy_freeze(struct act *act, int32_t year);
/* What the journal's entry of that holds, made from what is frozen now. */
struct str policy_frozen_content(struct scope in, int32_t year);
extern const struct str policy_frozen_subject;

/*
 * A text with the policies of a year in it: {ratings.quota_percent} is the
 * value, {100-ratings.quota_percent} what is left to a hundred.
 */
struct text policy_words(struct scope in, int32_t year, struct text words);
/* The next policy that `words` name; false when there is none left, and NULL
 * in `ret` for a key that nobody declared. */
bool policy_named(struct str *words, const struct policy **ret);
/* All that they name, each once, as it holds for the year; returns how many. */
enum { POLICIES_NAMED = 8 };
size_t policies_named(struct scope in, int32_t year, struct text words,
                      struct policy_state ret[POLICIES_NAMED]);

const struct policy *policy_at(size_t i); /* NULL at the end */
size_t policy_total(void);                /* how many there are */
const struct policy *policy_find(struct str key);

/* A value, from which year on it holds, and the document that says so. */
struct policy_rule {
    int32_t year;
    int64_t value;
    struct str basis;
};

/* What its entry in the journal holds. */
struct str policy_content(struct mem *m, const struct policy *p,
                          const struct policy_rule *rule);

/*
 * Let a rule hold, in years that are not frozen; the records are made anew,
 * since ranks may follow from it. E_INPUT and a reason when the value is out
 * of range or the basis is missing.
 */
enum err policy_set(struct act *act, const struct policy *p,
                    const struct policy_rule *rule,
                    struct text *ret_reason) MUST_CHECK;

#endif
