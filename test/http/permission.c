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

/* A value for a {…} that leads somewhere. */
static struct str filled(struct str name, struct str pattern)
{
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

/* The address of a route; of `l` for those that all ledgers have. */
static struct str path_of(struct mem *m, const struct route *r,
                          const struct ledger *l)
{
    struct buf *b = buf_new(m, 4096);
    struct str rest = str_slice(r->pattern, 1, r->pattern.n);
    struct str part;

    while (str_cut(&rest, S("/"), &part)) {
        buf_byte(b, '/');
        if (str_eq(part, S("{feature}")))
            buf_put(b, l->feature);
        else if (str_eq(part, S("{noun}")))
            buf_put(b, l->noun);
        else if (str_starts(part, S("{")))
            buf_put(b, filled(part, r->pattern));
        else
            buf_put(b, part);
    }
    return buf_str(b);
}

/* For each route with each of its addresses. */
static void each_route(struct audit *a,
                       void (*check)(struct audit *a, struct mem *m,
                                     const struct route *r, struct str path))
{
    struct mem *m = mem_child(a->m);
    const struct route *r;

    for (size_t i = 0; (r = route_at(i)) != NULL; i++) {
        bool many = str_starts(r->pattern, S("/{feature}"));
        const struct ledger *l;

        for (size_t k = 0; (l = ledger_at(k)) != NULL; k++) {
            mem_reset(m);
            check(a, m, r, path_of(m, r, l));
            if (!many)
                break;
        }
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

static void check_forged(struct audit *a, struct mem *m, const struct route *r,
                         struct str path)
{
    const char *here = str_c(m, str_fmt(m, "Origin: http://127.0.0.1:%u\r\n",
                                        (unsigned)a->site->port));
    const char *theirs = a->who[AUDIT_EDITOR].csrf;

    if (r->method != ROUTE_POST)
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
                forged(c, m, path, tries[i].headers, tries[i].token);

            audit_judge(a, &ans, path);
            expect(a, ans.status == 403, "POST %.*s with %s as %s: %d",
                   STR_ARG(path), tries[i].what, audit_role_names[role],
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
static void check_verbs(struct audit *a, struct mem *m, const struct route *r,
                        struct str path)
{
    static const char *const verbs[] = { "PUT", "DELETE", "PATCH" };
    struct client *c = &a->who[AUDIT_OFFICER];
    struct answer ans;

    if (r->method == ROUTE_POST && !has_get(m, path)) {
        ans = audit_get(a, c, m, path);
        expect(a, ans.status >= 400, "GET %.*s: %d", STR_ARG(path), ans.status);
    }
    for (size_t i = 0; i < COUNT(verbs); i++) {
        ans = client_send(c, m, verbs[i], path, S(""), S(""));
        audit_judge(a, &ans, path);
        expect(a, ans.status >= 400 && ans.status < 500, "%s %.*s: %d",
               verbs[i], STR_ARG(path), ans.status);
    }
}

/* A form in an encoding that a foreign page could send without asking. */
static void check_encodings(struct audit *a, struct mem *m,
                            const struct route *r, struct str path)
{
    static const char *const types[] = { "text/plain", "application/json",
                                         "multipart/form-data", "" };
    struct client *c = &a->who[AUDIT_OFFICER];

    if (r->method != ROUTE_POST)
        return;
    for (size_t i = 0; i < COUNT(types); i++) {
        struct answer ans =
            client_send(c, m, "POST", path,
                        str_fmt(m, "Origin: http://127.0.0.1:%u\r\n%s%s%s",
                                (unsigned)a->site->port,
                                types[i][0] ? "Content-Type: " : "", types[i],
                                types[i][0] ? "\r\n" : ""),
                        str_fmt(m, "csrf=%s", c->csrf));

        audit_judge(a, &ans, path);
        expect(a, ans.status >= 400 && ans.status < 500,
               "POST %.*s as \"%s\": %d", STR_ARG(path), types[i], ans.status);
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

/* Row 1 of every ledger is another unit's, so scope refuses the editor. */
static bool is_out_of_scope(const struct route *r, enum audit_role role)
{
    return role == AUDIT_EDITOR && r->permission == ALLOW_EDITOR &&
           str_starts(r->pattern, S("/{feature}"));
}

static void check_role(struct audit *a, struct mem *m, const struct route *r,
                       struct str path)
{
    bool post = r->method == ROUTE_POST;

    if (str_eq(r->pattern, S("/signout")))
        return; /* it would end the session; see audit_sign_in() */
    for (int i = 0; i < AUDIT_ROLES; i++) {
        enum audit_role role = (enum audit_role)i;
        struct client *c = &a->who[role];
        struct answer ans;

        if (post && may(r->permission, role))
            continue; /* what is allowed is done elsewhere */
        ans =
            post ? audit_post(a, c, m, path, S("")) : audit_get(a, c, m, path);
        if (!may(r->permission, role))
            expect(a, is_refused(&ans, role), "%s %.*s as %s: %d, not refused",
                   post ? "POST" : "GET", STR_ARG(path), audit_role_names[role],
                   ans.status);
        else if (!is_out_of_scope(r, role))
            expect(a, ans.status != 401 && ans.status != 403,
                   "GET %.*s as %s: %d, refused", STR_ARG(path),
                   audit_role_names[role], ans.status);
    }
}

/* An allowed POST with nothing in it is wrong, not forbidden. */
static void check_allowed(struct audit *a, struct mem *m, const struct route *r,
                          struct str path)
{
    if (r->method != ROUTE_POST || str_eq(r->pattern, S("/signout")))
        return;
    for (int i = 0; i < AUDIT_ROLES; i++) {
        enum audit_role role = (enum audit_role)i;
        struct answer ans;

        if (!may(r->permission, role) || is_out_of_scope(r, role))
            continue;
        ans = audit_post(a, &a->who[i], m, path, S(""));
        expect(a, ans.status != 401 && ans.status != 403,
               "POST %.*s as %s: %d, refused", STR_ARG(path),
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
                      struct str fields, bool may)
{
    struct str path = audit_path(m, l, "/new");
    int status = audit_post(a, &a->who[AUDIT_EDITOR], m, path, fields).status;

    expect(a, status == (may ? 303 : 403),
           "editor: POST %.*s of the own unit: %d", STR_ARG(path), status);
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
                  ledger_has(l, COLUMN_OWNER));
        if (ledger_decides(l))
            check_new(a, m, l, audit_fields(m, l, 8, SIZE_MAX, S("")), false);
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
    expect(a, status == 403, "an editor undid a decision: %d", status);
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
