/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * The way through the sheets and their rows: at one go, or a number of rows
 * at a time, each time in another transaction. What is remembered between
 * these is of the file; what was read of the house is read again when
 * somebody else wrote meanwhile.
 */
#include "host/import/walk.h"

#include "host/import/batch.h"
#include "host/import/headings.h"
#include "host/import/pass.h"
#include "host/import/sheet_year.h"
#include "host/ledger/record.h"
#include "host/ledger/year_shown.h"

struct import_walk {
    struct pass p;
    struct mem *names; /* of p.refs */
    size_t at;         /* the sheet, in im->order */
    bool within;       /* it is begun */
    bool held;         /* the sheet waits for an answer */
    uint64_t size;     /* of the journal when the last slice ended */
};

/* The whole sheet waits for an answer, and this row with it. */
static void hold_row(struct pass *p)
{
    p->s->count[IMPORT_WRONG]++;
    p->im->count[IMPORT_WRONG]++;
}

/* A row of the grid, whatever it is; `held`: its sheet waits. */
static enum err look_at(struct pass *p, bool held)
{
    const struct match *s = &p->s->match;

    switch (match_row(s, p->grid_row)) {
    case ROW_NOTE:
        left_out_row(p->im->m, &p->s->left, s, p->grid_row);
        return OK;
    case ROW_DATA:
        left_out_cells(&p->s->left, s, p->grid_row);
        if (!held)
            return pass_one_row(p);
        hold_row(p);
        return OK;
    default:
        return OK;
    }
}

static void begin_sheet(struct import_walk *w)
{
    struct pass *p = &w->p;
    const struct match *s = &p->s->match;

    w->within = true;
    w->held = sheet_asks_year(s);
    p->headings = match_headings(p->im->m, s);
    p->s->read = NEW_ARRAY(p->im->m, struct read_as, s->ledger->columns_n);
    left_out_begin(p->im->m, s, &p->s->left);
    p->grid_row = s->data_row;
}

/* What is left out is told of a sheet that waits too. */
static void end_sheet(struct import_walk *w)
{
    struct pass *p = &w->p;

    left_out_end(&p->s->left);
    if (w->held)
        p->s->question = sheet_year_question(p->im->m, &p->s->match,
                                             p->s->count[IMPORT_WRONG]);
    w->within = false;
    w->at++;
}

/* The sheet at hand is begun; false: all were gone through. */
static bool find_sheet(struct import_walk *w)
{
    const struct import *im = w->p.im;

    while (!w->within && w->at < im->n) {
        w->p.s = &im->sheets[im->order[w->at]];
        if (match_is_taken(&w->p.s->match))
            begin_sheet(w);
        else
            w->at++;
    }
    return w->within;
}

static enum err next_row(struct import_walk *w)
{
    struct pass *p = &w->p;
    enum err e;

    mem_reset(p->in.m);
    if (p->im->progress)
        ++*p->im->progress;
    e = look_at(p, w->held);
    p->grid_row++;
    return tx_err(p->in.tx) ? tx_err(p->in.tx) : e;
}

/* At most `n` rows; *ret_more: there may be others. */
static enum err go_on(struct import_walk *w, size_t n, bool *ret_more)
{
    enum err e = OK;

    while (e == OK && (*ret_more = find_sheet(w))) {
        if (w->p.grid_row >= w->p.s->match.end_row)
            end_sheet(w);
        else if (n-- > 0)
            e = next_row(w);
        else
            break;
    }
    return e;
}

static void forget_names(struct import_walk *w)
{
    struct scope in = w->p.in;

    mem_reset(w->names);
    in.m = w->names;
    w->p.refs = ref_book_new(in);
}

static struct asker asker_for(const struct pass *p)
{
    return p->im->who ? asker_of(p->in, p->im->who) : asker_shell(p->in);
}

struct import_walk *import_walk_begin(struct scope in, struct import *im)
{
    struct import_walk *w = NEW(im->m, struct import_walk);
    struct pass *p = &w->p;

    import_forget(im);
    *p = (struct pass){ .im = im, .in = in, .next_negative = -1 };
    map_init(&p->seen, im->m);
    map_init(&p->taken, im->m);
    map_init(&p->unknown, im->m);
    map_init(&p->parents, im->m);
    w->names = mem_child(im->m);
    forget_names(w);
    p->in.m = mem_child(im->m);
    if (year_newest(in, im->years.today))
        p->shown = year_shown(in, im->years.today);
    p->asker = asker_for(p);
    return w;
}

void import_walk_end(struct import_walk *w)
{
    mem_free(w->p.in.m);
    mem_free(w->names);
}

/* Other entries than ours came since: what was asked may be otherwise. */
static void turn_to(struct import_walk *w, struct act *act)
{
    struct pass *p = &w->p;

    p->act = act;
    p->in.tx = act->tx;
    if (act->journal->tree.size == w->size) {
        ref_book_turn(p->refs, act->tx);
        p->asker.in.tx = act->tx;
        return;
    }
    forget_names(w);
    p->asker = asker_for(p);
}

enum err import_walk_next(struct import_walk *w, struct act *act, size_t rows,
                          bool *ret_more)
{
    struct mem *outer = act->m;
    enum err e;

    turn_to(w, act);
    tally_book_open(act, outer);
    act->m = w->p.in.m;
    e = go_on(w, rows, ret_more);
    act->m = outer;
    tally_book_close(act);
    w->size = act->journal->tree.size;
    return tx_err(act->tx) ? tx_err(act->tx) : e;
}

enum err import_compare(struct scope in, struct import *im)
{
    struct import_walk *w = import_walk_begin(in, im);
    bool more;
    enum err e = go_on(w, SIZE_MAX, &more);

    import_walk_end(w);
    return tx_err(in.tx) ? tx_err(in.tx) : e;
}

enum err import_apply(struct act *act, struct import *im)
{
    struct import_walk *w;
    bool more;
    enum err e;

    batch_begin(act);
    w = import_walk_begin(act_scope(act), im);
    e = import_walk_next(w, act, SIZE_MAX, &more);
    import_walk_end(w);
    if (e == OK)
        batch_keep(act, &(struct batch){
                            .file = im->file,
                            .step = S(""),
                            .count = { im->count[IMPORT_NEW],
                                       im->count[IMPORT_CHANGED],
                                       im->count[IMPORT_SAME],
                                       im->count[IMPORT_WRONG] },
                            .corrected = corrections_taken(im),
                        });
    return tx_err(act->tx) ? tx_err(act->tx) : e;
}
