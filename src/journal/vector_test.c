/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Vectors of the transparency-dev project are not part of this project. They
 * are looked for in the folder DAJUAN_VECTORS, else in ../shared/vectors;
 * without them only our own are checked, made here from the tree: right ones
 * for many pairs of sizes, and what becomes of them when something is
 * changed.
 */
#include "journal/vector.h"

#include "base/buf.h"
#include "base/file.h"
#include "journal/given_tree.h"
#include "test/test.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SIZE = 48 };

/* A consistency vector before it is written down. */
struct sketch {
    uint64_t size1;
    uint64_t size2;
    struct str root1;
    struct str root2;
    size_t n;
    struct str parts[16];
};

/* A check with a life of its own: thousands of vectors fit in no test. */
static void check_vector(struct test *t, struct str json)
{
    struct mem *m = mem_child(t->mem);
    bool as_wanted = false;
    struct text why = { 0 };

    CHECK_INT(vector_check(m, json, &as_wanted, &why), OK);
    if (!CHECK(as_wanted))
        CHECK_STR(json, why.en);
    CHECK_INT(why.zh.n, 0);
    mem_free(m);
}

static void put_hash(struct buf *b, struct mem *m, struct str h)
{
    buf_lit(b, "\"");
    buf_put(b, base64_encode(m, h));
    buf_lit(b, "\"");
}

static void check_sketch(struct test *t, const struct sketch *s,
                         bool want_error)
{
    struct mem *m = mem_child(t->mem);
    struct buf *b = buf_new(m, 8192);

    buf_fmt(b, "{\"size1\": %" PRIu64 ", \"size2\": %" PRIu64, s->size1,
            s->size2);
    buf_lit(b, ", \"root1\": ");
    put_hash(b, m, s->root1);
    buf_lit(b, ", \"root2\": ");
    put_hash(b, m, s->root2);
    buf_lit(b, ", \"proof\": [");
    for (size_t i = 0; i < s->n; i++) {
        if (i)
            buf_lit(b, ", ");
        put_hash(b, m, s->parts[i]);
    }
    buf_fmt(b, "], \"desc\": \"-1 \\\" 2e3\", \"wantErr\": %s}",
            want_error ? "true" : "false");
    CHECK(!buf_overflowed(b));
    check_vector(t, buf_str(b));
    mem_free(m);
}

static struct str kept(struct test *t, struct hash h)
{
    return str_dup(t->mem, hash_str(&h));
}

static struct sketch given_sketch(struct test *t, struct given_tree *g,
                                  uint64_t m, uint64_t n)
{
    struct tree_source source = given_source(g);
    struct sketch s = { .size1 = m, .size2 = n };
    struct tree_proof p;

    s.root1 = kept(t, naive_root(g, 0, m));
    s.root2 = kept(t, naive_root(g, 0, n));
    NEED_INT(tree_consistency_prove(&source, m, n, &p), OK);
    for (; s.n < p.n; s.n++)
        s.parts[s.n] = kept(t, p.hashes[s.n]);
    return s;
}

/* A second verifier, by the recursion instead of the shifts. */
struct fold {
    const struct sketch *s;
    size_t used;
    struct hash old;
    struct hash new;
};

static bool fold_next(struct fold *f, struct hash *ret_hash)
{
    return f->used < f->s->n && hash_from(f->s->parts[f->used++], ret_hash);
}

static bool fold(struct fold *f, uint64_t m, uint64_t n, bool complete)
{
    struct hash h;
    uint64_t k;

    if (m == n) {
        if (complete ? !hash_from(f->s->root1, &h) : !fold_next(f, &h))
            return false;
        f->old = f->new = h;
        return true;
    }
    k = naive_split(n);
    if (m <= k ? !fold(f, m, k, complete) : !fold(f, m - k, n - k, false))
        return false;
    if (!fold_next(f, &h))
        return false;
    if (m > k)
        f->old = naive_node(h, f->old);
    f->new = m > k ? naive_node(h, f->new) : naive_node(f->new, h);
    return true;
}

static bool naive_accepts(const struct sketch *s)
{
    struct fold f = { .s = s };

    return s->size1 > 0 && s->size1 <= s->size2 &&
           fold(&f, s->size1, s->size2, true) && f.used == s->n &&
           str_eq(hash_str(&f.old), s->root1) &&
           str_eq(hash_str(&f.new), s->root2);
}

TEST(vectors_of_right_consistency_proofs_are_accepted)
{
    struct given_tree *g = given_tree(t->mem, SIZE);

    for (uint64_t n = 1; n <= SIZE; n++)
        for (uint64_t m = 1; m <= n; m++) {
            struct sketch s = given_sketch(t, g, m, n);

            check_sketch(t, &s, false);
        }
}

static struct str flipped(struct test *t, struct str s, uint64_t bit)
{
    struct str copy = str_dup(t->mem, s);

    ((char *)copy.p)[bit / 8] ^= (char)(1 << bit % 8);
    return copy;
}

static void check_flips(struct test *t, const struct sketch *from,
                        uint64_t *seed)
{
    for (size_t i = 0; i < from->n + 2; i++) {
        struct sketch s = *from;
        struct str *hit = i < s.n    ? &s.parts[i]
                          : i == s.n ? &s.root1
                                     : &s.root2;

        *hit = flipped(t, *hit, given_random(seed, 256));
        check_sketch(t, &s, true);
        *hit = str_slice(*hit, 0, 31);
        check_sketch(t, &s, true);
        *hit = S("");
        check_sketch(t, &s, true);
    }
}

static void check_shapes(struct test *t, const struct sketch *from)
{
    for (size_t i = 0; i <= from->n; i++) {
        struct sketch more = *from;
        struct sketch less = *from;

        memmove(more.parts + i + 1, more.parts + i,
                (more.n++ - i) * sizeof(more.parts[0]));
        more.parts[i] = i % 3 == 0   ? from->root1
                        : i % 3 == 1 ? from->root2
                                     : S("garbage");
        check_sketch(t, &more, true);
        if (i == from->n)
            continue;
        memmove(less.parts + i, less.parts + i + 1,
                (--less.n - i) * sizeof(less.parts[0]));
        check_sketch(t, &less, true);
    }
}

TEST(vectors_of_damaged_consistency_proofs_are_refused)
{
    struct given_tree *g = given_tree(t->mem, SIZE);
    uint64_t seed = 3;

    for (uint64_t n = 2; n <= 24; n++)
        for (uint64_t m = 1; m < n; m++) {
            struct sketch s = given_sketch(t, g, m, n);
            struct sketch swapped = s;

            check_flips(t, &s, &seed);
            check_shapes(t, &s);
            swapped.root1 = s.root2;
            swapped.root2 = s.root1;
            check_sketch(t, &swapped, true);
        }
}

TEST(vectors_with_other_sizes_come_out_as_by_the_recursion)
{
    struct given_tree *g = given_tree(t->mem, SIZE);
    int refused = 0;
    int all = 0;

    for (uint64_t n = 1; n <= 24; n++)
        for (uint64_t m = 1; m <= n; m++) {
            struct sketch good = given_sketch(t, g, m, n);
            struct sketch s[] = { good, good, good, good, good, good };

            s[0].size1 = m + 1;
            s[1].size1 = m - 1;
            s[2].size2 = n + 1;
            s[3].size2 = n - 1;
            s[4].size2 = 2 * n;
            s[5].size2 = n / 2;
            for (size_t i = 0; i < COUNT(s); i++, all++) {
                bool accepts = naive_accepts(&s[i]);

                refused += !accepts;
                check_sketch(t, &s[i], !accepts);
            }
        }
    CHECK(refused > all / 2);
}

TEST(vectors_of_consistency_refuse_their_special_cases)
{
    struct given_tree *g = given_tree(t->mem, SIZE);
    struct sketch good = given_sketch(t, g, 3, 7);
    struct sketch equal = given_sketch(t, g, 7, 7);
    struct sketch s = good;

    s.size1 = 0;
    check_sketch(t, &s, true);
    s.n = 0;
    check_sketch(t, &s, true);
    s.size2 = 0;
    check_sketch(t, &s, true);
    s = good;
    s.size1 = 8;
    check_sketch(t, &s, true);
    s.size1 = UINT64_MAX;
    check_sketch(t, &s, true);
    s.size2 = UINT64_MAX;
    check_sketch(t, &s, true);
    s = equal;
    s.parts[s.n++] = equal.root1;
    check_sketch(t, &s, true);
    s.root1 = good.root1;
    s.n = 0;
    check_sketch(t, &s, true);
    s.root1 = s.root2 = S("");
    check_sketch(t, &s, true);
}

#define LEAF_B64 "\"brQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\""

TEST(vectors_of_inclusion_take_numbers_of_64_bits_and_nulls)
{
    check_vector(t, S("{\"leafIdx\":0,\"treeSize\":1,\"root\":" LEAF_B64
                      ",\"leafHash\":" LEAF_B64
                      ",\"proof\":null,\"desc\":\"\",\"wantErr\":false}"));
    check_vector(t, S("{\"leafIdx\":18446744073709551615,\"treeSize\":1,"
                      "\"root\":" LEAF_B64 ",\"leafHash\":" LEAF_B64
                      ",\"proof\":[],\"wantErr\":true}"));
    check_vector(t, S("{\"leafIdx\":0,\"treeSize\":18446744073709551615,"
                      "\"root\":" LEAF_B64 ",\"leafHash\":" LEAF_B64
                      ",\"proof\":[" LEAF_B64 "],\"wantErr\":true}"));
    check_vector(t,
                 S("{\"leafIdx\":0,\"treeSize\":1,\"root\":null,"
                   "\"leafHash\":" LEAF_B64 ",\"proof\":[],\"wantErr\":true}"));
    check_vector(t, S("{\"leafIdx\":0,\"treeSize\":1,\"root\":" LEAF_B64
                      ",\"leafHash\":\"\",\"proof\":[],\"wantErr\":true}"));
    check_vector(t, S("{\"leafIdx\":0,\"treeSize\":1,\"root\":" LEAF_B64
                      ",\"leafHash\":" LEAF_B64
                      ",\"proof\":[null],\"wantErr\":true}"));
}

TEST(vectors_that_came_out_otherwise_say_so)
{
    struct text why = { 0 };
    bool as_wanted = true;

    CHECK_INT(vector_check(t->mem,
                           S("{\"leafIdx\":0,\"treeSize\":1,\"root\":" LEAF_B64
                             ",\"leafHash\":" LEAF_B64
                             ",\"proof\":[],\"wantErr\":true}"),
                           &as_wanted, &why),
              OK);
    CHECK(!as_wanted);
    CHECK_STR(why.en, S("the proof was accepted but must be refused"));
    as_wanted = true;
    CHECK_INT(vector_check(t->mem,
                           S("{\"leafIdx\":1,\"treeSize\":1,\"root\":" LEAF_B64
                             ",\"leafHash\":" LEAF_B64
                             ",\"proof\":[],\"wantErr\":false}"),
                           &as_wanted, &why),
              OK);
    CHECK(!as_wanted);
    CHECK_STR(why.en, S("the proof was refused but must be accepted"));
}

#define BUT(index, size, root, proof, want)                                    \
    S_INIT("{\"leafIdx\":" index ",\"treeSize\":" size ",\"root\":" root       \
           ",\"leafHash\":" LEAF_B64 ",\"proof\":" proof ",\"wantErr\":" want  \
           "}")

TEST(vectors_that_are_malformed_are_an_error)
{
    static const struct str bad[] = {
        S_INIT(""),
        S_INIT("x"),
        S_INIT("{"),
        S_INIT("[]"),
        S_INIT("5"),
        S_INIT("{}"),
        S_INIT("{\"leafIdx\":0}"),
        S_INIT("{\"leafIdx\":0,\"size1\":1,\"wantErr\":true}"),
        S_INIT("{\"leafIdx\":0,\"leafIdx\":0,\"wantErr\":true}"),
        BUT("\"0\"", "1", LEAF_B64, "[]", "false"),
        BUT("-1", "1", LEAF_B64, "[]", "false"),
        BUT("-0", "1", LEAF_B64, "[]", "false"),
        BUT("0.0", "1", LEAF_B64, "[]", "false"),
        BUT("0e0", "1", LEAF_B64, "[]", "false"),
        BUT("0\0", "1", LEAF_B64, "[]", "false"),
        BUT("00", "1", LEAF_B64, "[]", "false"),
        BUT("null", "1", LEAF_B64, "[]", "false"),
        BUT("[0]", "1", LEAF_B64, "[]", "false"),
        BUT("0", "18446744073709551616", LEAF_B64, "[]", "false"),
        BUT("0", "1e999", LEAF_B64, "[]", "false"),
        BUT("0", "true", LEAF_B64, "[]", "false"),
        BUT("0", "1", "5", "[]", "false"),
        BUT("0", "1", "\"b\"", "[]", "false"),
        BUT("0", "1", "\"AAAAAAF=\"", "[]", "false"),
        BUT("0", "1", "\"AAAA AAE=\"", "[]", "false"),
        BUT("0", "1", "\"AAAAAAE\"", "[]", "false"),
        BUT("0", "1", LEAF_B64, "{}", "false"),
        BUT("0", "1", LEAF_B64, "\"\"", "false"),
        BUT("0", "1", LEAF_B64, "[5]", "false"),
        BUT("0", "1", LEAF_B64, "[[]]", "false"),
        BUT("0", "1", LEAF_B64, "[\"*\"]", "false"),
        BUT("0", "1", LEAF_B64, "[]", "0"),
        BUT("0", "1", LEAF_B64, "[]", "null"),
        BUT("0", "1", LEAF_B64, "[]", "\"false\""),
        BUT("0", "1", LEAF_B64, "[]", "false} x"),
        BUT("0", "1", LEAF_B64, "[]", "false}{"),
    };

    for (size_t i = 0; i < COUNT(bad); i++) {
        struct text why = { 0 };
        bool as_wanted = true;

        if (!CHECK_INT(vector_check(t->mem, bad[i], &as_wanted, &why), E_INPUT))
            CHECK_STR(bad[i], S("refused"));
        CHECK(why.zh.n > 0 && why.en.n > 0);
        CHECK(as_wanted);
    }
}

TEST(vectors_refuse_what_is_too_large_or_too_deep)
{
    char *big = mem_raw(t->mem, VECTOR_LIMIT + 1);
    struct text why = { 0 };
    bool as_wanted;

    memset(big, '[', VECTOR_LIMIT + 1);
    CHECK_INT(vector_check(t->mem, (struct str){ big, VECTOR_LIMIT + 1 },
                           &as_wanted, &why),
              E_INPUT);
    CHECK_STR(why.en, S("the vector is over 1 MiB"));
    CHECK_INT(vector_check(t->mem, (struct str){ big, VECTOR_LIMIT },
                           &as_wanted, &why),
              E_INPUT);
}

/* Checks every .json below the folder and returns their number. */
static int check_folder(struct test *t, struct str path, int depth)
{
    DIR *folder = depth < 8 ? opendir(str_c(t->mem, path)) : NULL;
    struct dirent *e;
    int n = 0;

    while (folder && (e = readdir(folder)) != NULL) {
        struct str name = str_from(e->d_name);
        struct str below = file_path(t->mem, path, name);
        struct text reason;
        struct str json;

        if (str_starts(name, S(".")))
            continue;
        n += check_folder(t, below, depth + 1);
        if (!str_ends(name, S(".json")))
            continue;
        if (CHECK(file_read(t->mem, below, VECTOR_LIMIT, &json, &reason)))
            check_vector(t, json);
        n++;
    }
    if (folder)
        closedir(folder);
    return n;
}

TEST(vectors_of_the_reference_project_come_out_as_wanted)
{
    const char *given = getenv("DAJUAN_VECTORS");
    struct str path = str_from(given ? given : "../shared/vectors");
    int n;

    NEED(!given || file_exists(t->mem, path));
    if (!file_exists(t->mem, path)) {
        fprintf(stderr, "no vectors in %.*s: only our own were checked\n",
                STR_ARG(path));
        return;
    }
    n = check_folder(t, path, 0);
    CHECK(n >= 98);
}
