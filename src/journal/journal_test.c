/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Leaves, old and new, as another program made them (docs/journal.md). */
#include "journal/journal.h"
#include "test/test.h"

#include <string.h>

/* Entry 812, of two fields; the salts are 32 times 1, 32 times 2, … */
static const char old_leaf[] =
    "444a31000000000000032c0134dadf000200000000000000110000000302c3c2"
    "94469d1082423c3cb8040cd6642df15f32eafd89fe3f4a8dee64c549b6604416"
    "96463b1544eb3e367e0a5404260cd898f7e548555a1cbd5a1a6fccc2e409";
static const char new_leaf[] =
    "444a32000000000000032c0134dadf000900000000000000110000000303c3c2"
    "94469d1082423c3cb8040cd6642df15f32eafd89fe3f4a8dee64c549b6604416"
    "96463b1544eb3e367e0a5404260cd898f7e548555a1cbd5a1a6fccc2e409c232"
    "0c1fbf7a333c1b6a00ae837f93c5b0cb4a3f864a16b08f01a7c1cde41829";

static const struct str fields[] = {
    S_INIT("service.claim 17\nyear=2024\nvoided=0\n"
           "name=独居老人定期探访\n"),
    S_INIT("phone=13800000000\n"),
};
static const char how[] = "subject=service.claim\n"
                          "step=accept\n"
                          "reason=材料齐全\\n同意\n"
                          "actor=5\n"
                          "at=1732000000000\n"
                          "batch=0\n"
                          "previous=17\n";

static const struct journal_entry entry = {
    .type = JOURNAL_STEP,
    .subject = S_INIT("service.claim"),
    .row = 17,
    .version = 3,
    .previous = 17,
    .at = 1732000000000,
    .actor = 5,
    .step = S_INIT("accept"),
    .reason = S_INIT("材料齐全\n同意"),
};

static struct str leaf_of(struct test *t, const char *hex)
{
    struct str leaf;

    if (!hex_decode(t->mem, str_from(hex), &leaf))
        BUG("a given leaf is not hexadecimal");
    return leaf;
}

static struct str salts_of(struct test *t, unsigned n)
{
    char *p = mem_raw(t->mem, (size_t)n * HASH_SIZE);

    for (unsigned i = 0; i < n; i++)
        memset(p + (size_t)i * HASH_SIZE, (int)i + 1, HASH_SIZE);
    return (struct str){ p, (size_t)n * HASH_SIZE };
}

TEST(journal_circumstances_are_seven_lines)
{
    struct journal_entry bare = { .subject = S("import"),
                                  .at = -1,
                                  .actor = -2,
                                  .batch = -3,
                                  .previous = -1 };
    struct journal_entry odd = { .reason = S("a\\b\nactor=9") };

    CHECK_STR(journal_circumstances(t->mem, &entry), str_from(how));
    CHECK_STR(journal_circumstances(t->mem, &bare),
              S("subject=import\nstep=\nreason=\nactor=-2\nat=-1\n"
                "batch=-3\nprevious=-1\n"));
    CHECK_STR(journal_circumstances(t->mem, &odd),
              S("subject=\nstep=\nreason=a\\\\b\\nactor=9\nactor=0\nat=0\n"
                "batch=0\nprevious=0\n"));
}

TEST(journal_leaves_old_and_new_are_taken_apart)
{
    struct journal_leaf l;

    NEED(journal_leaf_read(leaf_of(t, old_leaf), &l));
    CHECK_INT(l.k, 2);
    CHECK_INT(l.fields_n, 2);
    CHECK_INT(l.type, JOURNAL_UPDATE);
    NEED(journal_leaf_read(leaf_of(t, new_leaf), &l));
    CHECK_INT(l.seq, 812);
    CHECK_INT(l.day, 20241119);
    CHECK_INT(l.type, JOURNAL_STEP);
    CHECK_INT(l.row, 17);
    CHECK_INT(l.version, 3);
    CHECK_INT(l.k, 3);
    CHECK_INT(l.fields_n, 2);
}

TEST(journal_leaves_commit_to_their_fields)
{
    struct str other[] = { fields[0], S("phone=13800000001\n") };

    CHECK(journal_fits(leaf_of(t, old_leaf), salts_of(t, 2), fields, 2));
    CHECK(journal_fits(leaf_of(t, new_leaf), salts_of(t, 3), fields, 2));
    CHECK(!journal_fits(leaf_of(t, old_leaf), salts_of(t, 2), other, 2));
    CHECK(!journal_fits(leaf_of(t, new_leaf), salts_of(t, 3), other, 2));
    CHECK(!journal_fits(leaf_of(t, new_leaf), salts_of(t, 3), fields, 1));
    CHECK(!journal_fits(leaf_of(t, new_leaf), salts_of(t, 2), fields, 2));
    CHECK(!journal_fits(leaf_of(t, old_leaf), salts_of(t, 3), fields, 2));
}

TEST(journal_leaves_commit_to_who_when_how_and_why)
{
    static const struct journal_entry zero;
    struct journal_entry others[] = { entry, entry, entry, entry,
                                      entry, entry, entry };
    struct str leaf = leaf_of(t, new_leaf);
    struct str salts = salts_of(t, 3);

    others[0].subject = S("service.team");
    others[1].step = S("refuse");
    others[2].reason = S("");
    others[3].actor = 6;
    others[4].at++;
    others[5].batch = 1;
    others[6].previous = 16;
    CHECK(journal_fits_how(leaf, salts, str_from(how)));
    for (size_t i = 0; i < COUNT(others); i++)
        CHECK(!journal_fits_how(leaf, salts,
                                journal_circumstances(t->mem, &others[i])));
    CHECK(!journal_fits_how(leaf, salts_of(t, 2), str_from(how)));
    /* An old leaf says nothing of it, but must be a leaf. */
    CHECK(journal_fits_how(leaf_of(t, old_leaf), salts_of(t, 2),
                           journal_circumstances(t->mem, &zero)));
    CHECK(!journal_fits_how(S("DJ1"), S(""), str_from(how)));
}

/* Where a leaf says how many commitments it has. */
enum { AT_K = 3 + 8 + 4 + 2 + 8 + 4 };

/* A leaf of `k` commitments, all of them zero. */
static bool is_leaf(struct test *t, char version, unsigned k)
{
    size_t n = AT_K + 1 + (size_t)k * HASH_SIZE;
    char *p = mem_alloc(t->mem, n);
    struct journal_leaf l;

    memcpy(p, "DJ", 2);
    p[2] = version;
    p[AT_K] = (char)k;
    return journal_leaf_read((struct str){ p, n }, &l) && l.k == k;
}

TEST(journal_leaves_have_one_layout_each)
{
    struct str leaf = leaf_of(t, new_leaf);
    struct journal_leaf l;

    CHECK(!is_leaf(t, '0', 1) && !is_leaf(t, '3', 2));
    CHECK(!is_leaf(t, '1', 0) && is_leaf(t, '1', 1));
    CHECK(is_leaf(t, '1', 32) && !is_leaf(t, '1', 33));
    CHECK(!is_leaf(t, '2', 0) && !is_leaf(t, '2', 1) && is_leaf(t, '2', 2));
    CHECK(is_leaf(t, '2', 33) && !is_leaf(t, '2', 34));
    for (size_t n = 0; n < leaf.n; n++)
        CHECK(!journal_leaf_read(str_slice(leaf, 0, n), &l));
}
