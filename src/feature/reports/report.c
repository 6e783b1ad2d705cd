/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Reports are edited, versions are only added. Every save is journalled with
 * the whole text as its content, so that who wrote what stays provable.
 */
#include "feature/reports/report.h"

#include "feature/reports/markup.h"
#include "host/ledger/figure.h"

bool report_slug_is_valid(struct str slug)
{
    for (size_t i = 0; i < slug.n; i++) {
        char c = slug.p[i];

        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-')
            return false;
    }
    return slug.n > 0 && slug.n <= SLUG_MAX && !str_eq(slug, S("new"));
}

static struct report read_report(const struct rows *r, struct mem *m)
{
    return (struct report){
        .id = rows_int(r, 0),
        .slug = rows_text(r, 1, m),
        .year = rows_int(r, 2),
        .text = { rows_text(r, 3, m), rows_text(r, 4, m) },
        .edition = rows_int(r, 5),
        .seq = rows_int(r, 6),
    };
}

bool report_load(struct scope in, struct str slug, struct report *ret)
{
    struct rows r =
        tx_query(in.tx,
                 SQL("SELECT id, slug, year, zh, en, edition, seq FROM "
                     "reports_report WHERE district = ?1 AND slug = ?2"),
                 WITH(INT(in.district), STR(slug)));

    if (!rows_next(&r))
        return false;
    *ret = read_report(&r, in.m);
    rows_end(&r);
    return true;
}

struct rows report_list(struct scope in)
{
    return tx_query(
        in.tx,
        SQL("SELECT id, slug, year, zh, en, edition, seq FROM "
            "reports_report WHERE district = ?1 ORDER BY year DESC, id DESC"),
        WITH(INT(in.district)));
}

bool report_next(struct rows *r, struct mem *m, struct report *ret)
{
    if (!rows_next(r))
        return false;
    *ret = read_report(r, m);
    return true;
}

bool report_newest(struct scope in, struct str *ret_slug)
{
    struct rows r = report_list(in);
    struct report s;
    bool found = report_next(&r, in.m, &s);

    rows_end(&r);
    if (found)
        *ret_slug = s.slug;
    return found;
}

/* Can the figure be written so? Else the reason says what to leave out. */
static bool form_fits(struct mem *m, const struct markup_span *s,
                      struct text *ret_reason)
{
    const struct figure *f = figure_find(s->key);

    if (f && s->form == FORM_HOURS && !figure_is_time(f)) {
        *ret_reason = text_fmt(
            m, "第 %zu 行：“%.*s”不是时长，不能写成小时；去掉 |hours",
            "line %zu: \"%.*s\" is no time and has no hours; leave |hours out",
            s->line, STR_ARG(s->key));
        return false;
    }
    if (f && s->form == FORM_FIRST && f->measure != MEASURE_COUNT) {
        *ret_reason = text_fmt(
            m, "第 %zu 行：“%.*s”不是个数，不能说首次；去掉 |first",
            "line %zu: \"%.*s\" is no count and has no first time; leave "
            "|first out",
            s->line, STR_ARG(s->key));
        return false;
    }
    return true;
}

static bool keys_are_declared(struct mem *m, const struct markup *text,
                              struct text *ret_reason)
{
    for (size_t i = 0; i < text->n; i++)
        for (size_t k = 0; k < text->blocks[i].n; k++) {
            const struct markup_span *s = &text->blocks[i].spans[k];

            if (!form_fits(m, s, ret_reason))
                return false;
            if (s->key.n == 0 || figure_find(s->key))
                continue;
            *ret_reason = text_fmt(
                m, "第 %zu 行：没有代号为“%.*s”的数字，请从右边的清单里选",
                "line %zu: there is no figure \"%.*s\"; choose one of the "
                "list",
                s->line, STR_ARG(s->key));
            return false;
        }
    return true;
}

static enum err check_one(struct mem *m, struct str text,
                          struct text *ret_reason)
{
    struct markup made;
    enum err e = markup_read(m, text, &made, ret_reason);

    if (e != OK)
        return e;
    return keys_are_declared(m, &made, ret_reason) ? OK : E_INPUT;
}

enum err report_check(struct mem *m, struct text text, struct text *ret_reason)
{
    struct text why;
    enum err e = check_one(m, text.zh, &why);
    bool en = e == OK && text.en.n > 0;

    if (en)
        e = check_one(m, text.en, &why);
    if (e != OK)
        *ret_reason = (struct text){
            str_fmt(m, "%s%.*s", en ? "英文" : "", STR_ARG(why.zh)),
            str_fmt(m, "%s %.*s", en ? "English" : "Chinese", STR_ARG(why.en)),
        };
    return e;
}

static enum err refuse_input(struct text why, struct text *ret_reason)
{
    *ret_reason = why;
    return E_INPUT;
}

static enum err check_report(struct mem *m, const struct report *s,
                             struct text *ret_reason)
{
    if (!report_slug_is_valid(s->slug))
        return refuse_input(
            TEXT("网址名应为小写字母、数字或连字符，至多 40 个，例如 2024",
                 "the name in the address has lower-case letters, digits and "
                 "hyphens, at most 40, such as 2024"),
            ret_reason);
    if (s->year < 2000 || s->year > 2199)
        return refuse_input(TEXT("年度应为四位数字，例如 2024",
                                 "the year must be four digits, such as 2024"),
                            ret_reason);
    return report_check(m, s->text, ret_reason);
}

/* What the journal entry of a save commits to. */
static struct str content_of(struct mem *m, const struct report *s)
{
    return str_fmt(m,
                   "reports.report %lld\nslug=%.*s\nyear=%lld\nzh=%zu\n%.*s"
                   "en=%zu\n%.*s",
                   (long long)s->id, STR_ARG(s->slug), (long long)s->year,
                   s->text.zh.n, STR_ARG(s->text.zh), s->text.en.n,
                   STR_ARG(s->text.en));
}

static void journal_save_of(struct act *act, const struct report *before,
                            struct report *s)
{
    struct str content = content_of(act->m, s);

    s->seq =
        journal_append(act->journal, act->tx,
                       &(struct journal_entry){
                           .type = before->id ? JOURNAL_UPDATE : JOURNAL_INSERT,
                           .subject = S("reports.report"),
                           .row = s->id,
                           .version = s->edition,
                           .previous = before->seq,
                           .at = act->now,
                           .actor = act->actor,
                           .fields = &content,
                           .fields_n = 1,
                       });
    if (!str_eq(before->text.zh, s->text.zh))
        journal_changed(act->journal, act->tx,
                        &(struct journal_change){ s->seq, S("zh"),
                                                  STR(before->text.zh),
                                                  STR(s->text.zh) });
    if (!str_eq(before->text.en, s->text.en))
        journal_changed(act->journal, act->tx,
                        &(struct journal_change){ s->seq, S("en"),
                                                  STR(before->text.en),
                                                  STR(s->text.en) });
}

static void write_report(struct act *act, const struct report *s)
{
    tx_run(act->tx,
           SQL("INSERT INTO reports_report (district, id, slug, year, zh, en, "
               "edition, seq) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) "
               "ON CONFLICT (district, id) DO UPDATE SET year = "
               "excluded.year, zh = excluded.zh, en = excluded.en, "
               "edition = excluded.edition, seq = excluded.seq"),
           WITH(INT(act->district), INT(s->id), STR(s->slug), INT(s->year),
                STR(s->text.zh), STR(s->text.en), INT(s->edition),
                INT(s->seq)));
}

static int64_t next_id(struct act *act)
{
    return tx_int(act->tx,
                  SQL("SELECT coalesce(max(id), 0) + 1 FROM reports_report "
                      "WHERE district = ?1"),
                  WITH(INT(act->district)), 1);
}

enum err report_save(struct act *act, struct report *s, struct text *ret_reason)
{
    struct report before = { .seq = -1, .text = { S(""), S("") } };
    bool known = report_load(act_scope(act), s->slug, &before);
    enum err e;

    s->text = (struct text){ markup_clean(act->m, s->text.zh),
                             markup_clean(act->m, s->text.en) };
    e = check_report(act->m, s, ret_reason);
    if (e != OK)
        return e;
    if (s->edition != before.edition) {
        *ret_reason = TEXT("您打开以后别人保存过这份答卷，请对照后再保存",
                           "somebody saved this sheet after you opened it; "
                           "compare, then save again");
        return E_CLASH;
    }
    if (known && s->year == before.year && str_eq(s->text.zh, before.text.zh) &&
        str_eq(s->text.en, before.text.en)) {
        *s = before;
        return OK;
    }
    s->id = known ? before.id : next_id(act);
    s->edition = before.edition + 1;
    journal_save_of(act, &before, s);
    write_report(act, s);
    return tx_err(act->tx);
}

int64_t version_newest(struct scope in, const struct report *s)
{
    return tx_int(in.tx,
                  SQL("SELECT coalesce(max(version), 0) FROM reports_version "
                      "WHERE district = ?1 AND report = ?2 AND public = 1"),
                  WITH(INT(in.district), INT(s->id)), 0);
}

struct rows version_list(struct scope in, const struct report *s)
{
    return tx_query(in.tx,
                    SQL("SELECT version, at, remark FROM reports_version WHERE "
                        "district = ?1 AND report = ?2 AND public = 1 "
                        "ORDER BY version DESC"),
                    WITH(INT(in.district), INT(s->id)));
}

bool version_next(struct rows *r, struct mem *m, struct version *ret)
{
    if (!rows_next(r))
        return false;
    *ret = (struct version){ .number = rows_int(r, 0),
                             .at = rows_int(r, 1),
                             .remark = rows_text(r, 2, m) };
    return true;
}

bool version_front(struct scope in, const struct report *s, int64_t number,
                   struct str *ret_front)
{
    struct rows r = tx_query(
        in.tx,
        SQL("SELECT front FROM reports_version WHERE district = ?1 AND "
            "report = ?2 AND version = ?3 AND public = 1"),
        WITH(INT(in.district), INT(s->id), INT(number)));

    if (!rows_next(&r))
        return false;
    *ret_front = rows_text(&r, 0, in.m);
    rows_end(&r);
    return true;
}

bool version_find(struct scope in, const struct report *s, int64_t number,
                  struct version *ret)
{
    struct rows r = tx_query(
        in.tx,
        SQL("SELECT at, actor, remark, frozen FROM reports_version WHERE "
            "district = ?1 AND report = ?2 AND version = ?3 AND public = 1"),
        WITH(INT(in.district), INT(s->id), INT(number)));

    if (!rows_next(&r))
        return false;
    *ret = (struct version){
        .number = number,
        .at = rows_int(&r, 0),
        .actor = rows_int(&r, 1),
        .remark = rows_text(&r, 2, in.m),
        .frozen = rows_int(&r, 3),
    };
    rows_end(&r);
    return true;
}
