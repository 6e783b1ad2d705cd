/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The parts of a row on its page, each with the steps that may be taken. */
#include "host/ledger/cell.h"
#include "host/ledger/part.h"
#include "host/page/list_view.h"
#include "host/page/row_view.h"

/* The columns of lists, but for the name and what the page is about. */
static void find_columns(struct mem *m, bool stranger, struct part_section *s)
{
    const struct ledger *l = s->ledger;

    s->columns = NEW_ARRAY(m, const struct column *, l->columns_n);
    for (size_t i = 0; i < l->columns_n; i++) {
        const struct column *col = &l->columns[i];

        if (column_is(col, COLUMN_LISTED) &&
            !column_is(col, COLUMN_TITLE | COLUMN_PARENT) &&
            list_sight(col, stranger) != LIST_HIDDEN)
            s->columns[s->columns_n++] = col;
    }
}

static void add_line(struct ctx *c, struct asker *a, struct ledger_row *row,
                     struct part_section *s)
{
    struct part_line *line = &s->lines[s->lines_n];
    const struct ledger *l = s->ledger;

    line->stranger = relations(a, row) == 0;
    if (line->stranger && !row_stands(row))
        return;
    line->row = row;
    line->name = row_value(c, row, ledger_title(l), line->stranger);
    if (line->name.n == 0)
        line->name = row_number(c, row);
    line->cells = NEW_ARRAY(c->m, struct str, s->columns_n);
    for (size_t i = 0; i < s->columns_n; i++)
        line->cells[i] = row_value(c, row, (size_t)(s->columns[i] - l->columns),
                                   line->stranger);
    line->steps = step_buttons(c, a, row);
    line->steps.name = line->name;
    s->lines_n++;
}

/* As many as have personal values in full. */
static void note_parts(struct ctx *c, const struct part_section *s,
                       const struct ledger_row *of)
{
    int64_t n = 0;

    for (size_t i = 0; i < s->lines_n; i++)
        n += !s->lines[i].stranger && row_is_personal(s->lines[i].row);
    note_personal(c, &(struct audit_event){
                         .kind = AUDIT_SHOWN,
                         .what = str_fmt(c->m, "%.*s/%lld",
                                         STR_ARG(ledger_name(c->m, of->ledger)),
                                         (long long)of->id),
                         .form = S("row"),
                         .n = n });
}

static void make_section(struct ctx *c, struct asker *a, struct ledger_row *of,
                         bool there, struct part_section *s)
{
    struct part_list parts = { 0 };

    if (there)
        parts = parts_all(ctx_scope(c), s->ledger, of->id);
    find_columns(c->m, relations(a, of) == 0, s);
    s->lines = NEW_ARRAY(c->m, struct part_line, parts.n);
    for (size_t i = 0; i < parts.n; i++) {
        parts.v[i]->parent = of;
        add_line(c, a, parts.v[i], s);
    }
    note_parts(c, s, of);
    if (may_add_under(a, s->ledger, of))
        s->add = str_fmt(c->m, "%.*s/%.*s/new",
                         STR_ARG(row_path(c->m, of->ledger, of->id)),
                         STR_ARG(s->ledger->noun));
}

size_t part_sections(struct ctx *c, struct ledger_row *row,
                     struct part_section **ret)
{
    struct asker a = ctx_asker(c);
    bool there[PART_LEDGERS_MAX];
    const struct ledger *l;
    size_t n = 0;

    parts_there(a.in, row->ledger, row->id, there);
    *ret = NEW_ARRAY(c->m, struct part_section, PART_LEDGERS_MAX);
    for (size_t i = 0; (l = ledger_part(row->ledger, &i)) != NULL; i++) {
        (*ret)[n].ledger = l;
        make_section(c, &a, row, there[n], &(*ret)[n]);
        n++;
    }
    return n;
}
