/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * row_view.h - what views/row.html shows, made by row_page.c and
 * row_history.c; and views/row_turn.html, made by row_turn.c.
 */
#ifndef DAJUAN_HOST_PAGE_ROW_VIEW_H
#define DAJUAN_HOST_PAGE_ROW_VIEW_H

#include "host/ledger/cell.h"
#include "host/ledger/effect.h"
#include "host/page/list_request.h"
#include "host/page/row_reader.h"
#include "host/page/row_steps.h"

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
    struct row_event *next;       /* the one before it in time */
    int64_t version;              /* of the row after it */
    int64_t actor;                /* as in act.h */
    struct text what;             /* 修改, 新增（第 3 批导入） */
    struct text place;            /* 日志第 812 条 */
    struct str when;              /* 2024-11-07 17:02 */
    struct str who;               /* "": not shown */
    struct str reason;            /* of voiding, restoring and steps */
    const struct step *step;      /* NULL: no step that is declared */
    const struct part_line *part; /* it happened to; NULL: to the row itself */
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
    struct str base;        /* /projects/project/12 */
    struct str address;     /* the same for others: https://… */
    enum deadline deadline; /* today; of one that is not voided */
    const struct row_fact *facts;
    size_t facts_n;
    const struct figure **figures; /* in which the row counts */
    size_t figures_n;
    struct row_standing *standings;
    size_t standings_n;
    const struct row_event *events;
    const struct row_event *own; /* the newest of the row itself */
    bool more;                   /* events are older than these */
    int64_t since; /* saved over what others changed after this version; 0 */
    struct step_buttons steps;
    struct part_section *sections; /* of its parts */
    size_t sections_n;
    const struct row_event *taken; /* a step that the reader came to take */
    bool may_edit;
    bool may_void; /* or restore */
};

/* What voiding a row, or restoring it, will do. */
struct row_turn {
    const struct ledger_row *row;
    struct text title;
    struct str base, once;
    struct figure_effect *effects;
    size_t effects_n;
    struct str typed; /* a reason that was refused */
    struct text error;
};

enum { ROW_HISTORY_MAX = 100 };

/*
 * The history of a row, newest first, as this reader may see it; at most
 * `most` entries, `ret_more` when there are others.
 */
struct row_event *row_history(struct ctx *c, const struct ledger_row *row,
                              size_t most, bool *ret_more);

/* The same of a row together with the parts shown on its page. */
struct row_event *row_story(struct ctx *c, const struct row_view *v,
                            bool *ret_more);

#endif
