/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * The three cells of the workbook that hold parts: milestones, which of them
 * are done, and what stands in the way.
 */
#include "feature/projects/milestone_cell.h"
#include "feature/projects/projects.h"

bool project_read_cells(const struct ledger_row *row, struct cells_read *io)
{
    struct milestone_texts *t = NEW(io->m, struct milestone_texts);

    io->column = PROJECT_MILESTONES;
    if (!milestones_read(io->m, row_str(row, PROJECT_MILESTONES), row->year, t,
                         &io->reason))
        return false;
    io->column = PROJECT_DONE;
    if (!milestones_read_done(io->m, row_str(row, PROJECT_DONE), row->year, t,
                              &io->reason))
        return false;
    for (size_t i = 0; i < t->n; i++)
        part_list_add(io->m, &io->parts,
                      milestone_row(io->m, &t->v[i], io->day));
    if (row_has(row, PROJECT_BLOCKER) &&
        !blocker_is_none(row_str(row, PROJECT_BLOCKER)))
        part_list_add(io->m, &io->parts,
                      blocker_row(io->m,
                                  str_trim(row_str(row, PROJECT_BLOCKER))));
    return true;
}

static void put(struct ledger_row *row, size_t column, struct str text)
{
    if (text.n > 0)
        row->values[column] = STR(text);
}

/* Of several blockers all, one after the other. */
static struct str blockers(struct mem *m, const struct part_list *parts)
{
    struct str all = S("");

    for (size_t i = 0; i < parts->n; i++)
        if (parts->v[i]->ledger == &blocker_ledger)
            all = all.n ? str_fmt(m, "%.*s；%.*s", STR_ARG(all),
                                  STR_ARG(blocker_said(parts->v[i])))
                        : blocker_said(parts->v[i]);
    return all.n ? all : S("无");
}

void project_write_cells(struct mem *m, struct ledger_row *row,
                         const struct part_list *parts)
{
    struct milestone_texts *t = NEW(m, struct milestone_texts);

    for (size_t i = 0; i < parts->n && t->n < MILESTONES_MAX; i++)
        if (parts->v[i]->ledger == &milestone_ledger)
            t->v[t->n++] = milestone_of(parts->v[i]);
    put(row, PROJECT_MILESTONES, milestones_write(m, t, row->year));
    put(row, PROJECT_DONE, milestones_write_done(m, t, row->year));
    put(row, PROJECT_BLOCKER, blockers(m, parts));
}
