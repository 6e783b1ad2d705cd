/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Verifying bundles. The order of the checks is from the particular to the
 * general, so that the reason names the smallest thing that is wrong: a row,
 * a figure, then the content as a whole, then proofs, head and key. The hash
 * of the content in the publish entry makes the net tight: what no other
 * check looks at is caught there.
 */
#include "host/proof/bundle.h"

#include "base/utf8.h"
#include "journal/note.h"

#include <string.h>

enum { NAME_SHOWN = 120 }; /* bytes of a name from the file in a reason */

struct bundle_check {
    struct mem *m;
    const struct bundle *b;
    struct tree_head head;
    unsigned *seen; /* per row: 1 + list that named it last */
    unsigned lists; /* looked at so far */
    struct text wrong;
};

static bool fault(struct bundle_check *c, struct text what)
{
    c->wrong = what;
    return false;
}

/* A name out of the file, short enough for a line. */
static struct str shown(struct str s)
{
    return s.n <= NAME_SHOWN ? s : S("…");
}

#define ROW_FAULT(c, r, zh_, en_)                                              \
    fault((c), text_fmt((c)->m, "台账 %.*s 第 %lld 号：" zh_,                  \
                        "ledger %.*s row %lld: " en_,                          \
                        STR_ARG(shown((r)->ledger)), (long long)(r)->id))
#define FIGURE_FAULT(c, f, zh_, en_)                                           \
    fault((c), text_fmt((c)->m, "数字 %.*s：" zh_, "figure %.*s: " en_,        \
                        STR_ARG(shown((f)->figure.key))))

/* ---- rows ---- */

/* Has the content this whole line? */
static bool has_line(struct str content, struct str want)
{
    struct str line;

    while (str_cut(&content, S("\n"), &line))
        if (str_eq(line, want))
            return true;
    return false;
}

static bool commitment_fits(const struct journal_leaf *leaf,
                            const struct hash *salt, struct str value)
{
    struct hash made = journal_commit(salt, leaf->seq, 0, value);

    return hash_eq(&made, &leaf->commitments[0]);
}

/* A bundle of format 1 holds old leaves only: its readers know no others. */
static bool is_known(const struct bundle_check *c,
                     const struct journal_leaf *leaf)
{
    return c->b->format > 1 || leaf->k == leaf->fields_n;
}

/* Do entries of this type say how a row stands? */
static bool is_of_row(unsigned type)
{
    return (type >= JOURNAL_INSERT && type <= JOURNAL_RESTORE) ||
           type == JOURNAL_STEP;
}

static bool check_row(struct bundle_check *c, const struct bundle_row *r)
{
    struct str first =
        str_fmt(c->m, "%.*s %lld\n", STR_ARG(r->ledger), (long long)r->id);
    struct journal_leaf leaf;

    if (!journal_leaf_read(r->leaf, &leaf) || leaf.row != (uint64_t)r->id ||
        leaf.seq >= (uint64_t)c->b->size || !is_of_row(leaf.type) ||
        !is_known(c, &leaf))
        return ROW_FAULT(c, r, "日志叶子不是这一行的",
                         "the journal leaf is not of this row");
    if (r->open && !commitment_fits(&leaf, &r->salt, r->content))
        return ROW_FAULT(c, r, "内容与日志叶子的承诺不符",
                         "its content does not fit the commitment in its "
                         "journal leaf");
    if (r->open && !str_starts(r->content, first))
        return ROW_FAULT(c, r, "内容说的是另一行",
                         "its content speaks of another row");
    return true;
}

static bool check_rows(struct bundle_check *c)
{
    const struct bundle_row *r = c->b->rows;

    for (size_t i = 0; i < c->b->rows_n; i++) {
        int order = i ? str_cmp(r[i - 1].ledger, r[i].ledger) : -1;

        if (order > 0 || (order == 0 && r[i - 1].id >= r[i].id))
            return ROW_FAULT(c, &r[i], "不在应有的次序", "is not in its order");
        if (!check_row(c, &r[i]))
            return false;
    }
    return true;
}

/* ---- figures ---- */

/* The sum of the columns "a+b" of a content; false when one is missing. */
static bool add_columns(struct bundle_check *c, const struct bundle_row *r,
                        struct str from, int64_t *ret_sum)
{
    struct str key;
    struct str value;
    int64_t sum = 0;
    int64_t v;

    while (str_cut(&from, S("+"), &key))
        if (!bundle_value(c->m, r, key, &value) || !str_int(value, &v) ||
            __builtin_add_overflow(sum, v, &sum))
            return false;
    *ret_sum = sum;
    return true;
}

/* A part says no year: it has its parent's. */
static bool is_of_year(struct bundle_check *c, const struct bundle_row *r)
{
    struct str said;

    return !bundle_value(c->m, r, S("year"), &said) ||
           str_eq(said, str_of_int(c->m, c->b->year));
}

/* What the opened content must say for the row to count as it does. */
static bool check_counted(struct bundle_check *c, const struct bundle_list *l,
                          const struct bundle_item *item,
                          const struct bundle_row *r)
{
    int64_t sum;

    if (!r->open)
        return true;
    if (!is_of_year(c, r) || !has_line(r->content, S("voided=0")))
        return ROW_FAULT(c, r, "作废或不属于这一年度，不应计入",
                         "is voided or of another year and must not count");
    if (l->where.n && !has_line(r->content, l->where))
        return ROW_FAULT(c, r, "不属于这个数字的类别",
                         "is not of the figure's category");
    if (l->from.n &&
        (!add_columns(c, r, l->from, &sum) || sum != item->quantity))
        return ROW_FAULT(c, r, "计入的数量与它的内容不符",
                         "its quantity is not what its content says");
    return true;
}

/* Every row is there, once; their quantities add up to `ret_sum`. */
static bool check_list(struct bundle_check *c, const struct bundle_figure *f,
                       const struct bundle_list *l, int64_t *ret_sum)
{
    int64_t sum = 0;

    c->lists++;
    for (size_t i = 0; i < l->n; i++) {
        const struct bundle_item *item = &l->items[i];
        const struct bundle_row *r = bundle_row_find(c->b, l->ledger, item->id);

        if (!r)
            return FIGURE_FAULT(c, f, "名单里有一行不在包内",
                                "a row of its list is not in the bundle");
        if (c->seen[r - c->b->rows] == c->lists)
            return FIGURE_FAULT(c, f, "名单里有一行出现两次",
                                "a row is twice in its list");
        c->seen[r - c->b->rows] = c->lists;
        if (!check_counted(c, l, item, r))
            return false;
        if (__builtin_add_overflow(sum, item->quantity, &sum))
            return FIGURE_FAULT(c, f, "数量之和过大",
                                "its quantities add up to too much");
    }
    *ret_sum = sum;
    return true;
}

/*
 * 1, 2, 2, 4: a place is its position or the place before, and nobody has
 * more points than one with a better place.
 */
static bool places_fit(const struct bundle_list *l, bool ranked)
{
    for (size_t i = 0; i < l->n; i++) {
        int64_t place = l->items[i].place;
        int64_t points = l->items[i].points;

        if (!ranked && (place != 0 || points != 0))
            return false;
        if (i > 0 && points > l->items[i - 1].points)
            return false;
        if (ranked && place != (int64_t)i + 1 &&
            (i == 0 || place != l->items[i - 1].place))
            return false;
    }
    return true;
}

/* Is the value part ÷ n in these parts of one, half up? */
static bool share_fits(const struct figure_value *v, int64_t one)
{
    int64_t n = v->n;
    int64_t up;

    return n > 0 && n <= INT64_MAX / 2 &&
           !__builtin_mul_overflow(v->part, 2 * one, &up) &&
           !__builtin_add_overflow(up, n, &up) && v->value == up / (2 * n);
}

static bool ratio_fits(const struct figure_value *v, int64_t n, int64_t part)
{
    return v->n == n && v->part == part && v->known == (n >= RATIO_LEAST) &&
           (!v->known || share_fits(v, 10000));
}

static bool mean_fits(const struct figure_value *v, int64_t n, int64_t sum)
{
    return v->n == n && v->part == sum && v->known == (n > 0) &&
           (!v->known || share_fits(v, 10));
}

/* Its rows stand from the largest on; is the value their middle? */
static bool median_fits(const struct bundle_figure *f)
{
    const struct figure_value *v = &f->value;
    const struct bundle_item *items = f->rows.items;
    size_t n = f->rows.n;

    for (size_t i = 1; i < n; i++)
        if (items[i].quantity > items[i - 1].quantity)
            return false;
    if (n == 0 || items[0].quantity > INT64_MAX / 20)
        return n == 0 && v->n == 0 && !v->known;
    return v->known && v->n == (int64_t)n &&
           v->value ==
               (items[(n - 1) / 2].quantity + items[n / 2].quantity) * 5;
}

/* All have been so since the day, or since a day before it. */
static bool standing_fits(const struct bundle_figure *f, int64_t sum)
{
    const struct figure_value *v = &f->value;

    for (size_t i = 0; i < f->rows.n; i++)
        if (f->rows.items[i].since > v->only.day)
            return false;
    return v->known && v->value == sum && v->n == sum &&
           sum == (int64_t)f->rows.n;
}

static bool value_fits(const struct bundle_figure *f, int64_t sum, int64_t part)
{
    const struct figure_value *v = &f->value;
    int64_t n = (int64_t)f->rows.n;

    switch (f->figure.measure) {
    case MEASURE_COUNT:
        return v->known && v->value == n && v->n == n && sum == n;
    case MEASURE_SUM:
        return v->known && v->value == sum && v->n == n;
    case MEASURE_RATIO:
        return ratio_fits(v, sum, part);
    case MEASURE_SEATS:
        return v->known && v->value == n && sum == n && n <= v->places &&
               n <= v->n;
    case MEASURE_MEAN:
        return mean_fits(v, n, sum);
    case MEASURE_MEDIAN:
        return median_fits(f);
    case MEASURE_STANDING:
        return standing_fits(f, sum);
    }
    return false;
}

static bool check_figure(struct bundle_check *c, const struct bundle_figure *f)
{
    bool seats = f->figure.measure == MEASURE_SEATS;
    int64_t sum = 0;
    int64_t part = 0;

    if (bundle_figure_find(c->b, f->figure.key) != f)
        return FIGURE_FAULT(c, f, "出现两次", "is there twice");
    if (!check_list(c, f, &f->rows, &sum) ||
        !check_list(c, f, &f->parts, &part))
        return false;
    if (!places_fit(&f->rows, seats) || !places_fit(&f->parts, false))
        return FIGURE_FAULT(c, f, "名次不成次序", "its places are in no order");
    if (f->value.since &&
        (f->figure.measure != MEASURE_COUNT || f->value.value == 0))
        return FIGURE_FAULT(c, f, "没有可称首次的行",
                            "has no row that could be the first");
    if (!value_fits(f, sum, part))
        return FIGURE_FAULT(c, f, "与名单数出来的不一致",
                            "is not what its rows add up to");
    return true;
}

static bool check_figures(struct bundle_check *c)
{
    for (size_t i = 0; i < c->b->figures_n; i++)
        if (!check_figure(c, &c->b->figures[i]))
            return false;
    return true;
}

/* ---- the content as a whole, and where it stands in the journal ---- */

static bool check_published(struct bundle_check *c)
{
    const struct bundle *b = c->b;
    struct journal_leaf leaf;

    if (!journal_leaf_read(b->tail.leaf, &leaf) ||
        leaf.type != JOURNAL_PUBLISH || leaf.fields_n != 1 ||
        leaf.k != (uint64_t)b->format || /* with circumstances since 2 */
        leaf.seq != (uint64_t)b->size || leaf.version != (uint64_t)b->version)
        return fault(c, TEXT("发布条目的叶子（published）不是这一版的",
                             "the leaf of the publish entry (published) is "
                             "not of this version"));
    if (!commitment_fits(&leaf, &b->tail.salt,
                         bundle_commitment(c->m, b->report, b->version,
                                           b->content)))
        return fault(c,
                     TEXT("内容的指纹与发布条目不符：正文、口径或名单被改动，"
                          "或者随机数（salt）被改动",
                          "the content hash does not fit the publish "
                          "entry: text, rules or lists were changed, or "
                          "the salt was"));
    return true;
}

static bool check_head(struct bundle_check *c, struct str pinned)
{
    const struct bundle_tail *t = &c->b->tail;
    struct note_key key;
    struct text why;

    if (note_key_decode(c->m, t->key, &key, &why) != OK)
        return fault(c, (struct text){
                            str_fmt(c->m, "公钥（key）：%.*s", STR_ARG(why.zh)),
                            str_fmt(c->m, "the key: %.*s", STR_ARG(why.en)) });
    if (pinned.n && !str_eq(pinned, t->key))
        return fault(c, TEXT("包里的公钥不是您给出的那一把：不是同一份日志",
                             "the bundle's key is not the one you gave: "
                             "another journal"));
    if (note_head_verify(c->m, t->head, &key, &c->head, &why) != OK)
        return fault(c, (struct text){ str_fmt(c->m, "签名头（head）：%.*s",
                                               STR_ARG(why.zh)),
                                       str_fmt(c->m, "the signed head: %.*s",
                                               STR_ARG(why.en)) });
    return true;
}

static bool is_included(const struct bundle_check *c, struct str bytes,
                        struct str hashes)
{
    struct tree_proof proof = { .n = (unsigned)(hashes.n / HASH_SIZE) };
    struct hash h = tree_leaf(bytes);
    struct journal_leaf leaf;

    if (hashes.n > sizeof(proof.hashes))
        return false;
    if (hashes.n)
        memcpy(proof.hashes, hashes.p, hashes.n);
    return journal_leaf_read(bytes, &leaf) &&
           tree_inclusion_verify(&h, leaf.seq, &c->head, &proof);
}

static bool check_proofs(struct bundle_check *c)
{
    const struct bundle *b = c->b;

    if (!is_included(c, b->tail.leaf, b->tail.proofs[b->rows_n]))
        return fault(c, TEXT("发布条目不在签名的日志里：叶子或证明（最后一个 "
                             "proof）被改动",
                             "the publish entry is not under the signed head: "
                             "its leaf or its proof (the last one) was "
                             "changed"));
    for (size_t i = 0; i < b->rows_n; i++)
        if (!is_included(c, b->rows[i].leaf, b->tail.proofs[i]))
            return ROW_FAULT(c, &b->rows[i],
                             "不在签名的日志里：叶子或证明（proof）被改动",
                             "is not under the signed head: its leaf or its "
                             "proof was changed");
    return true;
}

enum err bundle_verify(struct mem *m, struct str bytes, struct str pinned_key,
                       struct bundle_facts *ret, struct text *ret_wrong)
{
    struct bundle b;
    struct bundle_check c = { .m = m, .b = &b };

    if (bundle_read(m, bytes, &b, ret_wrong) != OK)
        return E_INPUT;
    if (b.tail.leaf.n == 0) {
        *ret_wrong = TEXT("文件不完整：缺少证明部分",
                          "the file is not whole: the proofs are missing");
        return E_INPUT;
    }
    c.seen = NEW_ARRAY(m, unsigned, b.rows_n);
    if (!check_rows(&c) || !check_figures(&c) || !check_published(&c) ||
        !check_head(&c, pinned_key) || !check_proofs(&c)) {
        *ret_wrong = c.wrong;
        return E_INPUT;
    }
    *ret = (struct bundle_facts){
        .name = b.name,
        .report = b.report,
        .version = b.version,
        .figures = (int64_t)b.figures_n,
        .rows = (int64_t)b.rows_n,
        .size = (int64_t)c.head.size,
        .key = b.tail.key,
    };
    return OK;
}
