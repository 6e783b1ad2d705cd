/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * import.h - workbooks into ledgers: recognise, compare, keep. What takes a
 * batch back is undo.h.
 *
 * Comparing reads only and says of every row whether it is new, changed, the
 * same, or wrong and why; applying does the same and keeps what is good.
 */
#ifndef DAJUAN_HOST_IMPORT_IMPORT_H
#define DAJUAN_HOST_IMPORT_IMPORT_H

#include "host/import/correct.h"
#include "host/import/left_out.h"
#include "host/import/read_as.h"
#include "host/ledger/relation.h"
#include "journal/act.h"

enum import_status {
    IMPORT_NEW,
    IMPORT_CHANGED,
    IMPORT_SAME,
    IMPORT_WRONG,
    IMPORT_STATUSES,
};

/* What a row that is perhaps in the ledger already is said to be. */
enum import_answer { IMPORT_NO_ANSWER, IMPORT_ANSWER_SAME, IMPORT_ANSWER_NEW };

/* What a person is asked, who may answer it for all rows at once. */
enum import_question {
    IMPORT_ASKS_NOTHING,  /* the cell is to be corrected */
    IMPORT_ASKS_ALIKE,    /* the same row as `like`, or another? */
    IMPORT_ASKS_REGISTER, /* register the organisation? */
    IMPORT_ASKS_YEAR,     /* of which year is the row, or the sheet? */
};

enum { IMPORT_UNKNOWN_MAX = 1000 };

/* An organisation that rows name and nobody knows, and what it would become. */
struct import_unknown {
    struct str name;
    struct text kind;  /* 社区 */
    struct str within; /* as the first such row says; may be empty */
    size_t rows;
};

/* Why a row is wrong: one for every cell to blame. */
struct import_problem {
    struct import_problem *next;
    size_t row;         /* as people count in the file, from 1 */
    size_t grid_row;    /* in the grid, from 0 */
    size_t col;         /* of the cell; SIZE_MAX: it is none of the file */
    struct text column; /* label; empty: the row as a whole */
    struct str value;   /* of the file */
    struct text said;   /* the same as people read it */
    struct text reason;
    enum import_question question;
    int64_t like; /* of IMPORT_ASKS_ALIKE: an id; 0: there are several */
};

/* A cell that an existing row would change. */
struct import_change {
    struct import_change *next;
    size_t row;
    struct str title; /* of the row */
    struct text column;
    struct text before, after;
};

struct import_sheet {
    struct match match;
    struct text question;      /* which year? holds its rows back; or empty */
    enum import_answer answer; /* for the rows without one of their own */
    unsigned char *answers;    /* by row of the grid; NULL: none has one */
    bool *was_wrong; /* so too: when it was imported; NULL: it was not */
    size_t count[IMPORT_STATUSES];
    struct left_out left; /* what of the sheet was not imported */
    struct read_as *read; /* of every column of the ledger; NULL: no pass yet */
    size_t made;          /* rows of other ledgers made on the way */
    struct import_problem *problems, **problems_end;
    struct import_change *changes, **changes_end; /* the first 200 */
    size_t changes_n;
};

/* The year it is, and the one that somebody said for all sheets; 0: none. */
struct import_years {
    int32_t today, said;
};

struct import {
    struct mem *m;
    struct str file;
    struct import_sheet *sheets; /* in the order of the file */
    size_t n;
    size_t *order; /* indices: sheets that others refer to come first */
    struct import_years years;
    bool registers; /* organisations that nobody knows are made */
    struct import_unknown *unknown;
    size_t unknown_n; /* at most IMPORT_UNKNOWN_MAX are told */
    size_t count[IMPORT_STATUSES];
    struct correction *corrections; /* of cells, before all was read */
    /* Rows looked at so far, for a progress bar; read by other threads. */
    _Atomic size_t *progress;
    size_t rows;
    /* Who imports, set after import_plan(); NULL: a command of the shell. */
    const struct who *who;
};

/*
 * Recognise the sheets of a workbook. Never fails: what is not recognised
 * says so itself.
 */
void import_plan(struct mem *m, const struct workbook *w, struct str file,
                 struct import_years years, struct import *ret);

/* Years, order and counts anew, after sheets were read as another ledger. */
void import_arrange(struct import *im);

/*
 * A person says whether a row of the grid that is perhaps in the ledger
 * already is the same; SIZE_MAX: all such rows of the sheet, but those that
 * were said singly. Rows that the sheet does not have are ignored.
 */
void import_say(struct import *im, size_t sheet, size_t grid_row,
                enum import_answer answer);
enum import_answer import_answer_of(const struct import_sheet *s,
                                    size_t grid_row);

/* Drop what an earlier pass over the rows found. */
void import_forget(struct import *im);

/* Count and explain, changing nothing; what is found lives with `im`. */
enum err import_compare(struct scope in, struct import *im) MUST_CHECK;

/*
 * Keep the good rows as one batch; act->batch becomes its number. E_STORE:
 * nothing was kept.
 */
enum err import_apply(struct act *act, struct import *im) MUST_CHECK;

#endif
