/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Every route times every role, from the program's own table of routes: who
 * is refused, and that nothing is taken that no page of the site sent. What
 * a permission means is written here a second time, on purpose.
 */
#include "test/http/audit.h"

#include "host/desk/route.h"
#include "host/ledger/policy.h"

#include <string.h>

/* Does a role have this permission? */
static bool may(enum permission p, enum audit_role role)
{
    static const bool table[ALLOW_AUDITOR + 1][AUDIT_ROLES] = {
        [ALLOW_ANYONE] = { true, true, true, true, true },
        [ALLOW_SIGNED_IN] = { false, true, true, true, true },
        [ALLOW_EDITOR] = { false, true, true, false, false },
        [ALLOW_OFFICER] = { false, false, true, false, false },
        [ALLOW_HOUSE] = { false, false, true, false, true },
        [ALLOW_ADMIN] = { false, false, false, false, true },
        [ALLOW_AUDITOR] = { false, false, false, true, false },
    };

    return table[p][role];
}

/* One address of a route: of a ledger, its part or step where it has any. */
struct address {
    const struct route *route;
    const struct ledger *ledger, *part;
    const struct step *step;
    struct str path;
};

/* A value for a {…} that leads somewhere. */
static struct str filled(struct str name, const struct address *at)
{
    struct str pattern = at->route->pattern;

    if (str_eq(name, S("{feature}")))
        return at->ledger->feature;
    if (str_eq(name, S("{noun}")))
        return at->ledger->noun;
    if (str_eq(name, S("{part}")))
        return at->part ? at->part->noun : S("none");
    if (str_eq(name, S("{step}")))
        return at->step ? at->step->key : S("none");
    if (str_eq(name, S("{key}")))
        return str_starts(pattern, S("/policies")) ? policy_at(0)->key
                                                   : audit_figure();
    if (str_eq(name, S("{sheet}")))
        return S("2024");
    if (str_eq(name, S("{figure}")))
        return audit_figure();
    if (str_eq(name, S("{rest}")))
        return S("0/000");
    if (str_eq(name, S("{token}")))
        return S("none");
    /* Ids of accounts and imports that are not: nothing must change. */
    if (str_starts(pattern, S("/accounts")) ||
        str_starts(pattern, S("/import")))
        return S("999999");
    return S("1");
}

static struct str path_of(struct mem *m, const struct address *at)
{
    struct buf *b = buf_new(m, 4096);
    struct str rest = str_slice(at->route->pattern, 1, at->route->pattern.n);
    struct str part;

    while (str_cut(&rest, S("/"), &part)) {
        buf_byte(b, '/');
        buf_put(b, str_starts(part, S("{")) ? filled(part, at) : part);
    }
    return buf_str(b);
}

typedef void address_check(struct audit *a, struct mem *m,
                           const struct address *at);

static void check_address(struct audit *a, struct mem *m, struct address *at,
                          address_check *check)
{
    mem_reset(m);
    at->path = path_of(m, at);
    check(a, m, at);
}

/* Of a ledger: for every step, or every ledger of parts, if the route asks. */
static void each_address(struct audit *a, struct mem *m, struct address at,
                         address_check *check)
{
    struct str pattern = at.route->pattern;

    if (str_find(pattern, S("{step}")) != SIZE_MAX)
        for (size_t i = 0; i < at.ledger->steps_n; i++) {
            at.step = &at.ledger->steps[i];
            check_address(a, m, &at, check);
        }
    else if (str_find(pattern, S("{part}")) != SIZE_MAX)
        for (size_t i = 0; (at.part = ledger_part(at.ledger, &i)) != NULL; i++)
            check_address(a, m, &at, check);
    at.step = NULL;
    check_address(a, m, &at, check); /* or one that is not there */
}

/* For each route with each of its addresses. */
static void each_route(struct audit *a, address_check *check)
{
    struct mem *m = mem_child(a->m);
    struct address at = { .ledger = ledger_at(0) };

    for (size_t i = 0; (at.route = route_at(i)) != NULL; i++) {
        if (!str_starts(at.route->pattern, S("/{feature}"))) {
            at.ledger = ledger_at(0);
            check_address(a, m, &at, check);
            continue;
        }
        for (size_t k = 0; (at.ledger = ledger_at(k)) != NULL; k++)
            each_address(a, m, at, check);
    }
    mem_free(m);
}

/* ---- refused whatever the role ---- */

static struct answer forged(struct client *c, struct mem *m, struct str path,
                            const char *headers, const char *token)
{
    return client_send(
        c, m, "POST", path,
        str_fmt(m, "%sContent-Type: application/x-www-form-urlencoded\r\n",
                headers),
        token[0] ? str_fmt(m, "csrf=%s", token) : S(""));
}

static void check_forged(struct audit *a, struct mem *m,
                         const struct address *at)
{
    const char *here = str_c(m, str_fmt(m, "Origin: http://127.0.0.1:%u\r\n",
                                        (unsigned)a->site->port));
    const char *theirs = a->who[AUDIT_EDITOR].csrf;

    if (at->route->method != ROUTE_POST)
        return;
    for (int role = 0; role < AUDIT_ROLES; role++) {
        struct client *c = &a->who[role];
        const struct {
            const char *what, *headers, *token;
        } tries[] = {
            { "no token", here, "" },
            { "a wrong token", here, "AAAAAAAAAAAAAAAAAAAAAAAA" },
            { "somebody else's token", here,
              role == AUDIT_EDITOR ? a->who[AUDIT_OFFICER].csrf : theirs },
            { "no origin", "", c->csrf },
            { "a foreign origin", "Origin: https://evil.example\r\n", c->csrf },
            { "an opaque origin", "Origin: null\r\n", c->csrf },
            { "another port", "Origin: http://127.0.0.1:1\r\n", c->csrf },
            { "cross-site", "Sec-Fetch-Site: cross-site\r\n", c->csrf },
            { "same-site only",
              str_c(m, str_fmt(m, "%sSec-Fetch-Site: same-site\r\n", here)),
              c->csrf },
        };

        for (size_t i = 0; i < COUNT(tries); i++) {
            struct answer ans =
                forged(c, m, at->path, tries[i].headers, tries[i].token);

            audit_judge(a, &ans, at->path);
            expect(a, ans.status == 403, "POST %.*s with %s as %s: %d",
                   STR_ARG(at->path), tries[i].what, audit_role_names[role],
                   ans.status);
        }
    }
}

static bool has_get(struct mem *m, struct str path)
{
    struct str params[CTX_PARAMS_MAX];
    enum err e;

    return route_find(m, ROUTE_GET, path, params, &e) != NULL;
}

/* Forms are not sent by addresses, and no other verbs are known. */
static void check_verbs(struct audit *a, struct mem *m,
                        const struct address *at)
{
    static const char *const verbs[] = { "PUT", "DELETE", "PATCH" };
    struct client *c = &a->who[AUDIT_OFFICER];
    struct answer ans;

    if (at->route->method == ROUTE_POST && !has_get(m, at->path)) {
        ans = audit_get(a, c, m, at->path);
        expect(a, ans.status >= 400, "GET %.*s: %d", STR_ARG(at->path),
               ans.status);
    }
    for (size_t i = 0; i < COUNT(verbs); i++) {
        ans = client_send(c, m, verbs[i], at->path, S(""), S(""));
        audit_judge(a, &ans, at->path);
        expect(a, ans.status >= 400 && ans.status < 500, "%s %.*s: %d",
               verbs[i], STR_ARG(at->path), ans.status);
    }
}

/* A form in an encoding that a foreign page could send without asking. */
static void check_encodings(struct audit *a, struct mem *m,
                            const struct address *at)
{
    static const char *const types[] = { "text/plain", "application/json",
                                         "multipart/form-data", "" };
    struct client *c = &a->who[AUDIT_OFFICER];

    if (at->route->method != ROUTE_POST)
        return;
    for (size_t i = 0; i < COUNT(types); i++) {
        struct answer ans =
            client_send(c, m, "POST", at->path,
                        str_fmt(m, "Origin: http://127.0.0.1:%u\r\n%s%s%s",
                                (unsigned)a->site->port,
                                types[i][0] ? "Content-Type: " : "", types[i],
                                types[i][0] ? "\r\n" : ""),
                        str_fmt(m, "csrf=%s", c->csrf));

        audit_judge(a, &ans, at->path);
        expect(a, ans.status >= 400 && ans.status < 500,
               "POST %.*s as \"%s\": %d", STR_ARG(at->path), types[i],
               ans.status);
    }
}

/* ---- refused by role ---- */

static bool is_refused(const struct answer *ans, enum audit_role role)
{
    if (role != AUDIT_VISITOR)
        return ans->status == 403;
    return ans->status == 401 ||
           (ans->status == 303 &&
            str_starts(answer_header(ans, S("Location")), S("/signin")));
}

/* Visitors see no row of a ledger that is not open. */
static bool may_ask(const struct address *at, enum audit_role role)
{
    return may(at->route->permission, role) &&
           (role != AUDIT_VISITOR || at->ledger->open ||
            !str_starts(at->route->pattern, S("/{feature}/{noun}")));
}

/*
 * Row 1 of every ledger is another unit's, so scope refuses the editor; time
 * takes its steps alone; and some parts begin in some states only.
 */
static bool is_out_of_scope(const struct address *at, enum audit_role role)
{
    return (at->part && at->part->parent_in) ||
           (role == AUDIT_EDITOR && at->route->permission == ALLOW_EDITOR &&
            str_starts(at->route->pattern, S("/{feature}"))) ||
           (at->step && at->step->by == RELATION_CLOCK);
}

static void check_role(struct audit *a, struct mem *m, const struct address *at)
{
    bool post = at->route->method == ROUTE_POST;

    if (str_eq(at->route->pattern, S("/signout")))
        return; /* it would end the session; see audit_sign_in() */
    for (int i = 0; i < AUDIT_ROLES; i++) {
        enum audit_role role = (enum audit_role)i;
        struct client *c = &a->who[role];
        struct answer ans;

        if (post && may(at->route->permission, role))
            continue; /* what is allowed is done elsewhere */
        ans = post ? audit_post(a, c, m, at->path, S(""))
                   : audit_get(a, c, m, at->path);
        if (!may_ask(at, role))
            expect(a, is_refused(&ans, role), "%s %.*s as %s: %d, not refused",
                   post ? "POST" : "GET", STR_ARG(at->path),
                   audit_role_names[role], ans.status);
        else if (!is_out_of_scope(at, role))
            expect(a, ans.status != 401 && ans.status != 403,
                   "GET %.*s as %s: %d, refused", STR_ARG(at->path),
                   audit_role_names[role], ans.status);
    }
}

/* An allowed POST with nothing in it is wrong, not forbidden. */
static void check_allowed(struct audit *a, struct mem *m,
                          const struct address *at)
{
    if (at->route->method != ROUTE_POST ||
        str_eq(at->route->pattern, S("/signout")))
        return;
    for (int i = 0; i < AUDIT_ROLES; i++) {
        enum audit_role role = (enum audit_role)i;
        struct answer ans;

        if (!may(at->route->permission, role) || is_out_of_scope(at, role))
            continue;
        ans = audit_post(a, &a->who[i], m, at->path, S(""));
        expect(a, ans.status != 401 && ans.status != 403,
               "POST %.*s as %s: %d, refused", STR_ARG(at->path),
               audit_role_names[i], ans.status);
    }
}

void audit_permissions(struct audit *a)
{
    int64_t before = audit_entries(a, a->m);

    each_route(a, check_forged);
    each_route(a, check_verbs);
    each_route(a, check_encodings);
    each_route(a, check_role);
    expect(a, audit_entries(a, a->m) == before,
           "something that was refused was done");
    each_route(a, check_allowed);
}

/* ---- whose rows ---- */

/* The same with the version that the edit form of the row has. */
static struct str edit_fields(struct audit *a, struct mem *m, struct str row,
                              struct str fields)
{
    struct answer ans =
        audit_get(a, &a->boss, m, str_fmt(m, "%.*s/edit", STR_ARG(row)));
    struct str version =
        between(ans.body, S("name=\"version\" value=\""), S("\""));

    return str_fmt(m, "%.*s&version=%.*s", STR_ARG(fields), STR_ARG(version));
}

static int post_to(struct audit *a, struct mem *m, struct str row,
                   const char *verb, struct str fields)
{
    return audit_post(a, &a->who[AUDIT_EDITOR], m,
                      str_fmt(m, "%.*s/%s", STR_ARG(row), verb), fields)
        .status;
}

/* Everything an editor may do with a row, tried on this one. */
static void check_row(struct audit *a, struct mem *m, struct str row,
                      const char *unit, bool own)
{
    struct str reason = S("&reason=%E6%B5%8B%E8%AF%95");
    struct str edit = edit_fields(
        a, m, row, audit_owned_fields(m, str_fmt(m, "改过的%s", unit).p, unit));
    int status;

    status = audit_get(a, &a->who[AUDIT_EDITOR], m,
                       str_fmt(m, "%.*s/edit", STR_ARG(row)))
                 .status;
    expect(a, own ? status == 200 : status == 403, "form of a row of %s: %d",
           unit, status);
    status = post_to(a, m, row, "edit", edit);
    expect(a, own ? status == 303 : status == 403, "edit a row of %s: %d", unit,
           status);
    status = post_to(a, m, row, "void", reason);
    expect(a, own ? status == 303 : status == 403, "void a row of %s: %d", unit,
           status);
    if (!own)
        audit_post(a, &a->boss, m, str_fmt(m, "%.*s/void", STR_ARG(row)),
                   reason);
    /* Voided, it is hidden from those who have nothing to do with it. */
    status = post_to(a, m, row, "restore", reason);
    expect(a, own ? status == 303 : status == 404, "restore a row of %s: %d",
           unit, status);
}

/* A row may not be given away, nor taken. */
static void check_moves(struct audit *a, struct mem *m, struct str mine,
                        struct str theirs)
{
    int status =
        post_to(a, m, mine, "edit",
                edit_fields(a, m, mine, audit_owned_fields(m, "给人", "乙局")));

    expect(a, status >= 400, "an editor gave a row away: %d", status);
    audit_post(a, &a->boss, m, str_fmt(m, "%.*s/restore", STR_ARG(theirs)),
               S("&reason=x"));
    status = post_to(a, m, theirs, "edit",
                     edit_fields(a, m, theirs,
                                 audit_owned_fields(m, "拿来", "甲局")));
    expect(a, status == 403, "an editor took a row: %d", status);
}

static void check_new(struct audit *a, struct mem *m, const struct ledger *l,
                      struct str fields, int wanted)
{
    struct str path = audit_path(m, l, "/new");
    int status = audit_post(a, &a->who[AUDIT_EDITOR], m, path, fields).status;

    expect(a, status == wanted, "editor: POST %.*s of the own unit: %d",
           STR_ARG(path), status);
}

/* Is there no row before somebody decided about its owner? */
static bool begins_decided(const struct ledger *l)
{
    for (size_t i = 0; i < l->columns_n; i++)
        if (column_is_decided(&l->columns[i]) &&
            column_is(&l->columns[i], COLUMN_REQUIRED))
            return true;
    return false;
}

/* Ledgers whose rows are nobody's are for officers. */
static void check_common(struct audit *a, struct mem *m)
{
    const struct ledger *l;

    for (size_t i = 0; (l = ledger_at(i)) != NULL; i++) {
        struct str fields = audit_fields(m, l, 7, SIZE_MAX, S(""));

        if (!audit_stands_alone(l))
            continue;
        check_new(a, m, l, audit_undecided(m, l, fields),
                  ledger_has(l, COLUMN_OWNER) && !begins_decided(l) ? 303
                                                                    : 403);
        if (ledger_decides(l))
            check_new(a, m, l, audit_fields(m, l, 8, SIZE_MAX, S("")), 403);
    }
}

/* What an officer decided about the editor's unit stays as it is. */
static void check_judged(struct audit *a, struct mem *m, const struct ledger *l)
{
    struct str reason = S("&reason=%E6%B5%8B%E8%AF%95");
    struct str fields = audit_fields(m, l, 9, SIZE_MAX, S(""));
    struct str row = audit_row(a, &a->boss, m, audit_path(m, l, ""), fields);
    int status = post_to(a, m, row, "edit", edit_fields(a, m, row, fields));

    expect(a, status == 303, "a judged row as it stands: %d", status);
    status = post_to(a, m, row, "edit",
                     edit_fields(a, m, row, audit_undecided(m, l, fields)));
    expect(a, status == (begins_decided(l) ? 422 : 403),
           "an editor undid a decision: %d", status);
    status = post_to(a, m, row, "void", reason);
    expect(a, status == 403, "an editor voided a judged row: %d", status);
    audit_post(a, &a->boss, m, str_fmt(m, "%.*s/void", STR_ARG(row)), reason);
    status = post_to(a, m, row, "restore", reason);
    expect(a, status == 403, "an editor restored a judged row: %d", status);
}

void audit_scope(struct audit *a)
{
    struct mem *m = mem_child(a->m);
    struct client *editor = &a->who[AUDIT_EDITOR];
    const struct ledger *l;
    struct str list = audit_owned_path(m, "");
    struct str mine =
        audit_row(a, editor, m, list, audit_owned_fields(m, "本", "甲局"));
    struct str below =
        audit_row(a, editor, m, list, audit_owned_fields(m, "下", "甲局所"));
    struct str theirs =
        audit_row(a, &a->boss, m, list, audit_owned_fields(m, "他", "乙局"));
    int status = audit_post(a, editor, m, audit_owned_path(m, "/new"),
                            audit_owned_fields(m, "越权", "乙局"))
                     .status;

    expect(a, status >= 400 && status < 500,
           "an editor made a row of another unit: %d", status);
    check_row(a, m, mine, "甲局", true);
    check_row(a, m, below, "甲局所", true);
    check_row(a, m, theirs, "乙局", false);
    check_moves(a, m, mine, theirs);
    check_common(a, m);
    for (size_t i = 0; (l = ledger_at(i)) != NULL; i++)
        if (ledger_decides(l) && audit_stands_alone(l))
            check_judged(a, m, l);
    mem_free(m);
}
