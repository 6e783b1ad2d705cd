/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "feature/reports/frozen.h"

static void part_open(struct frozen_part *p, struct scope in, int64_t frozen)
{
    *p = (struct frozen_part){ .in = in, .frozen = frozen };
    p->in.m = mem_child(in.m);
}

static void part_read(struct frozen_part *p)
{
    p->source = bundle_in_memory(p->section.bytes);
    p->reader = bundle_reader(p->in.m, &p->source, &p->wrong);
    p->reader.piece = true;
}

/* The section in which item or row `first` is. */
static bool part_find(struct frozen_part *p, struct str name, struct str of,
                      int64_t first)
{
    mem_reset(p->in.m);
    p->section = (struct section){ .part = S("") };
    if (!section_find(p->in, p->frozen, bundle_part(p->in.m, name, of), first,
                      &p->section))
        return false;
    part_read(p);
    return true;
}

static bool part_next(struct frozen_part *p)
{
    struct section next = p->section;
    struct mem *m = mem_new(); /* its name outlives the section before */

    next.part = str_dup(m, next.part);
    mem_reset(p->in.m);
    if (!section_next(p->in, p->frozen, &next)) {
        mem_free(m);
        return false;
    }
    mem_free(m);
    p->section = next;
    part_read(p);
    return true;
}

/* ---- lists ---- */

bool frozen_list(struct scope in, int64_t frozen, struct str name,
                 struct str key, struct bundle_list *ret)
{
    struct frozen_part p;
    struct bundle_list l;

    part_open(&p, in, frozen);
    if (!part_find(&p, name, key, 0))
        return false;
    l = bundle_take_list(&p.reader, name);
    if (p.reader.failed)
        return false;
    *ret = l; /* the section stays with `in` */
    return true;
}

void frozen_items_open(struct frozen_items *it, struct scope in,
                       const struct frozen_from *from)
{
    struct bundle_item skipped;

    *it = (struct frozen_items){ .standing = from->standing };
    part_open(&it->part, in, from->frozen);
    it->ended = !part_find(&it->part, from->name, from->key, from->first);
    if (it->ended)
        return;
    if (it->part.section.first == 0)
        bundle_take_list(&it->part.reader, from->name);
    for (int64_t i = it->part.section.first; i < from->first; i++)
        if (!frozen_items_next(it, &skipped))
            break;
}

bool frozen_items_next(struct frozen_items *it, struct bundle_item *ret)
{
    struct bundle_reader *r = &it->part.reader;

    if (!it->ended && bundle_at_end(r))
        it->ended = !part_next(&it->part);
    if (it->ended)
        return false;
    *ret = bundle_take_item(r, it->standing);
    it->ended = r->failed;
    return !it->ended;
}

void frozen_items_end(struct frozen_items *it)
{
    mem_free(it->part.in.m);
    it->ended = true;
}

/* ---- shares ---- */

static struct str id_key(struct mem *m, int64_t id)
{
    return str_fmt(m, "%lld", (long long)id);
}

static struct frozen_from shares_from(const struct frozen_shares *s,
                                      int64_t first)
{
    return (struct frozen_from){
        .frozen = s->frozen, .name = S("parts"), .key = s->key, .first = first
    };
}

/* Whatever order they have: all of them. */
static void read_all(struct frozen_shares *s)
{
    struct frozen_from from = shares_from(s, 0);
    struct bundle_item item;

    map_init(&s->all, s->in.m);
    frozen_items_open(&s->items, s->in, &from);
    while (frozen_items_next(&s->items, &item))
        map_put(&s->all, id_key(s->in.m, item.id), item.quantity);
    frozen_items_end(&s->items);
}

void frozen_shares_open(struct frozen_shares *s, struct scope in,
                        int64_t frozen, struct str key)
{
    struct scope own = { in.tx, mem_child(in.m), in.district };
    struct section section;

    *s = (struct frozen_shares){ .in = in, .frozen = frozen, .key = key };
    s->mixed = section_find(own, frozen, bundle_part(own.m, S("parts"), key),
                            -1, &section);
    mem_free(own.m);
    s->items.ended = true;
    if (s->mixed)
        read_all(s);
}

/* To the section in which the id is. */
static void jump(struct frozen_shares *s, int64_t id)
{
    struct frozen_items *it = &s->items;

    if (!it->part.in.m)
        part_open(&it->part, s->in, s->frozen);
    s->item = (struct bundle_item){ 0 };
    it->ended = !part_find(&it->part, S("parts"), s->key, id);
    if (!it->ended && it->part.section.first == 0)
        bundle_take_list(&it->part.reader, S("parts"));
}

/* On in this section; false: all of it comes before the id. */
static bool reach(struct frozen_shares *s, int64_t id)
{
    struct frozen_items *it = &s->items;

    while (!it->ended && s->item.id < id) {
        if (bundle_at_end(&it->part.reader))
            return false;
        if (!frozen_items_next(it, &s->item))
            s->item = (struct bundle_item){ 0 };
    }
    return s->item.id >= id;
}

int64_t frozen_share(struct frozen_shares *s, int64_t id)
{
    int64_t quantity = 0;

    if (s->mixed) {
        map_get(&s->all, id_key(s->in.m, id), &quantity);
        return quantity;
    }
    if (s->item.id > id || !reach(s, id)) {
        jump(s, id);
        reach(s, id);
    }
    return s->item.id == id ? s->item.quantity : 0;
}

/* ---- rows ---- */

void frozen_rows_open(struct frozen_rows *r, struct scope in, int64_t frozen)
{
    *r = (struct frozen_rows){ .row = mem_child(in.m) };
    part_open(&r->part, in, frozen);
    r->part.section.part = S("");
    map_init(&r->shown, in.m);
}

/* May the row be in the section that was read last? */
static bool is_near(const struct frozen_rows *r, struct str ledger, int64_t id)
{
    struct str part = r->part.section.part;

    return str_take(&part, S("row ")) && str_eq(part, ledger) &&
           id >= r->part.section.first;
}

enum scanned { SCANNED_FOUND, SCANNED_PAST, SCANNED_ALL };

static enum scanned scan(struct frozen_rows *r, int64_t id,
                         struct bundle_row *ret)
{
    struct bundle_reader *reader = &r->part.reader;

    bundle_seek(reader, 0);
    reader->m = r->row;
    while (!bundle_at_end(reader)) {
        mem_reset(r->row);
        bundle_take_row(reader, ret);
        if (reader->failed)
            return SCANNED_PAST;
        if (ret->id >= id)
            return ret->id == id ? SCANNED_FOUND : SCANNED_PAST;
    }
    return SCANNED_ALL;
}

bool frozen_find(struct frozen_rows *r, struct str ledger, int64_t id,
                 struct bundle_row *ret)
{
    enum scanned s = SCANNED_ALL;

    if (is_near(r, ledger, id))
        s = scan(r, id, ret);
    if (s == SCANNED_ALL && part_find(&r->part, S("row"), ledger, id))
        s = scan(r, id, ret);
    return s == SCANNED_FOUND;
}

static int64_t keep_name(struct frozen_rows *r, struct str name)
{
    size_t n = r->names_n;

    if ((n & (n - 1)) == 0) /* full at each power of two */
        r->names = mem_grow(r->shown.m, r->names, n * sizeof(*r->names),
                            (n ? 2 * n : 1) * sizeof(*r->names));
    r->names[r->names_n++] = str_dup(r->shown.m, name);
    return (int64_t)n;
}

struct str frozen_name(struct frozen_rows *r, struct str ledger, int64_t id)
{
    struct str key =
        str_fmt(r->shown.m, "%.*s %lld", STR_ARG(ledger), (long long)id);
    struct bundle_row row;
    int64_t at;

    if (!map_get(&r->shown, key, &at)) {
        bool found = frozen_find(r, ledger, id, &row);

        at = keep_name(r, found ? row.shown : S(""));
        map_put(&r->shown, key, at);
    }
    return r->names[at];
}
