/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What parts have from their parents, and what parents become by them. */
#include "host/ledger/part.h"

#include "host/ledger/due.h"
#include "host/ledger/record.h"
#include "host/ledger/table.h"

/* ---- from the parent to its parts ---- */

const struct ledger_row *part_parent(struct scope in,
                                     const struct ledger_row *row)
{
    size_t col = ledger_role(row->ledger, COLUMN_PARENT);
    struct ledger_row *parent;

    if (col == SIZE_MAX || !row_has(row, col))
        return NULL;
    if (row->parent && row->parent->id == row_int(row, col))
        return row->parent;
    return row_load(in, ledger_parent(row->ledger), row_int(row, col), &parent)
               ? parent
               : NULL;
}

void part_inherit(struct scope in, struct ledger_row *row)
{
    const struct ledger_row *parent = part_parent(in, row);

    if (!parent)
        return;
    row->parent = (struct ledger_row *)parent;
    row->labels[ledger_role(row->ledger, COLUMN_PARENT)] = row_title(parent);
    row->of = row_whose(parent);
    row->orphan = !row_stands(parent);
    if (!parent->ledger->standing)
        row->year = parent->year;
}

struct ledger_row *part_new(struct scope in, const struct ledger *l,
                            struct ledger_row *of)
{
    struct ledger_row *row = ledger_row_new(in.m, l);

    row->parent = of;
    row->values[ledger_role(l, COLUMN_PARENT)] = INT(of->id);
    part_inherit(in, row);
    return row;
}

bool parent_is_in(struct scope in, const struct ledger_row *row,
                  uint64_t states)
{
    const struct ledger_row *parent;

    if (!states)
        return true;
    parent = part_parent(in, row);
    return parent && (states & AT(row_state_at(parent)));
}

/* Those of parent ?2; the ids come from the index alone. */
static struct rows find_parts(struct scope in, const struct ledger *l,
                              int64_t of)
{
    struct compose c;

    compose_init(&c, in.m);
    compose_sql(&c, SQL("SELECT "));
    compose_row_columns(&c, l);
    compose_sql(&c, SQL(" FROM "));
    compose_table(&c, l);
    compose_sql(&c, SQL(" t WHERE t.district = ?1 AND t.id IN "
                        "(SELECT p.id FROM "));
    compose_table(&c, l);
    compose_sql(&c, SQL(" p WHERE p.district = ?1 AND p."));
    compose_name(&c, l->columns[ledger_role(l, COLUMN_PARENT)].key);
    compose_sql(&c, SQL(" = ?2) ORDER BY t.id"));
    return tx_query(in.tx, compose_end(&c), WITH(INT(in.district), INT(of)));
}

void part_list_add(struct mem *m, struct part_list *parts,
                   struct ledger_row *row)
{
    if (parts->n == parts->cap) {
        parts->cap = parts->cap ? 2 * parts->cap : 16;
        parts->v = mem_grow(m, parts->v, parts->n * sizeof(struct ledger_row *),
                            parts->cap * sizeof(struct ledger_row *));
    }
    parts->v[parts->n++] = row;
}

static void read_parts(struct scope in, const struct ledger *l, int64_t of,
                       struct part_list *parts)
{
    struct rows r = find_parts(in, l, of);

    while (rows_next(&r))
        part_list_add(in.m, parts, row_read(&r, in.m, l));
}

struct part_list parts_all(struct scope in, const struct ledger *l, int64_t of)
{
    struct part_list parts = { 0 };

    read_parts(in, l, of, &parts);
    return parts;
}

void parts_there(struct scope in, const struct ledger *of, int64_t id,
                 bool ret[PART_LEDGERS_MAX])
{
    const struct ledger *l;
    struct compose c;
    struct rows r;
    size_t n = 0;

    compose_init(&c, in.m);
    for (size_t i = 0; (l = ledger_part(of, &i)) != NULL; i++) {
        if (n == PART_LEDGERS_MAX)
            BUG("more than %d ledgers of parts", PART_LEDGERS_MAX);
        compose_sql(&c, n ? SQL(", ") : SQL("SELECT "));
        compose_sql(&c, SQL("(SELECT count(*) FROM (SELECT 1 FROM "));
        compose_table(&c, l);
        compose_sql(&c, SQL(" p WHERE p.district = ?1 AND p."));
        compose_name(&c, l->columns[ledger_role(l, COLUMN_PARENT)].key);
        compose_sql(&c, SQL(" = ?2 LIMIT 1) x)"));
        ret[n++] = false;
    }
    if (n == 0)
        return;
    r = tx_query(in.tx, compose_end(&c), WITH(INT(in.district), INT(id)));
    if (!rows_next(&r))
        return;
    for (size_t i = 0; i < n; i++)
        ret[i] = rows_int(&r, (int)i) > 0;
    rows_end(&r);
}

/* Voided ones go. What the parent has become is not asked. */
static void leave_standing(struct part_list *parts)
{
    size_t n = 0;

    for (size_t i = 0; i < parts->n; i++)
        if (!parts->v[i]->voided)
            parts->v[n++] = parts->v[i];
    parts->n = n;
}

struct part_list parts_load(struct scope in, const struct ledger_row *of)
{
    struct part_list parts = { 0 };
    bool there[PART_LEDGERS_MAX] = { false };
    const struct ledger *l;
    size_t n = 0;

    parts_there(in, of->ledger, of->id, there);
    for (size_t i = 0; (l = ledger_part(of->ledger, &i)) != NULL; i++)
        if (there[n++])
            read_parts(in, l, of->id, &parts);
    leave_standing(&parts);
    return parts;
}

struct part_list parts_beside(struct scope in, const struct ledger_row *part)
{
    struct part_list parts = { 0 };
    size_t n = 0;

    read_parts(in, part->ledger,
               row_int(part, ledger_role(part->ledger, COLUMN_PARENT)), &parts);
    leave_standing(&parts);
    for (size_t i = 0; i < parts.n; i++)
        if (parts.v[i]->id != part->id)
            parts.v[n++] = parts.v[i];
    parts.n = n;
    return parts;
}

static void write_inherited(struct act *act, const struct ledger_row *row)
{
    struct compose c;

    compose_init(&c, act->m);
    compose_sql(&c, SQL("UPDATE "));
    compose_table(&c, row->ledger);
    compose_sql(&c, SQL(" SET year = ?3, voided = ?4, of_owner = ?5, "
                        "of_place = ?6 WHERE district = ?1 AND id = ?2"));
    tx_run_unjournaled(act->tx, compose_end(&c),
                       WITH(INT(act->district), INT(row->id), INT(row->year),
                            INT(row_voided_bits(row)), INT(row->of.owner),
                            INT(row->of.place)));
}

static void follow(struct act *act, const struct ledger_row *parent);
static void roll_kept(struct act *act, const struct ledger_row *kept);

static bool inherits_alike(const struct ledger_row *a,
                           const struct ledger_row *b)
{
    return a->year == b->year && a->orphan == b->orphan &&
           a->of.owner == b->of.owner && a->of.place == b->of.place;
}

/* A part's parent changed: what is derived from both is made again. */
static void follow_one(struct act *act, const struct ledger_row *before)
{
    struct ledger_row now = *before;

    part_inherit(act_scope(act), &now);
    due_replace(act, &now);
    if (inherits_alike(before, &now))
        return;
    write_inherited(act, &now);
    record_replace(act, before, &now);
    follow(act, &now);
    roll_kept(act, &now);
}

/* As deep as there are parts of parts: declarations have no cycle. */
static void follow(struct act *act, const struct ledger_row *parent)
{
    const struct ledger *l;

    for (size_t i = 0; (l = ledger_part(parent->ledger, &i)) != NULL; i++) {
        struct part_list parts = parts_all(act_scope(act), l, parent->id);

        for (size_t p = 0; p < parts.n; p++) {
            parts.v[p]->parent = (struct ledger_row *)parent;
            follow_one(act, parts.v[p]);
        }
    }
}

/* ---- from the parts to their parent ---- */

/* What becomes of it by these. */
static void roll(struct scope in, struct ledger_row *row,
                 const struct part_list *parts, struct rolled *ret)
{
    const struct ledger *l = row->ledger;

    for (size_t i = 0; i < l->columns_n; i++)
        if (column_is(&l->columns[i], COLUMN_ROLLED))
            row->values[i] = column_none(&l->columns[i]);
    if (row_stands(row))
        l->roll(in, row, parts, ret);
}

bool part_roll_new(struct scope in, struct ledger_row *row, struct rolled *ret)
{
    *ret = (struct rolled){ .m = in.m };
    if (!row->ledger->roll)
        return false;
    roll(in, row, &(struct part_list){ 0 }, ret);
    return true;
}

bool part_roll(struct scope in, struct ledger_row *row, struct rolled *ret)
{
    struct part_list parts;

    *ret = (struct rolled){ .m = in.m };
    if (!row->ledger->roll)
        return false;
    parts = parts_load(in, row);
    roll(in, row, &parts, ret);
    return true;
}

static bool rolled_alike(const struct ledger_row *a, const struct ledger_row *b)
{
    for (size_t i = 0; i < a->ledger->columns_n; i++)
        if (column_is(&a->ledger->columns[i], COLUMN_ROLLED) &&
            !value_eq(&a->values[i], &b->values[i]))
            return false;
    return true;
}

static void write_rolled(struct act *act, const struct ledger_row *row)
{
    const struct ledger *l = row->ledger;
    struct value *v = NEW_ARRAY(act->m, struct value, 2 + l->columns_n);
    struct compose c;
    size_t n = 2;

    v[0] = INT(act->district);
    v[1] = INT(row->id);
    compose_init(&c, act->m);
    compose_sql(&c, SQL("UPDATE "));
    compose_table(&c, l);
    for (size_t i = 0; i < l->columns_n; i++) {
        if (!column_is(&l->columns[i], COLUMN_ROLLED))
            continue;
        compose_sql(&c, n == 2 ? SQL(" SET ") : SQL(", "));
        compose_name(&c, l->columns[i].key);
        compose_sql(&c, SQL(" = "));
        v[n++] = row->values[i];
        compose_arg(&c, n);
    }
    compose_sql(&c, SQL(" WHERE district = ?1 AND id = ?2"));
    tx_run_unjournaled(act->tx, compose_end(&c), (struct args){ v, n });
}

bool part_is_kept(struct scope in, const struct ledger_row *row,
                  int64_t *ret_periods)
{
    struct ledger_row now = ledger_row_copy(in.m, row);
    struct rolled made;
    struct rolled kept;

    now.parent = NULL;
    part_inherit(in, &now);
    if (!inherits_alike(row, &now))
        return false;
    if (!part_roll(in, &now, &made))
        return true;
    *ret_periods += (int64_t)made.n;
    periods_of(in, row, &kept);
    return rolled_alike(row, &now) && periods_eq(&made, &kept);
}

static void roll_parent(struct act *act, const struct ledger_row *row);

/* What it becomes may change what its own parent becomes. */
static void roll_kept(struct act *act, const struct ledger_row *kept)
{
    struct ledger_row now = ledger_row_copy(act->m, kept);
    struct rolled rolled;

    if (!part_roll(act_scope(act), &now, &rolled))
        return;
    period_replace(act, &now, &rolled);
    if (rolled_alike(kept, &now))
        return;
    write_rolled(act, &now);
    record_replace(act, kept, &now);
    due_replace(act, &now);
    roll_parent(act, &now);
}

static void roll_parent(struct act *act, const struct ledger_row *row)
{
    const struct ledger *parent = ledger_parent(row->ledger);
    struct ledger_row *kept;

    if (parent && parent->roll &&
        row_load(act_scope(act), parent,
                 row_int(row, ledger_role(row->ledger, COLUMN_PARENT)), &kept))
        roll_kept(act, kept);
}

void part_settle(struct act *act, const struct ledger_row *before,
                 const struct ledger_row *row)
{
    if (before &&
        (before->year != row->year || row_stands(before) != row_stands(row) ||
         row_stage(before) != row_stage(row) ||
         row_owner(before) != row_owner(row) ||
         row_place(before) != row_place(row)))
        follow(act, row);
    roll_parent(act, row);
}

void part_rebuild(struct act *act)
{
    struct scope in = act_scope(act);
    struct mem *outer = act->m;
    struct mem *m = mem_child(outer);
    const struct ledger *l;

    act->m = m;
    for (size_t i = 0; (l = ledger_at(i)) != NULL; i++) {
        struct row_walk w;
        struct ledger_row *row;

        if (!l->roll && !l->steps_n)
            continue;
        w = row_walk(in, l);
        while (row_walk_next(&w, m, &row)) {
            due_replace(act, row);
            roll_kept(act, row);
            mem_reset(m);
        }
    }
    act->m = outer;
    mem_free(m);
}
