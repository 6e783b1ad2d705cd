/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Writing bundles. One line a fact, in one order, so that a bundle has one
 * spelling and can be read with a pager; texts of several lines are counted
 * and stand indented by one space. bundle_read.c is the mirror image.
 */
#include "host/proof/bundle_stream.h"

#include "base/utf8.h"

/* Of a line or a row: more than any memory holds. */
enum { PIECE_MAX = INT32_MAX };

/* What is being written; it goes out whole. */
struct piece {
    struct bundle_writer *w;
    struct buf b;
};

static struct piece piece_begin(struct bundle_writer *w)
{
    struct piece p = { .w = w };

    mem_reset(w->m);
    buf_init(&p.b, w->m, PIECE_MAX);
    return p;
}

static void piece_end(struct piece *p)
{
    if (buf_overflowed(&p->b))
        p->w->unsaid = S("content");
    else
        p->w->to.put(p->w->to.arg, buf_str(&p->b));
}

static void begin_part(struct bundle_writer *w, struct str part, int64_t first)
{
    if (w->to.part)
        w->to.part(w->to.arg, part, first);
}

static void put(struct piece *p, struct str key, struct str value)
{
    if (!utf8_plain(value, false) && !p->w->unsaid.n)
        p->w->unsaid = key;
    buf_put(&p->b, key);
    buf_byte(&p->b, ' ');
    buf_put(&p->b, value);
    buf_byte(&p->b, '\n');
}

static void put_int(struct piece *p, struct str key, int64_t v)
{
    buf_put(&p->b, key);
    buf_byte(&p->b, ' ');
    buf_int(&p->b, v);
    buf_byte(&p->b, '\n');
}

static void put_text(struct piece *p, struct str key, struct str key_en,
                     struct text t)
{
    put(p, key, t.zh);
    put(p, key_en, t.en);
}

static void put_lines(struct piece *p, struct str key, struct str lines)
{
    int64_t n = 0;
    struct str line;

    if (lines.n && lines.p[lines.n - 1] != '\n')
        BUG("%.*s of a bundle: the last line does not end", STR_ARG(key));
    if (!utf8_plain(lines, true) && !p->w->unsaid.n)
        p->w->unsaid = key;
    for (size_t i = 0; i < lines.n; i++)
        n += lines.p[i] == '\n';
    put_int(p, key, n);
    while (n-- > 0 && str_cut(&lines, S("\n"), &line)) {
        buf_byte(&p->b, ' ');
        buf_put(&p->b, line);
        buf_byte(&p->b, '\n');
    }
}

static void put_base64(struct piece *p, struct str key, struct str bytes)
{
    put(p, key, base64_encode(p->w->m, bytes));
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

static void put_item(struct piece *p, const struct bundle_item *item)
{
    buf_fmt(&p->b, "%lld %lld %lld", (long long)item->id,
            (long long)item->quantity, (long long)item->place);
    if (item->since)
        buf_fmt(&p->b, " %d", item->since);
    if (item->points)
        buf_fmt(&p->b, " %lld", (long long)item->points);
    buf_byte(&p->b, '\n');
}

static bool ids_rise(const struct bundle_list *l)
{
    for (size_t i = 1; i < l->n; i++)
        if (l->items[i].id <= l->items[i - 1].id)
            return false;
    return true;
}

/* What its list begins with is in the part of its first item. */
static void put_head_of_list(struct bundle_writer *w, struct str name,
                             const struct bundle_list *l)
{
    struct piece p = piece_begin(w);

    put(&p, name, l->ledger);
    put(&p, S("where"), l->where);
    put(&p, S("from"), l->from);
    put_int(&p, S("items"), (int64_t)l->n);
    piece_end(&p);
}

/* Items of a list `part` are found by their number, or by their ids. */
static void put_list(struct bundle_writer *w, struct str name, struct str part,
                     const struct bundle_list *l)
{
    bool by_id = str_eq(name, S("parts"));
    bool rise = by_id && ids_rise(l);

    begin_part(w, part, 0);
    put_head_of_list(w, name, l);
    for (size_t i = 0; i < l->n; i++) {
        struct piece p;

        if (i > 0)
            begin_part(w, part,
                       rise    ? l->items[i].id
                       : by_id ? -(int64_t)i
                               : (int64_t)i);
        p = piece_begin(w);
        put_item(&p, &l->items[i]);
        piece_end(&p);
    }
}

static void put_words(struct piece *p, const struct bundle_figure *f)
{
    put(p, S("figure"), f->figure.key);
    put_text(p, S("label"), S("label-en"), f->figure.label);
    put_text(p, S("rule"), S("rule-en"), f->figure.rule);
    put_text(p, S("unit"), S("unit-en"), f->figure.unit);
    put(p, S("measure"), measure_name(f->figure.measure));
}

static void put_value(struct piece *p, const struct bundle_figure *f)
{
    if (f->value.known)
        put_int(p, S("value"), f->value.value);
    else
        put(p, S("value"), S("-"));
    put_int(p, S("n"), f->value.n);
    if (figure_divides(&f->figure))
        put_int(p, S("part"), f->value.part);
    if (f->figure.measure == MEASURE_STANDING)
        put_int(p, S("day"), f->value.only.day);
    if (f->figure.measure == MEASURE_SEATS)
        put_int(p, S("places"), f->value.places);
    if (f->value.since)
        put_int(p, S("first-since"), f->value.since);
}

void bundle_put_figure(struct bundle_writer *w, const struct bundle_figure *f)
{
    struct mem *m = mem_new(); /* longer than a line */
    struct str key = f->figure.key;
    struct piece p;

    begin_part(w, S(""), 0);
    p = piece_begin(w);
    put_words(&p, f);
    put_value(&p, f);
    piece_end(&p);
    put_list(w, S("rows"), bundle_part(m, S("rows"), key), &f->rows);
    if (f->figure.measure == MEASURE_RATIO)
        put_list(w, S("parts"), bundle_part(m, S("parts"), key), &f->parts);
    mem_free(m);
}

void bundle_put_front(struct bundle_writer *w, const struct bundle *b)
{
    struct piece p;

    if (b->format < 1 || b->format > BUNDLE_FORMAT)
        BUG("a bundle of format %lld", (long long)b->format);
    begin_part(w, S(""), 0);
    p = piece_begin(w);
    buf_fmt(&p.b, "dajuan-bundle/%lld\n", (long long)b->format);
    put(&p, S("sheet"), b->report);
    put_int(&p, S("version"), b->version);
    put_int(&p, S("year"), b->year);
    put_int(&p, S("district"), b->district);
    put_text(&p, S("name"), S("name-en"), b->name);
    put(&p, S("at"), b->at);
    put_int(&p, S("size"), b->size);
    put_lines(&p, S("text"), b->text.zh);
    put_lines(&p, S("text-en"), b->text.en);
    put_int(&p, S("figures"), (int64_t)b->figures_n);
    piece_end(&p);
}

void bundle_put_records(struct bundle_writer *w, size_t n)
{
    struct piece p;

    begin_part(w, S(""), 0);
    p = piece_begin(w);
    put_int(&p, S("records"), (int64_t)n);
    piece_end(&p);
}

void bundle_put_row(struct bundle_writer *w, const struct bundle_row *r)
{
    struct piece p = piece_begin(w);

    begin_part(w, bundle_part(w->m, S("row"), r->ledger), r->id);
    buf_fmt(&p.b, "row %.*s %lld\n", STR_ARG(r->ledger), (long long)r->id);
    put_base64(&p, S("leaf"), r->leaf);
    put(&p, S("shown"), r->shown);
    if (r->open) {
        put_base64(&p, S("salt"), hash_str(&r->salt));
        put_lines(&p, S("content"), r->content);
    } else {
        buf_lit(&p.b, "closed\n");
    }
    piece_end(&p);
}

/* ---- the tail ---- */

void bundle_put_tail(struct bundle_writer *w, const struct bundle_tail *t)
{
    struct piece p;

    begin_part(w, S("tail"), 0);
    p = piece_begin(w);
    put_base64(&p, S("published"), t->leaf);
    put_base64(&p, S("salt"), hash_str(&t->salt));
    put(&p, S("key"), t->key);
    put_lines(&p, S("head"), t->head);
    piece_end(&p);
}

void bundle_put_proof(struct bundle_writer *w, struct str hashes)
{
    struct piece p;

    begin_part(w, S("tail"), 0);
    p = piece_begin(w);
    buf_lit(&p.b, "proof");
    for (size_t at = 0; at < hashes.n; at += HASH_SIZE) {
        buf_byte(&p.b, ' ');
        buf_put(&p.b,
                base64_encode(w->m, str_slice(hashes, at, at + HASH_SIZE)));
    }
    buf_byte(&p.b, '\n');
    piece_end(&p);
}

void bundle_put_end(struct bundle_writer *w)
{
    struct piece p = piece_begin(w);

    buf_lit(&p.b, "end\n");
    piece_end(&p);
}

/* ---- whole, in memory ---- */

struct bundle_writer bundle_writer(struct mem *m, struct bundle_taker to)
{
    return (
        struct bundle_writer){ .to = to, .m = mem_child(m), .unsaid = S("") };
}

struct str bundle_part(struct mem *m, struct str name, struct str of)
{
    return str_fmt(m, "%.*s %.*s", STR_ARG(name), STR_ARG(of));
}

static void collect(void *arg, struct str bytes)
{
    buf_put(arg, bytes);
}

static struct str collected(struct bundle_writer *w, const struct buf *b)
{
    mem_free(w->m);
    if (w->unsaid.n || buf_overflowed(b))
        BUG("a bundle cannot say %.*s", STR_ARG(w->unsaid));
    return buf_str(b);
}

struct str bundle_content(struct mem *m, const struct bundle *b)
{
    struct buf *all = buf_new(m, PIECE_MAX);
    struct bundle_writer w =
        bundle_writer(m, (struct bundle_taker){ .put = collect, .arg = all });

    bundle_put_front(&w, b);
    for (size_t i = 0; i < b->figures_n; i++)
        bundle_put_figure(&w, &b->figures[i]);
    bundle_put_records(&w, b->rows_n);
    for (size_t i = 0; i < b->rows_n; i++)
        bundle_put_row(&w, &b->rows[i]);
    return collected(&w, all);
}

struct str bundle_front(struct mem *m, const struct bundle *b)
{
    struct bundle front = *b;

    front.rows_n = 0;
    front.figures = NEW_ARRAY(m, struct bundle_figure, front.figures_n);
    for (size_t i = 0; i < front.figures_n; i++) {
        front.figures[i] = b->figures[i];
        front.figures[i].rows.n = 0;
        front.figures[i].parts.n = 0;
    }
    return bundle_content(m, &front);
}

struct str bundle_tail(struct mem *m, const struct bundle_tail *t,
                       size_t rows_n)
{
    struct buf *all = buf_new(m, PIECE_MAX);
    struct bundle_writer w =
        bundle_writer(m, (struct bundle_taker){ .put = collect, .arg = all });

    bundle_put_tail(&w, t);
    for (size_t i = 0; i <= rows_n; i++)
        bundle_put_proof(&w, t->proofs[i]);
    bundle_put_end(&w);
    return collected(&w, all);
}

struct str bundle_commitment(struct mem *m, const struct bundle *b,
                             const struct hash *content)
{
    return str_fmt(m,
                   "dajuan-bundle/%lld\nsheet=%.*s\nversion=%lld\n"
                   "sha256=%.*s\n",
                   (long long)b->format, STR_ARG(b->report),
                   (long long)b->version,
                   STR_ARG(hex_encode(m, hash_str(content))));
}
