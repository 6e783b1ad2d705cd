/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * The file must be recognised when it comes back, so its first row is the
 * header: the words of the file where these were understood, our own where a
 * person had to say what a column is.
 */
#include "host/import/wrong.h"

#include "base/buf.h"
#include "host/import/hidden.h"
#include "interchange/write.h"

enum { REASON_WIDTH = 60, TELL_MAX = 16 * 1024, COLUMNS_MAX = 255 };

void import_was_wrong(struct import *im, size_t sheet, size_t row)
{
    struct import_sheet *s = &im->sheets[sheet];

    if (!s->was_wrong)
        s->was_wrong = NEW_ARRAY(im->m, bool, s->match.grid->rows);
    s->was_wrong[row] = true;
}

const struct import_sheet *import_wrong_sheet(const struct import *im,
                                              size_t asked)
{
    const struct import_sheet *wrong = NULL;

    if (asked < im->n)
        return &im->sheets[asked];
    for (size_t i = im->n; i-- > 0;)
        if (im->sheets[i].count[IMPORT_WRONG] > 0)
            wrong = &im->sheets[i];
    for (size_t i = im->n; i-- > 0;)
        if (im->sheets[i].was_wrong)
            wrong = &im->sheets[i];
    return wrong;
}

/* The header of a column of the grid. */
static struct str header_of(const struct match *s, const struct match *guess,
                            size_t col, enum lang lang)
{
    const struct ledger *l = s->ledger;

    for (size_t i = 0; i < l->columns_n; i++)
        if (s->map[i] == col && (!guess || guess->map[i] != col))
            return text_in(l->columns[i].label, lang);
    return match_header(s, col);
}

/* The columns of the grid that are written, and the headers of the file. */
struct layout {
    const struct match *match;
    size_t cols[COLUMNS_MAX];
    size_t n;
    struct sheet_column columns[COLUMNS_MAX + 1];
};

/* A file that was corrected before has a column of reasons already. */
static bool is_reason(struct str header)
{
    struct text reason = own_columns[OWN_REASON].label;

    return str_eq(header, reason.zh) || str_eq(header, reason.en);
}

static struct layout *make_layout(struct mem *m, const struct match *s,
                                  enum lang lang)
{
    struct layout *l = NEW(m, struct layout);
    struct match guess;

    l->match = s;
    if (s->header != SIZE_MAX)
        match_as(m, s->grid, s->ledger, s->header, &guess);
    for (size_t col = 0; col < s->grid->cols && l->n < COLUMNS_MAX; col++) {
        struct str header =
            header_of(s, s->header != SIZE_MAX ? &guess : NULL, col, lang);

        if (is_reason(header) || hidden_has_col(s, col))
            continue;
        l->columns[l->n].header = header;
        l->cols[l->n++] = col;
    }
    l->columns[l->n] = (struct sheet_column){
        .header = text_in(own_columns[OWN_REASON].label, lang),
        .width = REASON_WIDTH,
    };
    return l;
}

static void put_cells(struct sheet_writer *w, const struct layout *l,
                      size_t row)
{
    for (size_t i = 0; i < l->n; i++) {
        const struct cell *c = grid_cell(l->match->grid, row, l->cols[i]);

        if (c->kind == CELL_EMPTY ||
            match_doubts_cell(l->match, row, l->cols[i]))
            sheet_writer_empty(w);
        else
            sheet_writer_text(w, c->text);
    }
}

static void tell(struct buf *b, const struct import_problem *p, enum lang lang)
{
    if (b->n)
        buf_put(b, text_in(TEXT("；", "; "), lang));
    buf_put(b, text_in(p->column, lang));
    if (p->value.n)
        buf_fmt(b, "“%.*s”", STR_ARG(text_in(p->said, lang)));
    if (p->value.n || !text_empty(p->column))
        buf_put(b, text_in(TEXT("：", ": "), lang));
    buf_put(b, text_in(p->reason, lang));
}

/*
 * "完成时限“2024年13月2日”：没有…；…" from all problems of a row, which `p`
 * goes past; "": it has none.
 */
static struct str reasons_of(struct mem *m, const struct import_problem **p,
                             size_t row, enum lang lang)
{
    struct buf *b = buf_new(m, TELL_MAX);

    for (; *p && (*p)->grid_row <= row; *p = (*p)->next)
        tell(b, *p, lang);
    return buf_str(b);
}

/* Why a row is in the file although nothing is wrong with it now. */
static struct text other_reason(const struct import_sheet *is)
{
    return text_empty(is->question)
               ? TEXT("导入时有错误，现在可以导入了",
                      "was wrong when the file was imported; can be imported "
                      "now")
               : is->question;
}

static bool is_listed(const struct import_sheet *is, size_t row, bool wrong)
{
    if (!text_empty(is->question))
        return match_row(&is->match, row) == ROW_DATA;
    return is->was_wrong ? is->was_wrong[row] : wrong;
}

/* The year would be lost with the titles above the header: name it. */
static struct str title_of(struct mem *m, const struct match *s)
{
    return s->year ? str_fmt(m, "%d年 %.*s", s->year, STR_ARG(s->grid->name))
                   : s->grid->name;
}

enum err import_wrong_file(struct mem *m, const struct import_sheet *is,
                           enum lang lang, struct spool *to,
                           struct text *ret_reason)
{
    struct mem *own = mem_child(m); /* of a row */
    const struct import_problem *p = is ? is->problems : NULL;
    struct sheet_writer *w;
    struct layout *l;

    if (!p && (!is || (!is->was_wrong && text_empty(is->question)))) {
        *ret_reason =
            TEXT("这张表没有错误的行", "this sheet has no wrong rows");
        return E_ABSENT;
    }
    l = make_layout(m, &is->match, lang);
    w = sheet_writer_new(m, to, SHEET_XLSX, title_of(m, &is->match));
    sheet_writer_head(w, l->columns, l->n + 1);
    for (size_t row = is->match.data_row; row < is->match.end_row; row++) {
        struct str reasons;

        mem_reset(own);
        reasons = reasons_of(own, &p, row, lang);
        if (!is_listed(is, row, reasons.n > 0))
            continue;
        put_cells(w, l, row);
        sheet_writer_text(w, reasons.n ? reasons
                                       : text_in(other_reason(is), lang));
        sheet_writer_end_row(w);
    }
    return sheet_writer_finish(w, ret_reason);
}
