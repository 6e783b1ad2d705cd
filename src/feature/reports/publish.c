/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Publishing, on a thread that is not the writer. All that is long happens
 * beside it: freezing and checking on a snapshot, before; proofs, after. In
 * its turn the writer looks whether what was frozen still is so, and then the
 * publish entry, the signed head and the version are one transaction.
 *
 * A bundle says of which size of the journal it is, and the publish entry has
 * that very number: so the hash is of the size at hand, and made again when
 * others wrote meanwhile what changes nothing here.
 */
#include "feature/reports/publish.h"

#include "feature/reports/finish.h"
#include "feature/reports/freeze.h"
#include "feature/reports/reports.h"
#include "host/house/running.h"
#include "host/ledger/policy.h"
#include "journal/head.h"

#include <sodium.h>

enum {
    TRIES = 3,  /* to freeze what nobody changes meanwhile */
    HASHES = 3, /* beside the writer, before it has to wait for one */
    FRONT_MAX = 16 << 20,
};

struct publishing {
    struct publication *p;
    struct scope in;
    struct report report;
    struct attempt attempt;
    struct frozen frozen;
    int64_t at;         /* moment and */
    int64_t seen;       /* size of the snapshot */
    struct str front;   /* lines that stand before the sections */
    struct hash hash;   /* of the content with them */
    bool last;          /* the writer hashes itself */
    bool late, changed; /* why a claim was not taken */
    int64_t seq;        /* of the publish entry */
    struct text why;
};

static enum err refuse_with(struct publishing *x, enum err e, struct text why)
{
    x->why = why;
    return e;
}

/* ---- freezing, on the snapshot ---- */

static void collect(void *arg, struct str bytes)
{
    buf_put(arg, bytes);
}

/* The lines of the content before its figures, as of this size. */
static struct str front_lines(struct mem *m, struct frozen *z, int64_t size)
{
    struct buf *b = buf_new(m, FRONT_MAX);
    struct bundle_writer w =
        bundle_writer(m, (struct bundle_taker){ .put = collect, .arg = b });

    z->front.size = size;
    bundle_put_front(&w, &z->front);
    return buf_str(b);
}

static int64_t version_last(struct scope in, const struct report *s)
{
    return tx_int(in.tx,
                  SQL("SELECT coalesce(max(version), 0) FROM reports_version "
                      "WHERE district = ?1 AND report = ?2"),
                  WITH(INT(in.district), INT(s->id)), 0);
}

static int64_t journal_size(struct scope in)
{
    struct journal j;

    journal_load(in, &j);
    return (int64_t)j.tree.size;
}

/* Its sections are kept on the way. */
static enum err freeze(struct publishing *x)
{
    struct section_writer sections;
    struct bundle_writer w;
    enum err e;
    enum err kept;

    x->at = house_now(x->p->house);
    x->seen = journal_size(x->in);
    section_begin(&sections, x->in.m, 1);
    sections.keep = attempt_keep;
    sections.arg = &x->attempt;
    w = bundle_writer(x->in.m, section_taker(&sections));
    e = freeze_report(x->in, &(struct freezing){ &x->report, x->at, &w },
                      &x->frozen, &x->why);
    kept = section_end(&sections);
    x->frozen.front.version = version_last(x->in, &x->report) + 1;
    return e == OK ? kept : e;
}

/* ---- the size it will have ---- */

/* Will the policies of the year be frozen first? That is an entry too. */
static bool freezes_policies(struct scope in, int64_t year)
{
    const struct policy *p;

    for (size_t i = 0; (p = policy_at(i)) != NULL; i++)
        if (!policy_state(in, (int32_t)year, p).frozen)
            return true;
    return false;
}

static void take_size(struct publishing *x)
{
    int64_t size =
        journal_size(x->in) + freezes_policies(x->in, x->report.year);

    x->front = front_lines(x->in.m, &x->frozen, size);
}

static void add_bytes(void *arg, struct str bytes)
{
    hasher_put(arg, bytes);
}

static bool hash_content(struct scope in, int64_t frozen, struct str front,
                         struct hash *ret)
{
    struct section_plan plan = { .frozen = frozen, .front = front };
    struct hasher h;

    hasher_begin(&h);
    if (!section_each(in, &plan, add_bytes, &h))
        return false;
    *ret = hasher_hash(&h);
    return true;
}

/* All that can be checked before there is an entry; and the first hash. */
static enum err check(struct publishing *x)
{
    struct mem *m = mem_child(x->in.m);
    struct scope in = { x->in.tx, m, x->in.district };
    struct section_plan plan = { .frozen = x->attempt.frozen };
    struct bundle_source source;
    struct text why = TEXT("缺少一节", "a section is missing");
    enum err e = E_STORE;

    take_size(x);
    plan.front = x->front;
    if (section_source(&in, &plan, &source))
        e = bundle_check_content(m, &source, &x->hash, &why);
    if (tx_err(in.tx) != OK)
        e = tx_err(in.tx);
    if (e == E_INPUT)
        x->why = (struct text){
            str_fmt(x->in.m,
                    "不能发布，数据与日志不符（%.*s）；请运行 dajuan doctor",
                    STR_ARG(why.zh)),
            str_fmt(x->in.m,
                    "cannot publish, data and journal do not agree (%.*s); run "
                    "dajuan doctor",
                    STR_ARG(why.en)),
        };
    mem_free(m);
    return e;
}

/* ---- the writer's turn ---- */

static bool is_frozen_ledger(const struct publishing *x, struct str subject)
{
    for (size_t i = 0; i < x->frozen.ledgers_n; i++)
        if (str_eq(x->frozen.ledgers[i], subject))
            return true;
    return false;
}

/* Did anybody touch a row, or a rule, that it is made of? */
static bool was_touched(const struct publishing *x, struct scope in)
{
    struct rows r =
        tx_query(in.tx,
                 SQL("SELECT type, subject FROM journal_entry WHERE "
                     "district = ?1 AND seq >= ?2 ORDER BY seq"),
                 WITH(INT(in.district), INT(x->seen)));
    bool touched = false;

    while (!touched && rows_next(&r))
        touched = rows_int(&r, 0) == JOURNAL_SETTING ||
                  is_frozen_ledger(x, rows_view(&r, 1));
    rows_end(&r);
    return touched;
}

static bool is_same(const struct figure_value *a, const struct figure_value *b)
{
    return a->known == b->known && a->value == b->value && a->n == b->n &&
           a->part == b->part && a->places == b->places &&
           a->since == b->since && str_eq(a->rule.zh, b->rule.zh) &&
           str_eq(a->rule.en, b->rule.en);
}

/* Does every number say what was frozen? */
static bool says_the_same(const struct publishing *x, struct scope in)
{
    const struct bundle *b = &x->frozen.front;
    struct figure_value *now;
    struct text why;
    size_t n;

    if (freeze_named(in, &x->report, &now, &n, &why) != OK || n != b->figures_n)
        return false;
    for (size_t i = 0; i < n; i++)
        if (!is_same(&now[i], &b->figures[i].value))
            return false;
    return true;
}

static bool still_holds(const struct publishing *x, struct scope in)
{
    struct report now;

    return report_load(in, x->report.slug, &now) &&
           now.edition == x->report.edition &&
           version_last(in, &now) + 1 == x->frozen.front.version &&
           !was_touched(x, in) && says_the_same(x, in);
}

/* The entry's number is the size: the one that was hashed, or now. */
static bool takes_size(struct publishing *x, struct act *act)
{
    int64_t size = (int64_t)act->journal->tree.size;

    if (size == x->frozen.front.size)
        return true;
    if (!x->last)
        return false;
    x->front = front_lines(x->in.m, &x->frozen, size);
    return hash_content(act_scope(act), x->attempt.frozen, x->front, &x->hash);
}

static int64_t journal_publish(struct act *act, const struct publishing *x)
{
    struct str field = bundle_commitment(act->m, &x->frozen.front, &x->hash);

    return journal_append(act->journal, act->tx,
                          &(struct journal_entry){
                              .type = JOURNAL_PUBLISH,
                              .subject = S("reports.version"),
                              .row = x->report.id,
                              .version = x->frozen.front.version,
                              .previous = x->report.seq,
                              .at = act->now,
                              .actor = act->actor,
                              .reason = x->p->remark,
                              .fields = &field,
                              .fields_n = 1,
                          });
}

static enum err keep_version(struct act *act, const struct publishing *x)
{
    struct section front = { .part = S(""), .bytes = x->front };
    struct str remark = x->p->remark;

    section_insert(act->tx, act->district, x->attempt.frozen, &front);
    tx_run(act->tx,
           SQL("INSERT INTO reports_version (district, report, version, at, "
               "actor, seq, front, remark, frozen, public) "
               "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0)"),
           WITH(INT(act->district), INT(x->report.id),
                INT(x->frozen.front.version), INT(x->at), INT(act->actor),
                INT(x->seq), BYTES(bundle_front(act->m, &x->frozen.front)),
                STR(remark), INT(x->attempt.frozen)));
    return tx_err(act->tx);
}

enum err publish_may_begin(struct scope in, struct text *ret_reason)
{
    struct running r;

    if (!running_at(in, 0, &r))
        return tx_err(in.tx);
    *ret_reason = TEXT("一大批数据正在写入，数字还会变，没有发布；请等它结束再"
                       "发布",
                       "many rows are being written and numbers still change; "
                       "nothing was published. Wait until that is done");
    return E_CLASH;
}

static enum err claim(void *arg, struct act *act)
{
    struct publishing *x = arg;
    enum err e;

    act->actor = x->p->actor;
    act->address = x->p->address;
    x->late = x->changed = false;
    if (publish_may_begin(act_scope(act), &x->why) != OK)
        return E_CLASH;
    if (!attempt_lives(act, x->attempt.frozen))
        return E_CLASH;
    x->changed = !still_holds(x, act_scope(act));
    if (x->changed)
        return E_CLASH;
    policy_freeze(act, (int32_t)x->report.year); /* the head signs that too */
    x->late = !takes_size(x, act);
    if (x->late)
        return E_CLASH;
    x->seq = journal_publish(act, x);
    e = head_sign(act, x->p->signer);
    return e == OK ? keep_version(act, x) : e;
}

/* Hash again, as long as others write and change nothing of it. */
static enum err claim_size(struct publishing *x)
{
    enum err e = E_CLASH;

    for (int i = 0; i < HASHES; i++) {
        x->last = i == HASHES - 1;
        e = slice_run(x->attempt.slicer, claim, x);
        if (e != E_CLASH || !x->late || x->last)
            break;
        read_anew(x->p->house, x->in.tx);
        take_size(x);
        if (!hash_content(x->in, x->attempt.frozen, x->front, &x->hash))
            return E_STORE;
    }
    return e;
}

/* ---- from a report to a version ---- */

static enum err try_once(struct publishing *x)
{
    enum err e = attempt_begin(&x->attempt, x->p->slicer, x->report.id);

    if (e == E_CLASH)
        return refuse_with(x, e,
                           TEXT("这份答卷正在发布，不会发布两次；请稍候再看",
                                "this sheet is being published just now, and "
                                "not twice; look again in a moment"));
    if (e != OK)
        return e;
    x->why = TEXT("", "");
    e = freeze(x);
    read_anew(x->p->house, x->in.tx);
    if (e == OK)
        e = check(x);
    if (e == OK)
        e = claim_size(x);
    if (e != OK && attempt_drop(&x->attempt) != OK)
        e = E_STORE;
    return e;
}

static enum err load(struct publishing *x)
{
    struct publication *p = x->p;
    bool found = report_load(x->in, p->slug, &x->report);

    if (tx_err(x->in.tx) != OK)
        return tx_err(x->in.tx);
    if (!found)
        return refuse_with(x, E_ABSENT,
                           text_fmt(p->m, "没有“%.*s”这份答卷",
                                    "there is no sheet \"%.*s\"",
                                    STR_ARG(p->slug)));
    if (p->agreed && !p->agreed(p->arg, x->in, &x->report)) {
        p->moved = true;
        return refuse_with(x, E_CLASH,
                           TEXT("正文或数字刚刚变了，还没有发布",
                                "the text or a number changed just now and "
                                "nothing was published"));
    }
    return OK;
}

/* Others may change a row meanwhile: then it is frozen anew. */
static enum err enter(struct publishing *x)
{
    enum err e = E_CLASH;

    for (int i = 0; i < TRIES; i++) {
        x->changed = false;
        e = load(x);
        if (e == OK)
            e = try_once(x);
        if (e != E_CLASH || !x->changed)
            return e;
        read_anew(x->p->house, x->in.tx);
    }
    return refuse_with(x, e,
                       TEXT("台账一直有人在改，没有发布；请稍后再发布",
                            "the rows kept changing and nothing was "
                            "published; publish again in a moment"));
}

static enum err finish(struct publishing *x)
{
    struct publication *p = x->p;
    struct finish f = {
        .house = p->house,
        .tx = p->tx,
        .m = p->m,
        .attempt = x->attempt,
        .report = x->report.id,
        .version = x->frozen.front.version,
        .seq = x->seq,
    };
    enum err e = publish_finish(&f, &x->why);

    if (e == OK)
        p->version = f.version;
    else if (text_empty(x->why))
        x->why = TEXT("已写入日志，证明还没有做完：存储暂时不可用。下次启动或"
                      "再次发布时会补完",
                      "it is in the journal, but its proofs are not made: the "
                      "store is not available. That is done at the next start "
                      "or when it is published again");
    return e;
}

enum err publish_report(struct publication *p, struct text *ret_reason)
{
    struct publishing x = {
        .p = p,
        .in = { p->tx, p->m, p->house->district },
        .why = { S(""), S("") },
    };
    enum err e = publish_may_begin(x.in, &x.why);

    if (e == OK)
        e = publish_resume(p, ATTEMPT_LIVES_MS, &x.why);
    if (e == OK)
        e = enter(&x);
    if (e == OK)
        e = finish(&x);
    if (e == E_CLASH && text_empty(x.why))
        x.why = TEXT("发布到一半被收回，没有发布；请再发布一次",
                     "it was taken back half-way and nothing was published; "
                     "publish again");
    else if (e != OK && text_empty(x.why))
        x.why = TEXT("存储暂时不可用", "the store is not available");
    *ret_reason = x.why;
    return e;
}

/* ---- for the shell ---- */

enum err reports_check(struct mem *m, struct str zh, struct str en,
                       struct text *ret_reason)
{
    return report_check(m, (struct text){ zh, en }, ret_reason);
}

enum err reports_put(struct act *act, struct str slug, int32_t year,
                     struct str zh, struct str en)
{
    struct report s = { .edition = 0 };
    struct text reason;

    report_load(act_scope(act), slug, &s);
    s.slug = slug;
    s.year = year;
    s.text = (struct text){ zh, en };
    return report_save(act, &s, &reason);
}

enum err reports_newest(struct house *h, struct mem *m, struct str *ret_slug)
{
    struct tx tx;
    bool found;
    enum err e;

    tx_begin(h->db, false, &tx);
    found = report_newest(house_scope(h, &tx, m), ret_slug);
    e = tx_err(&tx);
    tx_rollback(&tx);
    if (e != OK)
        return e;
    return found ? OK : E_ABSENT;
}

/* Slices need a connection of their own: this one reads. */
static enum err publish_beside(struct house *h, struct mem *m,
                               struct publication *p, struct text *ret_reason)
{
    struct house *writes = house_beside(m, h, DB_WRITE, ret_reason);
    struct tx tx;
    enum err e;

    if (!writes)
        return E_STORE;
    p->house = h;
    p->tx = &tx;
    p->m = m;
    p->slicer = slicer_of_house(m, writes);
    tx_begin(h->db, false, &tx);
    e = publish_report(p, ret_reason);
    tx_rollback(&tx);
    p->tx = NULL;
    return e;
}

enum err reports_publish(struct house *h, struct mem *m, struct str slug,
                         int64_t *ret_version, struct text *ret_reason)
{
    struct mem *own = mem_child(m);
    struct note_signer signer;
    struct publication p = { .signer = &signer,
                             .slug = slug,
                             .actor = ACTOR_SHELL,
                             .address = S(""),
                             .remark = S("") };
    struct text why = TEXT("", "");
    enum err e = house_signer(h, m, &signer, ret_reason);

    if (e != OK)
        return e;
    e = publish_beside(h, own, &p, &why);
    sodium_memzero(&signer, sizeof(signer));
    if (e == OK)
        *ret_version = p.version;
    else
        *ret_reason = (struct text){ str_dup(m, why.zh), str_dup(m, why.en) };
    mem_free(own);
    return e;
}

static enum err write_bundle(struct scope in, struct str slug, int64_t version,
                             void (*put)(void *arg, struct str bytes),
                             void *arg)
{
    struct section_plan plan = { .tail = true };
    struct report s;
    struct version v;

    if (!report_load(in, slug, &s) || !version_find(in, &s, version, &v))
        return tx_err(in.tx) == OK ? E_ABSENT : tx_err(in.tx);
    plan.frozen = v.frozen;
    return section_each(in, &plan, put, arg) ? OK : E_STORE;
}

enum err reports_bundle(struct house *h, struct mem *m,
                        const struct reports_bundle *of)
{
    struct mem *own = mem_child(m);
    struct tx tx;
    enum err e;

    tx_begin(h->db, false, &tx);
    e = write_bundle(house_scope(h, &tx, own), of->slug, of->version, of->put,
                     of->arg);
    tx_rollback(&tx);
    mem_free(own);
    return e;
}
