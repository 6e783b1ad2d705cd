/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What is said of the row at hand, and where it stands in the file. */
#include "host/import/blame.h"

const struct str pass_again = S_INIT("再次导入 / imported again");

size_t pass_row(const struct pass *p)
{
    return p->s->match.grid->first_row + p->grid_row;
}

struct file_place pass_place(const struct pass *p, size_t i)
{
    return (struct file_place){ &p->s->match, p->grid_row, i,
                                p->s->match.map[i] };
}

struct str pass_words(const struct pass *p, size_t i)
{
    return file_words(p->in.m, file_cell(pass_place(p, i)));
}

struct import_problem *pass_blame(struct pass *p, struct text column,
                                  struct str value, struct text reason)
{
    struct import_problem *problem = NEW(p->im->m, struct import_problem);

    *problem = (struct import_problem){
        .row = pass_row(p),
        .grid_row = p->grid_row,
        .col = SIZE_MAX,
        .column = column,
        .value = str_dup(p->im->m, value),
        .said = text_same(str_dup(p->im->m, value)),
        .reason = text_dup(p->im->m, reason),
    };
    *p->s->problems_end = problem;
    p->s->problems_end = &problem->next;
    p->wrong = true;
    return problem;
}

struct import_problem *blame_cell(struct pass *p, size_t i, struct text said,
                                  struct text reason)
{
    const struct match *s = &p->s->match;
    struct import_problem *problem =
        pass_blame(p, s->ledger->columns[i].label, said.zh, reason);

    problem->said = text_dup(p->im->m, said);
    problem->col = s->map[i];
    return problem;
}

struct import_problem *blame_own(struct pass *p, size_t own, size_t col,
                                 struct text reason)
{
    struct str words = grid_cell(p->s->match.grid, p->grid_row, col)->text;
    struct import_problem *problem =
        pass_blame(p, own_columns[own].label, words, reason);

    problem->col = col;
    return problem;
}
