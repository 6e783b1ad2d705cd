/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What is known of a workbook before its rows are read. */
#include "host/import/import.h"
#include "host/import/sheet_year.h"

enum { FILES_SHEETS = 64 };

void import_forget(struct import *im)
{
    for (size_t i = 0; i < IMPORT_STATUSES; i++)
        im->count[i] = 0;
    im->unknown_n = 0;
    for (size_t i = 0; i < im->n; i++) {
        struct import_sheet *s = &im->sheets[i];
        struct import_sheet said = *s;

        *s = (struct import_sheet){ .match = said.match,
                                    .answer = said.answer,
                                    .answers = said.answers,
                                    .was_wrong = said.was_wrong };
        s->problems_end = &s->problems;
        s->changes_end = &s->changes;
    }
    if (im->progress)
        *im->progress = 0;
}

void import_say(struct import *im, size_t sheet, size_t grid_row,
                enum import_answer answer)
{
    struct import_sheet *s = &im->sheets[sheet];
    size_t rows = s->match.grid->rows;

    if (grid_row == SIZE_MAX) {
        s->answer = answer;
    } else if (grid_row < rows) {
        if (!s->answers)
            s->answers = NEW_ARRAY(im->m, unsigned char, rows);
        s->answers[grid_row] = (unsigned char)answer;
    }
}

enum import_answer import_answer_of(const struct import_sheet *s,
                                    size_t grid_row)
{
    enum import_answer own = s->answers ? s->answers[grid_row] : 0;

    return own ? own : s->answer;
}

/* Does ledger `a` refer to `b`, directly or through others? */
static bool refers_to(const struct ledger *a, const struct ledger *b,
                      unsigned depth)
{
    for (size_t i = 0; i < a->columns_n && depth < 8; i++) {
        const struct ledger *to;

        if (a->columns[i].type != COLUMN_REF)
            continue;
        to = ledger_find(a->columns[i].ref);
        if (to == b || (to != a && refers_to(to, b, depth + 1)))
            return true;
    }
    return false;
}

/* Sheets that others refer to first; otherwise the order of the file. */
static void put_in_order(struct import *im)
{
    bool placed[FILES_SHEETS * 4] = { false };

    for (size_t n = 0; n < im->n; n++) {
        size_t pick = SIZE_MAX;

        for (size_t i = 0; i < im->n; i++) {
            const struct ledger *l = im->sheets[i].match.ledger;
            bool waits = false;

            if (placed[i])
                continue;
            for (size_t k = 0; k < im->n && l; k++)
                waits |= !placed[k] && im->sheets[k].match.ledger &&
                         im->sheets[k].match.ledger != l &&
                         refers_to(l, im->sheets[k].match.ledger, 0);
            if (pick == SIZE_MAX || !waits)
                pick = i;
            if (!waits)
                break;
        }
        placed[pick] = true;
        im->order[n] = pick;
    }
}

void import_arrange(struct import *im)
{
    im->rows = 0;
    for (size_t i = 0; i < im->n; i++) {
        const struct match *s = &im->sheets[i].match;

        if (s->ledger && s->data_row < s->end_row)
            im->rows += s->end_row - s->data_row;
    }
    sheet_years_settle(im);
    put_in_order(im);
    import_forget(im);
}

void import_plan(struct mem *m, const struct workbook *w, struct str file,
                 struct import_years years, struct import *ret)
{
    if (w->n > FILES_SHEETS * 4)
        BUG("%zu sheets", w->n);
    *ret = (struct import){ .m = m, .file = file, .n = w->n, .years = years };
    ret->sheets = NEW_ARRAY(m, struct import_sheet, w->n);
    ret->order = NEW_ARRAY(m, size_t, w->n);
    for (size_t i = 0; i < w->n; i++)
        match_grid(m, &w->grids[i], &ret->sheets[i].match);
    import_arrange(ret);
}
