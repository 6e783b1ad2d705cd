/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Is a new row one that is there already? */
#include "host/ledger/alike.h"

#include "host/ledger/cell.h"

static bool tells_apart(const struct column *c)
{
    return !column_names(c) &&
           column_is(c, COLUMN_IDENTITY | COLUMN_OWNER | COLUMN_PLACE);
}

static bool have_one_owner(const struct ledger_row *a,
                           const struct ledger_row *b)
{
    return row_owner(a) != 0 && row_owner(a) == row_owner(b);
}

static enum likeness compare(struct mem *m, const struct ledger_row *there,
                             const struct ledger_row *row, size_t i)
{
    const struct column *c = &row->ledger->columns[i];
    bool declared = column_is(c, COLUMN_IDENTITY) &&
                    !cell_is_vague(m, c, &there->values[i]) &&
                    !cell_is_vague(m, c, &row->values[i]);

    if (str_eq(cell_identity(m, c, &there->values[i]),
               cell_identity(m, c, &row->values[i])))
        return THE_SAME_ROW;
    if (row_has(there, i) && row_has(row, i))
        return declared ? ANOTHER_ROW : PERHAPS_THE_SAME;
    return !declared && column_is(c, COLUMN_PLACE) && have_one_owner(there, row)
               ? THE_SAME_ROW
               : PERHAPS_THE_SAME;
}

enum likeness row_likeness(struct mem *m, const struct ledger_row *there,
                           const struct ledger_row *row)
{
    enum likeness all = THE_SAME_ROW;

    for (size_t i = 0; i < row->ledger->columns_n; i++) {
        enum likeness one = tells_apart(&row->ledger->columns[i])
                                ? compare(m, there, row, i)
                                : THE_SAME_ROW;

        if (one < all)
            all = one;
    }
    return all;
}

void nearest_note(struct mem *m, struct nearest *nearest,
                  struct ledger_row *there, const struct ledger_row *row)
{
    enum likeness likeness = row_likeness(m, there, row);

    if (likeness == ANOTHER_ROW || likeness < nearest->likeness)
        return;
    if (likeness > nearest->likeness)
        *nearest = (struct nearest){ likeness, there, 0 };
    nearest->n++;
}

struct text alike_words(struct mem *m, const struct ledger_row *there)
{
    struct str home = row_home(there);

    if (home.n == 0)
        return text_fmt(m, "“%.*s”已经有了（第 %lld 号）",
                        "\"%.*s\" is there already (No. %lld)",
                        STR_ARG(row_title(there)), (long long)there->id);
    return text_fmt(m, "“%.*s”已经有了（%.*s的第 %lld 号）",
                    "\"%.*s\" is there already (of %.*s, No. %lld)",
                    STR_ARG(row_title(there)), STR_ARG(home),
                    (long long)there->id);
}
