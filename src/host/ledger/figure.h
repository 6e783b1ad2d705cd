/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * figure.h - a number with a name, a rule in words, and the rows behind it.
 *
 * Value and rows come from the same definition: the kind of record, the
 * category and the measure. Nothing else in the program computes a number that
 * is published.
 */
#ifndef DAJUAN_HOST_LEDGER_FIGURE_H
#define DAJUAN_HOST_LEDGER_FIGURE_H

#include "host/ledger/measure.h"
#include "host/ledger/record.h"

struct figure {
    struct str key;      /* "projects.count" */
    struct str kind;     /* "projects.project", or "projects.project.light" */
    struct str category; /* "" takes all */
    enum measure measure;
    struct str whole; /* MEASURE_RATIO: the kind of the denominator */
    struct text label;
    /*
     * How it is counted, in words. What a policy says stands there by its key
     * (policy_words()), so that words and number cannot differ.
     */
    struct text rule;
    struct text unit; /* 项 / projects; of a mean what it is in: % */
    /* MEASURE_SEATS: the places when `total` records of a year are ranked. */
    struct seats (*seats)(struct scope in, int32_t year, int64_t total);
};
/*
 * Measure, key, kind of record and label; the rest follows by name:
 *
 *     FIGURE(COUNT, "notices.count", "notices.notice", "公益提示", "Notices",
 *            .rule = TEXT_INIT("…", "…"), .unit = TEXT_INIT("条", "notices")),
 */
#define FIGURE(how, name, of, zh, en, ...)                                     \
    {                                                                          \
        .measure = MEASURE_##how, .key = S_INIT(name), .kind = S_INIT(of),     \
        .label = TEXT_INIT(zh, en), __VA_ARGS__                                \
    }

/* Is it a sum over a number, .part over .n? */
static inline bool figure_divides(const struct figure *f)
{
    return f->measure == MEASURE_RATIO || f->measure == MEASURE_MEAN;
}
/* Is it a mean of percentages? */
static inline bool figure_is_percent(const struct figure *f)
{
    return f->measure == MEASURE_MEAN && str_eq(f->unit.zh, S("%"));
}
/* Is there a sum to show below its rows? */
static inline bool figure_adds_up(const struct figure *f)
{
    return f->measure == MEASURE_SUM || figure_divides(f);
}
/* Does each row give a number of its own? Of the others each is one. */
static inline bool figure_has_quantities(const struct figure *f)
{
    return figure_adds_up(f) || f->measure == MEASURE_MEDIAN;
}
/* Is it kept, and shown, in tenths? */
static inline bool figure_is_tenths(const struct figure *f)
{
    return f->measure == MEASURE_MEAN || f->measure == MEASURE_MEDIAN;
}
/* Places behind the point. */
static inline unsigned figure_places(const struct figure *f)
{
    return f->measure == MEASURE_RATIO ? 2 : figure_is_tenths(f);
}

/* A ratio of fewer answers than this is not shown as a percentage. */
enum { RATIO_LEAST = 5 };

/* What of a figure (figure_part.h). */
struct figure_part {
    int month;           /* 1 to 12 of the year; 0: all */
    struct str category; /* of those of its kind (.by); "": all */
    int32_t day;         /* as of this day; 0: of no day */
};

struct figure_value {
    const struct figure *figure;
    int32_t year;
    struct figure_part only;
    bool known;       /* false: of no rows at all, or too few answers */
    int64_t value;    /* count, sum, seats taken, basis points, or tenths */
    int64_t n;        /* records behind it; for a ratio the denominator */
    int64_t part;     /* for a ratio the numerator, for a mean the sum */
    int64_t places;   /* for seats: how many there are */
    int64_t cut;      /* for seats: the lowest rank that sits; 0: nobody */
    int32_t since;    /* figure_since(), where a text asks; 0: not asked */
    struct text rule; /* with the policies that held, and the day */
};

const struct figure *figure_at(size_t i); /* NULL at the end */
size_t figure_total(void);                /* how many there are */
const struct figure *figure_find(struct str key);

/* Its value in a year, from tallies alone; 0 where nothing counts. */
struct figure_value figure_read(struct scope in, int32_t year,
                                const struct figure *f);

/*
 * Is nothing of its kind kept in the year? Then its 0 is no number yet; a
 * category without rows beside others that have some is a real 0.
 */
bool figure_is_missing(struct scope in, const struct figure_value *v);

/* What follows from tallies of .kind and .whole: not seats, no median. */
void figure_count(struct figure_value *v, struct tally t, struct tally whole);

/* The number as people read it: 1,234 · 95.65% · —. */
struct str figure_text(struct mem *m, const struct figure_value *v);
/* Does it add up minutes? Pages show these in hours. */
bool figure_is_time(const struct figure *f);
/* The number as pages show it, and the unit it then has. */
struct str figure_shown(struct mem *m, const struct figure_value *v);
struct text figure_unit(const struct figure *f);
/* In round words: 103 is 100余, "over 100"; false: it has none below 100. */
bool figure_round_words(struct mem *m, const struct figure_value *v,
                        enum lang l, struct str *ret_words);

/* Figures and the sentences that name them: no key twice or unknown, or BUG. */
void figure_check_all(void);

/*
 * Take a piece off the front of a sentence: the words before the next
 * {key}, and its figure, NULL after the last one. A key that no figure has
 * is a BUG.
 */
struct str figure_named(struct str *sentence, const struct figure **ret);

/* The ledger whose rows a kind is derived from; a figure's .kind. */
const struct ledger *kind_ledger(struct str kind,
                                 const struct record_kind **ret_kind);
const struct ledger *figure_ledger(const struct figure *f);

#endif
