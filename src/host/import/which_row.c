/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Which row of the ledger a row of the file is. By 编号 in our own exports;
 * by identity; by its name (host/ledger/alike.h), where other rows of the
 * file are no longer meant; and when that leaves it open, by what a person
 * says.
 */
#include "host/import/pass.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "host/ledger/alike.h"
#include "host/ledger/cell.h"

enum { KEY_MAX = 64 * 1024, KEY_SHORT = 16 };

/* The id an exported row carries; false: the cell is no id of ours. */
static bool own_id(struct pass *p, int64_t *ret_id)
{
    const struct match *s = &p->s->match;
    const struct cell *cell;
    struct str text;
    struct text reason = TEXT("编号是本系统导出时写的，请勿改动；新行请留空",
                              "the ID was written by our export; do not "
                              "change it, and leave it blank for a new row");

    *ret_id = 0;
    if (s->id_col == SIZE_MAX)
        return true;
    cell = grid_cell(s->grid, p->grid_row, s->id_col);
    text = str_trim(cell->text);
    if (!file_unreadable(cell, &reason) &&
        (text.n == 0 || (str_int(text, ret_id) && *ret_id > 0)))
        return true;
    pass_blame(p, TEXT("编号", "ID"), text, reason);
    return false;
}

static struct str key_of(struct mem *m, const struct ledger *l, int64_t number)
{
    return str_join(m,
                    (struct str[]){ str_of_int(m, number), S(" "), l->feature,
                                    S("."), l->noun },
                    5);
}

void pass_take(struct pass *p, const struct ledger_row *before)
{
    map_put(&p->taken, key_of(p->im->m, before->ledger, before->id),
            (int64_t)pass_row(p));
}

/* Is it another row of this file, new or known? */
static bool is_taken(const struct pass *p, const struct ledger_row *row)
{
    int64_t by;

    return (p->act && row->batch == p->act->batch) ||
           map_get(&p->taken, key_of(p->in.m, row->ledger, row->id), &by);
}

/* The nearest row of that name which no other row of the file is. */
static struct nearest find_nearest(struct pass *p, const struct ledger_row *row)
{
    struct row_walk w = row_walk_alike(p->in, row);
    struct nearest near = { .n = 0 };
    struct ledger_row *there;

    while (row_walk_next(&w, p->in.m, &there))
        if (!is_taken(p, there))
            nearest_note(p->in.m, &near, there, row);
    return near;
}

static struct text question_of(struct mem *m, const struct nearest *near)
{
    struct text words = alike_words(m, near->row);

    if (near->n > 1)
        return text_fmt(m,
                        "%.*s，同名的共 %zu 条，分不清是哪一条；请写明单位、"
                        "社区等能区分的内容，或者说明是另一条",
                        "%.*s, and %zu are called so; add what tells them "
                        "apart, or say that it is another",
                        STR_ARG(words.zh), near->n);
    return (struct text){
        str_fmt(m, "%.*s；是同一条还是另一条？", STR_ARG(words.zh)),
        str_fmt(m, "%.*s; is it the same or another?", STR_ARG(words.en)),
    };
}

static void ask(struct pass *p, const struct ledger_row *row,
                const struct nearest *near)
{
    size_t title = ledger_title(row->ledger);
    struct import_problem *problem =
        pass_blame(p, row->ledger->columns[title].label, row_title(row),
                   question_of(p->in.m, near));

    problem->question = IMPORT_ASKS_ALIKE;
    problem->like = near->n == 1 ? near->row->id : 0;
}

/* Nobody but a person can tell. */
static struct ledger_row *find_answered(struct pass *p,
                                        const struct ledger_row *row,
                                        const struct nearest *near)
{
    enum import_answer answer = import_answer_of(p->s, p->grid_row);

    if (answer == IMPORT_ANSWER_SAME && near->n == 1)
        return near->row;
    if (answer != IMPORT_ANSWER_NEW)
        ask(p, row, near);
    return NULL;
}

static struct ledger_row *find_by_name(struct pass *p,
                                       const struct ledger_row *row)
{
    struct nearest near = find_nearest(p, row);

    if (near.likeness == ANOTHER_ROW)
        return NULL;
    if (near.likeness == THE_SAME_ROW && near.n == 1)
        return near.row;
    return find_answered(p, row, &near);
}

static struct ledger_row *load(struct pass *p, const struct ledger *l,
                               int64_t id)
{
    struct ledger_row *row = NULL;

    return row_load(p->in, l, id, &row) ? row : NULL;
}

/* Why no row of the file is the one of this id. */
static void blame_id(struct pass *p, int64_t id, struct text reason)
{
    pass_blame(p, TEXT("编号", "ID"), str_fmt(p->in.m, "%lld", (long long)id),
               reason);
}

/* By the id of our own export; a row copied there still has its id. */
static struct ledger_row *find_by_id(struct pass *p, const struct ledger *l,
                                     int64_t id)
{
    struct ledger_row *before = load(p, l, id);
    int64_t first;

    if (!before)
        blame_id(p, id, TEXT("没有这个编号的记录", "no row has this ID"));
    else if (map_get(&p->taken, key_of(p->in.m, l, id), &first))
        blame_id(p, id,
                 text_fmt(p->in.m,
                          "第 %lld 行已经是这个编号；复制出来的新行，"
                          "请把编号留空",
                          "row %lld has this ID already; leave it blank in "
                          "a row that was copied to be a new one",
                          (long long)first));
    return before;
}

static struct str short_of(struct mem *m, struct str key)
{
    struct hash h = HASH_OF(key);

    return str_dup(m, (struct str){ (const char *)h.b, KEY_SHORT });
}

/*
 * What tells a row of the file from the others, as a key: the declared
 * identity, and with `home` the owner and the place, in short: a file has two
 * for each of its rows. References are told by their names, since what they
 * name may not be there yet.
 */
static struct str key_in_file(const struct pass *p,
                              const struct ledger_row *row, bool home)
{
    unsigned flags = COLUMN_IDENTITY | (home ? COLUMN_OWNER | COLUMN_PLACE : 0);
    const struct ledger *l = row->ledger;
    struct buf *b = buf_new(p->in.m, KEY_MAX);

    buf_put(b, ledger_name(p->in.m, l));
    buf_fmt(b, "\n%d %d", home, row->year);
    for (size_t i = 0; i < l->columns_n; i++) {
        const struct column *c = &l->columns[i];

        if (!column_is(c, flags))
            continue;
        buf_byte(b, '\n');
        buf_put(b, c->type == COLUMN_REF
                       ? utf8_fold(p->in.m, row->labels[i])
                       : cell_identity(p->in.m, c, &row->values[i]));
    }
    return short_of(p->in.m, buf_str(b));
}

/*
 * Has another row of the file, by its id, given the row of this name another
 * one? What is compared with has the old name still.
 */
static bool is_given_up(const struct pass *p, const struct ledger_row *row,
                        int64_t id)
{
    int64_t by;

    return map_get(&p->taken, key_of(p->in.m, row->ledger, id), &by) &&
           !map_get(&p->seen, key_in_file(p, row, true), &by);
}

struct ledger_row *pass_find_existing(struct pass *p, struct ledger_row *row)
{
    int64_t id;

    if (!own_id(p, &id))
        return NULL;
    if (id)
        return find_by_id(p, row->ledger, id);
    id = row_find(p->in, row);
    if (id && !is_given_up(p, row, id))
        return load(p, row->ledger, id);
    return p->wrong ? NULL : find_by_name(p, row);
}

/* The row of the file that has this key, which from now on is this one. */
static bool was_seen(struct pass *p, struct str key, int64_t *ret_row)
{
    if (map_get(&p->seen, key, ret_row))
        return true;
    map_put(&p->seen, str_dup(p->im->m, key), (int64_t)pass_row(p));
    return false;
}

static void blame_twice(struct pass *p, int64_t first)
{
    pass_blame(p, TEXT("", ""), S(""),
               text_fmt(p->in.m,
                        "与第 %lld 行重复；若确是两条，请补充能区分的内容",
                        "repeats row %lld; if there really are two, add what "
                        "tells them apart",
                        (long long)first));
}

/* One name, two units or places: perhaps one of them is mistyped. */
static void ask_twice(struct pass *p, const struct ledger_row *row,
                      int64_t first)
{
    size_t title = ledger_title(row->ledger);

    pass_blame(p, row->ledger->columns[title].label, row_title(row),
               text_fmt(p->in.m,
                        "与第 %lld 行同名，单位或社区不同；写错了请更正，"
                        "确是另一条请说明",
                        "has the name of row %lld, but another unit or place; "
                        "correct it, or say that it is another",
                        (long long)first))
        ->question = IMPORT_ASKS_ALIKE;
}

/* Can owner or place tell rows apart that the declared identity does not? */
static bool has_home_beside(const struct ledger *l)
{
    for (size_t i = 0; i < l->columns_n; i++)
        if (column_is(&l->columns[i], COLUMN_OWNER | COLUMN_PLACE) &&
            !column_is(&l->columns[i], COLUMN_IDENTITY))
            return true;
    return false;
}

void pass_check_twice(struct pass *p, const struct ledger_row *before,
                      const struct ledger_row *row)
{
    int64_t first;

    if (was_seen(p, key_in_file(p, row, true), &first))
        blame_twice(p, first);
    else if (has_home_beside(row->ledger) &&
             was_seen(p, key_in_file(p, row, false), &first) && !before &&
             import_answer_of(p->s, p->grid_row) != IMPORT_ANSWER_NEW)
        ask_twice(p, row, first);
}
