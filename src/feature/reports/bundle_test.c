/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Bundles: whatever is changed is found, and named. */
#include "feature/reports/given_report.h"

#include "base/file.h"
#include "base/utf8.h"

#include <string.h>

/* A small bundle with every measure. */
static struct str given_small(struct test *t)
{
    struct given *g = given_few(t);

    given_groves(g);
    given_put(g, "few",
              S("# 小\n{sample.trees}棵，银杏{sample.trees.ginkgo}棵，"
                "{sample.visits}人次，中位数{sample.visits.median}，"
                "{sample.keepers}名，"
                "{sample.praise}，{sample.healthiest}棵，"
                "{grove.late}片，{grove.progress}\n"),
              S("# Few\n{sample.trees}\n"));
    given_publish(g, "few");
    return given_bundle(g, "few", 1);
}

/* Refused with words in both languages? `m` is reset. */
static bool is_refused(struct mem *m, struct str bytes, struct str key)
{
    struct bundle_facts facts;
    struct text why = { S(""), S("") };
    bool refused = bundle_verify(m, bytes, key, &facts, &why) == E_INPUT &&
                   why.zh.n > 0 && why.en.n > 0 && utf8_valid(why.zh) &&
                   utf8_valid(why.en);

    mem_reset(m);
    return refused;
}

/* How many positions can be changed by `bits` and still verify? */
static size_t accepted(struct test *t, struct str bytes, size_t from,
                       size_t step, int bits)
{
    struct mem *m = mem_child(t->mem);
    char *p = mem_raw(t->mem, bytes.n);
    size_t wrong = 0;

    memcpy(p, bytes.p, bytes.n);
    for (size_t i = from; i < bytes.n; i += step) {
        p[i] = (char)(p[i] ^ bits);
        wrong += !is_refused(m, (struct str){ p, bytes.n }, S(""));
        p[i] = (char)(p[i] ^ bits);
    }
    mem_free(m);
    return wrong;
}

TEST(bundle_of_every_measure_verifies)
{
    struct str bytes = given_small(t);
    struct bundle b = given_read(t, bytes);

    CHECK(!is_refused(mem_child(t->mem), bytes, S("")));
    CHECK_INT(b.figures_n, 9);
    CHECK(!given_bundled(t, &b, "sample.praise")->value.known);
    CHECK_INT(given_bundled(t, &b, "sample.visits")->value.value, 42);
    CHECK_INT(given_bundled(t, &b, "sample.visits.median")->value.value, 210);
    CHECK_INT(given_bundled(t, &b, "sample.healthiest")->rows.n, 0);
}

/* The day, since when, and as records the parts it was made of. */
TEST(bundle_of_a_standing_figure_lists_its_facts)
{
    struct bundle b = given_read(t, given_small(t));
    const struct bundle_figure *f = given_bundled(t, &b, "grove.late");
    size_t tasks = 0;
    struct str done;

    CHECK_INT(f->value.only.day, 20241220);
    CHECK_INT(f->value.value, 1);
    NEED_INT(f->rows.n, 1); /* 南山 */
    CHECK_INT(f->rows.items[0].since, 20241106);
    CHECK(str_starts(f->figure.rule.zh, S("截至2024年12月20日：")));
    for (size_t i = 0; i < b.rows_n; i++)
        tasks += str_eq(b.rows[i].ledger, S("grove.task"));
    CHECK_INT(tasks, 3); /* of 北山 for its progress */
    NEED(bundle_row_find(&b, S("grove.task"), 1));
    CHECK(bundle_value(t->mem, bundle_row_find(&b, S("grove.task"), 1),
                       S("done_on"), &done));
    f = given_bundled(t, &b, "grove.progress");
    CHECK_INT(f->value.part, 40);
    CHECK_INT(f->value.n, 2);
    CHECK_INT(f->value.value, 200);
    CHECK_STR(f->rows.from, S("")); /* in no leaf */
}

TEST(bundle_has_one_spelling)
{
    struct str bytes = given_small(t);
    struct bundle b = given_read(t, bytes);
    struct str parts[2];

    parts[0] = bundle_content(t->mem, &b);
    parts[1] = bundle_tail(t->mem, &b.tail, b.rows_n);
    CHECK_STR(str_join(t->mem, parts, 2), bytes);
}

TEST(bundle_refuses_every_changed_byte)
{
    struct str bytes = given_small(t);

    CHECK_INT(accepted(t, bytes, 0, 1, 0x01), 0);
}

TEST(bundle_refuses_every_changed_bit)
{
    struct str bytes = given_small(t);

    for (int bit = 1; bit < 8; bit++)
        CHECK_INT(accepted(t, bytes, (size_t)bit, 7, 1 << bit), 0);
}

TEST(bundle_refuses_changed_bytes_of_many_rows)
{
    struct given *g = given_many(t);

    given_all(g);
    CHECK_INT(accepted(t, given_bundle(g, "all", 1), 5, 401, 0x04), 0);
}

TEST(bundle_refuses_every_cut)
{
    struct str bytes = given_small(t);
    struct mem *m = mem_child(t->mem);
    size_t wrong = 0;

    for (size_t n = 0; n < bytes.n; n++)
        wrong += !is_refused(m, str_slice(bytes, 0, n), S(""));
    CHECK_INT(wrong, 0);
    CHECK(is_refused(m, str_fmt(t->mem, "%.*s\n", STR_ARG(bytes)), S("")));
}

/* The bundle with the first `was` replaced. */
static struct str replaced(struct test *t, struct str s, struct str was,
                           struct str is)
{
    size_t at = str_find(s, was);
    struct str parts[] = { str_slice(s, 0, at), is,
                           str_slice(s, at + was.n, s.n) };

    NEED(at != SIZE_MAX);
    return str_join(t->mem, parts, COUNT(parts));
}

static struct str reason(struct test *t, struct str bytes, struct str key)
{
    struct bundle_facts facts = { .version = -7 };
    struct text why = TEXT("", "");

    CHECK_INT(bundle_verify(t->mem, bytes, key, &facts, &why), E_INPUT);
    CHECK_INT(facts.version, -7);
    return why.en;
}

static void says(struct test *t, struct str said, struct str want)
{
    CHECK_STR(str_find(said, want) == SIZE_MAX ? said : want, want);
}

TEST(bundle_names_what_is_wrong)
{
    struct str b = given_small(t);

    says(t, reason(t, replaced(t, b, S("value 4\n"), S("value 5\n")), S("")),
         S("figure sample.trees: is not what its rows add up to"));
    says(t,
         reason(t, replaced(t, b, S("value 210\n"), S("value 215\n")), S("")),
         S("figure sample.visits.median: is not what its rows add up to"));
    says(t,
         reason(t, replaced(t, b, S("visits=12\n"), S("visits=13\n")), S("")),
         S("ledger sample.tree row 3: its content does not fit"));
    says(t, reason(t, replaced(t, b, S("3 12 0\n"), S("3 13 0\n")), S("")),
         S("ledger sample.tree row 3: its quantity"));
    says(t, reason(t, replaced(t, b, S("unit 棵\n"), S("unit 株\n")), S("")),
         S("the content hash"));
    says(t, reason(t, replaced(t, b, S("# 小"), S("# 大")), S("")),
         S("the content hash"));
    says(t,
         reason(t, replaced(t, b, S("version 1\n"), S("version 2\n")), S("")),
         S("publish entry"));
    says(t,
         reason(t, replaced(t, b, S("sheet few\n"), S("sheet  few\n")), S("")),
         S("content hash"));
    says(t, reason(t, replaced(t, b, S("value 4\n"), S("value 04\n")), S("")),
         S("expected \"value\""));
    says(t,
         reason(t, replaced(t, b, S("dajuan-bundle/2"), S("dajuan-bundle/3")),
                S("")),
         S("line 1 "));
    says(t, /* an older reader would not know these leaves */
         reason(t, replaced(t, b, S("dajuan-bundle/2"), S("dajuan-bundle/1")),
                S("")),
         S("the journal leaf is not"));
    says(t, reason(t, replaced(t, b, S("\nend\n"), S("\n")), S("")),
         S("expected \"end\""));
}

/* With the hash of the line at `mark`, counted from its end, changed. */
TEST(bundle_names_a_changed_proof_and_key)
{
    struct str b = given_small(t);
    struct str proof = str_slice(b, str_find(b, S("\nproof ")) + 1, b.n);
    struct str line = S("");
    struct str said;

    str_cut(&proof, S("\n"), &line);
    said = reason(t, replaced(t, b, line, S("proof")), S(""));
    says(t, said, S("is not under the signed head"));
    says(t,
         reason(t,
                replaced(t, b, S("\nkey test.example"),
                         S("\nkey tast.example")),
                S("")),
         S("the key:"));
    says(t,
         reason(t,
                replaced(t, b, S("\n test.example/dajuan\n"),
                         S("\n test.example/dajuam\n")),
                S("")),
         S("the signed head:"));
}

TEST(bundle_of_format_1_is_valid_for_ever)
{
    struct str old = S("src/host/proof/corpus/bundle/small.bundle");
    struct bundle_facts facts;
    struct text why = TEXT("", "");
    struct bundle b;
    struct str bytes;

    NEED(file_read(t->mem, old, 1 << 20, &bytes, &why));
    NEED_INT(bundle_verify(t->mem, bytes, S(""), &facts, &why), OK);
    CHECK_INT(facts.rows, 3);
    NEED_INT(bundle_read(t->mem, bytes, &b, &why), OK);
    CHECK_INT(b.format, 1);
    CHECK_STR(bundle_content(t->mem, &b), b.content);
    says(t,
         reason(t,
                replaced(t, bytes, S("dajuan-bundle/1"), S("dajuan-bundle/2")),
                S("")),
         S("publish entry"));
}

TEST(bundle_of_another_journal_does_not_fit_a_pinned_key)
{
    struct str b = given_small(t);
    struct bundle read = given_read(t, b);
    struct note_signer other;
    unsigned char seed[NOTE_SEED] = { 7 };

    note_signer_from(S("test.example/dajuan"), seed, &other);
    CHECK(!is_refused(mem_child(t->mem), b, read.tail.key));
    says(t, reason(t, b, note_key_encode(t->mem, &other.key)),
         S("another journal"));
}

/* The middle is that of rows from the largest on. */
TEST(bundle_refuses_a_median_of_rows_in_another_order)
{
    struct str b = given_small(t);
    size_t at = str_find(b, S("measure median\n"));
    struct str parts[] = {
        str_slice(b, 0, at),
        replaced(t, str_slice(b, at, b.n), S("\n4 30 0\n3 12 0\n"),
                 S("\n3 12 0\n4 30 0\n")),
    };

    says(t, reason(t, str_join(t->mem, parts, COUNT(parts)), S("")),
         S("figure sample.visits.median: is not what its rows add up to"));
}

/* A row left out of the list, with the number made to fit. */
TEST(bundle_refuses_a_smaller_lie)
{
    struct str b = given_small(t);

    b = replaced(t, b, S("value 4\nn 4\n"), S("value 3\nn 3\n"));
    b = replaced(t, b, S("items 4\n1 1 0\n"), S("items 3\n"));
    says(t, reason(t, b, S("")), S("the content hash"));
}

TEST(bundle_refuses_a_row_that_counts_twice)
{
    struct str b = given_small(t);

    b = replaced(t, b, S("items 4\n1 1 0\n2 1 0\n"),
                 S("items 4\n1 1 0\n1 1 0\n"));
    says(t, reason(t, b, S("")),
         S("figure sample.trees: a row is twice in its list"));
}

/* The line of the best tree of a bundle of many, as it is spelled. */
static struct str best_line(struct test *t, struct str bytes,
                            const char *points)
{
    struct bundle b = given_read(t, bytes);
    const struct bundle_item *best =
        &given_bundled(t, &b, "sample.healthiest")->rows.items[0];
    struct str line = str_fmt(t->mem, "\n%lld 1 1", (long long)best->id);

    CHECK_INT(best->points, 990000);
    return str_fmt(t->mem, "%.*s%s\n", STR_ARG(line), points);
}

TEST(bundle_refuses_points_that_do_not_fit_the_places)
{
    static const struct {
        const char *points, *reason;
    } cases[] = {
        { " 1", "its places are in no order" },
        { " 990001", "the content hash" },
        { "", "its places are in no order" },
        { " 0", "expected \"items\"" },
        { " 0990000", "expected \"items\"" },
        { " 990000 1", "expected \"items\"" },
        { " -1", "expected \"items\"" },
        { " ", "expected \"items\"" },
    };
    struct given *g = given_many(t);
    struct str b;

    given_all(g);
    b = given_bundle(g, "all", 1);
    for (size_t i = 0; i < COUNT(cases); i++)
        says(t,
             reason(t,
                    replaced(t, b, best_line(t, b, " 990000"),
                             best_line(t, b, cases[i].points)),
                    S("")),
             str_from(cases[i].reason));
}
