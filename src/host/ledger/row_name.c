/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "host/ledger/row_name.h"

#include "base/utf8.h"
#include "host/ledger/row.h"

/* The names of one row, each once. */
struct names {
    struct str v[LEDGER_COLUMNS_MAX];
    size_t n;
};

static bool has(const struct names *names, struct str name)
{
    for (size_t i = 0; i < names->n; i++)
        if (str_eq(names->v[i], name))
            return true;
    return false;
}

static struct names names_of(struct mem *m, const struct ledger_row *row)
{
    struct names names = { .n = 0 };

    for (size_t i = 0; i < row->ledger->columns_n; i++) {
        struct str name;

        if (!column_is(&row->ledger->columns[i], COLUMN_TITLE | COLUMN_ALIAS) ||
            !row_has(row, i))
            continue;
        name = utf8_fold(m, row_str(row, i));
        if (!has(&names, name))
            names.v[names.n++] = name;
    }
    return names;
}

static void add_name(struct scope in, const struct ledger_row *row,
                     struct str name)
{
    tx_run_unjournaled(in.tx,
                       SQL("INSERT INTO row_name (district, subject, name, "
                           "row_id) VALUES (?1, ?2, ?3, ?4)"),
                       WITH(INT(in.district),
                            STR(ledger_name(in.m, row->ledger)), STR(name),
                            INT(row->id)));
}

static void remove_name(struct scope in, const struct ledger_row *row,
                        struct str name)
{
    tx_run_unjournaled(in.tx,
                       SQL("DELETE FROM row_name WHERE district = ?1 AND "
                           "subject = ?2 AND name = ?3 AND row_id = ?4"),
                       WITH(INT(in.district),
                            STR(ledger_name(in.m, row->ledger)), STR(name),
                            INT(row->id)));
}

void row_name_replace(struct act *act, const struct ledger_row *before,
                      const struct ledger_row *row)
{
    struct scope in = act_scope(act);
    struct names old = { .n = 0 };
    struct names new;

    if (!ledger_is_referred_to(row->ledger))
        return;
    if (before)
        old = names_of(in.m, before);
    new = names_of(in.m, row);
    for (size_t i = 0; i < old.n; i++)
        if (!has(&new, old.v[i]))
            remove_name(in, row, old.v[i]);
    for (size_t i = 0; i < new.n; i++)
        if (!has(&old, new.v[i]))
            add_name(in, row, new.v[i]);
}

static void name_ledger(struct scope in, const struct ledger *l)
{
    struct scope of_row = { in.tx, mem_child(in.m), in.district };
    struct row_walk w = row_walk(in, l);
    struct ledger_row *row;

    while (row_walk_next(&w, of_row.m, &row)) {
        struct names names = names_of(of_row.m, row);

        for (size_t i = 0; i < names.n; i++)
            add_name(of_row, row, names.v[i]);
        mem_reset(of_row.m);
    }
    mem_free(of_row.m);
}

void row_name_all(struct scope in)
{
    const struct ledger *l;

    tx_run_unjournaled(in.tx, SQL("DELETE FROM row_name WHERE district = ?1"),
                       WITH(INT(in.district)));
    for (size_t i = 0; (l = ledger_at(i)) != NULL; i++)
        if (ledger_is_referred_to(l))
            name_ledger(in, l);
}

static bool is_kept(struct scope in, const struct ledger_row *row,
                    struct str name)
{
    return tx_int(in.tx,
                  SQL("SELECT count(*) FROM row_name WHERE district = ?1 AND "
                      "subject = ?2 AND name = ?3 AND row_id = ?4"),
                  WITH(INT(in.district), STR(ledger_name(in.m, row->ledger)),
                       STR(name), INT(row->id)),
                  0) == 1;
}

bool row_name_is_kept(struct scope in, const struct ledger_row *row,
                      int64_t *ret_n)
{
    struct names names;

    if (!ledger_is_referred_to(row->ledger))
        return true;
    names = names_of(in.m, row);
    for (size_t i = 0; i < names.n; i++)
        if (!is_kept(in, row, names.v[i]))
            return false;
    *ret_n += (int64_t)names.n;
    return true;
}
