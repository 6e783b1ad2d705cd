/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Columns are few, so each is looked at in every row. */
#include "host/import/left_out.h"

static void add_computed(struct mem *m, struct left_out *left,
                         const struct column *c)
{
    bool more = !text_empty(left->computed);

    left->computed = (struct text){
        str_join(m,
                 (struct str[]){ left->computed.zh, more ? S("、") : S(""),
                                 c->label.zh },
                 3),
        str_join(m,
                 (struct str[]){ left->computed.en, more ? S(", ") : S(""),
                                 c->label.en },
                 3),
    };
}

void left_out_begin(struct mem *m, const struct match *s, struct left_out *ret)
{
    *ret = (struct left_out){
        .columns = NEW_ARRAY(m, struct left_column, s->grid->cols),
        .computed = TEXT("", ""),
    };
    ret->rows_end = &ret->rows;
    for (size_t col = 0; col < s->grid->cols; col++) {
        const struct column *computed = match_computed(m, s, col);

        if (computed)
            add_computed(m, ret, computed);
        else if (match_leaves_out(m, s, col))
            ret->columns[ret->columns_n++] = (struct left_column){
                .col = col,
                .letters = column_letters(m, col),
                .header = match_header(s, col),
            };
    }
}

void left_out_row(struct mem *m, struct left_out *left, const struct match *s,
                  size_t row)
{
    struct left_row *r = NEW(m, struct left_row);

    r->row = s->grid->first_row + row;
    for (size_t col = 0; col < s->grid->cols; col++) {
        const struct cell *c = grid_cell(s->grid, row, col);

        if (cell_is_said(c) && !c->merged)
            r->words =
                str_join(m,
                         (struct str[]){ r->words, r->words.n ? S(" ") : S(""),
                                         str_trim(c->text) },
                         3);
    }
    *left->rows_end = r;
    left->rows_end = &r->next;
    left->rows_n++;
}

void left_out_cells(struct left_out *left, const struct match *s, size_t row)
{
    for (size_t i = 0; i < left->columns_n; i++)
        left->columns[i].filled +=
            cell_is_said(grid_cell(s->grid, row, left->columns[i].col));
}

void left_out_end(struct left_out *left)
{
    size_t n = 0;

    for (size_t i = 0; i < left->columns_n; i++)
        if (left->columns[i].filled)
            left->columns[n++] = left->columns[i];
    left->columns_n = n;
}
