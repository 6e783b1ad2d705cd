/* SPDX-License-Identifier: MulanPSL-2.0 */
/* dajuan figures, dajuan rows: the numbers, and what stands behind them. */
#include "base/date.h"
#include "base/file.h"
#include "base/json.h"
#include "base/year.h"
#include "host/house/command.h"
#include "host/house/house.h"
#include "host/ledger/cell.h"
#include "host/ledger/figure_part.h"
#include "host/ledger/policy.h"
#include "host/ledger/recount.h"
#include "host/ledger/row.h"
#include "host/ledger/setting.h"
#include "host/ledger/year_shown.h"
#include "host/list/figure_sheet.h"

#include <stdio.h>

enum { JSON_MAX = 1 << 30 };

/* When the newest entry was made; now, while there is none. */
static int64_t as_of(struct scope in, int64_t now)
{
    return tx_int(in.tx,
                  SQL("SELECT at FROM journal_entry WHERE district = ?1 "
                      "ORDER BY seq DESC LIMIT 1"),
                  WITH(INT(in.district)), now);
}

/* Of --year, else the one on show. False after complaining. */
static bool take_year(const struct arguments *a, const struct house *h,
                      struct scope in, int32_t *ret_year)
{
    struct str said = option_value(a, S("--year"));

    *ret_year = option_given(a, S("--year"))
                    ? year_read(said)
                    : year_shown(in, date_year(date_of(house_now(h))));
    if (*ret_year)
        return true;
    (void)complain(a, EXIT_USAGE,
                   text_fmt(a->m, "“%.*s”不是年度；请写成 --year 2024",
                            "\"%.*s\" is not a year; write it as --year 2024",
                            STR_ARG(said)));
    return false;
}

/*
 * --as-of, 0 without it: the day, and its year unless --year was given too.
 * False after complaining.
 */
static bool take_day(const struct arguments *a, int32_t *ret_day,
                     int32_t *ret_year)
{
    struct str said = option_value(a, S("--as-of"));

    *ret_day = 0;
    if (!option_given(a, S("--as-of")))
        return true;
    if (date_read(said, ret_day) == DATE_READ) {
        if (!option_given(a, S("--year")))
            *ret_year = date_year(*ret_day);
        return true;
    }
    (void)complain(a, EXIT_USAGE,
                   text_fmt(a->m,
                            "日历上没有“%.*s”这一天；请写成 --as-of 2024-11-07",
                            "\"%.*s\" is no day of the calendar; write it as "
                            "--as-of 2024-11-07",
                            STR_ARG(said)));
    return false;
}

/* As of the day; not known where the figure tells of no past day. */
static struct figure_value read_on(struct scope in, int32_t year,
                                   const struct figure *f, int32_t day)
{
    if (!day)
        return figure_read(in, year, f);
    if (figure_knows_days(f))
        return figure_read_part(in, year, f,
                                (struct figure_part){ .day = day });
    return (struct figure_value){ .figure = f,
                                  .year = year,
                                  .only.day = day,
                                  .rule = policy_words(in, year, f->rule) };
}

/* The number, or in words that it is not known of that day. */
static struct str value_words(struct mem *m, const struct figure_value *v,
                              enum lang l)
{
    if (v->only.day && !figure_knows_days(v->figure))
        return text_in(TEXT("只知道现在的", "as of now alone"), l);
    return figure_text(m, v);
}

static void json_value(struct json *j, const struct figure_value *v)
{
    json_key(j, S("value"));
    if (!v->known)
        json_null(j);
    else
        json_decimal(j, v->value, figure_places(v->figure));
    json_pair(j, S("unit"),
              v->figure->measure == MEASURE_RATIO ? S("%")
                                                  : v->figure->unit.zh);
    if (figure_divides(v->figure))
        json_pair_int(j, S("part"), v->part);
    if (figure_places(v->figure))
        json_pair_int(j, S("n"), v->n);
    if (v->figure->measure == MEASURE_SEATS)
        json_pair_int(j, S("seats"), v->places);
}

static void json_figure(struct json *j, struct mem *m,
                        const struct figure_value *v, struct str when,
                        enum lang l)
{
    const struct figure *f = v->figure;

    json_open(j, '{');
    json_pair(j, S("key"), f->key);
    json_pair(j, S("label"), text_in(f->label, l));
    json_value(j, v);
    json_pair(j, S("text"), value_words(m, v, l));
    json_pair(j, S("rule"), text_in(v->rule, l));
    json_pair_int(j, S("year"), v->year);
    if (v->only.day)
        json_pair(j, S("day"), date_iso(m, v->only.day));
    json_pair(j, S("as_of"), when);
    json_close(j, '}');
}

/* 服务时长（分钟）; 拖延林地（片），截至2024年11月7日 */
static struct str name_with_unit(struct mem *m, const struct figure_value *v,
                                 enum lang l)
{
    const struct figure *f = v->figure;
    struct str label = text_in(f->label, l);
    struct str unit = figure_is_percent(f) ? S("") : text_in(f->unit, l);

    if (unit.n)
        label = str_fmt(m, l == LANG_EN ? "%.*s (%.*s)" : "%.*s（%.*s）",
                        STR_ARG(label), STR_ARG(unit));
    if (!v->known || !v->only.day)
        return label;
    return str_fmt(m, l == LANG_EN ? "%.*s, as of %.*s" : "%.*s，截至%.*s",
                   STR_ARG(label), STR_ARG(date_words(m, v->only.day, l)));
}

/* Beside the numbers, which may go into a file or another program. */
static void say_if_demo(struct scope in, const struct arguments *a)
{
    if (setting_read(in, SETTING_DEMO).n)
        complain(a, EXIT_DONE,
                 TEXT("这是演示数据，内容均为虚构",
                      "this is demo data, all of it invented"));
}

#define OPTION_AS_OF                                                           \
    {                                                                          \
        S_INIT("--as-of"), S_INIT("DAY"),                                      \
            TEXT_INIT("截至哪一天，如 2024-11-07；年度随它",                   \
                      "as of a day, 2024-11-07; its year unless --year"),      \
            false                                                              \
    }

static enum exit_code run_figures(struct arguments *a)
{
    struct house *h = open_house(a, option_value(a, S("--data")), DB_READ);
    bool as_json = option_given(a, S("--json"));
    struct buf *b = buf_new(a->m, JSON_MAX);
    const struct figure *f;
    struct json j;
    struct tx tx;
    struct scope in;
    struct str when;
    int32_t year;
    int32_t day;

    if (!h)
        return EXIT_FAILED;
    tx_begin(h->db, false, &tx);
    in = house_scope(h, &tx, a->m);
    if (!take_year(a, h, in, &year) || !take_day(a, &day, &year)) {
        tx_rollback(&tx);
        return EXIT_USAGE;
    }
    when = date_rfc3339(a->m, as_of(in, house_now(h)));
    json_init(&j, b);
    if (as_json)
        json_open(&j, '[');
    for (size_t i = 0; (f = figure_at(i)) != NULL; i++) {
        struct figure_value v = read_on(in, year, f, day);

        if (as_json)
            json_figure(&j, a->m, &v, when, a->lang);
        else
            buf_fmt(b, "%-28.*s %10.*s  %.*s\n", STR_ARG(f->key),
                    STR_ARG(value_words(a->m, &v, a->lang)),
                    STR_ARG(name_with_unit(a->m, &v, a->lang)));
    }
    if (as_json) {
        json_close(&j, ']');
        buf_byte(b, '\n');
    }
    say_if_demo(in, a);
    if (tx_err(&tx) != OK)
        return complain(a, EXIT_FAILED, text_same(str_from(db_reason(h->db))));
    tx_rollback(&tx);
    say(buf_str(b));
    return EXIT_DONE;
}

const struct command command_figures = {
    .name = S_INIT("figures"),
    .operands = S_INIT(""),
    .help = TEXT_INIT("列出所有数字及其统计口径",
                      "list every figure with its counting rule"),
    .options = {
        OPTION_DATA,
        OPTION_JSON,
        { S_INIT("--year"), S_INIT("YEAR"),
          TEXT_INIT("年度；默认是网站正在显示的那一年",
                    "programme year; the one on show by default"),
          false },
        OPTION_AS_OF,
    },
    .run = run_figures,
};

static void json_cell(struct json *j, const struct column *c,
                      const struct value *v, struct str label)
{
    struct mem *m = mem_new();

    if (v->missing)
        json_null(j);
    else if (c->type == COLUMN_COUNT)
        json_int(j, v->i);
    else if (c->type == COLUMN_MARK)
        json_decimal(j, v->i, 2);
    else
        json_str(j, cell_text(m, c, v, label, LANG_ZH));
    mem_free(m);
}

static void json_row(struct json *j, struct mem *m, const struct figure *f,
                     const struct counted *of)
{
    const struct ledger_row *row = of->row;
    const struct ledger *l = row->ledger;

    json_open(j, '{');
    json_pair_int(j, S("id"), row->id);
    json_pair_int(j, S("year"), row->year);
    json_pair_int(j, S("quantity"), of->quantity);
    if (f->measure == MEASURE_RATIO)
        json_pair_int(j, S("part"), of->part);
    if (of->since) {
        json_pair(j, S("since"), date_iso(m, of->since));
        json_pair_int(j, S("days"), of->days);
    }
    if (f->measure == MEASURE_SEATS) {
        json_pair_int(j, S("place"), of->place);
        json_key(j, S("points"));
        json_decimal(j, of->points, 4);
    }
    for (size_t i = 0; i < l->columns_n; i++) {
        json_key(j, l->columns[i].key);
        json_cell(j, &l->columns[i], &row->values[i], row->labels[i]);
    }
    json_close(j, '}');
}

static const struct column id_column = COLUMN(COUNT, "id", "编号", "ID");

/* The file that the page of the figure gives, with ids and every column. */
static void csv_begin(struct mem *m, const struct figure_value *v,
                      struct figure_sheet *ret)
{
    const struct ledger *l = figure_ledger(v->figure);
    const struct column **columns =
        NEW_ARRAY(m, const struct column *, l->columns_n + 1);

    columns[0] = &id_column;
    for (size_t i = 0; i < l->columns_n; i++)
        columns[i + 1] = &l->columns[i];
    *ret = (struct figure_sheet){ .m = m,
                                  .lang = LANG_ZH,
                                  .value = v,
                                  .columns = columns,
                                  .columns_n = l->columns_n + 1,
                                  .to = spool_new(m, NULL) };
    figure_sheet_open(ret, SHEET_CSV);
}

static void csv_row(struct figure_sheet *s, struct mem *m,
                    const struct counted *of)
{
    const struct ledger_row *row = of->row;

    figure_sheet_cell(s, &id_column, &INT(row->id), S(""));
    for (size_t i = 0; i < row->ledger->columns_n; i++)
        figure_sheet_cell(s, &row->ledger->columns[i], &row->values[i],
                          cell_text(m, &row->ledger->columns[i],
                                    &row->values[i], row->labels[i], LANG_ZH));
    figure_sheet_counts(s, of);
}

static enum exit_code print_csv(struct arguments *a, struct figure_sheet *s)
{
    struct text reason;

    if (figure_sheet_close(s, &reason) != OK)
        return complain(a, EXIT_FAILED, reason);
    say(spool_bytes(s->to));
    return EXIT_DONE;
}

static enum exit_code complain_lost(struct arguments *a, int64_t id)
{
    return complain(a, EXIT_FAILED,
                    text_fmt(a->m, "第 %lld 号不在台账里",
                             "row %lld is not in its ledger", (long long)id));
}

/* JSON unless --csv was given. */
static enum exit_code print_rows(struct scope in, struct arguments *a,
                                 const struct figure_value *v)
{
    bool csv = option_given(a, S("--csv"));
    struct buf *b = buf_new(a->m, JSON_MAX);
    struct mem *m = mem_child(a->m); /* of one row */
    struct figure_sheet sheet;
    struct counted of;
    struct recount r;
    struct json j;

    if (csv)
        csv_begin(a->m, v, &sheet);
    json_init(&j, b);
    json_open(&j, '[');
    recount_open(in, v, NULL, &r);
    for (; recount_next(&r, m, &of); mem_reset(m)) {
        if (csv)
            csv_row(&sheet, m, &of);
        else
            json_row(&j, m, v->figure, &of);
    }
    json_close(&j, ']');
    buf_byte(b, '\n');
    if (tx_err(in.tx) != OK)
        return EXIT_FAILED; /* the caller says why; half a list says nothing */
    if (r.lost)
        return complain_lost(a, r.lost);
    if (csv)
        return print_csv(a, &sheet);
    say(buf_str(b));
    return EXIT_DONE;
}

static enum exit_code refuse_day(struct arguments *a, const struct figure *f)
{
    return complain(a, EXIT_USAGE,
                    text_fmt(a->m,
                             "“%.*s”只知道现在的，说不出某一天的；去掉 --as-of",
                             "\"%.*s\" is known as of now alone, not of a "
                             "day; leave --as-of out",
                             STR_ARG(f->key)));
}

static enum exit_code run_rows(struct arguments *a)
{
    struct house *h = open_house(a, option_value(a, S("--data")), DB_READ);
    const struct figure *f = figure_find(a->operands[0]);
    enum exit_code code = EXIT_USAGE;
    struct figure_value v;
    struct scope in;
    struct tx tx;
    int32_t year;
    int32_t day;

    if (!h)
        return EXIT_FAILED;
    if (!f)
        return complain(a, EXIT_USAGE,
                        text_fmt(a->m,
                                 "没有“%.*s”这个数字；dajuan figures 列出全部",
                                 "there is no figure \"%.*s\"; dajuan figures "
                                 "lists all",
                                 STR_ARG(a->operands[0])));
    tx_begin(h->db, false, &tx);
    in = house_scope(h, &tx, a->m);
    if (take_year(a, h, in, &year) && take_day(a, &day, &year)) {
        v = read_on(in, year, f, day);
        say_if_demo(in, a);
        code = day && !figure_knows_days(f) ? refuse_day(a, f)
                                            : print_rows(in, a, &v);
    }
    if (tx.failed)
        code = complain(a, EXIT_FAILED, text_same(str_from(db_reason(h->db))));
    tx_rollback(&tx);
    return code;
}

const struct command command_rows = {
    .name = S_INIT("rows"),
    .operands = S_INIT("KEY"),
    .least = 1,
    .most = 1,
    .help = TEXT_INIT("列出一个数字背后的每一行",
                      "list the rows behind one figure"),
    .options = {
        OPTION_DATA,
        OPTION_JSON,
        { S_INIT("--csv"), S_INIT(""),
          TEXT_INIT("以 CSV 输出", "answer in CSV"), false },
        { S_INIT("--year"), S_INIT("YEAR"),
          TEXT_INIT("年度；默认是网站正在显示的那一年",
                    "programme year; the one on show by default"),
          false },
        OPTION_AS_OF,
    },
    .run = run_rows,
};
