/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Uploads are bookkeeping: nothing of them is data until it is imported, so
 * they need no journal. The mapping is text because it is small, is read by
 * this file alone, and outlives changes of the declarations: a line about a
 * column that is gone is ignored.
 */
#include "host/intake/upload.h"

#include "base/date.h"
#include "base/year.h"
#include "host/house/running.h"
#include "host/import/remember.h"
#include "host/import/wrong.h"
#include "interchange/read.h"

#include <string.h>

enum { KEEP_DAYS = 7, WRONG_MAX = 64 << 20, SHEETS_MAX = 256 };
static const int64_t day_ms = 24 * 60 * 60 * 1000;

/* ---- the table ---- */

static size_t rows_said(struct str mapping)
{
    struct str line;
    int64_t n;

    while (str_cut(&mapping, S("\n"), &line))
        if (str_starts(line, S("rows ")) &&
            str_int(str_slice(line, 5, line.n), &n) && n >= 0)
            return (size_t)n;
    return 0;
}

/*
 * A batch that was taken back because it was interrupted is none of the
 * file: that may be imported again, but not while it still goes.
 */
static int64_t standing_batch(struct scope in, int64_t batch)
{
    struct running runs;

    if (batch == 0 || running_batch(in, batch, &runs) ||
        !tx_int(in.tx,
                SQL("SELECT interrupted FROM import_batch WHERE district = ?1 "
                    "AND id = ?2"),
                WITH(INT(in.district), INT(batch)), 0))
        return batch;
    return 0;
}

bool upload_load(struct ctx *c, int64_t id, struct upload *ret)
{
    struct rows r =
        tx_query(c->tx,
                 SQL("SELECT id, at, actor, batch, file, bytes, mapping "
                     "FROM import_upload WHERE district = ?1 AND id = ?2"),
                 WITH(INT(c->house->district), INT(id)));
    struct upload u;

    if (!rows_next(&r))
        return false;
    u = (struct upload){
        .id = rows_int(&r, 0),
        .at = rows_int(&r, 1),
        .actor = rows_int(&r, 2),
        .batch = rows_int(&r, 3),
        .file = rows_text(&r, 4, c->m),
        .bytes = rows_text(&r, 5, c->m),
        .mapping = rows_text(&r, 6, c->m),
    };
    rows_end(&r);
    u.batch = standing_batch(ctx_scope(c), u.batch);
    u.rows = rows_said(u.mapping);
    if (u.actor != c->who.account && !has_role(&c->who, ROLE_OFFICER))
        return false;
    *ret = u;
    return true;
}

int64_t upload_add(struct ctx *c, struct str file, struct str bytes,
                   struct str mapping)
{
    int64_t district = c->house->district;
    int64_t id = tx_int(c->tx,
                        SQL("SELECT coalesce(max(id), 0) + 1 "
                            "FROM import_upload WHERE district = ?1"),
                        WITH(INT(district)), 0);

    tx_run_unjournaled(
        c->tx,
        SQL("INSERT INTO import_upload (district, id, at, actor, file, "
            "bytes, mapping, batch) VALUES (?1,?2,?3,?4,?5,?6,?7,0)"),
        WITH(INT(district), INT(id), INT(c->now), INT(c->who.account),
             STR(file), BYTES(bytes), STR(mapping)));
    tx_run_unjournaled(
        c->tx, SQL("DELETE FROM import_upload WHERE district = ?1 AND at < ?2"),
        WITH(INT(district), INT(c->now - KEEP_DAYS * day_ms)));
    return id;
}

void upload_set_mapping(struct ctx *c, int64_t id, struct str mapping)
{
    tx_run_unjournaled(c->tx,
                       SQL("UPDATE import_upload SET mapping = ?3 "
                           "WHERE district = ?1 AND id = ?2"),
                       WITH(INT(c->house->district), INT(id), STR(mapping)));
}

void upload_set_batch(struct scope in, const struct upload *u, int64_t batch)
{
    tx_run_unjournaled(in.tx,
                       SQL("UPDATE import_upload SET batch = ?3, mapping = ?4 "
                           "WHERE district = ?1 AND id = ?2"),
                       WITH(INT(in.district), INT(u->id), INT(batch),
                            STR(u->mapping)));
}

void upload_drop(struct ctx *c, int64_t id)
{
    tx_run_unjournaled(
        c->tx, SQL("DELETE FROM import_upload WHERE district = ?1 AND id = ?2"),
        WITH(INT(c->house->district), INT(id)));
}

/* ---- the mapping ---- */

/* The words of a line. */
struct words {
    struct str w[4];
    size_t n;
};

static struct words split(struct str line)
{
    struct words words = { .n = 0 };

    while (words.n < COUNT(words.w) &&
           str_cut(&line, S(" "), &words.w[words.n]))
        words.n++;
    return words;
}

static bool word_index(struct str word, size_t limit, size_t *ret)
{
    int64_t v;

    if (!str_int(word, &v) || v < 0 || (size_t)v >= limit)
        return false;
    *ret = (size_t)v;
    return true;
}

/*
 * A sheet that is taken as `l`, no column found yet: whoever says what its
 * columns are leaves nothing in doubt.
 */
static void begin_sheet(struct mem *m, struct match *s, const struct ledger *l,
                        size_t header)
{
    if (header == 0) {
        match_headless(m, s->grid, l, s);
        return;
    }
    match_as(m, s->grid, l, header - 1, s);
    memset(s->map, 0xff, l->columns_n * sizeof(*s->map));
    s->summed = 0;
    s->problem = TEXT("", "");
}

/* By answer; an answer that is none has no word. */
static const struct str answer_words[] = {
    [IMPORT_ANSWER_SAME] = S_INIT("same"),
    [IMPORT_ANSWER_NEW] = S_INIT("new"),
};

enum import_answer answer_read(struct str word)
{
    for (size_t i = IMPORT_ANSWER_SAME; i < COUNT(answer_words); i++)
        if (str_eq(word, answer_words[i]))
            return (enum import_answer)i;
    return IMPORT_NO_ANSWER;
}

static bool is_answer(const struct words *w)
{
    return w->n == 3 && answer_read(w->w[0]) != IMPORT_NO_ANSWER;
}

static void apply_answer(struct import *im, size_t sheet, const struct words *w)
{
    size_t row = SIZE_MAX;

    if (str_eq(w->w[2], S("all")) ||
        word_index(w->w[2], im->sheets[sheet].match.grid->rows, &row))
        import_say(im, sheet, row, answer_read(w->w[0]));
}

static void apply_parts(struct match *s, size_t i)
{
    if (i == SIZE_MAX || s->parts[i].n == 0)
        return;
    s->map[i] = s->parts[i].cols[0];
    s->summed |= AT(i);
}

static void apply_line(struct import *im, const struct words *w)
{
    struct match *s;
    size_t i;
    size_t at;
    size_t col;

    if (w->n < 2 || !word_index(w->w[1], im->n, &i))
        return;
    s = &im->sheets[i].match;
    if (str_eq(w->w[0], S("wrong")) && w->n == 3) {
        if (word_index(w->w[2], s->grid->rows, &at))
            import_was_wrong(im, i, at);
    } else if (is_answer(w)) {
        apply_answer(im, i, w);
    } else if (str_eq(w->w[0], S("skip"))) {
        s->ledger = NULL;
        s->problem =
            TEXT("您选择了不导入这张表", "you chose to leave this sheet out");
    } else if (w->n == 4 && str_eq(w->w[0], S("sheet"))) {
        const struct ledger *l = ledger_find(w->w[2]);

        if (l && word_index(w->w[3], s->grid->rows + 1, &at))
            begin_sheet(im->m, s, l, at);
    } else if (w->n == 4 && str_eq(w->w[0], S("map")) && s->ledger) {
        col = ledger_column(s->ledger, w->w[2]);
        if (col != SIZE_MAX && !column_follows(&s->ledger->columns[col]) &&
            word_index(w->w[3], s->grid->cols, &at))
            s->map[col] = at;
    } else if (w->n == 3 && str_eq(w->w[0], S("parts")) && s->ledger) {
        apply_parts(s, ledger_column(s->ledger, w->w[2]));
    } else if (w->n == 3 && str_eq(w->w[0], S("year"))) {
        s->chosen_year = year_read(w->w[2]);
    }
}

void mapping_apply(struct import *im, struct str mapping)
{
    struct str line;

    while (str_cut(&mapping, S("\n"), &line)) {
        struct words w = split(line);

        apply_line(im, &w);
    }
    import_arrange(im);
}

static void put_sheet(struct buf *b, const struct match *s, size_t i)
{
    const struct ledger *l = s->ledger;

    if (!l) {
        buf_fmt(b, "skip %zu\n", i);
        return;
    }
    buf_fmt(b, "sheet %zu %.*s.%.*s %zu\n", i, STR_ARG(l->feature),
            STR_ARG(l->noun), s->header + 1);
    for (size_t col = 0; col < l->columns_n; col++)
        if (s->summed & AT(col))
            buf_fmt(b, "parts %zu %.*s\n", i, STR_ARG(l->columns[col].key));
        else if (s->map[col] != SIZE_MAX)
            buf_fmt(b, "map %zu %.*s %zu\n", i, STR_ARG(l->columns[col].key),
                    s->map[col]);
    if (s->chosen_year)
        buf_fmt(b, "year %zu %d\n", i, s->chosen_year);
}

struct str mapping_refusing(struct mem *m, struct str mapping,
                            const struct import *im)
{
    struct buf *b = buf_new(m, WRONG_MAX);

    buf_put(b, mapping);
    for (size_t i = 0; i < im->n; i++) {
        size_t last = SIZE_MAX;

        if (!text_empty(im->sheets[i].question))
            buf_fmt(b, "wrong %zu %zu\n", i, im->sheets[i].match.data_row);
        for (const struct import_problem *p = im->sheets[i].problems; p;
             p = p->next) {
            if (p->grid_row != last)
                buf_fmt(b, "wrong %zu %zu\n", i, p->grid_row);
            last = p->grid_row;
        }
    }
    return buf_str(b);
}

size_t mapping_refused(struct mem *m, struct str mapping, size_t **ret_sheets)
{
    size_t *sheets = NEW_ARRAY(m, size_t, SHEETS_MAX);
    struct str line;
    size_t n = 0;
    size_t i;

    while (str_cut(&mapping, S("\n"), &line)) {
        struct words w = split(line);

        if (str_eq(w.w[0], S("wrong")) && word_index(w.w[1], SHEETS_MAX, &i) &&
            (n == 0 || sheets[n - 1] != i))
            sheets[n++] = i;
    }
    *ret_sheets = sheets;
    return n;
}

bool mapping_by_hand(struct str mapping, size_t sheet)
{
    struct str line;
    int64_t n;

    while (str_cut(&mapping, S("\n"), &line)) {
        struct words w = split(line);

        if (str_eq(w.w[0], S("sheet")) && str_int(w.w[1], &n) &&
            (size_t)n == sheet)
            return true;
    }
    return false;
}

struct str mapping_with(struct mem *m, struct str mapping,
                        const struct import *im, size_t sheet)
{
    struct buf *b = buf_new(m, MAPPING_MAX);
    struct str line;

    while (str_cut(&mapping, S("\n"), &line)) {
        struct words w = split(line);
        size_t i;

        if (line.n == 0 || (w.n > 1 && !str_eq(w.w[0], S("rows")) &&
                            !is_answer(&w) && !str_eq(w.w[0], S("cell")) &&
                            (!word_index(w.w[1], im->n, &i) || i == sheet)))
            continue;
        buf_put(b, line);
        buf_byte(b, '\n');
    }
    put_sheet(b, &im->sheets[sheet].match, sheet);
    return buf_str(b);
}

/* Lines of one word, before what follows about the sheets. */
static const struct str show_line = S_INIT("show");
static const struct str register_line = S_INIT("register");

static bool has_line(struct str mapping, struct str wanted)
{
    struct str line;

    while (str_cut(&mapping, S("\n"), &line))
        if (str_eq(line, wanted))
            return true;
    return false;
}

static struct str with_line(struct mem *m, struct str mapping, struct str line)
{
    return has_line(mapping, line)
               ? mapping
               : str_fmt(m, "%.*s\n%.*s", STR_ARG(line), STR_ARG(mapping));
}

struct str mapping_showing(struct mem *m, struct str mapping)
{
    return with_line(m, mapping, show_line);
}

struct str mapping_registering(struct mem *m, struct str mapping)
{
    return with_line(m, mapping, register_line);
}

/* A later line about the same row holds. */
struct str mapping_saying(struct mem *m, struct str mapping, size_t sheet,
                          size_t row, enum import_answer answer)
{
    struct str where = row == SIZE_MAX ? S("all") : str_of_int(m, (int64_t)row);

    return str_fmt(m, "%.*s%.*s %zu %.*s\n", STR_ARG(mapping),
                   STR_ARG(answer_words[answer]), sheet, STR_ARG(where));
}

/* ---- cells ---- */

static struct str escape(struct mem *m, struct str text)
{
    struct buf *b = buf_new(m, 2 * text.n + 1);

    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] == '\n')
            buf_lit(b, "\\n");
        else if (text.p[i] == '\\')
            buf_lit(b, "\\\\");
        else
            buf_byte(b, text.p[i]);
    return buf_str(b);
}

static struct str unescape(struct mem *m, struct str text)
{
    struct buf *b = buf_new(m, text.n + 1);

    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] != '\\' || i + 1 == text.n)
            buf_byte(b, text.p[i]);
        else
            buf_byte(b, text.p[++i] == 'n' ? '\n' : text.p[i]);
    return buf_str(b);
}

/* "cell 0 14 3 text"; false: the line is another. */
static bool read_cell(struct mem *m, struct str line, struct correction *ret)
{
    size_t *const numbers[] = { &ret->sheet, &ret->row, &ret->col };
    struct str word;

    if (!str_take(&line, S("cell ")))
        return false;
    for (size_t i = 0; i < COUNT(numbers); i++)
        if (!str_cut(&line, S(" "), &word) ||
            !word_index(word, SIZE_MAX, numbers[i]))
            return false;
    ret->now = unescape(m, line);
    return true;
}

struct str mapping_correcting(struct mem *m, struct str mapping,
                              const struct correction *c, bool set)
{
    struct buf *b = buf_new(m, mapping.n + 2 * c->now.n + 80);
    struct str line;

    while (str_cut(&mapping, S("\n"), &line)) {
        struct correction old = { .next = NULL };

        if (line.n == 0 || (read_cell(m, line, &old) && old.sheet == c->sheet &&
                            old.row == c->row && old.col == c->col))
            continue;
        buf_put(b, line);
        buf_byte(b, '\n');
    }
    if (set)
        buf_fmt(b, "cell %zu %zu %zu %.*s\n", c->sheet, c->row, c->col,
                STR_ARG(escape(m, c->now)));
    return buf_str(b);
}

/* All corrections, made in the workbook; those that do not fit it are not. */
static struct correction *correct_cells(struct mem *m, struct workbook *w,
                                        struct str mapping)
{
    struct correction *all = NULL;
    struct correction **end = &all;
    struct str line;

    while (str_cut(&mapping, S("\n"), &line)) {
        struct correction *c = NEW(m, struct correction);

        if (!read_cell(m, line, c) || !correct(w, c))
            continue;
        *end = c;
        end = &c->next;
    }
    return all;
}

/* ---- the file ---- */

enum err upload_plan(struct scope in, const struct upload *u, int32_t today,
                     struct import *ret, struct text *ret_reason)
{
    struct mem *m = in.m;
    struct workbook *w = NEW(m, struct workbook);
    struct correction *corrections;
    enum err e = workbook_read(m, (struct table_file){ u->file, u->bytes },
                               &read_limits_default, w, ret_reason);

    if (e != OK)
        return e;
    for (size_t i = 0; has_line(u->mapping, show_line) && i < w->n; i++)
        grid_show(&w->grids[i]);
    corrections = correct_cells(m, w, u->mapping);
    import_plan(m, w, u->file, (struct import_years){ .today = today }, ret);
    ret->corrections = corrections;
    import_recall(in, ret);
    ret->registers = has_line(u->mapping, register_line);
    mapping_apply(ret, u->mapping);
    return OK;
}

enum err upload_read(struct ctx *c, const struct upload *u, struct import *ret)
{
    return upload_plan(ctx_scope(c), u, date_year(date_of(c->now)), ret,
                       &c->refusal);
}
