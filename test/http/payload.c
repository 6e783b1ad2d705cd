/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Hostile text into every field and every parameter. What is taken is kept
 * as text: the page of a row that holds it has the very tags of a row that
 * holds a plain word. Nothing makes the server fail or end.
 */
#include "test/http/audit.h"
#include "test/http/payloads.h"

#include "host/ledger/policy.h"

#include <string.h>

enum { LONG_TEXT = 20000, SIGN_IN_EVERY = 6 };

/* The i-th payload; the last ones are long. False after them. */
static bool payload_at(struct mem *m, size_t i, struct str *ret)
{
    static const char *const units[] = { "a",   "<",        "测",
                                         "'\"", "👍🏽", "e\xCC\x81" };
    struct buf *b;

    if (i < COUNT(payloads)) {
        *ret = str_from(payloads[i]);
        return true;
    }
    i -= COUNT(payloads);
    if (i >= COUNT(units) * 2)
        return false;
    b = buf_new(m, LONG_TEXT);
    while (b->n < (i < COUNT(units) ? 600 : LONG_TEXT / 2))
        buf_put(b, str_from(units[i % COUNT(units)]));
    *ret = buf_str(b);
    return true;
}

/* ---- the fields of ledgers ---- */

/* How the pages of rows with harmless texts look. */
enum { PLAIN_TEXTS = 3 };
static const char *const plain_texts[PLAIN_TEXTS] = { "平常", "", "两\n行" };

struct plain {
    struct str row[PLAIN_TEXTS];  /* skeletons of their pages */
    struct str edit[PLAIN_TEXTS]; /* and of their forms */
};

static void look(struct audit *a, struct mem *m, struct str row,
                 struct str *ret_row, struct str *ret_edit)
{
    struct str edit = str_fmt(m, "%.*s/edit", STR_ARG(row));

    *ret_row = page_skeleton(m, audit_get(a, &a->boss, m, row).body);
    *ret_edit = page_skeleton(m, audit_get(a, &a->boss, m, edit).body);
}

static bool is_plain(const struct str *plain, struct str now)
{
    for (int i = 0; i < PLAIN_TEXTS; i++)
        if (plain[i].n && str_eq(plain[i], now))
            return true;
    return false;
}

/* The payload of a taken row must not have become markup. */
static void check_kept(struct audit *a, struct mem *m, struct str row,
                       const struct plain *plain, struct str value)
{
    struct str now;
    struct str edit;

    look(a, m, row, &now, &edit);
    expect(a, is_plain(plain->row, now), "%.*s: \"%.*s\" became markup",
           STR_ARG(row), STR_ARG(str_slice(value, 0, 60)));
    expect(a, is_plain(plain->edit, edit), "%.*s/edit: \"%.*s\" became markup",
           STR_ARG(row), STR_ARG(str_slice(value, 0, 60)));
}

static struct answer post_column(struct audit *a, struct mem *m,
                                 const struct ledger *l, size_t col,
                                 struct str value)
{
    static long serial = 100;

    return audit_post(a, &a->boss, m, audit_path(m, l, "/new"),
                      audit_fields(m, l, ++serial, col, value));
}

/* A text that is part of what makes rows different may not repeat. */
static void learn_plain(struct audit *a, struct mem *m, const struct ledger *l,
                        size_t col, struct plain *ret)
{
    for (int i = 0; i < PLAIN_TEXTS; i++) {
        struct str text = str_from(plain_texts[i]);
        struct answer ans = post_column(a, m, l, col, text);

        ret->row[i] = ret->edit[i] = S("");
        if (ans.status == 303)
            look(a, m, answer_header(&ans, S("Location")), &ret->row[i],
                 &ret->edit[i]);
        else
            expect(a, i > 0, "%.*s.%.*s: a plain text was refused: %.*s",
                   STR_ARG(l->feature), STR_ARG(l->columns[col].key),
                   STR_ARG(
                       between(ans.body, S("class=\"errors\""), S("</ul>"))));
    }
}

static void check_column(struct audit *a, const struct ledger *l, size_t col)
{
    struct mem *once = mem_child(a->m);
    struct mem *m = mem_child(a->m);
    struct plain plain;
    struct str value;
    long taken = 0;

    learn_plain(a, once, l, col, &plain);
    for (size_t i = 0; payload_at(m, i, &value); i++, mem_reset(m)) {
        struct answer ans = post_column(a, m, l, col, value);

        if (ans.status != 303)
            continue;
        taken++;
        check_kept(a, m, answer_header(&ans, S("Location")), &plain, value);
    }
    expect(a, taken > 50, "%.*s.%.*s took only %ld texts", STR_ARG(l->feature),
           STR_ARG(l->columns[col].key), taken);
    mem_free(m);
    mem_free(once);
}

/* Texts one by one; what is no text goes into all fields at once. */
static bool takes_text(const struct column *c)
{
    return (c->type == COLUMN_TEXT || c->type == COLUMN_LINES) &&
           !column_is(c, COLUMN_DERIVED) && !(c->max && c->max < 16);
}

/* One payload in all fields at once: the form comes back with it. */
static void check_all_fields(struct audit *a, const struct ledger *l)
{
    struct mem *m = mem_child(a->m);
    struct str value;

    for (size_t i = 0; payload_at(m, i, &value); i++, mem_reset(m)) {
        struct buf *b = buf_new(m, 4 << 20);

        for (size_t k = 0; k < l->columns_n; k++)
            form_put(b, l->columns[k].key, value);
        form_put(b, S("year"), value);
        audit_post(a, &a->boss, m, audit_path(m, l, "/new"), buf_str(b));
    }
    mem_free(m);
}

/* ---- the parameters of lists and downloads ---- */

static void put_parameters(struct buf *b, const struct ledger *l,
                           struct str value)
{
    static const struct str names[] = {
        S_INIT("q"),    S_INIT("sort"), S_INIT("page"),   S_INIT("year"),
        S_INIT("lang"), S_INIT("size"), S_INIT("voided"), S_INIT("skin"),
    };

    buf_byte(b, '?');
    for (size_t i = 0; i < COUNT(names); i++)
        form_put(b, names[i], value);
    for (size_t i = 0; l && i < l->columns_n; i++)
        if (column_is(&l->columns[i], COLUMN_FILTER))
            form_put(b, l->columns[i].key, value);
}

/* The page with each payload, a download with every eighth. */
static void check_list(struct audit *a, const struct ledger *l)
{
    struct mem *m = mem_child(a->m);
    struct str value;

    for (size_t i = 0; payload_at(m, i, &value); i++, mem_reset(m)) {
        struct client *c = i % 2 ? &a->boss : &a->who[AUDIT_VISITOR];
        struct buf *b = buf_new(m, 1 << 20);

        buf_put(b, audit_path(m, l,
                              i % 16 == 7    ? "/export.json"
                              : i % 16 == 14 ? "/export.csv"
                                             : ""));
        put_parameters(b, l, str_slice(value, 0, 400));
        audit_get(a, c, m, buf_str(b));
    }
    mem_free(m);
}

/* In parameters of the other pages, and as a part of the path. */
static void check_paths(struct audit *a)
{
    const struct str pages[] = {
        S("/"),
        S("/look"),
        S("/sheets"),
        S("/import/new"),
        str_fmt(a->m, "/figures/%.*s", STR_ARG(audit_figure())),
        str_fmt(a->m, "/sheets/2024/1/%.*s", STR_ARG(audit_figure())),
    };
    const struct str places[] = {
        S("/"),
        S("/figures/"),
        S("/sheets/"),
        S("/sheets/2024/1/"),
        S("/link/"),
        str_fmt(a->m, "/%.*s/", STR_ARG(audit_owned()->feature)),
        audit_owned_path(a->m, "/"),
        S("/journal/tile/"),
        S("/import/"),
        S("/assets/"),
    };
    struct mem *m = mem_child(a->m);
    struct str value;

    for (size_t i = 0; payload_at(m, i, &value); i++, mem_reset(m)) {
        value = str_slice(value, 0, 400);
        for (size_t k = 0; k < COUNT(pages); k++) {
            struct buf *b = buf_new(m, 1 << 20);

            buf_put(b, pages[k]);
            put_parameters(b, NULL, value);
            audit_get(a, &a->boss, m, buf_str(b));
        }
        for (size_t k = 0; k < COUNT(places); k++) {
            struct buf *b = buf_new(m, 1 << 20);

            buf_put(b, places[k]);
            escape_put(b, value);
            audit_get(a, &a->boss, m, buf_str(b));
        }
    }
    mem_free(m);
}

/* ---- the other forms ---- */

struct other_form {
    const char *path;
    const char *fields[5]; /* with the payload */
    const char *plain;     /* the others */
    int every;             /* of the payloads; slow ones take fewer */
};

/* What the form of a policy showed, as it says itself. */
static void put_was(struct audit *a, struct mem *m, const struct other_form *f,
                    struct buf *b)
{
    struct answer page = audit_get(a, &a->boss, m, S("/policies"));
    struct str form = between(page.body, str_from(f->path), S("</form>"));

    form_put(b, S("was-policy"),
             between(form, S("name=\"was-policy\" value=\""), S("\"")));
}

static void check_form(struct audit *a, const struct other_form *f)
{
    struct mem *m = mem_child(a->m);
    struct str value;

    for (size_t i = 0; payload_at(m, i, &value); i++, mem_reset(m)) {
        if (i % (size_t)f->every)
            continue;
        for (size_t k = 0; k < COUNT(f->fields) && f->fields[k]; k++) {
            struct buf *b = buf_new(m, 1 << 20);

            form_put(b, str_from(f->fields[k]), value);
            buf_put(b, str_from(f->plain));
            if (str_starts(str_from(f->path), S("/policies/")))
                put_was(a, m, f, b);
            audit_post(a,
                       strcmp(f->path, "/signin") == 0 ? &a->who[AUDIT_VISITOR]
                                                       : &a->boss,
                       m, str_from(f->path), buf_str(b));
        }
    }
    mem_free(m);
}

static void check_reasons(struct audit *a)
{
    struct mem *m = mem_child(a->m);
    struct str row = audit_row(a, &a->boss, a->m, audit_owned_path(a->m, ""),
                               audit_owned_fields(a->m, "理由", "甲局"));
    struct str value;
    long taken = 0;

    for (size_t i = 0; payload_at(m, i, &value); i++, mem_reset(m)) {
        struct buf *b = buf_new(m, 1 << 20);

        form_put(b, S("reason"), value);
        taken += audit_post(a, &a->boss, m,
                            str_fmt(m, "%.*s/void", STR_ARG(row)), buf_str(b))
                     .status == 303;
        audit_get(a, &a->boss, m, row);
        audit_post(a, &a->boss, m, str_fmt(m, "%.*s/restore", STR_ARG(row)),
                   buf_str(b));
    }
    expect(a, taken > 100, "only %ld reasons were taken", taken);
    mem_free(m);
}

/* The pages that show much of what was kept, once more. */
static void check_afterwards(struct audit *a)
{
    static const struct str pages[] = {
        S_INIT("/"),
        S_INIT("/figures"),
        S_INIT("/journal"),
        S_INIT("/accounts"),
        S_INIT("/policies"),
        S_INIT("/sheets"),
        S_INIT("/sheets/2024"),
    };
    struct mem *m = mem_child(a->m);
    const struct ledger *l;

    for (size_t i = 0; i < COUNT(pages); i++)
        audit_get(a, &a->boss, m, pages[i]);
    for (size_t i = 0; (l = ledger_at(i)) != NULL; i++)
        for (int page = 1; page < 12; page++) {
            struct str path =
                str_fmt(m, "%.*s?page=%d", STR_ARG(audit_path(m, l, "")), page);

            mem_reset(m);
            audit_get(a, &a->boss, m, path);
            audit_get(a, &a->who[AUDIT_VISITOR], m, path);
        }
    mem_free(m);
}

void audit_payloads(struct audit *a)
{
    const struct other_form forms[] = {
        { "/accounts",
          { "name", "login", "role", "org" },
          "&name=x&role=editor&org=%E7%94%B2%E5%B1%80",
          2 },
        { str_fmt(a->m, "/policies/%.*s", STR_ARG(policy_at(0)->key)).p,
          { "value", "basis" },
          "&value=1",
          2 },
        { "/sheets/new",
          { "slug", "year", "zh", "en" },
          "&slug=s&year=2024&zh=x&en=x",
          1 },
        { "/sheets/2024/edit",
          { "zh", "en", "was-zh" },
          "&zh=x&en=x&year=2024",
          1 },
        { "/import/new", { "cells", "ledger" }, "&cells=a%09b%0A1%092", 2 },
        { "/signin",
          { "login", "password" },
          "&login=x&password=y",
          SIGN_IN_EVERY },
        { "/link/none", { "name", "login" }, "&password=x", 4 },
    };
    const struct ledger *l;

    for (size_t i = 0; i < COUNT(forms); i++)
        check_form(a, &forms[i]);
    check_reasons(a);
    check_paths(a);
    for (size_t i = 0; (l = ledger_at(i)) != NULL; i++) {
        for (size_t col = 0; col < l->columns_n; col++)
            if (takes_text(&l->columns[col]) && audit_stands_alone(l) &&
                column_is_asked(&l->columns[col]) &&
                l->columns[col].by != RELATION_STEP)
                check_column(a, l, col);
        check_all_fields(a, l);
        check_list(a, l);
    }
    check_afterwards(a);
}
