/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Verification runs in one reading transaction, so that what it compares
 * belongs together even while others write.
 */
#include "host/house/verify.h"

#include "access/audit.h"
#include "base/date.h"
#include "base/map.h"
#include "host/ledger/decided.h"
#include "host/ledger/due.h"
#include "host/ledger/feature.h"
#include "host/ledger/part.h"
#include "host/ledger/row.h"
#include "host/ledger/row_count.h"
#include "host/ledger/row_name.h"

struct verify_check {
    struct scope in;         /* its memory: of one row */
    struct mem *m;           /* as long as the check */
    struct decided *decided; /* policies and settings in the journal */
    const struct note_key *key;
    struct verify_counts counts;
    int64_t names; /* by which rows are referred to */
    struct text wrong;
};

static bool fault(struct verify_check *c, struct text what)
{
    c->wrong = what;
    return false;
}

/* ---- rows against the journal ---- */

static bool commitments_fit(struct verify_check *c,
                            const struct ledger_row *row, struct str leaf_bytes,
                            struct str salts)
{
    struct str fields[JOURNAL_FIELDS_MAX];
    size_t n = row_fields(c->in.m, row, fields);
    struct journal_leaf leaf;

    return journal_leaf_read(leaf_bytes, &leaf) &&
           leaf.row == (uint64_t)row->id && leaf.seq == (uint64_t)row->seq &&
           leaf.version == (uint32_t)row->version &&
           journal_fits(leaf_bytes, salts, fields, n);
}

static bool check_row(struct verify_check *c, const struct ledger_row *row)
{
    struct rows r = tx_query(
        c->in.tx,
        SQL("SELECT leaf, salts, subject, row_id FROM journal_entry WHERE "
            "district = ?1 AND seq = ?2"),
        WITH(INT(c->in.district), INT(row->seq)));
    bool ok = rows_next(&r) &&
              str_eq(rows_view(&r, 2), ledger_name(c->in.m, row->ledger)) &&
              rows_int(&r, 3) == row->id &&
              commitments_fit(c, row, rows_view(&r, 0), rows_view(&r, 1));

    rows_end(&r);
    c->counts.rows++;
    if (ok)
        return true;
    return fault(c, text_fmt(c->m, "台账 %.*s 第 %lld 号与日志第 %lld 条不一致",
                             "ledger %.*s row %lld does not match journal "
                             "entry %lld",
                             STR_ARG(ledger_name(c->m, row->ledger)),
                             (long long)row->id, (long long)row->seq));
}

/* ---- records against rows ---- */

static bool check_record(struct verify_check *c, const struct ledger_row *row,
                         const struct record_kind *kind)
{
    struct record want;
    int64_t stored;

    if (!record_of(c->in, kind, row, &want))
        return true; /* a record too many is found by their number */
    c->counts.records++;
    stored = tx_int(
        c->in.tx,
        SQL("SELECT count(*) FROM record WHERE district = ?1 AND year = ?2 "
            "AND kind = ?3 AND category = ?4 AND minus_rank = ?5 AND "
            "row_id = ?6 AND quantity = ?7 AND org = ?8 AND place = ?9 AND "
            "day = ?10"),
        WITH(INT(c->in.district), INT(row->year), STR(kind->kind),
             STR(want.category), INT(-want.rank), INT(row->id),
             INT(want.quantity), INT(row_owner(row)), INT(row_place(row)),
             INT(want.day)),
        -1);
    if (stored == 1)
        return true;
    return fault(c,
                 text_fmt(c->m, "台账 %.*s 第 %lld 号的“%.*s”记录缺失或被改动",
                          "ledger %.*s row %lld: its record \"%.*s\" is "
                          "missing or was changed",
                          STR_ARG(ledger_name(c->m, row->ledger)),
                          (long long)row->id, STR_ARG(kind->kind)));
}

/* What follows from parent, parts and dates. */
static bool check_followed(struct verify_check *c, const struct ledger_row *row)
{
    if (part_is_kept(c->in, row, &c->counts.periods) &&
        due_is_kept(c->in, row, &c->counts.due))
        return true;
    return fault(c, text_fmt(c->m,
                             "台账 %.*s 第 %lld 号的进度、灯或时限与明细不符",
                             "ledger %.*s row %lld: its progress, light or due "
                             "dates do not follow from its parts",
                             STR_ARG(ledger_name(c->m, row->ledger)),
                             (long long)row->id));
}

static bool check_names(struct verify_check *c, const struct ledger_row *row)
{
    if (row_name_is_kept(c->in, row, &c->names))
        return true;
    return fault(c, text_fmt(c->m, "台账 %.*s 第 %lld 号的名称不在名称索引里",
                             "ledger %.*s row %lld: its names are not in the "
                             "index of names",
                             STR_ARG(ledger_name(c->m, row->ledger)),
                             (long long)row->id));
}

static bool check_count(struct verify_check *c, const struct ledger *l)
{
    if (row_count_is_kept(c->in, l))
        return true;
    return fault(c, text_fmt(c->m, "台账 %.*s 记的行数与它的行不符",
                             "the number of rows kept of ledger %.*s is not "
                             "that of its rows",
                             STR_ARG(ledger_name(c->m, l))));
}

static bool check_ledger(struct verify_check *c, const struct ledger *l)
{
    struct row_walk w = row_walk(c->in, l);
    struct ledger_row *row;
    bool ok = true;

    while (ok && row_walk_next(&w, c->in.m, &row)) {
        ok = check_row(c, row) && check_followed(c, row) && check_names(c, row);
        for (size_t i = 0; ok && i < l->kinds_n; i++)
            ok = check_record(c, row, &l->kinds[i]);
        mem_reset(c->in.m);
    }
    rows_end(&w.rows);
    return ok;
}

/* One too many, which no row asks for. */
static bool check_number(struct verify_check *c, struct sql counts,
                         int64_t made, struct text what)
{
    int64_t stored = tx_int(c->in.tx, counts, WITH(INT(c->in.district)), -1);

    if (stored == made)
        return true;
    c->wrong = (struct text){
        str_fmt(c->m, "有 %lld %.*s，应有 %lld", (long long)stored,
                STR_ARG(what.zh), (long long)made),
        str_fmt(c->m, "there are %lld %.*s, but the ledgers make %lld",
                (long long)stored, STR_ARG(what.en), (long long)made),
    };
    return false;
}

static bool check_rows(struct verify_check *c)
{
    const struct ledger *l;

    for (size_t i = 0; (l = ledger_at(i)) != NULL; i++)
        if (!check_ledger(c, l) || !check_count(c, l))
            return false;
    return check_number(c,
                        SQL("SELECT count(*) FROM record WHERE "
                            "district = ?1"),
                        c->counts.records, TEXT("条记录", "records")) &&
           check_number(c,
                        SQL("SELECT count(*) FROM period WHERE "
                            "district = ?1"),
                        c->counts.periods, TEXT("个时段", "periods")) &&
           check_number(c, SQL("SELECT count(*) FROM due WHERE district = ?1"),
                        c->counts.due, TEXT("个时限", "due lines")) &&
           check_number(c,
                        SQL("SELECT count(*) FROM row_name WHERE "
                            "district = ?1"),
                        c->names, TEXT("个名称", "names"));
}

/* ---- rows that the journal knows and the ledger lost ---- */

static bool check_newest(struct verify_check *c, struct str subject,
                         int64_t row, int64_t seq)
{
    const struct ledger *l = ledger_find(subject);
    struct ledger_row *now;

    if (!l || (row_load(c->in, l, row, &now) && now->seq >= seq))
        return true;
    return fault(c,
                 text_fmt(c->m, "日志第 %lld 条说的台账 %.*s 第 %lld 号不在了",
                          "journal entry %lld speaks of ledger %.*s row "
                          "%lld, which is gone or older",
                          (long long)seq, STR_ARG(subject), (long long)row));
}

/* ---- leaves against the tree, and against what stands beside them ---- */

enum { SEQ, LEAF, LEAF_HASH, SALTS, SUBJECT, ROW, TYPE, VERSION };
enum { AT = VERSION + 1, ACTOR, BATCH, PREVIOUS, STEP, REASON };

static struct rows every_entry(struct verify_check *c)
{
    return tx_query(c->in.tx,
                    SQL("SELECT seq, leaf, leaf_hash, salts, subject, row_id, "
                        "type, version, at, actor, batch, previous, step, "
                        "reason FROM journal_entry WHERE district = ?1 "
                        "ORDER BY seq"),
                    WITH(INT(c->in.district)));
}

/* What the columns say, as far as the leaf says it too; no fields. */
static struct journal_entry entry_beside(const struct rows *r)
{
    return (struct journal_entry){
        .type = (enum journal_type)rows_int(r, TYPE),
        .subject = rows_view(r, SUBJECT),
        .row = rows_int(r, ROW),
        .version = rows_int(r, VERSION),
        .previous = rows_int(r, PREVIOUS),
        .at = rows_int(r, AT),
        .actor = rows_int(r, ACTOR),
        .batch = rows_int(r, BATCH),
        .step = rows_view(r, STEP),
        .reason = rows_view(r, REASON),
    };
}

static bool leaf_fits(struct verify_check *c, const struct rows *r,
                      const struct journal_leaf *leaf)
{
    struct journal_entry e = entry_beside(r);

    return leaf->type == (unsigned)e.type && leaf->row == (uint64_t)e.row &&
           leaf->version == (uint32_t)e.version &&
           leaf->day == (uint32_t)date_of(e.at) &&
           journal_fits_how(rows_view(r, LEAF), rows_view(r, SALTS),
                            journal_circumstances(c->in.m, &e));
}

static bool check_entry(struct verify_check *c, const struct rows *r,
                        struct tree_range *tree)
{
    long long seq = (long long)c->counts.entries;
    struct hash h = tree_leaf(rows_view(r, LEAF));
    struct journal_leaf leaf;

    if (rows_int(r, SEQ) != seq ||
        !journal_leaf_read(rows_view(r, LEAF), &leaf) ||
        leaf.seq != (uint64_t)seq ||
        !str_eq(hash_str(&h), rows_view(r, LEAF_HASH)))
        return fault(c, text_fmt(c->m, "日志第 %lld 条缺失或被改动",
                                 "journal entry %lld is missing or was changed",
                                 seq));
    if (!leaf_fits(c, r, &leaf))
        return fault(c, text_fmt(c->m,
                                 "日志第 %lld 条的经过情形被改动："
                                 "何人、何时、经何步骤、因何缘由",
                                 "the circumstances of journal entry %lld "
                                 "were changed: who, when, how or why",
                                 seq));
    if (leaf.type == JOURNAL_SETTING)
        decided_note(c->decided, rows_view(r, SUBJECT), rows_int(r, ROW), seq);
    tree_range_append(tree, &h);
    return check_newest(c, rows_text(r, SUBJECT, c->in.m), rows_int(r, ROW),
                        seq);
}

static bool check_entries(struct verify_check *c, struct tree_range *tree)
{
    struct rows r = every_entry(c);
    bool ok = true;

    while (ok && rows_next(&r)) {
        ok = check_entry(c, &r, tree);
        c->counts.entries += ok;
        mem_reset(c->in.m);
    }
    rows_end(&r);
    return ok;
}

static bool check_tree(struct verify_check *c, const struct note_key *key)
{
    struct tree_range made = { 0 };
    struct scope in = c->in;
    struct journal kept;
    struct hash a;
    struct hash b;

    if (!check_entries(c, &made))
        return false;
    journal_load(in, &kept);
    a = tree_range_root(&made);
    b = tree_range_root(&kept.tree);
    if (made.size != kept.tree.size || !hash_eq(&a, &b))
        return fault(c, text_fmt(c->m,
                                 "日志有 %llu 条，但树记的是 %llu 条或根不同",
                                 "the journal has %llu entries, but its tree "
                                 "says %llu or has another root",
                                 (unsigned long long)made.size,
                                 (unsigned long long)kept.tree.size));
    in.m = c->m; /* what is wrong outlives the row */
    return head_check_all(in, key, &c->counts.heads, &c->wrong);
}

/* ---- tallies against records ---- */

static bool check_tallies(struct verify_check *c)
{
    int64_t differ = tx_int(
        c->in.tx,
        SQL("WITH made AS ("
            "SELECT year, kind, 0 AS scope, category, 0 AS rank, count(*) AS "
            "n, sum(quantity) AS sum FROM record WHERE district = ?1 "
            "GROUP BY year, kind, category "
            "UNION ALL SELECT year, kind, org, category, 0, count(*), "
            "sum(quantity) FROM record WHERE district = ?1 AND org <> 0 "
            "GROUP BY year, kind, org, category "
            "UNION ALL SELECT year, kind, -16, category, day / 100 AS month, "
            "count(*), sum(quantity) FROM record WHERE district = ?1 "
            "GROUP BY year, kind, category, month "
            "UNION ALL SELECT year, kind, -1 - l.column1, category, "
            "-minus_rank >> 8 * l.column1 AS high, count(*), sum(quantity) "
            "FROM record, (VALUES (0), (1), (2), (3), (4), (5)) l WHERE "
            "district = ?1 AND minus_rank <> 0 "
            "GROUP BY year, kind, l.column1, category, high), "
            "kept AS (SELECT year, kind, scope, category, rank, n, sum FROM "
            "tally WHERE district = ?1 AND (n <> 0 OR sum <> 0)) "
            "SELECT (SELECT count(*) FROM (SELECT * FROM made EXCEPT "
            "SELECT * FROM kept) a) + (SELECT count(*) FROM (SELECT * FROM "
            "kept EXCEPT SELECT * FROM made) b)"),
        WITH(INT(c->in.district)), -1);

    c->counts.tallies =
        tx_int(c->in.tx, SQL("SELECT count(*) FROM tally WHERE district = ?1"),
               WITH(INT(c->in.district)), 0);
    if (differ == 0)
        return true;
    return fault(c, text_fmt(c->m, "有 %lld 个合计与记录不符",
                             "%lld tallies do not add up to their records",
                             (long long)differ));
}

/* ---- the audit record, entry by entry ---- */

static bool check_audit(struct verify_check *c)
{
    struct scope in = c->in;

    in.m = c->m; /* what is wrong is said later */
    return audit_check(in, &c->counts.audited, &c->wrong);
}

/* ---- policies and settings against the journal ---- */

static bool check_decided(struct verify_check *c)
{
    struct scope in = c->in;

    in.m = c->m;
    return decided_check(in, c->decided, &c->wrong);
}

/* ---- what features keep beside their ledgers ---- */

static bool check_features(struct verify_check *c)
{
    struct scope in = c->in;
    bool ok = true;

    in.m = c->m;
    for (size_t i = 0; ok && features[i]; i++)
        if (features[i]->verify)
            ok = features[i]->verify(in, c->key, &c->counts.kept, &c->wrong);
    return ok;
}

static enum err unreadable(const struct house *h, struct mem *m,
                           struct text *ret_wrong)
{
    *ret_wrong = text_same(str_dup(m, str_from(db_reason(h->db))));
    return E_STORE;
}

enum err verify_house(struct house *h, struct mem *m,
                      struct verify_counts *ret_counts, struct text *ret_wrong)
{
    struct tx tx;
    struct verify_check c = { .in = house_scope(h, &tx, mem_child(m)),
                              .m = m,
                              .key = &h->key };
    struct str said;
    enum err e = db_check(h->db, m, &said);
    bool ok;

    if (e == E_STORE)
        return unreadable(h, m, ret_wrong);
    if (e != OK) {
        *ret_wrong =
            text_fmt(m, "数据库文件损坏：%.*s",
                     "the database file is damaged: %.*s", STR_ARG(said));
        return e;
    }

    tx_begin(h->db, false, &tx);
    c.decided = decided_new(m);
    ok = check_tree(&c, &h->key) && check_decided(&c) && check_rows(&c) &&
         check_tallies(&c) && check_audit(&c) && check_features(&c);
    mem_free(c.in.m);
    e = tx_err(&tx);
    tx_rollback(&tx);
    if (e != OK)
        return unreadable(h, m, ret_wrong);
    *ret_counts = c.counts;
    *ret_wrong = c.wrong;
    return ok ? OK : E_INPUT;
}
