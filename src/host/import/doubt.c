/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Two columns of one header: nobody can know which is meant, or whether they
 * are to be added up, unless the column says so (parts.c). So neither is
 * taken, and a person says which.
 */
#include "host/import/match.h"

/* The columns of the grid that could be one column of the ledger. */
struct claim {
    size_t *cols;
    size_t n;
    enum naming naming;
    size_t rank;
};

/* Is the column of the grid what another column of the ledger is? */
static bool is_taken(const struct match *s, size_t col, const size_t *mine)
{
    for (size_t i = 0; i < s->ledger->columns_n; i++)
        if (&s->map[i] != mine && s->map[i] == col)
            return true;
    return (&s->id_col != mine && s->id_col == col) ||
           (&s->year_col != mine && s->year_col == col);
}

/*
 * Words may stand in two columns that are called alike (主题, 活动名称): the
 * better name is taken, the other column named as left out. A number, a date
 * or a choice is said once.
 */
static bool is_words(const struct column *c)
{
    return c->type == COLUMN_TEXT || c->type == COLUMN_LINES;
}

static struct claim claim_of(struct mem *m, const struct match *s,
                             const struct column *c, const size_t *at)
{
    struct column_words words = column_words(m, c);
    struct claim claim = { .cols = NEW_ARRAY(m, size_t, s->headers.n) };
    size_t rank;

    for (size_t col = 0; col < s->headers.n; col++) {
        enum naming now = header_names(&s->headers.of[col], words, &rank);
        bool ranked = is_words(c) && now == claim.naming;

        if (now == NAMES_NOT || now < claim.naming ||
            (now == NAMES_IT && is_taken(s, col, at)) ||
            (ranked && rank > claim.rank))
            continue;
        if (now > claim.naming || (ranked && rank < claim.rank))
            claim.n = 0;
        claim.naming = now;
        claim.rank = rank;
        claim.cols[claim.n++] = col;
    }
    return claim;
}

static struct text joined(struct mem *m, const struct text *parts, size_t n)
{
    struct text all = TEXT("", "");

    for (size_t i = 0; i < n; i++) {
        all.zh = str_join(m, (struct str[]){ all.zh, parts[i].zh }, 2);
        all.en = str_join(m, (struct str[]){ all.en, parts[i].en }, 2);
    }
    return all;
}

/* “队员人数”（D 列、E 列“人数”） */
static struct text claim_text(struct mem *m, const struct match *s,
                              const struct column *c, const struct claim *claim)
{
    struct text all =
        text_fmt(m, "“%.*s”（", "\"%.*s\" (", STR_ARG(c->label.zh));

    all.en = str_fmt(m, "\"%.*s\" (", STR_ARG(c->label.en));
    for (size_t i = 0; i < claim->n; i++) {
        struct str letters = column_letters(m, claim->cols[i]);
        struct str header = match_header(s, claim->cols[i]);
        bool same = str_eq(header_fold(m, header), header_fold(m, c->label.zh));
        struct text parts[] = {
            all,
            i ? TEXT("、", ", ") : TEXT("", ""),
            text_fmt(m, "%.*s 列", "column %.*s", STR_ARG(letters)),
            same ? TEXT("", "")
                 : text_fmt(m, "“%.*s”", " \"%.*s\"", STR_ARG(header)),
        };

        all = joined(m, parts, COUNT(parts));
    }
    return joined(m, (struct text[]){ all, TEXT("）", ")") }, 2);
}

/* All columns that are claimed so, which now are no longer mapped. */
struct doubts {
    struct mem *m;
    struct match *s;
    enum naming naming;
    struct text list;
};

static void doubt(struct doubts *d, const struct column *c, size_t *at)
{
    struct claim claim = claim_of(d->m, d->s, c, at);

    if (claim.naming != d->naming || (claim.n < 2 && d->naming == NAMES_IT))
        return;
    *at = SIZE_MAX;
    d->list = joined(d->m,
                     (struct text[]){
                         d->list,
                         text_empty(d->list) ? TEXT("", "") : TEXT("、", ", "),
                         claim_text(d->m, d->s, c, &claim),
                     },
                     3);
}

static struct text doubts_of(struct mem *m, struct match *s, enum naming naming)
{
    struct doubts d = { m, s, naming, TEXT("", "") };

    for (size_t i = 0; i < s->ledger->columns_n; i++)
        if (!column_follows(&s->ledger->columns[i]) && !(s->summed & AT(i)))
            doubt(&d, &s->ledger->columns[i], &s->map[i]);
    doubt(&d, &own_columns[OWN_ID], &s->id_col);
    doubt(&d, &own_columns[OWN_YEAR], &s->year_col);
    return d.list;
}

/* A part of a column is not the column. */
static void unmap_parts(struct mem *m, struct match *s)
{
    const struct ledger *l = s->ledger;
    size_t rank;

    for (size_t i = 0; i < l->columns_n; i++)
        if (s->map[i] != SIZE_MAX &&
            header_names(&s->headers.of[s->map[i]],
                         column_words(m, &l->columns[i]), &rank) != NAMES_IT)
            s->map[i] = SIZE_MAX;
}

void match_doubt(struct mem *m, struct match *s)
{
    struct text twice;
    struct text shared;

    unmap_parts(m, s);
    match_find_parts(m, s);
    twice = doubts_of(m, s, NAMES_IT);
    shared = doubts_of(m, s, NAMES_PART);
    if (!text_empty(twice))
        twice = joined(
            m,
            (struct text[]){
                TEXT("同一个表头出现不止一次：", "a header stands twice: "),
                twice,
                TEXT("。请只留一栏；并排的表请分到各自的工作表。",
                     "; leave one column, and put tables that stand side by "
                     "side on sheets of their own. "),
            },
            3);
    if (!text_empty(shared))
        shared = joined(
            m,
            (struct text[]){
                TEXT("一个表头下面分了几栏：",
                     "a header covers several columns: "),
                shared,
                TEXT("。系统不替您相加，请合成一栏，或加一栏“合计”。",
                     "; they are not added up for you: make them one column, "
                     "or add one of totals"),
            },
            3);
    s->problem = joined(m, (struct text[]){ twice, shared }, 2);
}
