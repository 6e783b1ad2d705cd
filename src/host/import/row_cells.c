/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Parts that a workbook keeps in a cell of their row: made from it while the
 * row has none; after that compared, and blamed when it says otherwise. A
 * stale cell takes nothing back.
 */
#include "base/date.h"
#include "host/import/blame.h"
#include "host/import/pass.h"
#include "host/ledger/admit.h"
#include "host/ledger/part.h"
#include "host/ledger/row.h"

static bool is_cell(const struct ledger_row *row, size_t i)
{
    return column_is(&row->ledger->columns[i], COLUMN_CELL);
}

/* The first cell that says any parts; SIZE_MAX: none does. */
static size_t first_cell(const struct ledger_row *row)
{
    for (size_t i = 0; i < row->ledger->columns_n; i++)
        if (is_cell(row, i) && row_has(row, i))
            return i;
    return SIZE_MAX;
}

/* The cells as they are written of these parts. */
static struct ledger_row *told(struct mem *m, const struct ledger_row *row,
                               const struct part_list *parts)
{
    struct ledger_row *copy = ledger_row_new(m, row->ledger);

    copy->year = row->year;
    row->ledger->write_cells(m, copy, parts);
    return copy;
}

static const struct text kept_apart = TEXT_INIT(
    "已在系统里逐条管理，不从这一格更新；请到该记录的页面办理，"
    "这一格照导出的填或留空",
    "is kept row by row by now and not taken from this cell; change it on the "
    "page, and leave the cell as exported or empty");

static void compare(struct pass *p, const struct ledger_row *row,
                    const struct part_list *kept)
{
    struct ledger_row *are = told(p->in.m, row, kept);
    struct ledger_row *said = told(p->in.m, row, &p->cells.parts);

    for (size_t i = 0; i < row->ledger->columns_n; i++)
        if (is_cell(row, i) && row_has(row, i) &&
            !value_eq(&are->values[i], &said->values[i]))
            blame_cell(p, i, text_same(pass_words(p, i)), kept_apart);
    p->cells.parts.n = 0;
}

/* What is wrong with a part is wrong in the first cell that says any. */
static void blame_part(struct pass *p, const struct ledger_row *row,
                       const struct ledger_row *part, struct text reason)
{
    size_t i = first_cell(row);
    struct str title = row_title(part);

    blame_cell(p, i, text_same(pass_words(p, i)),
               (struct text){
                   str_fmt(p->in.m, "“%.*s”：%.*s", STR_ARG(title),
                           STR_ARG(reason.zh)),
                   str_fmt(p->in.m, "\"%.*s\": %.*s", STR_ARG(title),
                           STR_ARG(reason.en)),
               });
}

/* Is one of the `n` before it called so? */
static bool repeats(const struct pass *p, struct ledger_row *part, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct ledger_row *other = p->cells.parts.v[i];

        if (other->ledger == part->ledger &&
            row_identity(p->in.m, other) == row_identity(p->in.m, part))
            return true;
    }
    return false;
}

/* Under the row, by whoever imports it. */
static enum err admit_part(struct pass *p, const struct ledger_row *row,
                           struct ledger_row *part, struct text *ret_reason)
{
    struct admission a = { .asker = &p->asker,
                           .said_new = true,
                           .imported = true };
    size_t parent = ledger_role(part->ledger, COLUMN_PARENT);
    enum err e;

    part->values[parent] = INT(row->id);
    part->labels[parent] = row_title(row);
    e = row_admit(&a, part);
    if (e != OK)
        *ret_reason = a.problems[0].reason;
    return e;
}

/*
 * Of a row that is not kept yet: a part that is wrong refuses it. One that is
 * voided is restored before its parts are kept, so these are judged as if it
 * were new.
 */
static void judge_part(struct pass *p, const struct ledger_row *before,
                       struct ledger_row *row, struct ledger_row *part)
{
    int64_t id = row->id;
    struct text reason;

    if (before && before->voided)
        row->id = 0;
    part->parent = row;
    if (admit_part(p, row, part, &reason) != OK)
        blame_part(p, row, part, reason);
    part->parent = NULL;
    part->admitted = false;
    row->id = id;
}

void pass_read_cells(struct pass *p, const struct ledger_row *before,
                     struct ledger_row *row)
{
    struct part_list kept = { 0 };

    p->cells = (struct cells_read){ .m = p->in.m,
                                    .day = p->act ? date_of(p->act->now) : 0 };
    if (!row->ledger->read_cells || first_cell(row) == SIZE_MAX)
        return;
    if (!row->ledger->read_cells(row, &p->cells)) {
        p->cells.parts.n = 0;
        blame_cell(p, p->cells.column,
                   text_same(pass_words(p, p->cells.column)), p->cells.reason);
        return;
    }
    if (before)
        kept = parts_load(p->in, before);
    if (kept.n > 0)
        compare(p, row, &kept);
    for (size_t i = 0; i < p->cells.parts.n; i++) {
        struct ledger_row *part = p->cells.parts.v[i];

        judge_part(p, before, row, part);
        if (repeats(p, part, i))
            blame_part(p, row, part,
                       TEXT("写了两次；请改名或删去一个",
                            "is there twice; rename one or leave it out"));
    }
}

/* It was taken back with its row, and comes again with it. */
static enum err keep_again(struct pass *p, struct ledger_row *part, int64_t id)
{
    struct ledger_row *there;
    bool changed;
    enum err e;

    if (!row_load(p->in, part->ledger, id, &there))
        return E_STORE;
    if (!there->voided)
        return E_CLASH;
    e = row_restore(p->act, &p->asker, there, pass_again);
    if (e == OK && !row_load(p->in, part->ledger, id, &there))
        e = E_STORE;
    return e ? e : row_update(p->act, there, part, &changed);
}

/* One part more; what is wrong with it is wrong with the row. */
static enum err keep_part(struct pass *p, const struct ledger_row *row,
                          struct ledger_row *part)
{
    struct text reason;
    int64_t id;

    if (admit_part(p, row, part, &reason) != OK) {
        pass_blame(p, part->ledger->label, row_title(part), reason);
        return OK;
    }
    id = row_find(p->in, part);
    return id ? keep_again(p, part, id) : row_insert(p->act, part);
}

enum err pass_keep_cells(struct pass *p, const struct ledger_row *row)
{
    enum err e = OK;

    for (size_t i = 0; p->act && i < p->cells.parts.n && e == OK; i++)
        e = keep_part(p, row, p->cells.parts.v[i]);
    return e;
}
