/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * route.h - pages as data: five columns, none optional.
 *
 *     static const struct route routes[] = {
 *         ROUTE(GET, "/import/{id}", ALLOW_EDITOR, NO_FORM, show_import),
 *         ROUTE(POST, "/import/{id}", ALLOW_EDITOR, &apply_form, post_apply),
 *     };
 *
 * {name} takes one segment and becomes c->params in order. The host checks
 * session, permission, origin and token, and every field of the form, before
 * the handler runs; leaving a column out does not compile.
 */
#ifndef DAJUAN_HOST_DESK_ROUTE_H
#define DAJUAN_HOST_DESK_ROUTE_H

#include "host/desk/ctx.h"

enum route_method { ROUTE_GET, ROUTE_POST };

/* Who may; scope in the organisation tree is asked per row. */
enum permission {
    ALLOW_NOBODY, /* what a forgotten column would be */
    ALLOW_ANYONE,
    ALLOW_SIGNED_IN,
    ALLOW_EDITOR,  /* unit editors and district officers */
    ALLOW_OFFICER, /* district officers */
    ALLOW_HOUSE,   /* officers and administrators */
    ALLOW_ADMIN,   /* system administrators */
    ALLOW_AUDITOR, /* nobody else, for the audit record */
};

enum field_type {
    FIELD_TEXT, /* one line */
    FIELD_LINES,
    FIELD_INT,
    FIELD_FILE,
    FIELD_SECRET, /* a password: never shown again */
};

struct field {
    struct str name;
    enum field_type type;
    struct text label;
    int64_t min, max; /* of an integer, or characters of a text */
};

struct form {
    const struct field *fields;
    size_t n;
    bool ledger; /* the fields are the columns of the ledger in the path */
};

extern const struct form no_form;     /* a GET, or a button without fields */
extern const struct form ledger_form; /* checked by cell_read() */
#define NO_FORM (&no_form)
#define LEDGER_FORM (&ledger_form)

/* How long a GET may take, at any number of rows. */
enum pace {
    PACE_QUICK, /* a few milliseconds; it is answered where it is read */
    PACE_SLOW,  /* it looks at many rows to show a page of them */
    PACE_FILE,  /* it makes a file of many rows */
};

struct route {
    enum route_method method;
    struct str pattern;
    enum permission permission;
    const struct form *form;
    enum err (*handle)(struct ctx *c);
    /*
     * Optional, for slow work that needs no transaction (hashing a password,
     * reading a workbook): runs before the writer's turn, on a thread of its
     * own; its result stays in c->x->user.
     */
    enum err (*before)(struct ctx *c);
    /*
     * Optional, of a GET: its pace, told by its query (escaped). What is not
     * quick runs on threads of its own (slow.h). NULL: always quick.
     */
    enum pace (*pace)(struct mem *m, struct str query);
};

#define ROUTE(verb, path, who, fields, handler)                                \
    {                                                                          \
        .method = ROUTE_##verb, .pattern = S_INIT(path), .permission = who,    \
        .form = fields, .handle = handler                                      \
    }
#define ROUTE_BEFORE(verb, path, who, fields, first, handler)                  \
    {                                                                          \
        .method = ROUTE_##verb, .pattern = S_INIT(path), .permission = who,    \
        .form = fields, .handle = handler, .before = first                     \
    }
#define ROUTE_PACE(verb, path, who, fields, how_long, handler)                 \
    {                                                                          \
        .method = ROUTE_##verb, .pattern = S_INIT(path), .permission = who,    \
        .form = fields, .handle = handler, .pace = how_long                    \
    }

/* For the column .pace. */
enum pace pace_slow(struct mem *m, struct str query);
enum pace pace_file(struct mem *m, struct str query);
/*
 * Of a page of rows: quick are the first PACE_PAGES pages of a year's rows as
 * they stand; to search, sort, filter or show all years is slow.
 */
enum { PACE_PAGES = 20 };
enum pace pace_of_rows(struct mem *m, struct str query);

/*
 * All routes of all features (feature.h). Those that begin with a word are
 * tried before those that begin with {…}; otherwise in this order. {rest} as
 * the last segment of a pattern takes all that is left. NULL at the end.
 */
const struct route *route_at(size_t i);

/*
 * The route for a request; its parameters are decoded into `ret_params`. NULL
 * and E_ABSENT: no such page; NULL and E_INPUT: the page is there, the
 * method is not.
 */
const struct route *route_find(struct mem *m, enum route_method method,
                               struct str path, struct str *ret_params,
                               enum err *ret_err);

/*
 * The segment of `path` where a pattern of any method has {token}, whatever
 * follows it; "" when there is none. Who knows it may sign in, so no log
 * shows it.
 */
struct str route_token(struct str path);

/* May a form sent to `path` be as large as a file? */
bool route_takes_file(struct str path);

/* Who may, by roles alone. */
bool route_allows(const struct route *r, const struct who *who);

/*
 * Check the fields that were sent against the route's form. False and words
 * that name the field. A ledger form is checked by its handler.
 */
bool route_form_fits(struct mem *m, const struct route *r,
                     const struct form_data *data, struct text *ret_reason);

#endif
