/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Versions of before there were sections. Each came over as one, "whole", and
 * its tail as another; they are cut by writing again what was read of them,
 * which gives the same bytes. What cannot be read is left for those who
 * verify.
 */
#include "feature/reports/section.h"

enum { TAIL_BYTES = 16 * 1024 };

struct recut {
    struct scope in;
    int64_t frozen;
};

static enum err keep(void *arg, const struct section *s, size_t n)
{
    struct recut *c = arg;

    for (size_t i = 0; i < n; i++)
        section_insert(c->in.tx, c->in.district, c->frozen, &s[i]);
    return tx_err(c->in.tx);
}

static bool first_whole(struct scope in, int64_t above, int64_t *ret)
{
    struct rows r = tx_query(
        in.tx,
        SQL("SELECT v.frozen FROM reports_version v CROSS JOIN "
            "reports_section s WHERE v.district = ?1 AND v.frozen > ?2 AND "
            "s.district = v.district AND s.frozen = v.frozen AND "
            "s.part = 'whole' ORDER BY v.frozen LIMIT 1"),
        WITH(INT(in.district), INT(above)));
    bool found = rows_next(&r);

    if (found)
        *ret = rows_int(&r, 0);
    rows_end(&r);
    return found;
}

static void write_content(struct bundle_writer *w, const struct bundle *b)
{
    bundle_put_front(w, b);
    for (size_t i = 0; i < b->figures_n; i++)
        bundle_put_figure(w, &b->figures[i]);
    bundle_put_records(w, b->rows_n);
    for (size_t i = 0; i < b->rows_n; i++)
        bundle_put_row(w, &b->rows[i]);
}

/* A tail is read from its beginning only: it may be cut anywhere. */
static void write_tail(struct bundle_taker to, struct str tail)
{
    for (size_t at = 0; at < tail.n; at += TAIL_BYTES) {
        to.part(to.arg, S("tail"), 0);
        to.put(to.arg, str_slice(tail, at, at + TAIL_BYTES));
    }
}

static void write_both(struct recut *c, const struct bundle *b, struct str tail)
{
    struct section_writer sections;
    struct bundle_writer w;

    while (section_remove_some(c->in.tx, c->in.district, c->frozen))
        ;
    section_begin(&sections, c->in.m, 0);
    sections.keep = keep;
    sections.arg = c;
    w = bundle_writer(c->in.m, section_taker(&sections));
    write_content(&w, b);
    write_tail(w.to, tail);
    if (section_end(&sections) == E_SIZE)
        BUG("a section of more than %d bytes", INT32_MAX);
}

static void cut_one(struct recut *c)
{
    struct section content;
    struct section tail;
    struct text why;
    struct bundle b;

    if (section_find(c->in, c->frozen, S("whole"), 0, &content) &&
        section_find(c->in, c->frozen, S("tail"), 0, &tail) &&
        bundle_read(c->in.m, content.bytes, &b, &why) == OK &&
        str_eq(bundle_content(c->in.m, &b), content.bytes))
        write_both(c, &b, tail.bytes);
}

void section_cut_old(struct scope in)
{
    struct recut c = { .in = in };

    c.in.m = mem_child(in.m);
    while (first_whole(in, c.frozen, &c.frozen)) {
        cut_one(&c);
        mem_reset(c.in.m);
    }
    mem_free(c.in.m);
}
