/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * One pass over the rows serves the preview and the import: the only
 * difference is whether a row is written, so a preview cannot promise what
 * an import does not do.
 */
#include "host/import/import.h"

#include "host/import/blame.h"
#include "host/import/parts.h"
#include "host/import/sheet_year.h"
#include "host/ledger/admit.h"
#include "host/ledger/cell.h"
#include "host/ledger/row.h"

enum { CHANGES_SHOWN = 200 };

static void read_cell(struct pass *p, struct ledger_row *row, size_t i,
                      const struct cell *cell)
{
    const struct column *c = &row->ledger->columns[i];
    struct str text = file_words(p->in.m, cell);
    struct text reason;

    if (c->type == COLUMN_REF)
        pass_read_ref(p, row, i, text);
    else if (c->type == COLUMN_DATE && cell->kind == CELL_DATE)
        row->values[i] = INT(cell->date);
    else if (cell_read_under(p->in.m, &p->headings[i], text, &row->values[i],
                             &reason) != OK)
        blame_cell(p, i, text_same(text), reason);
}

/* The cell of column `i` as the file has it, or its parts. */
static struct str written(const struct pass *p, size_t i)
{
    return parts_sum(p, i) ? parts_words(p, i)
                           : str_trim(file_cell(pass_place(p, i))->text);
}

/* Note a cell that is kept otherwise than it stands in the file. */
static void note_reading(struct pass *p, const struct ledger_row *row, size_t i)
{
    struct str file = written(p, i);

    if (row_has(row, i) && !reads_alike(p->in.m, file, row, i))
        read_as_note(p->im->m, &p->s->read[i],
                     (struct read_example){ pass_row(p), file,
                                            reads_as(p->in.m, row, i) });
}

static void read_column(struct pass *p, struct ledger_row *row, size_t i)
{
    const struct column *c = &row->ledger->columns[i];
    const struct cell *cell;
    struct text reason;

    row->values[i] = column_none(c);
    row->labels[i] = S("");
    if (parts_sum(p, i)) {
        parts_read(p, row, i);
        return;
    }
    if (!file_filled(p->in.m, pass_place(p, i)))
        return;
    if (file_find(p->in.m, pass_place(p, i), &cell, &reason))
        read_cell(p, row, i, cell);
    else
        blame_cell(p, i, text_same(pass_words(p, i)), reason);
}

static void read_row(struct pass *p, struct ledger_row *row)
{
    p->makes = 0;
    p->several = 0;
    for (size_t i = 0; i < row->ledger->columns_n; i++)
        if (p->s->match.map[i] != SIZE_MAX) {
            read_column(p, row, i);
            parts_check(p, row, i);
            note_reading(p, row, i);
        }
}

/* Columns the file does not have keep the values they had. */
static void keep_absent(const struct pass *p, const struct ledger_row *before,
                        struct ledger_row *row)
{
    for (size_t i = 0; i < row->ledger->columns_n; i++)
        if (p->s->match.map[i] == SIZE_MAX && !row_has(row, i)) {
            row->values[i] = before->values[i];
            row->labels[i] = before->labels[i];
        }
}

/* Rows are numbered anew whenever one comes on top: that is no change. */
static bool is_serial(const struct pass *p, const struct ledger_row *before,
                      size_t i)
{
    const struct match *s = &p->s->match;

    return s->serial_col != SIZE_MAX && s->map[i] == s->serial_col &&
           row_has(before, i);
}

/* What only writes the same otherwise leaves the row as it was written. */
static void keep_writing(const struct pass *p, const struct ledger_row *before,
                         struct ledger_row *row)
{
    for (size_t i = 0; i < row->ledger->columns_n; i++)
        if (is_serial(p, before, i) ||
            cell_alike(p->in.m, &row->ledger->columns[i], &before->values[i],
                       &row->values[i])) {
            row->values[i] = before->values[i];
            row->labels[i] = before->labels[i];
        }
}

static void note_change(struct pass *p, const struct ledger_row *before,
                        struct text column, struct text old, struct text new)
{
    struct mem *m = p->im->m;
    struct import_change *change;

    if (p->s->changes_n++ >= CHANGES_SHOWN)
        return;
    change = NEW(m, struct import_change);
    *change = (struct import_change){
        .row = pass_row(p),
        .title = str_dup(m, row_title(before)),
        .column = column,
        .before = text_dup(m, old),
        .after = text_dup(m, new),
    };
    *p->s->changes_end = change;
    p->s->changes_end = &change->next;
}

static struct str field_of(const struct pass *p, const struct ledger_row *row,
                           size_t i)
{
    return cell_field(p->in.m, &row->ledger->columns[i], &row->values[i],
                      row->labels[i]);
}

static struct text said_in(const struct pass *p, const struct ledger_row *row,
                           size_t i)
{
    const struct column *c = &row->ledger->columns[i];

    return (struct text){
        cell_text(p->in.m, c, &row->values[i], row->labels[i], LANG_ZH),
        cell_text(p->in.m, c, &row->values[i], row->labels[i], LANG_EN),
    };
}

/* Note what a changed row changes; returns whether anything does. */
static bool note_changes(struct pass *p, const struct ledger_row *before,
                         const struct ledger_row *row)
{
    const struct ledger *l = row->ledger;
    size_t noted = p->s->changes_n;

    if (before->voided)
        note_change(p, before, TEXT("状态", "State"), TEXT("已作废", "voided"),
                    TEXT("恢复", "restored"));
    if (before->year != row->year)
        note_change(p, before, TEXT("年度", "Year"),
                    text_fmt(p->in.m, "%d", "%d", before->year),
                    text_fmt(p->in.m, "%d", "%d", row->year));
    for (size_t i = 0; i < l->columns_n; i++) {
        const struct column *c = &l->columns[i];

        if (column_is_said(c) &&
            !str_eq(field_of(p, before, i), field_of(p, row, i)))
            note_change(p, before, c->label, said_in(p, before, i),
                        said_in(p, row, i));
    }
    return p->s->changes_n > noted;
}

static enum err keep_changed(struct pass *p, struct ledger_row *before,
                             struct ledger_row *row)
{
    bool changed;
    enum err e = OK;

    if (before->voided) {
        e = row_restore(p->act, &p->asker, before, pass_again);
        if (e == OK && !row_load(p->in, row->ledger, before->id, &before))
            e = E_STORE;
    }
    return e ? e : row_update(p->act, before, row, &changed);
}

static enum err keep_new(struct pass *p, struct ledger_row *row)
{
    enum err e = OK;

    if (p->act)
        e = row_insert(p->act, row);
    else
        row->id = p->next_negative--;
    if (e == OK)
        ref_enter(p->refs, row);
    if (e == OK && !p->act)
        pass_expect_parts(p, row);
    return e;
}

/* Compare with the row that is there, and keep it when it differs. */
static enum err keep_old(struct pass *p, struct ledger_row *before,
                         struct ledger_row *row, enum import_status *ret_status)
{
    int64_t twin;
    enum err e = OK;

    twin = row_find(p->in, row);
    if (twin != 0 && twin != before->id)
        return E_CLASH;
    *ret_status = IMPORT_SAME;
    pass_take(p, before);
    if (!note_changes(p, before, row))
        return OK;
    *ret_status = IMPORT_CHANGED;
    if (p->act)
        e = keep_changed(p, before, row);
    row->id = before->id;
    if (e == OK)
        ref_enter(p->refs, row);
    return e;
}

/* A filled cell that gave no value was blamed already. */
static bool is_blamed(const struct pass *p, const struct ledger_row *row,
                      size_t i)
{
    return i != SIZE_MAX && !row_has(row, i) &&
           (parts_sum(p, i) ? parts_filled(p, i)
                            : file_filled(p->in.m, pass_place(p, i)));
}

/* The value to blame as the file has it, or as it was computed or kept. */
static struct text typed(const struct pass *p, const struct ledger_row *row,
                         size_t i)
{
    return p->s->match.map[i] == SIZE_MAX ? said_in(p, row, i)
                                          : text_same(written(p, i));
}

static void admit(struct pass *p, struct admission *a, struct ledger_row *row)
{
    if (row_admit(a, row) == OK)
        return;
    for (size_t n = 0; n < a->problems_n; n++) {
        size_t i = a->problems[n].column;
        struct import_problem *made = NULL;

        if (i == SIZE_MAX)
            made = pass_blame(p, TEXT("", ""), S(""), a->problems[n].reason);
        else if (!is_blamed(p, row, i))
            made = blame_cell(p, i, typed(p, row, i), a->problems[n].reason);
        if (made && a->unlikely && i == ledger_role(row->ledger, COLUMN_WHEN))
            made->question = IMPORT_ASKS_YEAR;
    }
}

/* What is wrong with the year that the row's own cell says, if anything. */
static bool blame_year(struct pass *p, int32_t *ret_said)
{
    const struct match *s = &p->s->match;

    if (!sheet_row_year(s, p->grid_row, ret_said)) {
        blame_own(p, OWN_YEAR, s->year_col,
                  TEXT("应为一个年度，例如 2024",
                       "must be one year, such as 2024"));
        return true;
    }
    if (*ret_said || s->year || !ledger_asks_year(s->ledger))
        return false;
    blame_own(p, OWN_YEAR, s->year_col,
              TEXT("这一行没有年度，请填写；整张表是同一年度的，可以指定 "
                   "--year 2024，或在网页上选择年度",
                   "the row tells no year; fill it in, or say that of the "
                   "sheet by --year 2024 or on the page"))
        ->question = IMPORT_ASKS_YEAR;
    return true;
}

/* A row that was blamed for its year is not blamed for what follows. */
static void judge_year(struct pass *p, struct admission *a)
{
    if (ledger_year_follows(p->s->match.ledger))
        a->usual_year = p->im->years.today; /* while it has no parent */
    else if (blame_year(p, &a->said_year))
        a->said_year = p->im->years.today;
    else
        a->likely =
            sheet_year_span(p->im, &p->s->match, a->said_year, p->shown);
}

/*
 * A row begins in a state before it is known whether it is a new one: what
 * the file does not say is left open again.
 */
static void complete(struct admission *a, struct ledger_row *row)
{
    size_t state = ledger_role(row->ledger, COLUMN_STATE);
    bool said = state == SIZE_MAX || row_has(row, state);

    row_complete(a, row);
    if (!said)
        row->values[state] = NO_TEXT;
}

/* Everything that can make the row at hand wrong, short of keeping it. */
static void judge_row(struct pass *p, struct ledger_row *row,
                      struct ledger_row **ret_before)
{
    const struct match *s = &p->s->match;
    struct admission a = { .asker = &p->asker,
                           .usual_year = s->year,
                           .said_new = true,
                           .imported = true };

    judge_year(p, &a);
    read_row(p, row);
    pass_find_parent(p, row);
    complete(&a, row);
    a.before = *ret_before = pass_find_existing(p, row);
    pass_settle_refs(p, a.before, row);
    if (a.before) {
        keep_absent(p, a.before, row);
        keep_writing(p, a.before, row);
    }
    admit(p, &a, row);
    if (!p->wrong)
        pass_read_cells(p, a.before, row);
}

enum err pass_one_row(struct pass *p)
{
    struct ledger_row *row = ledger_row_new(p->in.m, p->s->match.ledger);
    struct ledger_row *before = NULL;
    enum import_status status = IMPORT_NEW;
    enum err e = OK;

    p->wrong = false;
    judge_row(p, row, &before);
    if (!p->wrong)
        pass_check_twice(p, before, row);
    if (!p->wrong)
        e = pass_make_refs(p, row);
    if (!p->wrong && e == OK)
        e = before ? keep_old(p, before, row, &status) : keep_new(p, row);
    if (!p->wrong && e == OK && p->cells.parts.n > 0) {
        status = before ? IMPORT_CHANGED : IMPORT_NEW;
        e = pass_keep_cells(p, row);
    }
    if (e == E_CLASH) {
        pass_blame(p, TEXT("", ""), S(""),
                   TEXT("与已有的另一条记录重名",
                        "another row has this identity"));
        e = OK;
    }
    if (p->wrong)
        status = IMPORT_WRONG;
    p->s->count[status]++;
    p->im->count[status]++;
    return e;
}
