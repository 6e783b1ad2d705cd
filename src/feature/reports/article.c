/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Numbers into text. A figure has one footnote, however often it stands in
 * the text; each place has its own tooltip, because an id may stand once.
 */
#include "feature/reports/article.h"

#include "host/ledger/cell.h"

struct maker {
    struct mem *m;
    enum lang lang;
    const struct article_source *source;
    struct article *a;
    size_t places;
};

const struct figure_value *value_of(struct value_list l, struct str key)
{
    for (size_t i = 0; i < l.n; i++)
        if (str_eq(l.values[i].figure->key, key))
            return &l.values[i];
    return NULL;
}

struct figure_value declared_today(const struct figure_value *frozen)
{
    const struct figure *f = figure_find(frozen->figure->key);
    struct figure_value v = *frozen;

    if (f && f->measure == frozen->figure->measure)
        v.figure = f;
    return v;
}

/* The number of the footnote of `v`; it is made at its first place. */
static size_t note_of(struct maker *k, const struct figure_value *v)
{
    struct article *a = k->a;

    for (size_t i = 0; i < a->notes_n; i++)
        if (a->notes[i] == v)
            return i + 1;
    a->notes[a->notes_n] = v;
    a->notes_shown[a->notes_n] = figure_text(k->m, v);
    return ++a->notes_n;
}

static struct str in_form(struct maker *k, const struct figure_value *v,
                          enum span_form form)
{
    struct str words;

    if (form == FORM_FIRST)
        return text_in(v->since ? TEXT("首次", "first")
                                : TEXT("不是首次", "not the first time"),
                       k->lang);
    if (form == FORM_N)
        return str_fmt(k->m, "%lld", (long long)v->n);
    if (form == FORM_HOURS)
        return hours_text(k->m, v->value);
    if (form == FORM_ROUND && figure_round_words(k->m, v, k->lang, &words))
        return words;
    return figure_text(k->m, v);
}

static bool same(const struct figure_value *a, const struct figure_value *b)
{
    return a->known == b->known && a->value == b->value && a->n == b->n &&
           a->part == b->part && a->places == b->places;
}

/* What the same place would say today, when it is not the same. */
static struct str said_today(struct maker *k, const struct figure_value *v,
                             enum span_form form)
{
    const struct figure_value *now = value_of(k->source->today, v->figure->key);
    struct str was;
    struct str is;

    if (!now || (form != FORM_FIRST && same(v, now)))
        return S("");
    if (form == FORM_ROUND)
        form = FORM_EXACT; /* 103 and 104 are both 100余 */
    was = in_form(k, v, form);
    is = in_form(k, now, form);
    return str_eq(was, is) ? S("")
           : k->lang == LANG_EN
               ? str_fmt(k->m, "%.*s when published → %.*s today", STR_ARG(was),
                         STR_ARG(is))
               : str_fmt(k->m, "发布时 %.*s → 今天 %.*s", STR_ARG(was),
                         STR_ARG(is));
}

/* The footnote of a number told in hours: how that comes from the minutes. */
static void say_hours(struct maker *k, size_t note, struct str hours)
{
    struct article *a = k->a;

    a->notes_shown[note - 1] =
        str_fmt(k->m,
                k->lang == LANG_EN ? "%.*s hours = %.*s" : "%.*s 小时 = %.*s",
                STR_ARG(hours), STR_ARG(figure_text(k->m, a->notes[note - 1])));
}

static struct article_span make_span(struct maker *k,
                                     const struct markup_span *s)
{
    struct article_span made = { .words = s->words };
    const struct figure_value *v = value_of(k->source->values, s->key);

    if (s->key.n == 0)
        return made;
    if (!v) {
        made.words = str_fmt(k->m, "{%.*s}", STR_ARG(s->key));
        return made;
    }
    if (s->form == FORM_FIRST && !v->since)
        return made; /* nothing is said */
    made.since = s->form == FORM_FIRST ? v->since : 0;
    made.value = v;
    made.shown = in_form(k, v, s->form);
    made.exact = s->form == FORM_ROUND ? figure_text(k->m, v) : S("");
    made.today = said_today(k, v, s->form);
    made.note = note_of(k, v);
    if (s->form == FORM_HOURS)
        say_hours(k, made.note, made.shown);
    made.place = ++k->places;
    return made;
}

static void make_blocks(struct maker *k, const struct markup *text)
{
    struct article *a = k->a;

    a->blocks = NEW_ARRAY(k->m, struct article_block, text->n);
    a->n = text->n;
    for (size_t i = 0; i < text->n; i++) {
        const struct markup_block *b = &text->blocks[i];

        a->blocks[i].kind = b->kind;
        a->blocks[i].spans = NEW_ARRAY(k->m, struct article_span, b->n);
        a->blocks[i].n = b->n;
        for (size_t j = 0; j < b->n; j++)
            a->blocks[i].spans[j] = make_span(k, &b->spans[j]);
    }
}

bool article_make(struct mem *m, const struct article_source *source,
                  enum lang lang, struct article *ret)
{
    bool en = lang == LANG_EN && source->text.en.n > 0;
    struct article a = { .rows = source->rows, .by = source->by };
    struct maker k = { .m = m, .source = source, .a = &a };
    struct markup text;
    struct text reason;

    k.lang = en ? LANG_EN : LANG_ZH;
    if (markup_read(m, en ? source->text.en : source->text.zh, &text,
                    &reason) != OK)
        return false;
    a.notes = NEW_ARRAY(m, const struct figure_value *, source->values.n);
    a.notes_shown = NEW_ARRAY(m, struct str, source->values.n);
    make_blocks(&k, &text);
    *ret = a;
    return true;
}

size_t changes_between(struct mem *m, struct value_list before,
                       struct value_list after, struct change **ret)
{
    struct change *made = NEW_ARRAY(m, struct change, before.n);
    size_t n = 0;

    for (size_t i = 0; i < before.n; i++) {
        const struct figure_value *v = &before.values[i];
        const struct figure_value *now = value_of(after, v->figure->key);
        struct figure_value was;
        struct figure_value is;

        if (!now || same(v, now))
            continue;
        was = declared_today(v);
        is = declared_today(now);
        made[n++] =
            (struct change){ v, figure_shown(m, &was), figure_shown(m, &is),
                             figure_unit(is.figure) };
    }
    *ret = made;
    return n;
}
