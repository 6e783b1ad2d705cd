/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Reading bundles: untrusted bytes. Counts are checked against the bytes
 * that are left before anything of that size is made.
 */
#include "host/proof/bundle_reader.h"

#include "base/date.h"
#include "base/utf8.h"

#include <string.h>

/* The shortest a figure, a row or an item can be, in bytes. */
enum { FIGURE_LEAST = 100, ROW_LEAST = 100, ITEM_LEAST = 6 };

/* Bytes asked of a source at once, and of the window at first. */
enum { WINDOW = 16 * 1024 };

struct bundle_source bundle_in_memory(struct str bytes)
{
    return (struct bundle_source){ .size = (int64_t)bytes.n, .bytes = bytes };
}

struct bundle_reader bundle_reader(struct mem *m,
                                   const struct bundle_source *source,
                                   struct text *ret_wrong)
{
    struct bundle_reader r = {
        .m = m, .source = source, .words = m, .wrong = ret_wrong
    };

    if (source->bytes.p) { /* read where it lies, and never written */
        r.window = (char *)(uintptr_t)source->bytes.p;
        r.to = source->bytes.n;
    } else {
        r.cap = WINDOW;
        r.window = mem_raw(m, r.cap);
    }
    return r;
}

static bool is_in_memory(const struct bundle_reader *r)
{
    return r->cap == 0;
}

void bundle_seek(struct bundle_reader *r, int64_t at)
{
    int64_t window = r->at - (int64_t)r->from; /* where it begins */

    if (at >= window && at <= window + (int64_t)r->to)
        r->from = (size_t)(at - window);
    else
        r->from = r->to = 0;
    r->at = at;
}

bool bundle_at_end(const struct bundle_reader *r)
{
    return r->at == r->source->size;
}

static void fail(struct bundle_reader *r, struct str key)
{
    if (r->failed)
        return;
    r->failed = true;
    *r->wrong = text_fmt(r->words, "第 %lld 行不合格式：这里应是“%.*s”",
                         "line %lld is not well-formed: expected \"%.*s\"",
                         (long long)r->line, STR_ARG(key));
}

/* Get more behind what is left in the window; false: there is no more. */
static bool read_on(struct bundle_reader *r)
{
    int64_t end = r->at + (int64_t)(r->to - r->from);
    int64_t left = r->source->size - end;
    size_t n = left < WINDOW ? (size_t)left : WINDOW;

    if (is_in_memory(r) || left <= 0 || r->lost)
        return false;
    memmove(r->window, r->window + r->from, r->to - r->from);
    r->to -= r->from;
    r->from = 0;
    if (r->cap - r->to < n) { /* a long line */
        r->window = mem_grow(r->words, r->window, r->cap, 2 * r->cap);
        r->cap *= 2;
    }
    if (!r->source->read(r->source->arg, end, r->window + r->to, n)) {
        r->failed = r->lost = true;
        *r->wrong = TEXT("读不出来：文件变了，或者存储暂时不可用",
                         "it cannot be read: the file changed, or the store "
                         "is not available");
        return false;
    }
    r->to += n;
    return true;
}

/* The length of the next line; false: it has no end. */
static bool find_line(struct bundle_reader *r, size_t *ret)
{
    size_t seen = 0;

    for (;;) {
        const char *p = r->window + r->from;
        const char *end = memchr(p + seen, '\n', r->to - r->from - seen);

        if (end) {
            *ret = (size_t)(end - p);
            return true;
        }
        seen = r->to - r->from;
        if (!read_on(r))
            return false;
    }
}

/*
 * The next line without its line feed. Unless the source is in memory it is
 * gone with the next one: what is kept is copied by stay().
 */
static struct str next_line(struct bundle_reader *r, struct str key)
{
    struct str line;

    r->line++;
    if (r->failed || !find_line(r, &line.n)) {
        fail(r, key);
        return S("");
    }
    line.p = r->window + r->from;
    r->from += line.n + 1;
    r->at += (int64_t)line.n + 1;
    if (r->hashes)
        hasher_put(r->hashes, (struct str){ line.p, line.n + 1 });
    if (!utf8_plain(line, true))
        fail(r, key);
    return line;
}

static struct str stay(const struct bundle_reader *r, struct str s)
{
    return is_in_memory(r) ? s : str_dup(r->m, s);
}

static int64_t bytes_left(const struct bundle_reader *r)
{
    return r->source->size - r->at;
}

/* Does the next line begin so? */
static bool follows(struct bundle_reader *r, struct str what)
{
    while (r->to - r->from < what.n && read_on(r))
        ;
    return str_starts((struct str){ r->window + r->from, r->to - r->from },
                      what);
}

/* The value of a line "key value". */
static struct str take(struct bundle_reader *r, struct str key)
{
    struct str line = next_line(r, key);

    /* No tab: that is all a line of several may hold and this one may not. */
    if (!r->failed && str_starts(line, key) && line.n > key.n &&
        line.p[key.n] == ' ' && !memchr(line.p, '\t', line.n))
        return stay(r, str_slice(line, key.n + 1, line.n));
    fail(r, key);
    return S("");
}

/* Only the one spelling of a number that is not negative. */
static bool plain_number(struct str s, int64_t *ret)
{
    return s.n > 0 && s.p[0] >= '0' && s.p[0] <= '9' &&
           (s.p[0] != '0' || s.n == 1) && str_int(s, ret);
}

static int64_t take_int(struct bundle_reader *r, struct str key)
{
    int64_t v = 0;

    if (!plain_number(take(r, key), &v))
        fail(r, key);
    return v;
}

/* A count of things that take at least `least` bytes each. */
static size_t take_count(struct bundle_reader *r, struct str key, size_t least)
{
    int64_t n = take_int(r, key);

    if (!r->failed && !r->piece && n > bytes_left(r) / (int64_t)least)
        fail(r, key);
    return r->failed ? 0 : (size_t)n;
}

static struct str take_lines(struct bundle_reader *r, struct str key)
{
    size_t n = take_count(r, key, 2);
    struct buf *b = buf_new(r->m, (size_t)bytes_left(r) + 1);

    for (size_t i = 0; i < n && !r->failed; i++) {
        struct str line = next_line(r, key);

        if (line.n == 0 || line.p[0] != ' ') {
            fail(r, key);
            break;
        }
        buf_put(b, str_slice(line, 1, line.n));
        buf_byte(b, '\n');
    }
    return buf_str(b);
}

static struct str take_base64(struct bundle_reader *r, struct str key)
{
    struct str s = take(r, key);
    struct str bytes = S("");

    if (!r->failed && !base64_decode(r->m, s, &bytes))
        fail(r, key);
    return bytes;
}

static struct hash take_hash(struct bundle_reader *r, struct str key)
{
    struct hash h = { { 0 } };
    struct str bytes = take_base64(r, key);

    if (!r->failed && !hash_from(bytes, &h))
        fail(r, key);
    return h;
}

static struct text take_text(struct bundle_reader *r, struct str key,
                             struct str key_en)
{
    struct str zh = take(r, key);

    return (struct text){ zh, take(r, key_en) };
}

static enum measure take_measure(struct bundle_reader *r)
{
    struct str s = take(r, S("measure"));

    if (str_eq(s, S("sum")))
        return MEASURE_SUM;
    if (str_eq(s, S("ratio")))
        return MEASURE_RATIO;
    if (str_eq(s, S("seats")))
        return MEASURE_SEATS;
    if (str_eq(s, S("mean")))
        return MEASURE_MEAN;
    if (str_eq(s, S("median")))
        return MEASURE_MEDIAN;
    if (str_eq(s, S("standing")))
        return MEASURE_STANDING;
    if (!str_eq(s, S("count")))
        fail(r, S("measure"));
    return MEASURE_COUNT;
}

/* A day as yyyymmdd. */
static bool plain_day(struct str s, int32_t *ret)
{
    int64_t v = 0;

    if (!plain_number(s, &v) || v > INT32_MAX ||
        !date_make(v / 10000, v / 100 % 100, v % 100))
        return false;
    *ret = (int32_t)v;
    return true;
}

/* Of a standing figure the fourth number is since when, else the points. */
static bool take_more(struct str s, bool standing, struct bundle_item *item)
{
    if (standing)
        return plain_day(s, &item->since);
    return !s.p || (plain_number(s, &item->points) && item->points > 0);
}

struct bundle_item bundle_take_item(struct bundle_reader *r, bool standing)
{
    struct bundle_item item = { 0 };
    struct str rest = next_line(r, S("items"));
    struct str id;
    struct str quantity;
    struct str place;

    if (r->failed || !str_cut(&rest, S(" "), &id) || !rest.p ||
        !str_cut(&rest, S(" "), &quantity) || !rest.p ||
        !str_cut(&rest, S(" "), &place) || !plain_number(id, &item.id) ||
        !plain_number(quantity, &item.quantity) ||
        !plain_number(place, &item.place) || !take_more(rest, standing, &item))
        fail(r, S("items"));
    return item;
}

struct bundle_list bundle_take_list(struct bundle_reader *r, struct str name)
{
    struct bundle_list l = { .ledger = take(r, name) };

    l.where = take(r, S("where"));
    l.from = take(r, S("from"));
    l.n = take_count(r, S("items"), ITEM_LEAST);
    l.at = r->at;
    return l;
}

static struct bundle_list take_items(struct bundle_reader *r, struct str name,
                                     bool standing, bool whole)
{
    struct bundle_list l = bundle_take_list(r, name);

    if (whole)
        l.items = NEW_ARRAY(r->m, struct bundle_item, l.n);
    for (size_t i = 0; i < l.n && !r->failed; i++) {
        struct bundle_item item = bundle_take_item(r, standing);

        if (whole)
            l.items[i] = item;
    }
    return l;
}

static void take_value(struct bundle_reader *r, struct figure_value *v)
{
    struct str s = take(r, S("value"));

    v->known = !str_eq(s, S("-"));
    if (v->known && !plain_number(s, &v->value))
        fail(r, S("value"));
    v->n = take_int(r, S("n"));
}

/* Only where the text says that it was the first time. */
static int32_t take_since(struct bundle_reader *r, int64_t year)
{
    int64_t since;

    if (!follows(r, S("first-since ")))
        return 0;
    since = take_int(r, S("first-since"));
    if (since < YEAR_FIRST || since >= year)
        fail(r, S("first-since"));
    return r->failed ? 0 : (int32_t)since;
}

static int32_t take_day(struct bundle_reader *r)
{
    struct str s = take(r, S("day"));
    int32_t day = 0;

    if (!r->failed && !plain_day(s, &day))
        fail(r, S("day"));
    return day;
}

void bundle_take_figure(struct bundle_reader *r, int64_t year, bool whole,
                        struct bundle_figure *ret)
{
    struct figure *f = &ret->figure;
    bool standing;

    f->key = take(r, S("figure"));
    f->label = take_text(r, S("label"), S("label-en"));
    f->rule = take_text(r, S("rule"), S("rule-en"));
    f->unit = take_text(r, S("unit"), S("unit-en"));
    f->measure = take_measure(r);
    ret->value.figure = f;
    ret->value.year = (int32_t)year;
    ret->value.rule = f->rule;
    take_value(r, &ret->value);
    if (figure_divides(f))
        ret->value.part = take_int(r, S("part"));
    standing = f->measure == MEASURE_STANDING;
    if (standing)
        ret->value.only.day = take_day(r);
    if (f->measure == MEASURE_SEATS)
        ret->value.places = take_int(r, S("places"));
    ret->value.since = take_since(r, year);
    ret->rows = take_items(r, S("rows"), standing, whole);
    if (f->measure == MEASURE_RATIO)
        ret->parts = take_items(r, S("parts"), false, whole);
}

void bundle_take_row(struct bundle_reader *r, struct bundle_row *ret)
{
    struct str rest = take(r, S("row"));

    if (r->failed || !str_cut(&rest, S(" "), &ret->ledger) || !rest.p ||
        !plain_number(rest, &ret->id)) {
        fail(r, S("row"));
        return;
    }
    ret->leaf = take_base64(r, S("leaf"));
    ret->shown = take(r, S("shown"));
    ret->open = !follows(r, S("closed\n"));
    if (!ret->open) {
        next_line(r, S("closed"));
        return;
    }
    ret->salt = take_hash(r, S("salt"));
    ret->content = take_lines(r, S("content"));
}

void bundle_take_front(struct bundle_reader *r, struct bundle *b)
{
    struct str first = next_line(r, S("dajuan-bundle/2"));

    b->format = str_eq(first, S("dajuan-bundle/1")) ? 1 : BUNDLE_FORMAT;
    if (b->format != 1 && !str_eq(first, S("dajuan-bundle/2")))
        fail(r, S("dajuan-bundle/2"));
    b->report = take(r, S("sheet"));
    b->version = take_int(r, S("version"));
    b->year = take_int(r, S("year"));
    if (b->year > 9999)
        fail(r, S("year"));
    b->district = take_int(r, S("district"));
    b->name = take_text(r, S("name"), S("name-en"));
    b->at = take(r, S("at"));
    b->size = take_int(r, S("size"));
    b->text.zh = take_lines(r, S("text"));
    b->text.en = take_lines(r, S("text-en"));
    b->figures_n = take_count(r, S("figures"), FIGURE_LEAST);
    if (b->figures_n > BUNDLE_FIGURES_MAX)
        fail(r, S("figures"));
    b->figures = NEW_ARRAY(r->m, struct bundle_figure, b->figures_n);
}

size_t bundle_take_records(struct bundle_reader *r)
{
    return take_count(r, S("records"), ROW_LEAST);
}

struct str bundle_take_proof(struct bundle_reader *r)
{
    struct buf *b = buf_new(r->m, TREE_PROOF_MAX * HASH_SIZE);
    struct str rest = next_line(r, S("proof"));
    struct str part;

    if (r->failed || !str_cut(&rest, S(" "), &part) ||
        !str_eq(part, S("proof")))
        fail(r, S("proof"));
    while (!r->failed && str_cut(&rest, S(" "), &part)) {
        struct str bytes;

        if (!base64_decode(r->m, part, &bytes) || bytes.n != HASH_SIZE)
            fail(r, S("proof"));
        else
            buf_put(b, bytes);
    }
    if (buf_overflowed(b))
        fail(r, S("proof"));
    return buf_str(b);
}

void bundle_take_tail(struct bundle_reader *r, struct bundle_tail *t)
{
    t->leaf = take_base64(r, S("published"));
    t->salt = take_hash(r, S("salt"));
    t->key = take(r, S("key"));
    t->head = take_lines(r, S("head"));
}

void bundle_take_end(struct bundle_reader *r)
{
    if (!str_eq(next_line(r, S("end")), S("end")) || !bundle_at_end(r))
        fail(r, S("end"));
}

static void read_tail(struct bundle_reader *r, size_t rows_n,
                      struct bundle_tail *t)
{
    bundle_take_tail(r, t);
    /* Rows were counted against the bytes; each has a line here. */
    t->proofs = NEW_ARRAY(r->m, struct str, rows_n + 1);
    for (size_t i = 0; i <= rows_n && !r->failed; i++)
        t->proofs[i] = bundle_take_proof(r);
    bundle_take_end(r);
}

enum err bundle_read(struct mem *m, struct str bytes, struct bundle *ret,
                     struct text *ret_wrong)
{
    struct bundle_source source = bundle_in_memory(bytes);
    struct bundle_reader r = bundle_reader(m, &source, ret_wrong);
    struct bundle b = { 0 };

    bundle_take_front(&r, &b);
    for (size_t i = 0; i < b.figures_n && !r.failed; i++)
        bundle_take_figure(&r, b.year, true, &b.figures[i]);
    b.rows_n = bundle_take_records(&r);
    b.rows = NEW_ARRAY(m, struct bundle_row, b.rows_n);
    for (size_t i = 0; i < b.rows_n && !r.failed; i++)
        bundle_take_row(&r, &b.rows[i]);
    b.content = str_slice(bytes, 0, (size_t)r.at);
    if (!r.failed && !bundle_at_end(&r))
        read_tail(&r, b.rows_n, &b.tail);
    if (r.failed)
        return E_INPUT;
    *ret = b;
    return OK;
}

static int row_cmp(const struct bundle_row *row, struct str ledger, int64_t id)
{
    int c = str_cmp(row->ledger, ledger);

    return c ? c : (row->id > id) - (row->id < id);
}

const struct bundle_row *bundle_row_find(const struct bundle *b,
                                         struct str ledger, int64_t id)
{
    size_t from = 0;
    size_t to = b->rows_n;

    while (from < to) {
        size_t mid = from + (to - from) / 2;
        int c = row_cmp(&b->rows[mid], ledger, id);

        if (c == 0)
            return &b->rows[mid];
        if (c < 0)
            from = mid + 1;
        else
            to = mid;
    }
    return NULL;
}

const struct bundle_figure *bundle_figure_find(const struct bundle *b,
                                               struct str key)
{
    for (size_t i = 0; i < b->figures_n; i++)
        if (str_eq(b->figures[i].figure.key, key))
            return &b->figures[i];
    return NULL;
}

static struct str unescape(struct mem *m, struct str s)
{
    struct buf *b = buf_new(m, s.n + 1);

    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '\\' && i + 1 < s.n)
            buf_byte(b, s.p[++i] == 'n' ? '\n' : s.p[i]);
        else
            buf_byte(b, s.p[i]);
    return buf_str(b);
}

bool bundle_value(struct mem *m, const struct bundle_row *row, struct str key,
                  struct str *ret_value)
{
    struct str rest = row->content;
    struct str line;

    while (row->open && str_cut(&rest, S("\n"), &line))
        if (line.n > key.n && str_starts(line, key) && line.p[key.n] == '=') {
            *ret_value = unescape(m, str_slice(line, key.n + 1, line.n));
            return true;
        }
    return false;
}
