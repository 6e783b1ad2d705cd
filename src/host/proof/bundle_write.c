/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Writing bundles. One line a fact, in one order, so that a bundle has one
 * spelling and can be read with a pager; texts of several lines are counted
 * and stand indented by one space. bundle_read.c is the mirror image.
 */
#include "host/proof/bundle.h"

#include "base/buf.h"
#include "base/utf8.h"

enum { CONTENT_MAX = 512 << 20, TAIL_MAX = 256 << 20 };

static void put(struct buf *b, struct str key, struct str value)
{
    if (!utf8_plain(value, false))
        BUG("a line of a bundle cannot hold %.*s", STR_ARG(key));
    buf_put(b, key);
    buf_byte(b, ' ');
    buf_put(b, value);
    buf_byte(b, '\n');
}

static void put_int(struct buf *b, struct str key, int64_t v)
{
    buf_put(b, key);
    buf_byte(b, ' ');
    buf_int(b, v);
    buf_byte(b, '\n');
}

static void put_text(struct buf *b, struct str key, struct str key_en,
                     struct text t)
{
    put(b, key, t.zh);
    put(b, key_en, t.en);
}

static void put_lines(struct buf *b, struct str key, struct str lines)
{
    int64_t n = 0;
    struct str line;

    if (lines.n && lines.p[lines.n - 1] != '\n')
        BUG("%.*s of a bundle: the last line does not end", STR_ARG(key));
    for (size_t i = 0; i < lines.n; i++)
        n += lines.p[i] == '\n';
    put_int(b, key, n);
    while (n-- > 0 && str_cut(&lines, S("\n"), &line)) {
        buf_byte(b, ' ');
        buf_put(b, line);
        buf_byte(b, '\n');
    }
}

static void put_base64(struct buf *b, struct str key, struct str bytes)
{
    put(b, key, base64_encode(b->m, bytes));
}

static struct str measure_name(enum measure measure)
{
    static const struct str names[] = {
        [MEASURE_COUNT] = S_INIT("count"),
        [MEASURE_SUM] = S_INIT("sum"),
        [MEASURE_RATIO] = S_INIT("ratio"),
        [MEASURE_SEATS] = S_INIT("seats"),
        [MEASURE_MEAN] = S_INIT("mean"),
        [MEASURE_MEDIAN] = S_INIT("median"),
        [MEASURE_STANDING] = S_INIT("standing"),
    };

    return names[measure];
}

static void put_list(struct buf *b, struct str key, const struct bundle_list *l)
{
    put(b, key, l->ledger);
    put(b, S("where"), l->where);
    put(b, S("from"), l->from);
    put_int(b, S("items"), (int64_t)l->n);
    for (size_t i = 0; i < l->n; i++) {
        buf_fmt(b, "%lld %lld %lld", (long long)l->items[i].id,
                (long long)l->items[i].quantity, (long long)l->items[i].place);
        if (l->items[i].since)
            buf_fmt(b, " %d", l->items[i].since);
        if (l->items[i].points)
            buf_fmt(b, " %lld", (long long)l->items[i].points);
        buf_byte(b, '\n');
    }
}

static void put_figure(struct buf *b, const struct bundle_figure *f)
{
    put(b, S("figure"), f->figure.key);
    put_text(b, S("label"), S("label-en"), f->figure.label);
    put_text(b, S("rule"), S("rule-en"), f->figure.rule);
    put_text(b, S("unit"), S("unit-en"), f->figure.unit);
    put(b, S("measure"), measure_name(f->figure.measure));
    if (f->value.known)
        put_int(b, S("value"), f->value.value);
    else
        put(b, S("value"), S("-"));
    put_int(b, S("n"), f->value.n);
    if (figure_divides(&f->figure))
        put_int(b, S("part"), f->value.part);
    if (f->figure.measure == MEASURE_STANDING)
        put_int(b, S("day"), f->value.only.day);
    if (f->figure.measure == MEASURE_SEATS)
        put_int(b, S("places"), f->value.places);
    if (f->value.since)
        put_int(b, S("first-since"), f->value.since);
    put_list(b, S("rows"), &f->rows);
    if (f->figure.measure == MEASURE_RATIO)
        put_list(b, S("parts"), &f->parts);
}

static void put_row(struct buf *b, const struct bundle_row *r)
{
    buf_fmt(b, "row %.*s %lld\n", STR_ARG(r->ledger), (long long)r->id);
    put_base64(b, S("leaf"), r->leaf);
    put(b, S("shown"), r->shown);
    if (!r->open) {
        buf_lit(b, "closed\n");
        return;
    }
    put_base64(b, S("salt"), hash_str(&r->salt));
    put_lines(b, S("content"), r->content);
}

static struct str whole(const struct buf *b)
{
    if (buf_overflowed(b))
        BUG("a bundle of more than %zu bytes", b->limit);
    return buf_str(b);
}

struct str bundle_content(struct mem *m, const struct bundle *bundle)
{
    struct buf *b = buf_new(m, CONTENT_MAX);

    if (bundle->format < 1 || bundle->format > BUNDLE_FORMAT)
        BUG("a bundle of format %lld", (long long)bundle->format);
    buf_fmt(b, "dajuan-bundle/%lld\n", (long long)bundle->format);
    put(b, S("sheet"), bundle->report);
    put_int(b, S("version"), bundle->version);
    put_int(b, S("year"), bundle->year);
    put_int(b, S("district"), bundle->district);
    put_text(b, S("name"), S("name-en"), bundle->name);
    put(b, S("at"), bundle->at);
    put_int(b, S("size"), bundle->size);
    put_lines(b, S("text"), bundle->text.zh);
    put_lines(b, S("text-en"), bundle->text.en);
    put_int(b, S("figures"), (int64_t)bundle->figures_n);
    for (size_t i = 0; i < bundle->figures_n; i++)
        put_figure(b, &bundle->figures[i]);
    put_int(b, S("records"), (int64_t)bundle->rows_n);
    for (size_t i = 0; i < bundle->rows_n; i++)
        put_row(b, &bundle->rows[i]);
    return whole(b);
}

struct str bundle_front(struct mem *m, const struct bundle *bundle)
{
    struct bundle front = *bundle;

    front.rows_n = 0;
    front.figures = NEW_ARRAY(m, struct bundle_figure, front.figures_n);
    for (size_t i = 0; i < front.figures_n; i++) {
        front.figures[i] = bundle->figures[i];
        front.figures[i].rows.n = 0;
        front.figures[i].parts.n = 0;
    }
    return bundle_content(m, &front);
}

static void put_proof(struct buf *b, struct str hashes)
{
    buf_lit(b, "proof");
    for (size_t at = 0; at < hashes.n; at += HASH_SIZE) {
        buf_byte(b, ' ');
        buf_put(b, base64_encode(b->m, str_slice(hashes, at, at + HASH_SIZE)));
    }
    buf_byte(b, '\n');
}

struct str bundle_tail(struct mem *m, const struct bundle_tail *t,
                       size_t rows_n)
{
    struct buf *b = buf_new(m, TAIL_MAX);

    put_base64(b, S("published"), t->leaf);
    put_base64(b, S("salt"), hash_str(&t->salt));
    put(b, S("key"), t->key);
    put_lines(b, S("head"), t->head);
    for (size_t i = 0; i <= rows_n; i++)
        put_proof(b, t->proofs[i]);
    buf_lit(b, "end\n");
    return whole(b);
}

struct str bundle_commitment(struct mem *m, struct str report, int64_t version,
                             struct str content)
{
    struct hash h = HASH_OF(content);
    struct str format; /* its first line */

    if (!str_cut(&content, S("\n"), &format))
        BUG("a bundle without content");
    return str_fmt(m,
                   "%.*s\nsheet=%.*s\nversion=%lld\n"
                   "sha256=%.*s\n",
                   STR_ARG(format), STR_ARG(report), (long long)version,
                   STR_ARG(hex_encode(m, hash_str(&h))));
}
