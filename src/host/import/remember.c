/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Sheets are alike when all their headers are, one by one, as recognition
 * compares them (header_fold()). It is bookkeeping: the preview says what was
 * filled in, and rows are judged as ever.
 */
#include "host/import/remember.h"

#include "base/buf.h"
#include "base/hash.h"

enum { COLUMNS_TEXT_MAX = 16 * 1024, SHAPE_MAX = 1 << 20 };

struct memory {
    struct str shape;
    struct remembered of;
    struct str ledger;
    struct str columns;
};

struct memories {
    struct memory *all;
    size_t n;
};

/* "" for headers that say nothing. */
static struct str shape_of(struct mem *m, const struct headers *h)
{
    struct buf *b = buf_new(m, SHAPE_MAX);
    struct str words;
    struct hash hash;
    size_t n = h->n;

    while (n && h->of[n - 1].n == 0)
        n--;
    for (size_t col = 0; col < n; col++) {
        for (size_t i = 0; i < h->of[col].n; i++) {
            buf_put(b, h->of[col].words[i]);
            buf_lit(b, "›");
        }
        buf_byte(b, '\n');
    }
    if (n == 0 || buf_overflowed(b))
        return S("");
    words = buf_str(b);
    hash = hash_of(&words, 1);
    return hex_encode(m, hash_str(&hash));
}

static struct memories load_all(struct scope in)
{
    struct memories k = { NEW_ARRAY(in.m, struct memory, REMEMBERED_MAX), 0 };
    struct rows r =
        tx_query(in.tx,
                 SQL("SELECT shape, at, actor, file, ledger, columns FROM "
                     "import_mapping WHERE district = ?1 LIMIT ?2"),
                 WITH(INT(in.district), INT(REMEMBERED_MAX)));

    while (rows_next(&r))
        k.all[k.n++] = (struct memory){
            .shape = rows_text(&r, 0, in.m),
            .of = { .at = rows_int(&r, 1),
                    .actor = rows_int(&r, 2),
                    .file = rows_text(&r, 3, in.m) },
            .ledger = rows_text(&r, 4, in.m),
            .columns = rows_text(&r, 5, in.m),
        };
    return k;
}

static const struct memory *find(const struct memories *k, struct str shape)
{
    for (size_t i = 0; i < k->n && shape.n; i++)
        if (str_eq(k->all[i].shape, shape))
            return &k->all[i];
    return NULL;
}

/* The first rows are tried when nothing says which of them is the header. */
static const struct memory *find_for(struct mem *m, const struct memories *k,
                                     const struct match *s, size_t *ret_header)
{
    const struct memory *found = NULL;
    size_t row = s->ledger ? s->header : 0;
    size_t end = s->ledger ? row + 1 : HEADER_ROWS;

    if (s->grid->hidden || row == SIZE_MAX)
        return NULL;
    for (; !found && row < end && row < s->grid->rows; row++) {
        struct headers h = headers_read(m, s->grid, row);

        found = find(k, shape_of(m, &h));
        *ret_header = row;
    }
    return found;
}

/* "remark 5": fill a column that is open from one that is nothing else. */
static void fill_one(struct match *s, struct str line, uint64_t *filled)
{
    struct str key;
    int64_t col;
    size_t i;

    if (!str_cut(&line, S(" "), &key) || !str_int(line, &col) || col < 0 ||
        (size_t)col >= s->grid->cols)
        return;
    i = ledger_column(s->ledger, key);
    if (i == SIZE_MAX || s->map[i] != SIZE_MAX ||
        match_column_of(s, (size_t)col) != SIZE_MAX)
        return;
    s->map[i] = (size_t)col;
    *filled |= AT(i);
}

/* Whoever said what the columns are left nothing in doubt. */
static bool fill(struct mem *m, struct match *s, size_t header,
                 const struct memory *k)
{
    const struct ledger *l = ledger_find(k->ledger);
    struct remembered *r = NEW(m, struct remembered);
    struct str columns = k->columns;
    struct str line;

    if (!l || (match_is_taken(s) && s->ledger != l))
        return false;
    *r = k->of;
    if (!match_is_taken(s))
        match_as(m, s->grid, l, header, s);
    while (str_cut(&columns, S("\n"), &line))
        fill_one(s, line, &r->columns);
    if (!r->columns)
        return false;
    s->problem = TEXT("", "");
    s->remembered = r;
    return true;
}

void import_recall(struct scope in, struct import *im)
{
    struct memories k = load_all((struct scope){ in.tx, im->m, in.district });
    bool any = false;

    for (size_t i = 0; k.n && i < im->n; i++) {
        struct match *s = &im->sheets[i].match;
        size_t header;
        const struct memory *found = find_for(im->m, &k, s, &header);

        if (found)
            any |= fill(im->m, s, header, found);
    }
    if (any)
        import_arrange(im);
}

/* ---- keeping ---- */

/* The columns that recognition alone would not have found; "": none. */
static struct str filled_by_hand(struct mem *m, const struct match *s)
{
    struct buf *b = buf_new(m, COLUMNS_TEXT_MAX);
    struct match guess;

    match_as(m, s->grid, s->ledger, s->header, &guess);
    for (size_t i = 0; i < s->ledger->columns_n; i++)
        if (s->map[i] != SIZE_MAX && guess.map[i] == SIZE_MAX)
            buf_fmt(b, "%.*s %zu\n", STR_ARG(s->ledger->columns[i].key),
                    s->map[i]);
    return buf_str(b);
}

static void forget(struct scope in, struct str shape)
{
    tx_run_unjournaled(in.tx,
                       SQL("DELETE FROM import_mapping WHERE district = ?1 "
                           "AND shape = ?2"),
                       WITH(INT(in.district), STR(shape)));
}

/* The oldest is forgotten for a new one. */
static void make_room(struct scope in)
{
    int64_t n = tx_int(in.tx,
                       SQL("SELECT count(*) FROM import_mapping "
                           "WHERE district = ?1"),
                       WITH(INT(in.district)), 0);

    if (n >= REMEMBERED_MAX)
        tx_run_unjournaled(
            in.tx,
            SQL("DELETE FROM import_mapping WHERE district = ?1 AND at = "
                "(SELECT min(at) FROM import_mapping WHERE district = ?1)"),
            WITH(INT(in.district)));
}

void import_remember(struct act *act, const struct import *im, size_t sheet)
{
    const struct match *s = &im->sheets[sheet].match;
    struct scope in = act_scope(act);
    struct str shape = shape_of(act->m, &s->headers);
    struct str columns;

    if (!match_is_taken(s) || s->header == SIZE_MAX || shape.n == 0)
        return;
    forget(in, shape);
    columns = filled_by_hand(act->m, s);
    if (columns.n == 0)
        return;
    make_room(in);
    tx_run_unjournaled(
        act->tx,
        SQL("INSERT INTO import_mapping (district, shape, at, actor, file, "
            "ledger, columns) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"),
        WITH(INT(act->district), STR(shape), INT(act->now), INT(act->actor),
             STR(im->file), STR(ledger_name(act->m, s->ledger)), STR(columns)));
}

void import_unlearn(struct scope in, const struct match *s)
{
    forget(in, shape_of(in.m, &s->headers));
}

struct text remembered_text(struct mem *m, const struct match *s)
{
    struct text all = TEXT("", "");

    for (size_t i = 0; i < s->ledger->columns_n; i++) {
        struct text label = s->ledger->columns[i].label;
        struct str header;

        if (!(s->remembered->columns & AT(i)))
            continue;
        header = match_header(s, s->map[i]);
        all = (struct text){
            str_fmt(m, "%.*s%s“%.*s” → %.*s", STR_ARG(all.zh),
                    all.zh.n ? "、" : "", STR_ARG(header), STR_ARG(label.zh)),
            str_fmt(m, "%.*s%s“%.*s” → %.*s", STR_ARG(all.en),
                    all.en.n ? ", " : "", STR_ARG(header), STR_ARG(label.en)),
        };
    }
    return all;
}
