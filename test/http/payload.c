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

/* A part is kept on its own page and among the others of its parent. */
struct kept {
    struct str row, beside; /* their pages; no other: "" */
};

static struct kept kept_at(struct mem *m, const struct ledger *l,
                           const struct answer *taken)
{
    struct str beside = answer_header(taken, S("Location"));
    struct str mark = str_fmt(m, "#%.*s-", STR_ARG(l->noun));
    size_t at = str_find(beside, mark);

    if (at == SIZE_MAX)
        return (struct kept){ beside, S("") };
    return (struct kept){
        str_fmt(m, "%.*s/%.*s", STR_ARG(audit_path(m, l, "")),
                STR_ARG(str_slice(beside, at + mark.n, beside.n))),
        str_slice(beside, 0, at),
    };
}

static struct str look_at(struct audit *a, struct mem *m, struct str path)
{
    return page_skeleton(m, audit_get(a, &a->boss, m, path).body);
}

static void look(struct audit *a, struct mem *m, const struct kept *k,
                 struct str *ret_row, struct str *ret_edit)
{
    *ret_row = look_at(a, m, k->row);
    if (k->beside.n)
        *ret_row = str_fmt(m, "%.*s%.*s", STR_ARG(*ret_row),
                           STR_ARG(look_at(a, m, k->beside)));
    *ret_edit = look_at(a, m, str_fmt(m, "%.*s/edit", STR_ARG(k->row)));
}

static bool is_plain(const struct str *plain, struct str now)
{
    for (int i = 0; i < PLAIN_TEXTS; i++)
        if (plain[i].n && str_eq(plain[i], now))
            return true;
    return false;
}

/* The payload of a taken row must not have become markup. */
static void check_kept(struct audit *a, struct mem *m, const struct kept *k,
                       const struct plain *plain, struct str value)
{
    struct str now;
    struct str edit;

    look(a, m, k, &now, &edit);
    expect(a, is_plain(plain->row, now), "%.*s: \"%.*s\" became markup",
           STR_ARG(k->row), STR_ARG(str_slice(value, 0, 60)));
    expect(a, is_plain(plain->edit, edit), "%.*s/edit: \"%.*s\" became markup",
           STR_ARG(k->row), STR_ARG(str_slice(value, 0, 60)));
}

static size_t first_of(uint64_t set)
{
    size_t i = 0;

    while (!(set & AT(i)))
        i++;
    return i;
}

/* Its own line of cells, in a state in which rows of this kind can begin. */
static void put_cells(struct buf *b, struct mem *m, const struct ledger *l,
                      long n, size_t state)
{
    size_t at = ledger_role(l, COLUMN_STATE);

    buf_lit(b, "年度");
    for (size_t i = 0; i < l->columns_n; i++)
        if (i == at || column_is(&l->columns[i], COLUMN_REQUIRED))
            buf_fmt(b, "\t%.*s", STR_ARG(l->columns[i].label.zh));
    buf_lit(b, "\n2024");
    for (size_t i = 0; i < l->columns_n; i++) {
        const struct column *c = &l->columns[i];
        struct str value =
            i == at ? c->choices[state].label.zh : audit_value(m, c, n);

        if (i == at || column_is(c, COLUMN_REQUIRED))
            buf_fmt(b, "\t%.*s", STR_ARG(value));
    }
    buf_lit(b, "\n");
}

/* By a file, which may say the state: the path of the row that is new. */
static struct str imported_row(struct audit *a, struct mem *m,
                               const struct ledger *l, long n, size_t state)
{
    struct buf *cells = buf_new(m, 1 << 16);
    struct buf *fields = buf_new(m, 1 << 16);
    struct buf *find = buf_new(m, 4096);
    struct answer ans;

    put_cells(cells, m, l, n, state);
    form_put(fields, S("cells"), buf_str(cells));
    ans = audit_post(a, &a->boss, m, S("/import/new"), buf_str(fields));
    audit_post(a, &a->boss, m,
               str_fmt(m, "%.*s/apply",
                       STR_ARG(answer_header(&ans, S("Location")))),
               S(""));
    buf_fmt(find, "%.*s/export.json?year=2024&q=", STR_ARG(ledger_path(m, l)));
    escape_put(find, audit_value(m, &l->columns[ledger_title(l)], n));
    ans = audit_get(a, &a->boss, m, buf_str(find));
    return str_fmt(m, "%.*s/%.*s", STR_ARG(ledger_path(m, l)),
                   STR_ARG(between(ans.body, S("\"id\":"), S(","))));
}

/*
 * Where its new rows are sent: parts each under a parent of its own, for not
 * all of them need fit below one.
 */
static struct str new_path(struct audit *a, struct mem *m,
                           const struct ledger *l, long n)
{
    const struct ledger *above = ledger_parent(l);
    struct str parent;

    if (!above)
        return audit_path(m, l, "/new");
    parent = l->parent_in
                 ? imported_row(a, m, above, n, first_of(l->parent_in))
                 : audit_row(a, &a->boss, m, audit_path(m, above, ""),
                             audit_fields(m, above, n, SIZE_MAX, S("")));
    return str_fmt(m, "%.*s/%.*s/new", STR_ARG(parent), STR_ARG(l->noun));
}

static struct answer post_column(struct audit *a, struct mem *m,
                                 const struct ledger *l, size_t col,
                                 struct str value)
{
    static long serial = 100;

    serial++;
    return audit_post(a, &a->boss, m, new_path(a, m, l, serial),
                      audit_fields(m, l, serial, col, value));
}

/* A text that is part of what makes rows different may not repeat. */
static void learn_plain(struct audit *a, struct mem *m, const struct ledger *l,
                        size_t col, struct plain *ret)
{
    for (int i = 0; i < PLAIN_TEXTS; i++) {
        struct str text = str_from(plain_texts[i]);
        struct answer ans = post_column(a, m, l, col, text);
        struct kept k = kept_at(m, l, &ans);

        ret->row[i] = ret->edit[i] = S("");
        if (ans.status == 303)
            look(a, m, &k, &ret->row[i], &ret->edit[i]);
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
        struct kept k = kept_at(m, l, &ans);

        if (ans.status != 303)
            continue;
        taken++;
        check_kept(a, m, &k, &plain, value);
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

/* Can there be many rows of one unit? Parts have a parent each. */
static bool can_be_many(const struct ledger *l)
{
    if (l->themes) /* one for a year */
        return false;
    for (size_t i = 0; i < l->columns_n; i++)
        if (column_is(&l->columns[i], COLUMN_IDENTITY) &&
            (takes_text(&l->columns[i]) ||
             column_is(&l->columns[i], COLUMN_PARENT)))
            return true;
    return false;
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

/* ---- the forms of steps ---- */

enum { STEPS_MAX = 64, ROWS_LOOKED_AT = 60, STEP_EVERY = 4 };

static bool asks_text(const struct ledger *l, const struct step *s)
{
    bool asks = s->reason;

    for (size_t i = 0; i < l->columns_n; i++)
        asks |= (s->asks & AT(i)) && takes_text(&l->columns[i]);
    return asks;
}

static struct str step_path(struct mem *m, struct str row, const struct step *s)
{
    return str_fmt(m, "%.*s/do/%.*s", STR_ARG(row), STR_ARG(s->key));
}

static bool is_open(struct audit *a, struct mem *m, struct str row,
                    const struct step *s)
{
    return audit_get(a, &a->boss, m, step_path(m, row, s)).status == 200;
}

/* Other steps, each once, until this one can be taken. */
static bool lead_to(struct audit *a, struct mem *m, const struct ledger *l,
                    struct str row, const struct step *s)
{
    uint64_t taken = 0;
    size_t i = 0;

    while (!is_open(a, m, row, s)) {
        for (i = 0; i < l->steps_n; i++)
            if (!(taken & AT(i)) && is_open(a, m, row, &l->steps[i]))
                break;
        if (i == l->steps_n)
            return false;
        taken |= AT(i);
        audit_post(a, &a->boss, m, step_path(m, row, &l->steps[i]),
                   audit_step_fields(m, l, &l->steps[i], S("测试")));
    }
    return true;
}

/* Of a row led to where the step can be taken: its path; "": it cannot. */
static struct str led(struct audit *a, struct mem *m, const struct ledger *l,
                      const struct step *s, struct str path, long n)
{
    struct answer ans = audit_post(a, &a->boss, m, path,
                                   audit_fields(m, l, n, SIZE_MAX, S("")));
    struct str row = kept_at(m, l, &ans).row;

    return ans.status == 303 && lead_to(a, m, l, row, s) ? row : S("");
}

static bool has_parts(const struct ledger *l)
{
    size_t i = 0;

    return ledger_part(l, &i) != NULL;
}

/*
 * A row that can take the step: from number *io_id on one that is there, or a
 * new part of one; or a new one.
 */
static struct str open_row(struct audit *a, struct mem *m,
                           const struct ledger *l, const struct step *s,
                           int *io_id)
{
    static long serial = 100000;
    const struct ledger *above = ledger_parent(l);

    serial++;
    if (l->parent_in)
        return led(a, m, l, s, new_path(a, m, l, serial), serial);
    for (; *io_id <= ROWS_LOOKED_AT; ++*io_id) {
        struct str row =
            str_fmt(m, "%.*s/%d", STR_ARG(ledger_path(m, above ? above : l)),
                    *io_id);

        if (above)
            row =
                led(a, m, l, s,
                    str_fmt(m, "%.*s/%.*s/new", STR_ARG(row), STR_ARG(l->noun)),
                    serial);
        else if (!(has_parts(l) ? is_open(a, m, row, s)
                                : lead_to(a, m, l, row, s)))
            row = S("");
        if (row.n)
            return row;
    }
    return S("");
}

/* Into one step, as long as there are rows that can take it; how often. */
static long check_step(struct audit *a, const struct ledger *l,
                       const struct step *s)
{
    struct mem *m = mem_child(a->m);
    struct str value;
    long sent = 0;
    int id = 1;

    for (size_t i = 0; payload_at(m, i, &value); i++, mem_reset(m)) {
        struct str row;

        if (i % STEP_EVERY)
            continue;
        row = open_row(a, m, l, s, &id);
        if (row.n == 0)
            break;
        audit_post(a, &a->boss, m, step_path(m, row, s),
                   audit_step_fields(m, l, s, value));
        audit_get(a, &a->boss, m, row);
        sent++;
    }
    mem_free(m);
    return sent;
}

static void check_steps(struct audit *a, const struct ledger *l)
{
    long sent = 0;

    for (size_t i = 0; i < l->steps_n; i++)
        if (asks_text(l, &l->steps[i]))
            sent += check_step(a, l, &l->steps[i]);
    expect(a, sent > 20, "steps of %.*s got %ld texts", STR_ARG(l->noun), sent);
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
    /* Parts first: steps of their parents close many of these. */
    for (size_t i = 0; (l = ledger_at(i)) != NULL; i++)
        if (ledger_parent(l) && l->steps_n)
            check_steps(a, l);
    for (size_t i = 0; (l = ledger_at(i)) != NULL; i++) {
        for (size_t col = 0; col < l->columns_n; col++)
            if (takes_text(&l->columns[col]) && can_be_many(l) &&
                column_is_asked(&l->columns[col]) &&
                l->columns[col].by != RELATION_STEP)
                check_column(a, l, col);
        if (!ledger_parent(l) && l->steps_n)
            check_steps(a, l);
        check_all_fields(a, l);
        check_list(a, l);
    }
    check_afterwards(a);
}
