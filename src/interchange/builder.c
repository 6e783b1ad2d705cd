/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Cells arrive in any order and the size of the sheet is known only at the
 * end (what a file declares about it is not to be trusted). So they are
 * collected in blocks, 24 bytes each, and laid out once; a single cell far
 * away costs nothing until the limit on the whole has been asked.
 */
#include "interchange/reading.h"

enum { BLOCK = 4096, MERGES_MAX = 200000 };

/* Where a cell stands and what it is, in one word. */
struct builder_entry {
    struct str text;
    int32_t date;
    uint32_t row : 20;
    uint32_t col : 8;
    uint32_t kind : 3;
    uint32_t lossy : 1;
};

struct builder_block {
    struct builder_block *next;
    size_t n;
    struct builder_entry entries[BLOCK];
};

struct builder {
    struct reading *r;
    struct mem *m;
    struct str sheet;
    struct builder_block *first, *last;
    size_t n;
    size_t min_row, max_row, max_col;
    struct range *merges;
    size_t merges_n, merges_cap;
    bool *hidden_rows; /* of all there may be; NULL: none is hidden */
    bool *hidden_cols;
};

struct builder *builder_new(struct reading *r, struct str sheet)
{
    struct mem *m = mem_child(r->scratch);
    struct builder *b = NEW(m, struct builder);

    b->r = r;
    b->m = m;
    b->sheet = sheet;
    b->min_row = SIZE_MAX;
    return b;
}

static enum err too_wide(struct builder *b, size_t row)
{
    return reading_refuse(
        b->r, E_SIZE,
        text_fmt(b->r->m,
                 "工作表“%.*s”第 %zu 行在第 %zu 列之后还有内容。"
                 "请删去多余的列后再上传。",
                 "Sheet “%.*s”, row %zu has content beyond column %zu. "
                 "Delete the columns you do not need and upload again.",
                 STR_ARG(b->sheet), row + 1, b->r->limits->columns));
}

static enum err too_long(struct builder *b)
{
    return reading_refuse(
        b->r, E_SIZE,
        text_fmt(b->r->m, "工作表“%.*s”超过 %zu 行。请拆成几个文件分别上传。",
                 "Sheet “%.*s” has more than %zu rows. Split it and upload "
                 "the pieces.",
                 STR_ARG(b->sheet), b->r->limits->rows));
}

static enum err too_many(struct builder *b)
{
    return reading_refuse(
        b->r, E_SIZE,
        text_fmt(b->r->m,
                 "工作表“%.*s”太大：全部工作表合计不能超过 %zu 个单元格"
                 "（空的也算）。请删去远处的零星内容，或拆成几个文件。",
                 "Sheet “%.*s” is too large: all sheets together may have "
                 "%zu cells, empty ones counted. Delete stray cells far "
                 "away, or split the file.",
                 STR_ARG(b->sheet), b->r->limits->cells));
}

static struct builder_entry *next_entry(struct builder *b)
{
    if (!b->last || b->last->n == BLOCK) {
        struct builder_block *fresh = mem_raw(b->m, sizeof(*fresh));

        fresh->next = NULL;
        fresh->n = 0;
        if (b->last)
            b->last->next = fresh;
        else
            b->first = fresh;
        b->last = fresh;
    }
    b->n++;
    return &b->last->entries[b->last->n++];
}

enum err builder_add(struct builder *b, size_t row, size_t col,
                     struct cell cell)
{
    if (row >= b->r->limits->rows)
        return too_long(b);
    if (col >= b->r->limits->columns)
        return too_wide(b, row);
    if (b->n >= b->r->limits->cells)
        return too_many(b);
    *next_entry(b) = (struct builder_entry){
        .text = cell.text,
        .date = cell.date,
        .row = row & 0xfffff,
        .col = col & 0xff,
        .kind = (unsigned char)(cell.kind & 7),
        .lossy = cell.lossy,
    };
    if (row < b->min_row)
        b->min_row = row;
    if (row > b->max_row)
        b->max_row = row;
    if (col > b->max_col)
        b->max_col = col;
    return OK;
}

enum err builder_merge(struct builder *b, struct range range)
{
    if (b->merges_n == MERGES_MAX)
        return too_many(b);
    if (b->merges_n == b->merges_cap) {
        size_t cap = b->merges_cap ? 2 * b->merges_cap : 64;

        b->merges = mem_grow(b->m, b->merges, b->merges_n * sizeof(range),
                             cap * sizeof(range));
        b->merges_cap = cap;
    }
    b->merges[b->merges_n++] = range;
    return OK;
}

void builder_hide_row(struct builder *b, size_t row)
{
    if (row >= b->r->limits->rows)
        return;
    if (!b->hidden_rows)
        b->hidden_rows = NEW_ARRAY(b->m, bool, b->r->limits->rows);
    b->hidden_rows[row] = true;
}

void builder_hide_cols(struct builder *b, size_t col, size_t last)
{
    if (!b->hidden_cols)
        b->hidden_cols = NEW_ARRAY(b->m, bool, b->r->limits->columns);
    for (; col <= last && col < b->r->limits->columns; col++)
        b->hidden_cols[col] = true;
}

/* The `n` from `from` on, if one of them is true. */
static bool *keep_hidden(struct mem *m, const bool *from, size_t n)
{
    bool *to = NULL;

    for (size_t i = 0; i < n && from; i++) {
        if (from[i] && !to)
            to = NEW_ARRAY(m, bool, n);
        if (from[i])
            to[i] = true;
    }
    return to;
}

/* One merged range of the grid `g`, which becomes its group `group`. */
static void show_merged(struct grid *g, struct range at, uint32_t group)
{
    struct cell *origin = &g->cells[at.row * g->cols + at.col];

    origin->group = group;
    g->groups[group - 1] = at;

    for (size_t row = at.row; row <= at.last_row; row++) {
        struct cell *cells = &g->cells[row * g->cols];

        for (size_t col = at.col; col <= at.last_col; col++)
            if (col > at.col || row > at.row)
                cells[col] = (struct cell){ .text = S("") };
        if (row > at.row && origin->kind != CELL_EMPTY) {
            cells[at.col] = *origin;
            cells[at.col].merged = true;
        }
    }
}

/*
 * Ranges cannot overlap in a sound file, so together they are no larger
 * than the grid; that also bounds the work.
 */
static enum err show_merges(struct builder *b, struct grid *g)
{
    size_t top = g->first_row - 1;
    size_t left = g->rows * g->cols;

    g->groups = NEW_ARRAY(b->r->m, struct range, b->merges_n);
    for (size_t i = 0; i < b->merges_n; i++) {
        struct range at = b->merges[i];
        size_t area;

        if (at.row < top || at.row - top >= g->rows || at.col >= g->cols)
            continue;
        at.row -= (uint32_t)top;
        at.last_row -= (uint32_t)top;
        if (at.last_row >= g->rows)
            at.last_row = (uint32_t)g->rows - 1;
        if (at.last_col >= g->cols)
            at.last_col = (uint32_t)g->cols - 1;
        area = (size_t)(at.last_row - at.row + 1) *
               (size_t)(at.last_col - at.col + 1);
        if (area == 1)
            continue;
        if (area > left)
            return reading_damaged(b->r);
        left -= area;
        show_merged(g, at, (uint32_t)i + 1);
    }
    return OK;
}

static void lay_out(const struct builder *b, struct grid *g)
{
    for (const struct builder_block *k = b->first; k; k = k->next)
        for (size_t i = 0; i < k->n; i++) {
            const struct builder_entry *e = &k->entries[i];

            g->cells[(e->row - b->min_row) * g->cols + e->col] =
                (struct cell){ .text = e->text,
                               .date = e->date,
                               .kind = e->kind,
                               .lossy = e->lossy };
        }
}

enum err builder_finish(struct builder *b, struct grid *ret)
{
    struct reading *r = b->r;
    struct grid g = { .name = b->sheet, .first_row = 1 };

    if (r->err == OK && b->n) {
        g.first_row = b->min_row + 1;
        g.rows = b->max_row - b->min_row + 1;
        g.cols = b->max_col + 1;
        if (g.rows * g.cols > r->limits->cells - r->cells) {
            too_many(b);
        } else {
            r->cells += g.rows * g.cols;
            g.cells = NEW_ARRAY(r->m, struct cell, g.rows * g.cols);
            lay_out(b, &g);
            show_merges(b, &g);
            if (b->hidden_rows)
                g.hidden_rows =
                    keep_hidden(r->m, b->hidden_rows + b->min_row, g.rows);
            g.hidden_cols = keep_hidden(r->m, b->hidden_cols, g.cols);
        }
    }
    if (r->err == OK)
        *ret = g;
    mem_free(b->m);
    return r->err;
}
