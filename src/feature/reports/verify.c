/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Are the versions what was published? Each is verified as anybody would who
 * has its bundle, with the key of this house; then what stands beside the
 * bundle is compared with it: the page's front, the publish entry itself.
 */
#include "feature/reports/reports.h"

#include "feature/reports/section.h"
#include "host/proof/bundle_reader.h"
#include "journal/note.h"

struct kept_version {
    int64_t report, number, seq, frozen;
    bool public;
    struct str slug, front;
};

static bool next_version(struct scope in, struct kept_version *io)
{
    struct rows r = tx_query(
        in.tx,
        SQL("SELECT v.report, v.version, v.seq, v.frozen, v.public, r.slug, "
            "v.front FROM reports_version v JOIN reports_report r ON "
            "r.district = v.district AND r.id = v.report WHERE "
            "v.district = ?1 AND (v.report > ?2 OR (v.report = ?2 AND "
            "v.version > ?3)) ORDER BY v.report, v.version LIMIT 1"),
        WITH(INT(in.district), INT(io->report), INT(io->number)));

    if (!rows_next(&r))
        return false;
    *io = (struct kept_version){
        .report = rows_int(&r, 0),
        .number = rows_int(&r, 1),
        .seq = rows_int(&r, 2),
        .frozen = rows_int(&r, 3),
        .public = rows_int(&r, 4) != 0,
        .slug = rows_text(&r, 5, in.m),
        .front = rows_text(&r, 6, in.m),
    };
    rows_end(&r);
    return true;
}

/* Texts and figures as they stand in the content. */
static bool read_front(struct scope in, const struct bundle_source *source,
                       struct bundle *ret)
{
    struct text why;
    struct bundle_reader r = bundle_reader(in.m, source, &why);

    bundle_take_front(&r, ret);
    for (size_t i = 0; i < ret->figures_n && !r.failed; i++)
        bundle_take_figure(&r, ret->year, false, &ret->figures[i]);
    return !r.failed;
}

/* Does the page show what was published? */
static bool front_fits(struct scope in, const struct kept_version *v,
                       const struct bundle_source *source)
{
    struct bundle b = { .rows_n = 0 };

    return read_front(in, source, &b) && b.size == v->seq &&
           b.version == v->number && str_eq(b.report, v->slug) &&
           str_eq(bundle_front(in.m, &b), v->front);
}

/* One that is on its way has no proofs yet; its hash is in the journal. */
static bool entry_fits(struct scope in, const struct kept_version *v,
                       const struct bundle_source *content,
                       struct text *ret_wrong)
{
    struct bundle b = { .rows_n = 0 };
    struct hash hash;
    struct str field;
    struct rows r;
    bool ok;

    if (bundle_check_content(in.m, content, &hash, ret_wrong) != OK ||
        !read_front(in, content, &b))
        return false;
    field = bundle_commitment(in.m, &b, &hash);
    r = tx_query(in.tx,
                 SQL("SELECT leaf, salts FROM journal_entry WHERE "
                     "district = ?1 AND seq = ?2"),
                 WITH(INT(in.district), INT(v->seq)));
    ok = rows_next(&r) &&
         journal_fits(rows_view(&r, 0), rows_view(&r, 1), &field, 1);
    rows_end(&r);
    if (!ok)
        *ret_wrong = TEXT("内容的指纹与发布条目不符",
                          "the content hash does not fit the publish entry");
    return ok;
}

static bool check_version(struct scope in, const struct kept_version *v,
                          const struct note_key *key, struct text *ret_wrong)
{
    struct section_plan content = { .frozen = v->frozen };
    struct section_plan whole = { .frozen = v->frozen, .tail = true };
    struct bundle_source source;
    struct bundle_facts facts;

    *ret_wrong = TEXT("缺少一节", "a section is missing");
    if (!section_source(&in, &content, &source) ||
        !entry_fits(in, v, &source, ret_wrong))
        return false;
    *ret_wrong = TEXT("页面上的文字或数字不是发布时的",
                      "text or numbers of its page are not what was "
                      "published");
    if (!front_fits(in, v, &source))
        return false;
    if (!v->public)
        return true;
    *ret_wrong = TEXT("缺少一节", "a section is missing");
    return section_source(&in, &whole, &source) &&
           bundle_verify_source(in.m, &source, note_key_encode(in.m, key),
                                &facts, ret_wrong) == OK;
}

static bool name_version(struct mem *m, const struct kept_version *v,
                         struct text why, struct text *ret_wrong)
{
    *ret_wrong = (struct text){
        str_fmt(m, "答卷 %.*s 第 %lld 版：%.*s", STR_ARG(v->slug),
                (long long)v->number, STR_ARG(why.zh)),
        str_fmt(m, "sheet %.*s version %lld: %.*s", STR_ARG(v->slug),
                (long long)v->number, STR_ARG(why.en)),
    };
    return false;
}

/* Entries are never taken away, so a version may not be either. */
static bool check_number(struct scope in, int64_t versions,
                         struct text *ret_wrong)
{
    int64_t entries =
        tx_int(in.tx,
               SQL("SELECT count(*) FROM journal_entry WHERE district = ?1 "
                   "AND subject = 'reports.version'"),
               WITH(INT(in.district)), 0);

    if (entries == versions)
        return true;
    *ret_wrong = text_fmt(in.m, "日志里发布过 %lld 版答卷，现有 %lld 版",
                          "%lld versions of sheets were published by the "
                          "journal, and %lld are there",
                          (long long)entries, (long long)versions);
    return false;
}

bool reports_verify(struct scope in, const struct note_key *key,
                    int64_t *ret_count, struct text *ret_wrong)
{
    struct scope own = { in.tx, mem_child(in.m), in.district };
    struct kept_version v = { .report = 0 };
    int64_t n = 0;

    for (; next_version(own, &v); n++) {
        struct text why;

        if (!check_version(own, &v, key, &why))
            return name_version(in.m, &v, why, ret_wrong);
        mem_reset(own.m);
    }
    mem_free(own.m);
    *ret_count += n;
    return check_number(in, n, ret_wrong);
}
