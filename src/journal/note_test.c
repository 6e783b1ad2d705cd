/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Notes and heads: one signed by another implementation, then every way to
 * spoil one. Each refusal stands next to the note it was made from.
 */
#include "journal/given_tree.h"
#include "journal/note.h"
#include "test/test.h"

#include <string.h>

/* A published note of the Go project's checksum database. */
static const struct str published_key =
    S_INIT("PeterNeumann+c74f20a3+"
           "ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
static const struct str published_note =
    S_INIT("If you think cryptography is the answer to your problem,\n"
           "then you don't know what your problem is.\n"
           "\n"
           "\xe2\x80\x94 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcEl"
           "ZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n");

static struct note_signer given_signer(struct str name, unsigned char first)
{
    unsigned char seed[NOTE_SEED] = { first };
    struct note_signer s = { 0 };

    note_signer_from(name, seed, &s);
    return s;
}

static struct tree_head given_small_head(void)
{
    struct tree_head head = { .size = 20852163 };

    head.root = tree_leaf(S("some root"));
    return head;
}

static struct str join(struct test *t, struct str a, struct str b, struct str c)
{
    return str_join(t->mem, (struct str[]){ a, b, c }, 3);
}

/* The first line that `by` adds to a note of this text. */
static struct str line_by(struct test *t, const struct note_signer *by,
                          struct str text)
{
    struct str note = note_sign(t->mem, by, text);

    return str_slice(note, text.n + 1, note.n);
}

static bool verifies(struct test *t, struct str note,
                     const struct note_key *key)
{
    struct str text = S("untouched");
    struct text why = { 0 };
    enum err e = note_verify(t->mem, note, key, &text, &why);

    if (e == OK)
        return CHECK(why.zh.n == 0) && CHECK(str_starts(note, text));
    CHECK_INT(e, E_INPUT);
    CHECK(why.zh.n > 0 && why.en.n > 0);
    CHECK_STR(text, S("untouched"));
    return false;
}

TEST(note_of_another_implementation_is_verified)
{
    struct note_key key;
    struct text why;
    struct str text;

    NEED_INT(note_key_decode(t->mem, published_key, &key, &why), OK);
    CHECK_STR(key.name, S("PeterNeumann"));
    NEED_INT(note_verify(t->mem, published_note, &key, &text, &why), OK);
    CHECK(str_ends(text, S("what your problem is.\n")));
    CHECK_STR(note_key_encode(t->mem, &key), published_key);
}

TEST(note_is_signed_and_verified)
{
    struct note_signer s = given_signer(S("大泉.example/日志"), 1);
    struct note_signer again = given_signer(S("大泉.example/日志"), 1);
    struct str note = note_sign(t->mem, &s, S("一\n\nb\n"));
    struct str text;
    struct text why;

    NEED_INT(note_verify(t->mem, note, &s.key, &text, &why), OK);
    CHECK_STR(text, S("一\n\nb\n"));
    CHECK_STR(note_sign(t->mem, &again, text), note);
}

TEST(note_names_refuse_blanks_and_plus)
{
    static const struct str bad[] = {
        S_INIT(""),         S_INIT("a b"),      S_INIT("a+b"),
        S_INIT("a\nb"),     S_INIT("a\tb"),     S_INIT("a\0b"),
        S_INIT("a\u3000b"), S_INIT("a\u00a0b"), S_INIT("a\u2003"),
        S_INIT("\u2028"),   S_INIT("\xff"),     S_INIT("a\xe2\x80"),
        S_INIT("\u205f"),   S_INIT("\u1680"),
    };

    for (size_t i = 0; i < COUNT(bad); i++)
        CHECK(!note_name_is_valid(bad[i]));
    CHECK(note_name_is_valid(S("a")));
    CHECK(note_name_is_valid(S("dajuan.example/journal-2")));
    CHECK(note_name_is_valid(S("大泉")));
}

TEST(note_key_has_one_spelling)
{
    struct note_signer s = given_signer(S("a.example"), 9);
    struct str spelled = note_key_encode(t->mem, &s.key);
    struct note_key back = { 0 };
    struct text why;

    CHECK_INT(note_key_decode(t->mem, spelled, &back, &why), OK);
    CHECK_STR(back.name, s.key.name);
    CHECK(memcmp(back.key, s.key.key, NOTE_KEY) == 0);
    for (size_t i = 0; i < spelled.n; i++) {
        for (int bit = 0; bit < 8; bit++) {
            struct str copy = str_dup(t->mem, spelled);
            struct text reason = { 0 };

            ((char *)copy.p)[i] ^= (char)(1 << bit);
            CHECK_INT(note_key_decode(t->mem, copy, &back, &reason), E_INPUT);
            CHECK(reason.zh.n > 0 && reason.en.n > 0);
        }
        CHECK_INT(note_key_decode(t->mem, str_slice(spelled, 0, i), &back,
                                  &why),
                  E_INPUT);
    }
    CHECK_INT(note_key_decode(t->mem, (struct str){ NULL, 0 }, &back, &why),
              E_INPUT);
    CHECK_INT(note_key_decode(t->mem, join(t, spelled, S("\n"), S("")), &back,
                              &why),
              E_INPUT);
}

TEST(note_key_of_another_type_is_refused)
{
    struct note_signer s = given_signer(S("a.example"), 9);
    struct str typed =
        str_join(t->mem,
                 (struct str[]){ S("\x02"),
                                 { (const char *)s.key.key, NOTE_KEY } },
                 2);
    struct hash h = HASH_OF(S("a.example\n"), typed);
    struct str id = { (const char *)h.b, 4 };
    struct note_key back;
    struct text why;
    struct str head = join(t, S("a.example+"), hex_encode(t->mem, id), S("+"));

    CHECK_INT(note_key_decode(t->mem,
                              join(t, head, base64_encode(t->mem, typed),
                                   S("")),
                              &back, &why),
              E_INPUT);
}

TEST(note_head_is_three_lines)
{
    struct tree_head head = { .size = 0 };
    struct tree_head back;
    struct text why;
    struct str text;

    head.root = hash_of(NULL, 0);
    text = note_head_text(t->mem, S("a.example/x"), &head);
    CHECK_STR(text, S("a.example/x\n0\n"
                      "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"));
    NEED_INT(note_head_read(t->mem, text, S("a.example/x"), &back, &why), OK);
    CHECK_INT(back.size, 0);
    CHECK(hash_eq(&back.root, &head.root));
    head.size = UINT64_MAX;
    text = note_head_text(t->mem, S("a"), &head);
    CHECK_INT(note_head_read(t->mem, text, S("a"), &back, &why), OK);
    CHECK(back.size == UINT64_MAX);
}

#define ROOT "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="

TEST(note_head_refuses_every_other_shape)
{
    static const struct str bad[] = {
        S_INIT(""),
        S_INIT("\n"),
        S_INIT("a\n5\n"),
        S_INIT("a\n5\n" ROOT),
        S_INIT("\na\n5\n" ROOT "\n"),
        S_INIT("b\n5\n" ROOT "\n"),
        S_INIT("a \n5\n" ROOT "\n"),
        S_INIT("A\n5\n" ROOT "\n"),
        S_INIT("a\n05\n" ROOT "\n"),
        S_INIT("a\n00\n" ROOT "\n"),
        S_INIT("a\n\n" ROOT "\n"),
        S_INIT("a\n+5\n" ROOT "\n"),
        S_INIT("a\n-5\n" ROOT "\n"),
        S_INIT("a\n 5\n" ROOT "\n"),
        S_INIT("a\n5 \n" ROOT "\n"),
        S_INIT("a\n0x5\n" ROOT "\n"),
        S_INIT("a\n5.0\n" ROOT "\n"),
        S_INIT("a\n18446744073709551616\n" ROOT "\n"),
        S_INIT("a\n99999999999999999999999\n" ROOT "\n"),
        S_INIT("a\n5\n\n"),
        S_INIT("a\n5\n" ROOT "=\n"),
        S_INIT("a\n5\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU\n"),
        S_INIT("a\n5\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n"),
        S_INIT("a\n5\n47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU=\n"),
        S_INIT("a\n5\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuF==\n"),
        S_INIT("a\n5\n" ROOT "\n\n"),
        S_INIT("a\n5\n" ROOT "\nextension\n"),
        S_INIT("a\n5\n" ROOT "\nextension"),
    };

    for (size_t i = 0; i < COUNT(bad); i++) {
        struct tree_head head = { .size = 77 };
        struct text why = { 0 };

        CHECK_INT(note_head_read(t->mem, bad[i], S("a"), &head, &why), E_INPUT);
        CHECK(why.zh.n > 0 && why.en.n > 0);
        CHECK_INT(head.size, 77);
    }
}

TEST(note_head_with_any_bit_changed_is_refused)
{
    struct note_signer s = given_signer(S("a.example/x"), 1);
    struct tree_head head = given_small_head();
    struct str note = note_head_sign(t->mem, &s, &head);
    struct tree_head back;
    struct text why = { 0 };

    NEED_INT(note_head_verify(t->mem, note, &s.key, &back, &why), OK);
    CHECK_INT(back.size, head.size);
    CHECK(hash_eq(&back.root, &head.root));
    for (size_t i = 0; i < note.n; i++)
        for (int bit = 0; bit < 8; bit++) {
            char *copy = (char *)str_dup(t->mem, note).p;

            copy[i] ^= (char)(1 << bit);
            CHECK_INT(note_head_verify(t->mem, (struct str){ copy, note.n },
                                       &s.key, &back, &why),
                      E_INPUT);
        }
}

TEST(note_head_cut_or_lengthened_anywhere_is_refused)
{
    struct note_signer s = given_signer(S("a.example/x"), 1);
    struct tree_head head = given_small_head();
    struct str note = note_head_sign(t->mem, &s, &head);
    struct tree_head back;
    struct text why;

    for (size_t i = 0; i < note.n; i++) {
        struct str left = str_slice(note, 0, i);
        struct str right = str_slice(note, i + 1, note.n);

        CHECK_INT(note_head_verify(t->mem, left, &s.key, &back, &why), E_INPUT);
        CHECK_INT(note_head_verify(t->mem, join(t, left, right, S("")), &s.key,
                                   &back, &why),
                  E_INPUT);
        CHECK_INT(note_head_verify(t->mem,
                                   join(t, left, S("\n"),
                                        str_slice(note, i, note.n)),
                                   &s.key, &back, &why),
                  E_INPUT);
    }
}

TEST(note_head_pins_origin_and_key)
{
    struct note_signer s = given_signer(S("a.example/x"), 1);
    struct note_signer same_name = given_signer(S("a.example/x"), 2);
    struct note_signer same_key = given_signer(S("a.example/y"), 1);
    struct tree_head head = given_small_head();
    struct str note = note_head_sign(t->mem, &s, &head);
    struct str foreign =
        note_sign(t->mem, &s, note_head_text(t->mem, S("other"), &head));
    struct tree_head back = { .size = 77 };
    struct text why;

    CHECK_INT(note_head_verify(t->mem, note, &same_name.key, &back, &why),
              E_INPUT);
    CHECK_INT(note_head_verify(t->mem, note, &same_key.key, &back, &why),
              E_INPUT);
    CHECK(verifies(t, foreign, &s.key));
    CHECK_INT(note_head_verify(t->mem, foreign, &s.key, &back, &why), E_INPUT);
    CHECK_INT(back.size, 77);
}

TEST(note_allows_lines_of_others)
{
    struct note_signer s = given_signer(S("a"), 1);
    struct note_signer witness = given_signer(S("witness"), 2);
    struct note_signer old = given_signer(S("a"), 3);
    struct str text = S("text\n");
    struct str mine = line_by(t, &s, text);
    struct str others =
        join(t, line_by(t, &witness, text), line_by(t, &old, text),
             S("\xe2\x80\x94 short AAAAAAE=\n"));
    struct str start = S("text\n\n");

    CHECK(verifies(t, join(t, start, others, mine), &s.key));
    CHECK(verifies(t, join(t, start, mine, others), &s.key));
    CHECK(verifies(t, join(t, start, mine, mine), &s.key));
    CHECK(verifies(t, join(t, start, mine, others), &witness.key));
    CHECK(!verifies(t, join(t, start, others, S("")), &s.key));
}

TEST(note_refuses_a_misfit_in_the_pinned_name_beside_a_good_one)
{
    struct note_signer s = given_signer(S("a"), 1);
    struct str mine = line_by(t, &s, S("text\n"));
    struct str misfit = line_by(t, &s, S("other\n"));

    CHECK(verifies(t, join(t, S("text\n\n"), mine, S("")), &s.key));
    CHECK(!verifies(t, join(t, S("text\n\n"), mine, misfit), &s.key));
    CHECK(!verifies(t, join(t, S("text\n\n"), misfit, mine), &s.key));
}

TEST(note_allows_sixteen_signatures_and_no_more)
{
    struct note_signer s = given_signer(S("a"), 1);
    struct note_signer other = given_signer(S("b"), 2);
    struct str mine = line_by(t, &s, S("text\n"));
    struct str line = line_by(t, &other, S("text\n"));
    struct str note = S("text\n\n");

    for (int i = 0; i < 15; i++)
        note = join(t, note, line, S(""));
    CHECK(verifies(t, join(t, note, mine, S("")), &s.key));
    CHECK(!verifies(t, join(t, note, mine, mine), &s.key));
}

TEST(note_refuses_malformed_lines_even_of_others)
{
    static const struct str bad[] = {
        S_INIT("-- b AAAAAAE=\n"),
        S_INIT("\xe2\x80\x94"
               "b AAAAAAE=\n"),
        S_INIT("\xe2\x80\x94  b AAAAAAE=\n"),
        S_INIT("\xe2\x80\x94 b  AAAAAAE=\n"),
        S_INIT("\xe2\x80\x94 b AAAAAAE= \n"),
        S_INIT("\xe2\x80\x94 b c AAAAAAE=\n"),
        S_INIT("\xe2\x80\x94 b+c AAAAAAE=\n"),
        S_INIT("\xe2\x80\x94 b\xe3\x80\x80"
               "c AAAAAAE=\n"),
        S_INIT("\xe2\x80\x94 b AAAAAAE\n"),
        S_INIT("\xe2\x80\x94 b AAAAAAF=\n"),
        S_INIT("\xe2\x80\x94 b AAAA AAE=\n"),
        S_INIT("\xe2\x80\x94 b AAAAAA==\n"),
        S_INIT("\xe2\x80\x94 b \n"),
        S_INIT("\xe2\x80\x94 b\n"),
        S_INIT("\xe2\x80\x94 \n"),
        S_INIT("\xe2\x80\x94 b AAAAAAE=\r\n"),
        S_INIT("\xe2\x80\x94 b AAAAAAE="),
        S_INIT("\xe2\x80\x94 b AAAAAAE=\n\n"),
        S_INIT("\xe2\x80\x94 b\x01 AAAAAAE=\n"),
        S_INIT("\xe2\x80\x94 b\xff AAAAAAE=\n"),
        S_INIT("text\n"),
        S_INIT("\n"),
    };
    struct note_signer s = given_signer(S("a"), 1);
    struct str start = note_sign(t->mem, &s, S("text\n"));

    CHECK(verifies(t, join(t, start, S("\xe2\x80\x94 b AAAAAAE=\n"), S("")),
                   &s.key));
    for (size_t i = 0; i < COUNT(bad); i++)
        CHECK(!verifies(t, join(t, start, bad[i], S("")), &s.key));
}

TEST(note_refuses_text_without_signatures)
{
    static const struct str bad[] = {
        S_INIT(""),         S_INIT("\n"),         S_INIT("\n\n"),
        S_INIT("\n\n\n"),   S_INIT("text"),       S_INIT("text\n"),
        S_INIT("text\n\n"), S_INIT("text\n\n\n"),
    };
    struct note_signer s = given_signer(S("a"), 1);
    struct str line = line_by(t, &s, S("text\n"));

    for (size_t i = 0; i < COUNT(bad); i++)
        CHECK(!verifies(t, bad[i], &s.key));
    CHECK(!verifies(t, line, &s.key));
    CHECK(!verifies(t, join(t, S("\n"), line, S("")), &s.key));
    CHECK(!verifies(t, join(t, S("text\n"), line, S("")), &s.key));
}

TEST(note_refuses_more_than_its_limit)
{
    struct note_signer s = given_signer(S("a"), 1);
    char *big = mem_raw(t->mem, NOTE_LIMIT);
    struct str note;

    memset(big, 'x', NOTE_LIMIT);
    big[NOTE_LIMIT - 200] = '\n';
    note = note_sign(t->mem, &s, (struct str){ big, NOTE_LIMIT - 199 });
    CHECK(verifies(t, note, &s.key));
    big[NOTE_LIMIT - 1] = '\n';
    note = note_sign(t->mem, &s, (struct str){ big, NOTE_LIMIT });
    CHECK(!verifies(t, note, &s.key));
}
