/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * A section ends where another part begins, and before the item or row that
 * would come once it has SECTION_BYTES. Sections are handed on in batches,
 * each of which is one short transaction.
 */
#include "feature/reports/section.h"

#include <string.h>

enum {
    SECTION_BYTES = 16 * 1024,
    BATCH_BYTES = 1024 * 1024,
    BATCH_MAX = 256,
    REMOVED_AT_ONCE = 64,
};

/* ---- writing ---- */

void section_begin(struct section_writer *w, struct mem *m, int64_t number)
{
    *w = (struct section_writer){ .m = mem_child(m),
                                  .number = number,
                                  .part = S("") };
    w->batch = NEW_ARRAY(m, struct section, BATCH_MAX);
    buf_init(&w->bytes, w->m, INT32_MAX);
}

static void hand_on(struct section_writer *w)
{
    if (w->err == OK && w->batch_n)
        w->err = w->keep(w->arg, w->batch, w->batch_n);
    mem_reset(w->m);
    w->batch_n = 0;
    w->batch_bytes = 0;
}

/* What was collected is a section. */
static void cut(struct section_writer *w)
{
    if (w->bytes.n == 0)
        return;
    w->batch[w->batch_n++] = (struct section){
        .number = w->number++,
        .part = w->part,
        .first = w->first,
        .bytes = buf_str(&w->bytes),
    };
    w->batch_bytes += w->bytes.n;
    if (w->batch_n == BATCH_MAX || w->batch_bytes >= BATCH_BYTES)
        hand_on(w);
    buf_init(&w->bytes, w->m, INT32_MAX);
}

static void take_part(void *arg, struct str part, int64_t first)
{
    struct section_writer *w = arg;
    bool same = str_eq(part, w->part);

    if (same && w->bytes.n < SECTION_BYTES && w->bytes.n > 0)
        return;
    cut(w);
    w->part = str_dup(w->m, part);
    w->first = first;
}

static void take_bytes(void *arg, struct str bytes)
{
    struct section_writer *w = arg;

    buf_put(&w->bytes, bytes);
    if (buf_overflowed(&w->bytes))
        w->err = E_SIZE;
}

struct bundle_taker section_taker(struct section_writer *w)
{
    return (struct bundle_taker){ take_bytes, take_part, w };
}

void section_drop(struct section_writer *w)
{
    if (w->err == OK)
        w->err = E_STORE;
}

enum err section_end(struct section_writer *w)
{
    cut(w);
    hand_on(w);
    mem_free(w->m);
    return w->err;
}

void section_insert(struct tx *tx, int64_t district, int64_t frozen,
                    const struct section *s)
{
    tx_run_unjournaled(
        tx,
        SQL("INSERT INTO reports_section (district, frozen, number, part, "
            "first, bytes) VALUES (?1, ?2, ?3, ?4, ?5, ?6) "
            "ON CONFLICT (district, frozen, number) DO NOTHING"),
        WITH(INT(district), INT(frozen), INT(s->number), STR(s->part),
             INT(s->first), BYTES(s->bytes)));
}

bool section_remove_some(struct tx *tx, int64_t district, int64_t frozen)
{
    int64_t last = tx_int(tx,
                          SQL("SELECT max(number) FROM reports_section WHERE "
                              "district = ?1 AND frozen = ?2"),
                          WITH(INT(district), INT(frozen)), 0);

    tx_run_unjournaled(tx,
                       SQL("DELETE FROM reports_section WHERE district = ?1 "
                           "AND frozen = ?2 AND number > ?3"),
                       WITH(INT(district), INT(frozen),
                            INT(last - REMOVED_AT_ONCE)));
    return last >= REMOVED_AT_ONCE;
}

/* ---- one by one ---- */

int64_t section_count(struct scope in, int64_t frozen)
{
    return tx_int(in.tx,
                  SQL("SELECT count(*) FROM reports_section WHERE "
                      "district = ?1 AND frozen = ?2 AND part <> 'tail'"),
                  WITH(INT(in.district), INT(frozen)), 0);
}

static bool take_section(struct rows r, struct mem *m, struct section *ret)
{
    if (!rows_next(&r))
        return false;
    *ret = (struct section){
        .number = rows_int(&r, 0),
        .part = rows_text(&r, 1, m),
        .first = rows_int(&r, 2),
        .bytes = rows_text(&r, 3, m),
    };
    rows_end(&r);
    return true;
}

bool section_find(struct scope in, int64_t frozen, struct str part,
                  int64_t first, struct section *ret)
{
    return take_section(
        tx_query(in.tx,
                 SQL("SELECT number, part, first, bytes FROM reports_section "
                     "WHERE district = ?1 AND frozen = ?2 AND part = ?3 AND "
                     "first <= ?4 ORDER BY first DESC LIMIT 1"),
                 WITH(INT(in.district), INT(frozen), STR(part), INT(first))),
        in.m, ret);
}

static bool read_number(struct scope in, int64_t frozen, int64_t number,
                        struct section *ret)
{
    return take_section(
        tx_query(in.tx,
                 SQL("SELECT number, part, first, bytes FROM reports_section "
                     "WHERE district = ?1 AND frozen = ?2 AND number = ?3"),
                 WITH(INT(in.district), INT(frozen), INT(number))),
        in.m, ret);
}

bool section_next(struct scope in, int64_t frozen, struct section *io)
{
    struct section next;

    if (!read_number(in, frozen, io->number + 1, &next) ||
        !str_eq(next.part, io->part))
        return false;
    *io = next;
    return true;
}

/* ---- as a source ---- */

struct sections {
    struct scope *in;
    int64_t frozen;
    struct str front;
    int64_t *ends; /* of each section, counted from the first byte */
    size_t n;
    struct mem *m; /* of the section that was read last */
    struct str bytes;
    size_t at; /* its number; SIZE_MAX: none was read */
};

static bool add_length(struct sections *s, size_t *cap, int64_t length)
{
    if (s->n == *cap) {
        size_t more = *cap ? 2 * *cap : 64;

        s->ends = mem_grow(s->in->m, s->ends, *cap * sizeof(*s->ends),
                           more * sizeof(*s->ends));
        *cap = more;
    }
    s->ends[s->n] = (s->n ? s->ends[s->n - 1] : 0) + length;
    s->n++;
    return true;
}

static bool read_lengths(struct sections *s, const struct section_plan *plan)
{
    struct rows r = tx_query(
        s->in->tx,
        SQL("SELECT number, part, length(bytes) FROM reports_section WHERE "
            "district = ?1 AND frozen = ?2 ORDER BY number"),
        WITH(INT(s->in->district), INT(plan->frozen)));
    bool whole = true;
    size_t cap = 0;

    if (plan->front.n)
        add_length(s, &cap, (int64_t)plan->front.n);
    while (whole && rows_next(&r)) {
        if (plan->front.n && rows_int(&r, 0) == 0)
            continue;
        if (!plan->tail && str_eq(rows_view(&r, 1), S("tail")))
            break;
        whole = rows_int(&r, 0) == (int64_t)s->n &&
                add_length(s, &cap, rows_int(&r, 2));
    }
    rows_end(&r);
    return whole && s->n > 0;
}

/* In which section a byte is. */
static size_t number_at(const struct sections *s, int64_t at)
{
    size_t from = 0;
    size_t to = s->n;

    while (from < to) {
        size_t mid = from + (to - from) / 2;

        if (s->ends[mid] <= at)
            from = mid + 1;
        else
            to = mid;
    }
    return from;
}

static bool load(struct sections *s, size_t number)
{
    struct scope in = *s->in;
    int64_t from = number ? s->ends[number - 1] : 0;
    struct section read;

    if (s->at == number)
        return true;
    mem_reset(s->m);
    in.m = s->m;
    s->at = SIZE_MAX;
    if (number == 0 && s->front.n)
        s->bytes = s->front;
    else if (read_number(in, s->frozen, (int64_t)number, &read))
        s->bytes = read.bytes;
    else
        return false;
    if ((int64_t)s->bytes.n != s->ends[number] - from)
        return false;
    s->at = number;
    return true;
}

static bool read_sections(void *arg, int64_t at, char *to, size_t n)
{
    struct sections *s = arg;
    size_t number = number_at(s, at);

    while (n > 0) {
        struct str have;

        if (number >= s->n || !load(s, number))
            return false;
        have = str_slice(s->bytes,
                         (size_t)(at - (s->ends[number] - (int64_t)s->bytes.n)),
                         s->bytes.n);
        have = str_slice(have, 0, n);
        memcpy(to, have.p, have.n);
        to += have.n;
        at += (int64_t)have.n;
        n -= have.n;
        number++;
    }
    return true;
}

static bool open_sections(struct scope *in, const struct section_plan *plan,
                          struct sections *ret)
{
    *ret = (struct sections){ .in = in,
                              .frozen = plan->frozen,
                              .front = plan->front,
                              .m = mem_child(in->m),
                              .at = SIZE_MAX };
    return read_lengths(ret, plan) && tx_err(in->tx) == OK;
}

bool section_source(struct scope *in, const struct section_plan *plan,
                    struct bundle_source *ret)
{
    struct sections *s = NEW(in->m, struct sections);

    if (!open_sections(in, plan, s))
        return false;
    *ret = (struct bundle_source){ .size = s->ends[s->n - 1],
                                   .read = read_sections,
                                   .arg = s };
    return true;
}

bool section_each(struct scope in, const struct section_plan *plan,
                  void (*put)(void *arg, struct str bytes), void *arg)
{
    struct sections s;

    if (!open_sections(&in, plan, &s))
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (!load(&s, i))
            return false;
        put(arg, s.bytes);
    }
    mem_free(s.m);
    return tx_err(in.tx) == OK;
}
