/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Nobody starts from an empty page: the draft says every number once, to be
 * rewritten in the office's own words.
 */
#include "feature/reports/draft.h"

#include "base/buf.h"
#include "host/ledger/feature.h"

enum { DRAFT_MAX = 64 * 1024 };

struct draft {
    struct scope in;
    int32_t year;
    enum lang lang;
    struct buf *out;
};

static bool has_value(const struct draft *d, const struct figure *f)
{
    struct figure_value v = figure_read(d->in, d->year, f);

    return v.known && v.n > 0;
}

static void put_figure(struct draft *d, const struct figure *f, bool first)
{
    bool english = d->lang == LANG_EN;

    if (!first)
        buf_put(d->out, english ? S("; ") : S("，"));
    buf_put(d->out, text_in(f->label, d->lang));
    buf_put(d->out, english ? S(": {") : S(" {"));
    buf_put(d->out, f->key);
    buf_put(d->out, figure_is_time(f) ? S("|hours}") : S("}"));
    if (english && f->unit.en.n)
        buf_byte(d->out, ' ');
    buf_put(d->out, text_in(figure_unit(f), d->lang));
}

static void put_section(struct draft *d, const struct feature *feature)
{
    bool first = true;

    for (size_t i = 0; i < feature->figures_n; i++) {
        if (!has_value(d, &feature->figures[i]))
            continue;
        if (first) {
            buf_lit(d->out, "\n## ");
            buf_put(d->out, text_in(feature->label, d->lang));
            buf_lit(d->out, "\n\n");
        }
        put_figure(d, &feature->figures[i], first);
        first = false;
    }
    if (!first)
        buf_put(d->out, d->lang == LANG_EN ? S(".\n") : S("。\n"));
}

static struct str draft_in(struct scope in, struct text name, int32_t year,
                           enum lang l)
{
    struct draft d = {
        .in = in, .year = year, .lang = l, .out = buf_new(in.m, DRAFT_MAX)
    };

    if (l == LANG_EN)
        buf_fmt(d.out, "# %.*s: answer sheet %d\n", STR_ARG(name.en), year);
    else
        buf_fmt(d.out, "# %d年%.*s答卷\n", year, STR_ARG(name.zh));
    for (size_t i = 0; features[i]; i++)
        put_section(&d, features[i]);
    return buf_str(d.out);
}

struct text report_draft(struct scope in, struct text name, int32_t year)
{
    return (struct text){ draft_in(in, name, year, LANG_ZH),
                          draft_in(in, name, year, LANG_EN) };
}
