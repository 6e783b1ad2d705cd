/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * row_view.h - what views/row.html and views/row_form.html show; made by
 * row_page.c, row_history.c and row_form.c.
 */
#ifndef DAJUAN_HOST_PAGE_ROW_VIEW_H
#define DAJUAN_HOST_PAGE_ROW_VIEW_H

#include "host/ledger/cell.h"
#include "host/ledger/figure.h"
#include "host/list/options.h"
#include "host/page/list_request.h"

struct row_rival;

/* A value of the row. */
struct row_fact {
    const struct column *column;
    struct str text; /* "" when it has none */
    struct str link; /* of a reference; may be "" */
    bool may_write;  /* the reader may change it */
};

/* What an entry of the journal changed. */
struct row_change {
    struct str field; /* key of the column, or "year" */
    struct text label;
    struct str before, after; /* "": none */
};

struct row_event {
    struct row_event *next; /* the one before it in time */
    int64_t version;        /* of the row after it */
    int64_t actor;          /* as in act.h */
    struct text what;       /* 修改, 新增（第 3 批导入） */
    struct text place;      /* 日志第 812 条 */
    struct str when;        /* 2024-11-07 17:02 */
    struct str who;         /* "": not shown */
    struct str reason;      /* of voiding and restoring */
    struct row_change *changes;
    size_t changes_n;
};

/* Where the row stands among those that are ranked for seats. */
struct row_standing {
    struct figure_value value; /* of the seats */
    struct text points_label;
    struct str points, line; /* the line: "" while nobody sits */
    int64_t place;
    bool seated;
};

struct row_view {
    const struct ledger_row *row;
    struct str title;
    struct str base;      /* /projects/project/12 */
    struct str address;   /* the same for others: https://… */
    enum row_state state; /* today; of one that is not voided */
    const struct row_fact *facts;
    size_t facts_n;
    const struct figure **figures; /* in which the row counts */
    size_t figures_n;
    struct row_standing *standings;
    size_t standings_n;
    const struct row_event *events;
    bool more;     /* events are older than these */
    int64_t since; /* saved over what others changed after this version; 0 */
    bool may_edit;
    bool may_void; /* or restore */
    struct str once;
    struct str typed; /* a reason that was refused */
    struct text error;
};

/* Has the reader no more to do with the row than a visitor has? */
bool row_is_strange(struct ctx *c, const struct ledger_row *row);

enum { ROW_HISTORY_MAX = 100 };

/*
 * The history of a row, newest first, as this reader may see it; at most
 * `most` entries, `ret_more` when there are others.
 */
struct row_event *row_history(struct ctx *c, const struct ledger_row *row,
                              size_t most, bool *ret_more);

/*
 * The row of the path as this reader may see it; else E_ABSENT, refused
 * with words.
 */
enum err row_of_path(struct ctx *c, const struct ledger *l,
                     struct ledger_row **ret_row) MUST_CHECK;
/* The name of a row for this reader; "No. 12" when the name is hidden. */
struct str row_name(struct ctx *c, const struct ledger_row *row);
/* A page shows it: noted for the auditor if it has personal values in full. */
void row_note(struct ctx *c, const struct ledger_row *row, const char *form);
/*
 * E_DENIED, with who can help: to change `row`, or to add one when that is
 * NULL.
 */
enum err row_deny(struct ctx *c, const struct ledger *l,
                  const struct ledger_row *row);

/* ---- the form ---- */

/* Of the form of a row, for this reader; NULL: of a new one. */
struct text row_form_title(struct ctx *c, const struct ledger *l,
                           const struct ledger_row *row);

struct row_field {
    const struct column *column; /* NULL: the year */
    struct str name;
    struct text label;
    struct text hint;
    bool optional;
    bool fixed;       /* shown; who asks may not write it */
    struct str value; /* as typed */
    struct text error;
    const struct row_rival *rival; /* to choose from; NULL: nothing is */
    struct str described;          /* ids of hint and error */
    int64_t most;                  /* characters; 0: no limit is told */
    struct list_options options;   /* of a reference */
};

/* A value that somebody else saved meanwhile. */
struct row_rival {
    struct text label;
    struct str mine, theirs;
    const struct row_event *by; /* NULL: not known */
    bool open; /* both touched it; else theirs stands in the form */
};

struct row_form {
    const struct ledger *ledger;
    struct text title; /* of the page */
    struct str action; /* where the form goes */
    struct str back;
    struct row_field *fields;
    size_t fields_n;
    size_t wrong;     /* fields with an error */
    int32_t unlikely; /* a year to be confirmed; 0: none */
    int64_t like;     /* perhaps the same row; 0: none is */
    struct str like_link;
    bool dirty;      /* holds what is not saved */
    int64_t version; /* of the row the form was made from; 0: new */
    struct str once;
    struct str draft; /* the key of the draft it was filled from; "": none */
    /* Another row of the same identity. */
    struct str twin, twin_link;
    /* What was saved meanwhile, and how much of it is a question. */
    struct row_rival *rivals;
    size_t rivals_n, open_n;
};

#endif
