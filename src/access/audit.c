/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Entries in a chain, and the row that says where the chain begins and ends. */
#include "access/audit.h"

#include "base/hash.h"

_Static_assert(AUDIT_KEPT_DAYS >= AUDIT_LEAST_DAYS, "kept for too short");

enum {
    DROPPED_AT_ONCE = 4, /* old ones, for each new one */
    ADDRESS_MAX = 64,
};
static const int64_t kept_ms = (int64_t)AUDIT_KEPT_DAYS * 24 * 3600 * 1000;

/* ---- words ---- */

static const struct audit_word words[AUDIT_KINDS + 1] = {
    { S_INIT("unknown"), TEXT_INIT("不明", "Unknown") },
    [AUDIT_SIGNED_IN] = { S_INIT("signed-in"), TEXT_INIT("登录", "Signed in") },
    [AUDIT_FAILED] = { S_INIT("failed"),
                       TEXT_INIT("验证密码失败", "Password not accepted") },
    [AUDIT_SLOWED] = { S_INIT("slowed"),
                       TEXT_INIT("多次出错，被要求等待",
                                 "Had to wait after wrong tries") },
    [AUDIT_SIGNED_OUT] = { S_INIT("signed-out"),
                           TEXT_INIT("退出登录", "Signed out") },
    [AUDIT_SESSIONS_ENDED] = { S_INIT("sessions-ended"),
                               TEXT_INIT("结束别处的登录",
                                         "Ended sessions elsewhere") },
    [AUDIT_PASSWORD_CHOSEN] = { S_INIT("password"),
                                TEXT_INIT("设置密码", "Chose a password") },
    [AUDIT_LINK_MADE] = { S_INIT("link-made"),
                          TEXT_INIT("生成一次性链接", "Made a one-time link") },
    [AUDIT_LINK_USED] = { S_INIT("link-used"),
                          TEXT_INIT("用了一次性链接", "Used a one-time link") },
    [AUDIT_ACCOUNT_ADDED] = { S_INIT("added"),
                              TEXT_INIT("新增账户", "Added an account") },
    [AUDIT_ROLES_CHANGED] = { S_INIT("roles"),
                              TEXT_INIT("角色变更", "Changed roles") },
    [AUDIT_ROLES_ASKED] = { S_INIT("asked"),
                            TEXT_INIT("提出角色变更，等第二人确认",
                                      "Asked for roles, to be confirmed") },
    [AUDIT_ROLES_CONFIRMED] = { S_INIT("confirmed"),
                                TEXT_INIT("确认角色变更", "Confirmed roles") },
    [AUDIT_ROLES_DROPPED] = { S_INIT("dropped"),
                              TEXT_INIT("放弃角色变更",
                                        "Dropped roles asked for") },
    [AUDIT_ACCOUNT_ENDED] = { S_INIT("ended"),
                              TEXT_INIT("停用账户", "Ended an account") },
    [AUDIT_ACCOUNT_RESUMED] = { S_INIT("resumed"),
                                TEXT_INIT("恢复账户", "Took up an account") },
    [AUDIT_SECOND_SET] = { S_INIT("second"),
                           TEXT_INIT("改变第二人确认的要求",
                                     "Changed who has to confirm") },
    [AUDIT_SHOWN] = { S_INIT("shown"),
                      TEXT_INIT("查看个人信息", "Saw personal values") },
    [AUDIT_TAKEN] = { S_INIT("taken"), TEXT_INIT("导出", "Took out a file") },
};

const struct audit_word *audit_word(enum audit_kind kind)
{
    return &words[kind >= 1 && kind <= AUDIT_KINDS ? (int)kind : 0];
}

int audit_kind_read(struct str key)
{
    for (int i = 1; i <= AUDIT_KINDS; i++)
        if (str_eq(words[i].key, key))
            return i;
    return 0;
}

bool audit_succeeded(enum audit_kind kind)
{
    return kind != AUDIT_FAILED && kind != AUDIT_SLOWED;
}

/* ---- the chain ---- */

/* All of an entry, so that no two different ones are written alike. */
static struct hash link_to(const struct hash *former, struct mem *m,
                           const struct audit_entry *e)
{
    const struct audit_event *v = &e->event;

    return HASH_OF(hash_str(former),
                   str_fmt(m,
                           "%lld %lld %d %lld %lld %lld "
                           "%zu:%.*s %zu:%.*s %zu:%.*s",
                           (long long)e->seq, (long long)e->at, (int)v->kind,
                           (long long)e->actor, (long long)v->account,
                           (long long)v->n, e->address.n, STR_ARG(e->address),
                           v->what.n, STR_ARG(v->what), v->form.n,
                           STR_ARG(v->form)));
}

/* The entries that are kept: first … last; none while first is above last. */
struct span {
    int64_t first, last;
    struct hash former; /* what the first one follows */
    struct hash hash;   /* of the last one */
};

static bool read_span(struct scope in, struct span *ret)
{
    struct rows r = tx_query(in.tx,
                             SQL("SELECT first, former, last, hash FROM "
                                 "access_audit_span WHERE district = ?1"),
                             WITH(INT(in.district)));
    bool sound;

    *ret = (struct span){ .first = 1 };
    if (!rows_next(&r))
        return true;
    ret->first = rows_int(&r, 0);
    ret->last = rows_int(&r, 2);
    sound = hash_from(rows_view(&r, 1), &ret->former) &&
            hash_from(rows_view(&r, 3), &ret->hash);
    rows_end(&r);
    return sound;
}

static void write_span(struct act *act, const struct span *s)
{
    tx_run_unjournaled(
        act->tx,
        SQL("INSERT INTO access_audit_span (district, first, former, last, "
            "hash) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (district) DO "
            "UPDATE SET first = excluded.first, former = excluded.former, "
            "last = excluded.last, hash = excluded.hash"),
        WITH(INT(act->district), INT(s->first), BYTES(hash_str(&s->former)),
             INT(s->last), BYTES(hash_str(&s->hash))));
}

/*
 * Let go of the oldest one if its time is over; the next one then follows
 * what it was. A hash that is damaged stays, for audit_check() to find.
 */
static bool drop_oldest(struct act *act, struct span *s)
{
    bool over = false;
    struct rows r = tx_query(
        act->tx,
        SQL("SELECT hash FROM access_audit WHERE district = ?1 AND seq = ?2 "
            "AND at <= ?3"),
        WITH(INT(act->district), INT(s->first), INT(act->now - kept_ms)));

    if (rows_next(&r)) {
        over = hash_from(rows_view(&r, 0), &s->former);
        rows_end(&r);
    }
    if (!over)
        return false;
    tx_run_unjournaled(act->tx,
                       SQL("DELETE FROM access_audit WHERE district = ?1 AND "
                           "seq = ?2"),
                       WITH(INT(act->district), INT(s->first)));
    s->first++;
    return true;
}

static void insert(struct act *act, const struct audit_entry *e,
                   const struct hash *hash)
{
    const struct audit_event *v = &e->event;

    tx_run_unjournaled(
        act->tx,
        SQL("INSERT INTO access_audit (district, seq, at, kind, actor, "
            "address, account, what, form, n, hash) VALUES (?1, ?2, ?3, ?4, "
            "?5, ?6, ?7, ?8, ?9, ?10, ?11)"),
        WITH(INT(act->district), INT(e->seq), INT(e->at), INT(v->kind),
             INT(e->actor), STR(e->address), INT(v->account), STR(v->what),
             STR(v->form), INT(v->n), BYTES(hash_str(hash))));
}

static struct str text_or_none(struct str s)
{
    return s.p ? s : S("");
}

/* A proxy passes on what it likes: what is no address is not kept. */
static struct str plain_address(struct str s)
{
    if (s.n > ADDRESS_MAX)
        return S("?");
    for (size_t i = 0; i < s.n; i++)
        if (!is_digit(s.p[i]) && s.p[i] != '.' && s.p[i] != ':' &&
            !(s.p[i] >= 'a' && s.p[i] <= 'f') &&
            !(s.p[i] >= 'A' && s.p[i] <= 'F'))
            return S("?");
    return text_or_none(s);
}

void audit_note(struct act *act, const struct audit_event *event)
{
    struct audit_entry e = { .at = act->now,
                             .actor = act->actor,
                             .address = plain_address(act->address),
                             .event = *event };
    struct span s;

    if (!read_span(act_scope(act), &s))
        BUG("the audit record does not say where it ends");
    e.seq = ++s.last;
    e.event.what = text_or_none(event->what);
    e.event.form = text_or_none(event->form);
    s.hash = link_to(&s.hash, act->m, &e);
    insert(act, &e, &s.hash);
    for (int i = 0; i < DROPPED_AT_ONCE && drop_oldest(act, &s); i++)
        ;
    write_span(act, &s);
}

/* ---- read ---- */

struct rows audit_open(struct scope in, const struct audit_query *q)
{
    return tx_query(
        in.tx,
        SQL("SELECT seq, at, kind, actor, address, account, what, form, n, "
            "hash FROM access_audit WHERE district = ?1 AND seq < ?2 AND "
            "(?3 = 0 OR kind = ?3) AND at >= ?4 AND at < ?5 AND "
            "(?6 = 0 OR actor = ?7 OR (?7 > 0 AND account = ?7)) "
            "ORDER BY seq DESC LIMIT ?8"),
        WITH(INT(in.district), INT(q->before ? q->before : INT64_MAX),
             INT(q->kind), INT(q->from), INT(q->until ? q->until : INT64_MAX),
             INT(q->one), INT(q->account), INT(q->most ? q->most : INT64_MAX)));
}

static void read_entry(const struct rows *r, struct mem *m,
                       struct audit_entry *ret)
{
    *ret = (struct audit_entry){
        .seq = rows_int(r, 0),
        .at = rows_int(r, 1),
        .actor = rows_int(r, 3),
        .address = rows_text(r, 4, m),
        .event = { .kind = (enum audit_kind)rows_int(r, 2),
                   .account = rows_int(r, 5),
                   .what = rows_text(r, 6, m),
                   .form = rows_text(r, 7, m),
                   .n = rows_int(r, 8) },
        .hash = rows_text(r, 9, m),
    };
}

bool audit_next(struct rows *r, struct mem *m, struct audit_entry *ret)
{
    if (!rows_next(r))
        return false;
    read_entry(r, m, ret);
    return true;
}

/* ---- check ---- */

static bool fault(struct mem *m, int64_t seq, struct text *ret_wrong)
{
    *ret_wrong =
        text_fmt(m, "审计记录第 %lld 条缺失、被改动，或是后来加进去的",
                 "audit entry %lld is missing, was changed or was put in",
                 (long long)seq);
    return false;
}

/* From the oldest kept one on, each must be the next and have its hash. */
static bool check_entries(struct scope in, const struct span *s,
                          struct mem *entry, int64_t *ret_seq)
{
    struct hash hash = s->former;
    struct rows r =
        tx_query(in.tx,
                 SQL("SELECT seq, at, kind, actor, address, account, what, "
                     "form, n, hash FROM access_audit WHERE district = ?1 "
                     "ORDER BY seq"),
                 WITH(INT(in.district)));

    *ret_seq = s->first;
    for (; rows_next(&r); (*ret_seq)++) {
        struct audit_entry e;

        read_entry(&r, entry, &e);
        hash = link_to(&hash, entry, &e);
        if (e.seq != *ret_seq || !str_eq(e.hash, hash_str(&hash))) {
            rows_end(&r);
            return false;
        }
        mem_reset(entry);
    }
    return *ret_seq == s->last + 1 && hash_eq(&hash, &s->hash);
}

bool audit_check(struct scope in, int64_t *ret_count, struct text *ret_wrong)
{
    struct mem *entry = mem_child(in.m);
    struct span s;
    int64_t seq = 1;
    bool ok;

    *ret_count = 0;
    ok = read_span(in, &s) && check_entries(in, &s, entry, &seq);
    mem_free(entry);
    if (ok)
        *ret_count = s.last - s.first + 1;
    return ok || fault(in.m, seq, ret_wrong);
}
