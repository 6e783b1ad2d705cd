/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Vectors hold numbers up to 2^64 - 1, which the JSON library cannot carry:
 * its integers have 63 bits and its reals lose digits. So a vector is read
 * twice: once as it is, which checks the grammar and tells numbers from
 * strings, and once with every number put in quotes, which gives its digits.
 */
#include "journal/vector.h"

#include "base/buf.h"
#include "journal/tree_proof.h"

#include <jansson.h>

struct vector {
    struct mem *m;       /* ends with the check */
    json_t *plain;       /* numbers are reals */
    json_t *quoted;      /* numbers are strings */
    struct mem *caller;  /* where the reason lives */
    struct text *reason; /* set when something is not as it must be */
};

struct proof_read {
    struct tree_proof proof;
    bool fits; /* it had only whole hashes, and not too many */
};

static bool refuse(struct vector *v, const char *key, const char *zh,
                   const char *en)
{
    *v->reason =
        text_fmt(v->caller, "“%s”%s%.0s", "\"%s\" %.0s%s", key, zh, en);
    return false;
}

static void release(void *json)
{
    json_decref(json);
}

static json_t *load(struct mem *m, struct str s, json_error_t *ret_error)
{
    json_t *j =
        json_loadb(s.p, s.n, JSON_REJECT_DUPLICATES | JSON_DECODE_INT_AS_REAL,
                   ret_error);

    if (j)
        mem_defer(m, release, j);
    return j;
}

static bool is_number_byte(char c)
{
    return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' ||
           c == 'e' || c == 'E';
}

static bool starts_number(char c)
{
    return c == '-' || (c >= '0' && c <= '9');
}

/* Bytes of the string, number or other byte that JSON starts with. */
static size_t token_length(struct str s)
{
    size_t n = 1;

    if (starts_number(s.p[0])) {
        while (n < s.n && is_number_byte(s.p[n]))
            n++;
    } else if (s.p[0] == '"') {
        while (n < s.n && s.p[n] != '"')
            n += s.p[n] == '\\' ? 2 : 1;
        n++;
    }
    return n;
}

static struct str quote_numbers(struct mem *m, struct str s)
{
    struct buf *b = buf_new(m, 3 * s.n);

    while (s.n) {
        size_t n = token_length(s);
        bool number = starts_number(s.p[0]);

        if (number)
            buf_lit(b, "\"");
        buf_put(b, str_slice(s, 0, n));
        if (number)
            buf_lit(b, "\"");
        s = str_slice(s, n, s.n);
    }
    return buf_str(b);
}

static struct str string_of(const json_t *j)
{
    return (struct str){ json_string_value(j), json_string_length(j) };
}

static bool get_number(struct vector *v, const char *key, uint64_t *ret)
{
    struct str digits = string_of(json_object_get(v->quoted, key));
    uint64_t n = 0;

    if (!json_is_real(json_object_get(v->plain, key)))
        return refuse(v, key, "应是数字", "must be a number");
    for (size_t i = 0; i < digits.n; i++)
        if (digits.p[i] < '0' || digits.p[i] > '9' ||
            __builtin_mul_overflow(n, 10, &n) ||
            __builtin_add_overflow(n, (uint64_t)(digits.p[i] - '0'), &n))
            return refuse(v, key, "应在 0 与 2^64-1 之间",
                          "must be whole and from 0 to 2^64-1");
    *ret = n;
    return true;
}

/* Bytes in base64; null is none. */
static bool get_bytes(struct vector *v, const json_t *j, const char *key,
                      struct str *ret)
{
    if (json_is_null(j)) {
        *ret = S("");
        return true;
    }
    if (!json_is_string(j) || !base64_decode(v->m, string_of(j), ret))
        return refuse(v, key, "应是 base64", "must be base64");
    return true;
}

static bool get_hash(struct vector *v, const char *key, struct str *ret)
{
    return get_bytes(v, json_object_get(v->plain, key), key, ret);
}

static bool get_proof(struct vector *v, struct proof_read *ret)
{
    const json_t *j = json_object_get(v->plain, "proof");
    size_t n = json_array_size(j);
    struct str *parts = NEW_ARRAY(v->m, struct str, n);

    if (!json_is_array(j) && !json_is_null(j))
        return refuse(v, "proof", "应是列表或 null", "must be a list or null");
    for (size_t i = 0; i < n; i++)
        if (!get_bytes(v, json_array_get(j, i), "proof", &parts[i]))
            return false;
    ret->fits = tree_proof_from(parts, n, &ret->proof);
    return true;
}

static bool check_inclusion(struct vector *v, bool *ret_accepted)
{
    uint64_t index;
    struct tree_head head;
    struct hash leaf;
    struct str root_bytes;
    struct str leaf_bytes;
    struct proof_read p = { 0 };

    if (!get_number(v, "leafIdx", &index) ||
        !get_number(v, "treeSize", &head.size) ||
        !get_hash(v, "root", &root_bytes) ||
        !get_hash(v, "leafHash", &leaf_bytes) || !get_proof(v, &p))
        return false;
    *ret_accepted = p.fits && hash_from(root_bytes, &head.root) &&
                    hash_from(leaf_bytes, &leaf) &&
                    tree_inclusion_verify(&leaf, index, &head, &p.proof);
    return true;
}

static bool check_consistency(struct vector *v, bool *ret_accepted)
{
    struct tree_head head1;
    struct tree_head head2;
    struct str bytes1;
    struct str bytes2;
    struct proof_read p = { 0 };

    if (!get_number(v, "size1", &head1.size) ||
        !get_number(v, "size2", &head2.size) ||
        !get_hash(v, "root1", &bytes1) || !get_hash(v, "root2", &bytes2) ||
        !get_proof(v, &p))
        return false;
    *ret_accepted = p.fits && hash_from(bytes1, &head1.root) &&
                    hash_from(bytes2, &head2.root) &&
                    tree_consistency_verify(&head1, &head2, &p.proof);
    return true;
}

/* Which of the two it is, by its keys; a vector must not be both. */
static bool check(struct vector *v, bool *ret_accepted, bool *ret_want_error)
{
    bool inclusion = json_object_get(v->plain, "leafIdx") != NULL;
    bool consistency = json_object_get(v->plain, "size1") != NULL;
    const json_t *want = json_object_get(v->plain, "wantErr");

    if (inclusion == consistency)
        return refuse(v, "leafIdx / size1", "应恰有其一",
                      "must be there, one of the two");
    if (!json_is_boolean(want))
        return refuse(v, "wantErr", "应是 true 或 false",
                      "must be true or false");
    *ret_want_error = json_is_true(want);
    return inclusion ? check_inclusion(v, ret_accepted)
                     : check_consistency(v, ret_accepted);
}

static bool vector_read(struct vector *v, struct str json)
{
    json_error_t at = { .line = 1 };

    if (json.n > VECTOR_LIMIT) {
        *v->reason = TEXT("向量文件超过 1 MiB", "the vector is over 1 MiB");
        return false;
    }
    /* The library takes a NUL behind a number for a blank. */
    if (str_find(json, S("\0")) == SIZE_MAX)
        v->plain = load(v->m, json, &at);
    if (v->plain)
        v->quoted = load(v->m, quote_numbers(v->m, json), &at);
    if (!json_is_object(v->quoted)) {
        *v->reason = text_fmt(v->caller, "第 %d 行：不是 JSON 对象",
                              "line %d: not a JSON object", at.line);
        return false;
    }
    return true;
}

static struct text verdict(bool accepted, bool want_error)
{
    if (accepted && want_error)
        return TEXT("证明应被拒绝，却被接受",
                    "the proof was accepted but must be refused");
    if (!accepted && !want_error)
        return TEXT("证明应被接受，却被拒绝",
                    "the proof was refused but must be accepted");
    return (struct text){ S(""), S("") };
}

enum err vector_check(struct mem *m, struct str json, bool *ret_as_wanted,
                      struct text *ret_reason)
{
    struct vector v = { .m = mem_child(m), .caller = m, .reason = ret_reason };
    bool accepted;
    bool want_error;
    enum err e = E_INPUT;

    if (vector_read(&v, json) && check(&v, &accepted, &want_error)) {
        *ret_as_wanted = accepted != want_error;
        *ret_reason = verdict(accepted, want_error);
        e = OK;
    }
    mem_free(v.m);
    return e;
}
