/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * ledger.h - the declaration everything follows from.
 *
 * A ledger (台账) is what an office keeps rows of. A feature declares it as
 * `static const`; from that one declaration the host gives table, list,
 * filter, search, sort, row page with history, forms, import, export and
 * JSON. What counts is declared beside it as record kinds (record.h) and
 * figures (figure.h).
 *
 * A ledger "projects.project" has the table projects_project and the pages
 * under /projects/project.
 */
#ifndef DAJUAN_HOST_LEDGER_LEDGER_H
#define DAJUAN_HOST_LEDGER_LEDGER_H

#include "host/ledger/column.h"
#include "host/ledger/step.h"

/* The programme years there can be; the last is YEAR_END - 1. */
enum { YEAR_FIRST = 2000, YEAR_END = 2200 };

enum { LEDGER_COLUMNS_MAX = 64 };

struct record_kind;
struct grid;
struct act;
struct rolled;
struct cells_read;
struct part_list;

struct ledger {
    struct str feature; /* "projects" */
    struct str noun;    /* "project" */
    struct text label;  /* 双领重点项目 / Key projects */
    struct text unit;   /* 项 / projects, for "55 项" */
    struct text about;  /* what belongs here, for the empty list */
    const struct column *columns;
    size_t columns_n;
    bool open;          /* visitors may see the rows (masked) */
    bool standing;      /* rows belong to no year */
    bool organisations; /* the one ledger of units and places */
    /*
     * The one ledger of days that are not as their weekday: from COLUMN_WHEN
     * to COLUMN_END, or that day alone; its COLUMN_KIND says "rest" or "work"
     * (office_days.h).
     */
    bool days;
    bool themes; /* the one ledger of what years are called (theme.h) */
    const struct record_kind *kinds;
    size_t kinds_n;
    const struct step *steps; /* how its rows move from state to state */
    size_t steps_n;
    size_t imported; /* the state in which rows of files begin */
    /* Of parts: new ones only while the parent is in one of these; 0: any. */
    uint64_t parent_in;

    /*
     * Optional. Fill what follows from other values: the derived columns, and
     * missing ones that have a rule. Runs before required columns are asked.
     */
    void (*derive)(struct mem *m, struct ledger_row *row);
    /*
     * Optional. Rules between columns: false refuses the row, with the index
     * of the column to blame and a reason that says what to do. A row that is
     * there already has its id, so that it is not compared with itself.
     */
    bool (*check)(struct scope in, const struct ledger_row *row,
                  size_t *ret_column, struct text *ret_reason);
    /*
     * Optional. Recognise a sheet that has no header: fill `ret_map` (column
     * of the sheet for every column, SIZE_MAX for none) and answer true.
     */
    bool (*recognise)(const struct grid *g, size_t *ret_map);
    /*
     * Optional. What the parts of a row make of it (part.h): fills the columns
     * that are COLUMN_ROLLED and tells the periods of those that are
     * COLUMN_PERIOD. Pure: it looks at the row, its parts and the policies of
     * its year.
     */
    void (*roll)(struct scope in, struct ledger_row *row,
                 const struct part_list *parts, struct rolled *ret);
    /*
     * Optional, of a ledger with columns that are COLUMN_CELL: parts as files
     * keep them. Read what the row's cells say into new rows without parent
     * (part.h; false: the column to blame and why); and write the cells.
     */
    bool (*read_cells)(const struct ledger_row *row, struct cells_read *io);
    void (*write_cells)(struct mem *m, struct ledger_row *row,
                        const struct part_list *parts);
};

/* Every ledger of every feature, in the order of features; NULL at the end. */
const struct ledger *ledger_at(size_t i);
/* By "projects.project" or by feature and noun; NULL when there is none. */
const struct ledger *ledger_find(struct str name);
const struct ledger *ledger_find_noun(struct str feature, struct str noun);
/* The ledger that owners and places are rows of. */
const struct ledger *ledger_organisations(void);
/* The ledger of days off and make-up workdays. */
const struct ledger *ledger_days(void);
/* The ledger of themes of years. */
const struct ledger *ledger_themes(void);
struct str ledger_name(struct mem *m, const struct ledger *l);
/* Its list is at /projects/project, a row of it at /projects/project/12. */
struct str ledger_path(struct mem *m, const struct ledger *l);
struct str row_path(struct mem *m, const struct ledger *l, int64_t id);
/* SIZE_MAX when no column has that key. */
size_t ledger_column(const struct ledger *l, struct str key);
/* The column that plays a role (COLUMN_OWNER, …); SIZE_MAX: none does. */
size_t ledger_role(const struct ledger *l, unsigned role);
static inline bool ledger_has(const struct ledger *l, unsigned role)
{
    return ledger_role(l, role) != SIZE_MAX;
}
/* The column that names a row. */
static inline size_t ledger_title(const struct ledger *l)
{
    return ledger_role(l, COLUMN_TITLE);
}
/* The ledger whose rows its own are parts of; NULL: they are nobody's. */
const struct ledger *ledger_parent(const struct ledger *l);
/* The first ledger from number *i on that holds parts of `of`; NULL: none. */
const struct ledger *ledger_part(const struct ledger *of, size_t *i);
/* Does a column of any ledger refer to its rows? */
bool ledger_is_referred_to(const struct ledger *l);
/* Do its rows belong to organisations, by a column or by their parents? */
bool ledger_is_owned(const struct ledger *l);
/* Is anything decided about the owners of its rows? */
bool ledger_decides(const struct ledger *l);
/* Is the year of a row that of its parent? */
bool ledger_year_follows(const struct ledger *l);
/* Does somebody say it? Else it follows, or is that of its date. */
bool ledger_asks_year(const struct ledger *l);

/*
 * What is wrong with a declaration, for its author, with the key of the
 * column to blame ("": the ledger as a whole); NULL when it is sound.
 */
const char *ledger_fault(const struct ledger *l, struct str *ret_column);
/*
 * Stop the program over a declaration that is not sound, or when not exactly
 * one ledger holds the organisations, and one the days.
 */
void ledger_check_all(void);

#endif
