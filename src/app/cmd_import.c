/* SPDX-License-Identifier: MulanPSL-2.0 */
/* dajuan import: workbooks into ledgers, from the shell. */
#include "base/date.h"
#include "base/file.h"
#include "base/json.h"
#include "base/year.h"
#include "host/house/command.h"
#include "host/house/house.h"
#include "host/import/batch.h"
#include "host/import/hidden.h"
#include "host/import/remember.h"
#include "host/import/slices.h"
#include "interchange/read.h"

#include <stdio.h>

enum { JSON_MAX = 64 << 20 };

/* All files as one workbook, so that sheets of one may refer to another. */
static enum exit_code read_files(struct arguments *a, struct workbook *ret)
{
    struct workbook all = { .n = 0 };

    for (size_t i = 0; i < a->operands_n; i++) {
        struct str path = a->operands[i];
        struct workbook w;
        struct str bytes;
        struct text reason;
        struct grid *grids;

        if (!file_read(a->m, path, read_limits_default.file_bytes, &bytes,
                       &reason))
            return complain(a, EXIT_FAILED, reason);
        if (workbook_read(a->m, (struct table_file){ file_name(path), bytes },
                          &read_limits_default, &w, &reason) != OK)
            return complain(a, EXIT_FAILED,
                            text_fmt(a->m, "%.*s：%.*s", "%.*s: %.*s",
                                     STR_ARG(path),
                                     STR_ARG(text_in(reason, a->lang))));
        grids = NEW_ARRAY(a->m, struct grid, all.n + w.n);
        for (size_t k = 0; k < all.n; k++)
            grids[k] = all.grids[k];
        for (size_t k = 0; k < w.n; k++)
            grids[all.n + k] = w.grids[k];
        all = (struct workbook){ grids, all.n + w.n };
    }
    *ret = all;
    return EXIT_DONE;
}

/* The options of the command that answer a question. */
static void json_options(struct json *j, enum import_question question)
{
    if (question == IMPORT_ASKS_NOTHING)
        return;
    json_key(j, S("options"));
    json_open(j, '[');
    if (question == IMPORT_ASKS_ALIKE) {
        json_str(j, S("--same"));
        json_str(j, S("--new"));
    } else {
        json_str(j,
                 question == IMPORT_ASKS_YEAR ? S("--year") : S("--register"));
    }
    json_close(j, ']');
}

static void json_problem(struct json *j, const struct import_problem *p,
                         enum lang l)
{
    json_open(j, '{');
    json_pair_int(j, S("row"), (int64_t)p->row);
    json_pair(j, S("column"), text_in(p->column, l));
    json_pair(j, S("value"), text_in(p->said, l));
    json_pair(j, S("reason"), text_in(p->reason, l));
    json_options(j, p->question);
    json_close(j, '}');
}

/* Organisations that --register would make, and how many rows name each. */
static void json_unknown(struct json *j, const struct import *im, enum lang l)
{
    json_key(j, S("register"));
    json_open(j, '[');
    for (size_t i = 0; i < im->unknown_n; i++) {
        const struct import_unknown *u = &im->unknown[i];

        json_open(j, '{');
        json_pair(j, S("name"), u->name);
        json_pair(j, S("kind"), text_in(u->kind, l));
        json_pair(j, S("within"), u->within);
        json_pair_int(j, S("rows"), (int64_t)u->rows);
        json_close(j, '}');
    }
    json_close(j, ']');
    if (im->unknown_n)
        json_options(j, IMPORT_ASKS_REGISTER);
}

static void json_counts(struct json *j, const size_t *count)
{
    json_pair_int(j, S("new"), (int64_t)count[IMPORT_NEW]);
    json_pair_int(j, S("changed"), (int64_t)count[IMPORT_CHANGED]);
    json_pair_int(j, S("same"), (int64_t)count[IMPORT_SAME]);
    json_pair_int(j, S("wrong"), (int64_t)count[IMPORT_WRONG]);
}

/* What is not imported: columns, rows, and another table below. */
static void json_left_out(struct json *j, const struct import_sheet *s,
                          enum lang l)
{
    json_key(j, S("unknown"));
    json_open(j, '[');
    for (size_t i = 0; i < s->left.columns_n; i++) {
        const struct left_column *c = &s->left.columns[i];

        json_open(j, '{');
        json_pair(j, S("column"), c->letters);
        json_pair(j, S("header"), c->header);
        json_pair_int(j, S("filled"), (int64_t)c->filled);
        json_close(j, '}');
    }
    json_close(j, ']');
    json_pair(j, S("computed"), text_in(s->left.computed, l));
    json_pair_int(j, S("notes"), (int64_t)s->left.rows_n);
    json_key(j, S("left_out"));
    json_open(j, '[');
    for (const struct left_row *r = s->left.rows; r; r = r->next) {
        json_open(j, '{');
        json_pair_int(j, S("row"), (int64_t)r->row);
        json_pair(j, S("words"), r->words);
        json_close(j, '}');
    }
    json_close(j, ']');
    json_pair(j, S("rest"), text_in(s->match.rest, l));
}

/* What was left out because it is hidden, and the option that takes it. */
static void json_hidden(struct json *j, struct mem *m, const struct match *s)
{
    json_key(j, S("hidden"));
    if (!s->grid->hidden && text_empty(hidden_text(m, s))) {
        json_null(j);
        return;
    }
    json_open(j, '{');
    json_key(j, S("sheet"));
    json_bool(j, s->grid->hidden);
    json_key(j, S("rows"));
    json_open(j, '[');
    for (size_t row = 0; (row = hidden_row(s, row)) != SIZE_MAX; row++)
        json_int(j, (int64_t)(s->grid->first_row + row));
    json_close(j, ']');
    json_key(j, S("columns"));
    json_open(j, '[');
    for (size_t col = 0; (col = hidden_col(s, col)) != SIZE_MAX; col++)
        json_str(j, hidden_name(m, s, col));
    json_close(j, ']');
    json_pair(j, S("option"), S("--hidden"));
    json_close(j, '}');
}

/* Columns filled as somebody said of an earlier file. */
static void json_remembered(struct json *j, struct mem *m,
                            const struct match *s, enum lang l)
{
    const struct remembered *r = s->remembered;

    json_key(j, S("remembered"));
    if (!r) {
        json_null(j);
        return;
    }
    json_open(j, '{');
    json_pair(j, S("at"), date_rfc3339(m, r->at));
    json_pair(j, S("file"), r->file);
    json_key(j, S("columns"));
    json_open(j, '[');
    for (size_t i = 0; i < s->ledger->columns_n; i++) {
        if (!(r->columns & AT(i)))
            continue;
        json_open(j, '{');
        json_pair(j, S("column"), column_letters(m, s->map[i]));
        json_pair(j, S("header"), match_header(s, s->map[i]));
        json_pair(j, S("becomes"), text_in(s->ledger->columns[i].label, l));
        json_close(j, '}');
    }
    json_close(j, ']');
    json_close(j, '}');
}

/* Cells that are kept otherwise than they are written. */
static void json_read_as(struct json *j, const struct import_sheet *s,
                         enum lang l)
{
    const struct ledger *ledger = s->match.ledger;

    json_key(j, S("read_as"));
    json_open(j, '[');
    for (size_t i = 0; s->read && i < ledger->columns_n; i++) {
        const struct read_as *r = &s->read[i];

        if (r->n == 0)
            continue;
        json_open(j, '{');
        json_pair(j, S("column"), text_in(ledger->columns[i].label, l));
        json_pair_int(j, S("cells"), (int64_t)r->n);
        json_key(j, S("examples"));
        json_open(j, '[');
        for (size_t k = 0; k < r->n && k < READ_AS_SHOWN; k++) {
            json_open(j, '{');
            json_pair_int(j, S("row"), (int64_t)r->shown[k].row);
            json_pair(j, S("file"), r->shown[k].file);
            json_pair(j, S("as"), text_in(r->shown[k].as, l));
            json_close(j, '}');
        }
        json_close(j, ']');
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void json_sheet(struct json *j, struct mem *m,
                       const struct import_sheet *s, enum lang l)
{
    json_open(j, '{');
    json_pair(j, S("name"), s->match.grid->name);
    json_key(j, S("ledger"));
    if (s->match.ledger)
        json_str(j, ledger_name(m, s->match.ledger));
    else
        json_null(j);
    if (!match_is_taken(&s->match))
        json_pair(j, S("problem"), text_in(s->match.problem, l));
    json_key(j, S("year"));
    if (s->match.year)
        json_int(j, s->match.year);
    else
        json_null(j);
    json_pair(j, S("year_from"), text_in(s->match.year_words, l));
    if (!text_empty(s->question)) {
        json_pair(j, S("question"), text_in(s->question, l));
        json_options(j, IMPORT_ASKS_YEAR);
    }
    json_hidden(j, m, &s->match);
    json_remembered(j, m, &s->match, l);
    json_counts(j, s->count);
    json_left_out(j, s, l);
    json_read_as(j, s, l);
    json_pair_int(j, S("made"), (int64_t)s->made);
    json_key(j, S("problems"));
    json_open(j, '[');
    for (const struct import_problem *p = s->problems; p; p = p->next)
        json_problem(j, p, l);
    json_close(j, ']');
    json_close(j, '}');
}

static void report_json(struct arguments *a, const struct import *im,
                        int64_t batch, bool dry)
{
    struct buf *b = buf_new(a->m, JSON_MAX);
    struct json j;

    json_init(&j, b);
    json_open(&j, '{');
    json_pair(&j, S("file"), im->file);
    json_key(&j, S("dry_run"));
    json_bool(&j, dry);
    json_pair_int(&j, S("batch"), batch);
    json_counts(&j, im->count);
    json_unknown(&j, im, a->lang);
    json_key(&j, S("sheets"));
    json_open(&j, '[');
    for (size_t i = 0; i < im->n; i++)
        json_sheet(&j, a->m, &im->sheets[i], a->lang);
    json_close(&j, ']');
    json_close(&j, '}');
    buf_byte(b, '\n');
    say(buf_str(b));
}

static void report_left_out(struct arguments *a, const struct import_sheet *s)
{
    const struct left_out *left = &s->left;

    for (size_t i = 0; i < left->columns_n; i++) {
        const struct left_column *c = &left->columns[i];

        say(text_in(text_fmt(a->m,
                             "  没有导入：%.*s 列“%.*s”，有内容的 %zu 格；"
                             "没有对应到台账的栏\n",
                             "  left out: column %.*s \"%.*s\", %zu cells; no "
                             "column of the ledger\n",
                             STR_ARG(c->letters),
                             STR_ARG(c->header.n ? c->header : S("—")),
                             c->filled),
                    a->lang));
    }
    if (!text_empty(left->computed))
        say(text_in(
            (struct text){ str_fmt(a->m, "  不从表里读：%.*s，由系统计算\n",
                                   STR_ARG(left->computed.zh)),
                           str_fmt(a->m,
                                   "  not read: %.*s, computed by the system\n",
                                   STR_ARG(left->computed.en)) },
            a->lang));
    for (const struct left_row *r = left->rows; r; r = r->next)
        say(text_in(text_fmt(a->m,
                             "  略过第 %zu 行“%.*s”：合计、注释或重复的表头\n",
                             "  left out: row %zu \"%.*s\", a total, a note "
                             "or the header again\n",
                             r->row, STR_ARG(r->words)),
                    a->lang));
    if (!text_empty(s->match.rest))
        printf("  %.*s\n", STR_ARG(text_in(s->match.rest, a->lang)));
}

/* `left_out` and the option that would take it. */
static void report_hidden(struct arguments *a, struct text left_out)
{
    say(text_in(text_fmt(a->m, "%.*s，或者加 --hidden 一起导入\n",
                         "%.*s, or import it too with --hidden\n",
                         STR_ARG(text_in(left_out, a->lang))),
                a->lang));
}

static void report_problem(struct arguments *a, const struct import_problem *p)
{
    say(text_in(text_fmt(a->m, "  第 %zu 行 %.*s“%.*s”：%.*s\n",
                         "  row %zu %.*s \"%.*s\": %.*s\n", p->row,
                         STR_ARG(text_in(p->column, a->lang)),
                         STR_ARG(text_in(p->said, a->lang)),
                         STR_ARG(text_in(p->reason, a->lang))),
                a->lang));
    if (p->question == IMPORT_ASKS_ALIKE)
        say(text_in(TEXT("    同一条加 --same，另一条加 --new\n",
                         "    if the same: --same; if another: --new\n"),
                    a->lang));
}

static void report_remembered(struct arguments *a, const struct match *s)
{
    const struct remembered *r = s->remembered;

    if (r)
        say(text_in(
            text_fmt(a->m, "  按上次的对应（%.*s，%.*s）：%.*s\n",
                     "  as last time (%.*s, %.*s): %.*s\n",
                     STR_ARG(date_moment(a->m, r->at)), STR_ARG(r->file),
                     STR_ARG(text_in(remembered_text(a->m, s), a->lang))),
            a->lang));
}

static void report_read_as(struct arguments *a, const struct import_sheet *s)
{
    for (size_t i = 0; s->read && i < s->match.ledger->columns_n; i++) {
        const struct read_as *r = &s->read[i];

        if (r->n == 0)
            continue;
        say(text_in(
            text_fmt(
                a->m, "  读成了：%.*s，%zu 格；例如第 %zu 行 %.*s → %.*s\n",
                "  read as: %.*s, %zu cells; such as row %zu %.*s → "
                "%.*s\n",
                STR_ARG(text_in(s->match.ledger->columns[i].label, a->lang)),
                r->n, r->shown[0].row, STR_ARG(r->shown[0].file),
                STR_ARG(text_in(r->shown[0].as, a->lang))),
            a->lang));
    }
}

static void report_rows(struct arguments *a, const struct import_sheet *s)
{
    struct str name = s->match.grid->name;

    say(text_in(
        text_fmt(a->m, "%.*s → %.*s：新增 %zu，变更 %zu，相同 %zu，有误 %zu\n",
                 "%.*s → %.*s: %zu new, %zu changed, %zu same, %zu "
                 "wrong\n",
                 STR_ARG(name),
                 STR_ARG(text_in(s->match.ledger->label, a->lang)),
                 s->count[IMPORT_NEW], s->count[IMPORT_CHANGED],
                 s->count[IMPORT_SAME], s->count[IMPORT_WRONG]),
        a->lang));
    if (!text_empty(s->match.year_words))
        say(text_in(text_fmt(a->m, "  年度：%.*s\n", "  year: %.*s\n",
                             STR_ARG(text_in(s->match.year_words, a->lang))),
                    a->lang));
    if (!text_empty(s->question))
        say(text_in(text_fmt(a->m, "  %.*s\n", "  %.*s\n",
                             STR_ARG(text_in(s->question, a->lang))),
                    a->lang));
    report_remembered(a, &s->match);
    for (const struct import_problem *p = s->problems; p; p = p->next)
        if (p->question != IMPORT_ASKS_REGISTER)
            report_problem(a, p);
    report_read_as(a, s);
    report_left_out(a, s);
}

static void report_sheet(struct arguments *a, const struct import_sheet *s)
{
    struct str name = s->match.grid->name;
    struct text hidden = hidden_text(a->m, &s->match);

    if (!match_is_taken(&s->match)) {
        printf("%.*s: ", STR_ARG(name));
        if (s->match.grid->hidden)
            report_hidden(a, s->match.problem);
        else
            printf("%.*s\n", STR_ARG(text_in(s->match.problem, a->lang)));
    } else {
        report_rows(a, s);
    }
    if (!text_empty(hidden)) {
        say(S("  "));
        report_hidden(a, hidden);
    }
}

/* Once for each name, however many rows have it. */
static void report_unknown(struct arguments *a, const struct import *im)
{
    if (im->unknown_n == 0)
        return;
    say(text_in(text_fmt(a->m,
                         "有 %zu 个名称不在组织和区划里；先导入区划名录，或加 "
                         "--register 照下面登记：\n",
                         "%zu names are not among the organisations; import "
                         "the list of divisions first, or register them as "
                         "follows with --register:\n",
                         im->unknown_n),
                a->lang));
    for (size_t i = 0; i < im->unknown_n; i++) {
        const struct import_unknown *u = &im->unknown[i];

        say(text_in(text_fmt(a->m, "  %.*s\t%.*s\t%.*s\t%zu 行\n",
                             "  %.*s\t%.*s\t%.*s\t%zu rows\n", STR_ARG(u->name),
                             STR_ARG(text_in(u->kind, a->lang)),
                             STR_ARG(u->within), u->rows),
                    a->lang));
    }
}

static void report(struct arguments *a, const struct import *im, int64_t batch,
                   bool dry)
{
    if (option_given(a, S("--json"))) {
        report_json(a, im, batch, dry);
        return;
    }
    for (size_t i = 0; i < im->n; i++)
        report_sheet(a, &im->sheets[i]);
    report_unknown(a, im);
    if (dry)
        say(text_in(TEXT("（试运行，什么也没有保存）\n",
                         "(dry run: nothing was kept)\n"),
                    a->lang));
}

static bool writes(const struct import *im)
{
    return im->count[IMPORT_NEW] + im->count[IMPORT_CHANGED] > 0;
}

/* In slices: nobody beside it waits. */
struct sliced {
    struct import *im;
    struct running_hold hold;
    struct running running;
};

static enum err begin_sliced(void *arg, struct act *act)
{
    struct sliced *s = arg;

    act->actor = ACTOR_SHELL;
    return slices_of_import(act, &s->hold, s->im, &s->running);
}

/* A file that brings nothing is no batch. */
static void end_sliced(void *arg, struct act *act)
{
    struct sliced *s = arg;

    if (!writes(s->im))
        batch_drop(act);
}

static void recall(struct house *h, struct import *im)
{
    struct tx tx;

    tx_begin(h->db, false, &tx);
    import_recall(house_scope(h, &tx, im->m), im);
    tx_rollback(&tx);
}

static enum err keep_sliced(struct house *h, struct import *im,
                            int64_t *ret_batch)
{
    struct sliced s = { .im = im, .hold = { im->m, h->place.keys } };
    struct import_whole whole = { end_sliced, &s };
    struct slices slices = { slicer_of_house(im->m, h), h };
    enum err e;

    recall(h, im);
    e = slice_run(slices.slicer, begin_sliced, &s);
    if (e == OK)
        e = slices_run_import(&slices, &s.running, im, &whole);
    *ret_batch = e == OK && writes(im) ? s.running.batch : 0;
    return e;
}

static enum err keep(struct house *h, struct arguments *a, struct import *im,
                     int64_t *ret_batch)
{
    struct work w;
    enum err e;

    if (im->rows >= SLICED_ROWS_LEAST)
        return keep_sliced(h, im, ret_batch);
    work_begin(h, a->m, ACTOR_SHELL, &w);
    import_recall(act_scope(&w.act), im);
    e = import_apply(&w.act, im);
    *ret_batch = w.act.batch;
    if (e == OK && writes(im))
        return work_commit(&w);
    work_rollback(&w);
    *ret_batch = 0;
    return e;
}

static enum err compare(struct house *h, struct import *im)
{
    struct tx tx;
    enum err e;

    recall(h, im);
    tx_begin(h->db, false, &tx);
    e = import_compare(house_scope(h, &tx, im->m), im);
    tx_rollback(&tx);
    return e;
}

/* Is there a sheet, or a table below another, that was not taken? */
static bool all_taken(const struct import *im)
{
    for (size_t i = 0; i < im->n; i++) {
        const struct match *s = &im->sheets[i].match;
        bool left_out = !match_is_taken(s) && s->grid->rows && !s->grid->hidden;

        if (left_out || !text_empty(s->rest))
            return false;
    }
    return true;
}

/* False after complaining: --year is none. */
static bool take_years(const struct arguments *a, const struct house *h,
                       struct import_years *ret)
{
    struct str said = option_value(a, S("--year"));

    *ret = (struct import_years){ date_year(date_of(house_now(h))),
                                  year_read(said) };
    if (!option_given(a, S("--year")) ||
        (ret->said >= YEAR_FIRST && ret->said < YEAR_END))
        return true;
    (void)complain(a, EXIT_USAGE,
                   text_fmt(a->m, "“%.*s”不是年度；请写成 --year 2024",
                            "\"%.*s\" is not a year; write it as --year 2024",
                            STR_ARG(said)));
    return false;
}

/* What the options say of rows and names that are open; false: they clash. */
static bool take_answers(const struct arguments *a, struct import *im)
{
    bool same = option_given(a, S("--same"));
    bool new = option_given(a, S("--new"));

    if (same && new) {
        (void)complain(a, EXIT_USAGE,
                       TEXT("--same 和 --new 只能用一个；各行不同的请在网页上"
                            "逐行选择",
                            "use --same or --new, not both; where rows differ, "
                            "choose row by row on the page"));
        return false;
    }
    im->registers = option_given(a, S("--register"));
    for (size_t i = 0; (same || new) && i < im->n; i++)
        import_say(im, i, SIZE_MAX,
                   same ? IMPORT_ANSWER_SAME : IMPORT_ANSWER_NEW);
    return true;
}

static enum exit_code run_import(struct arguments *a)
{
    bool dry = option_given(a, S("--dry-run"));
    struct house *h =
        open_house(a, option_value(a, S("--data")), dry ? DB_READ : DB_WRITE);
    struct import *im = NEW(a->m, struct import);
    int64_t batch = 0;
    struct workbook w;
    struct import_years years;
    struct text reason;
    enum exit_code code;
    enum err e;

    if (!h)
        return EXIT_FAILED;
    if (!take_years(a, h, &years))
        return EXIT_USAGE;
    code = read_files(a, &w);
    if (code != EXIT_DONE)
        return code;
    for (size_t i = 0; option_given(a, S("--hidden")) && i < w.n; i++)
        grid_show(&w.grids[i]);
    import_plan(a->m, &w, file_name(a->operands[0]), years, im);
    if (!take_answers(a, im))
        return EXIT_USAGE;
    e = dry ? compare(h, im) : keep(h, a, im, &batch);
    if (e != OK)
        return complain(a, EXIT_FAILED, text_same(str_from(db_reason(h->db))));
    report(a, im, batch, dry);
    if (batch && house_sign(h, a->m, &reason) != OK)
        return complain(a, EXIT_FAILED, reason);
    return im->count[IMPORT_WRONG] || !all_taken(im) ? EXIT_WRONG : EXIT_DONE;
}

const struct command command_import = {
    .name = S_INIT("import"),
    .operands = S_INIT("FILE..."),
    .least = 1,
    .most = 64,
    .help = TEXT_INIT("导入工作簿或 CSV：认表头，好的行导入，有误的行逐条说明",
                      "import workbooks or CSV: good rows are kept, wrong "
                      "ones explained one by one"),
    .options = {
        OPTION_DATA,
        OPTION_KEYS,
        { S_INIT("--dry-run"), S_INIT(""),
          TEXT_INIT("只比对，不保存", "compare only, keep nothing"), false },
        { S_INIT("--hidden"), S_INIT(""),
          TEXT_INIT("隐藏的工作表、行和列也导入",
                    "import hidden sheets, rows and columns too"),
          false },
        OPTION_JSON,
        { S_INIT("--new"), S_INIT(""),
          TEXT_INIT("与已有记录同名、分不清的行都是另一条",
                    "rows that are perhaps there already are others"),
          false },
        { S_INIT("--register"), S_INIT(""),
          TEXT_INIT("不认识的社区等照行里写的登记",
                    "register the communities that nobody knows"),
          false },
        { S_INIT("--same"), S_INIT(""),
          TEXT_INIT("与已有记录同名、分不清的行都是同一条，照文件更改",
                    "rows that are perhaps there already are the same"),
          false },
        { S_INIT("--year"), S_INIT("YEAR"),
          TEXT_INIT("各表的年度；默认按表名和标题",
                    "the year of the sheets; by default what their names and "
                    "titles tell"),
          false },
    },
    .run = run_import,
};
