/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Signed notes, read strictly: one spelling for every note, so that a head
 * which was printed, mailed and cosigned is the same bytes everywhere. What
 * is signed is the text with its last newline; the empty line and the
 * signature lines are not covered.
 */
#include "journal/note.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <inttypes.h>
#include <sodium.h>
#include <string.h>

enum { ID = 4, SIGNATURE = 64, TYPE_ED25519 = 0x01 };

static const struct str dash = S_INIT("\xe2\x80\x94 ");

struct line {
    struct str name;
    struct str bytes; /* id ‖ signature */
};

static bool refuse(struct text *ret_reason, struct text why)
{
    *ret_reason = why;
    return false;
}

/* White_Space of Unicode, without the control characters. */
static bool is_blank(int32_t c)
{
    return c == ' ' || c == 0x85 || c == 0xa0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 ||
           c == 0x202f || c == 0x205f || c == 0x3000;
}

bool note_name_is_valid(struct str name)
{
    if (name.n == 0)
        return false;
    while (name.n) {
        int32_t c = utf8_next(&name);

        if (c < ' ' || c == '+' || is_blank(c))
            return false;
    }
    return true;
}

/* UTF-8 without control characters except the newline. */
static bool is_note_text(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < ' ' && s.p[i] != '\n')
            return false;
    return utf8_valid(s);
}

static struct str key_bytes(const struct note_key *key)
{
    return (struct str){ (const char *)key->key, NOTE_KEY };
}

static struct hash key_hash(const struct note_key *key)
{
    return HASH_OF(key->name, S("\n\x01"), key_bytes(key));
}

void note_signer_from(struct str name, const unsigned char seed[NOTE_SEED],
                      struct note_signer *ret_signer)
{
    if (!note_name_is_valid(name))
        BUG("a signer cannot be called so");
    ret_signer->key.name = name;
    crypto_sign_seed_keypair(ret_signer->key.key, ret_signer->secret, seed);
}

struct str note_key_encode(struct mem *m, const struct note_key *key)
{
    struct hash h = key_hash(key);
    struct str typed =
        str_join(m, (struct str[]){ S("\x01"), key_bytes(key) }, 2);
    struct str parts[] = { key->name, S("+"),
                           hex_encode(m, (struct str){ (char *)h.b, ID }),
                           S("+"), base64_encode(m, typed) };

    return str_join(m, parts, COUNT(parts));
}

enum err note_key_decode(struct mem *m, struct str s, struct note_key *ret_key,
                         struct text *ret_reason)
{
    struct str rest = s.p ? s : S("");
    struct note_key key = { 0 };
    struct str id;
    struct str typed;

    if (!str_cut(&rest, S("+"), &key.name) || !str_cut(&rest, S("+"), &id) ||
        !rest.p || !note_name_is_valid(key.name))
        refuse(ret_reason, TEXT("公钥应写成“名称+编号+密钥”三段",
                                "a key is written as name+id+key"));
    else if (rest.n != 44 || !base64_decode(m, rest, &typed) ||
             typed.n != 1 + NOTE_KEY || typed.p[0] != TYPE_ED25519)
        refuse(ret_reason, TEXT("公钥第三段不是 Ed25519 密钥",
                                "the key's third part is no Ed25519 key"));
    else {
        memcpy(key.key, typed.p + 1, NOTE_KEY);
        if (str_eq(note_key_encode(m, &key), s)) {
            *ret_key = key;
            return OK;
        }
        refuse(ret_reason,
               TEXT("公钥编号与名称、密钥不符，请核对是否抄错",
                    "the key's id does not fit its name and key; check "
                    "that it was copied whole"));
    }
    return E_INPUT;
}

struct str note_sign(struct mem *m, const struct note_signer *signer,
                     struct str text)
{
    unsigned char bytes[ID + SIGNATURE];
    struct hash h = key_hash(&signer->key);
    struct str parts[7] = { text, S("\n"), dash, signer->key.name, S(" ") };

    if (!str_ends(text, S("\n")) || !is_note_text(text))
        BUG("text that cannot be signed");
    memcpy(bytes, h.b, ID);
    crypto_sign_detached(bytes + ID, NULL, (const unsigned char *)text.p,
                         text.n, signer->secret);
    parts[5] = base64_encode(m, (struct str){ (char *)bytes, sizeof(bytes) });
    parts[6] = S("\n");
    return str_join(m, parts, COUNT(parts));
}

/* At the last empty line. */
static bool note_split(struct str note, struct str *ret_text,
                       struct str *ret_lines, struct text *ret_reason)
{
    size_t at = note.n;

    if (note.n > NOTE_LIMIT)
        return refuse(ret_reason,
                      TEXT("签名文本超过 256 KiB", "the note is over 256 KiB"));
    if (!is_note_text(note))
        return refuse(ret_reason, TEXT("签名文本不是 UTF-8，或含控制字符",
                                       "the note is not UTF-8 or has control "
                                       "characters"));
    while (at >= 2 && !(note.p[at - 1] == '\n' && note.p[at - 2] == '\n'))
        at--;
    if (at < 2 || at == note.n || note.p[note.n - 1] != '\n')
        return refuse(ret_reason,
                      TEXT("正文之后应有一个空行和签名行，"
                           "每行以换行结束",
                           "after the text there must be an empty line "
                           "and signature lines, each ended by a newline"));
    *ret_text = str_slice(note, 0, at - 1);
    *ret_lines = str_slice(note, at, note.n);
    return true;
}

static bool line_read(struct mem *m, struct str s, struct line *ret_line)
{
    struct str rest = str_slice(s, dash.n, s.n);
    struct line line;

    if (!str_starts(s, dash) || !str_cut(&rest, S(" "), &line.name) ||
        !rest.p || !note_name_is_valid(line.name) ||
        !base64_decode(m, rest, &line.bytes) || line.bytes.n <= ID)
        return false;
    *ret_line = line;
    return true;
}

static bool line_is_by(const struct line *line, const struct note_key *key)
{
    struct hash h = key_hash(key);

    return str_eq(line->name, key->name) && memcmp(line->bytes.p, h.b, ID) == 0;
}

static bool line_fits(const struct line *line, struct str text,
                      const struct note_key *key)
{
    return line->bytes.n == ID + SIGNATURE &&
           crypto_sign_verify_detached((const unsigned char *)line->bytes.p +
                                           ID,
                                       (const unsigned char *)text.p, text.n,
                                       key->key) == 0;
}

/* Every line must be well formed, every one by `key` fit, and one be so. */
static bool lines_check(struct mem *m, struct str lines, struct str text,
                        const struct note_key *key, struct text *ret_reason)
{
    struct str part;
    struct line line;
    int count = 0;
    bool found = false;

    lines.n--; /* the last newline: what is left are lines between newlines */
    while (str_cut(&lines, S("\n"), &part)) {
        if (++count > NOTE_SIGNATURES)
            return refuse(ret_reason,
                          TEXT("签名超过 16 个", "more than 16 signatures"));
        if (!line_read(m, part, &line))
            return refuse(ret_reason,
                          text_fmt(m, "第 %d 行签名的格式不对",
                                   "signature line %d is malformed", count));
        if (!line_is_by(&line, key))
            continue;
        if (!line_fits(&line, text, key))
            return refuse(ret_reason,
                          TEXT("签名与正文不符：正文或签名被改动过",
                               "the signature does not fit the text: one "
                               "of them was changed"));
        found = true;
    }
    return found ||
           refuse(ret_reason, TEXT("没有所要求的密钥的签名",
                                   "no signature by the expected key"));
}

enum err note_verify(struct mem *m, struct str note, const struct note_key *key,
                     struct str *ret_text, struct text *ret_reason)
{
    struct str text;
    struct str lines;

    if (!note_split(note, &text, &lines, ret_reason) ||
        !lines_check(m, lines, text, key, ret_reason))
        return E_INPUT;
    *ret_text = text;
    return OK;
}

struct str note_head_text(struct mem *m, struct str origin,
                          const struct tree_head *head)
{
    struct str root = base64_encode(m, hash_str(&head->root));

    if (!note_name_is_valid(origin))
        BUG("a journal cannot be called so");
    return str_fmt(m, "%.*s\n%" PRIu64 "\n%.*s\n", STR_ARG(origin), head->size,
                   STR_ARG(root));
}

/* Decimal, without sign or leading zeros. */
static bool size_read(struct str s, uint64_t *ret_size)
{
    uint64_t size = 0;

    if (s.n == 0 || (s.n > 1 && s.p[0] == '0'))
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9' ||
            __builtin_mul_overflow(size, 10, &size) ||
            __builtin_add_overflow(size, (uint64_t)(s.p[i] - '0'), &size))
            return false;
    }
    *ret_size = size;
    return true;
}

static bool root_read(struct mem *m, struct str s, struct hash *ret_root)
{
    struct str bytes;

    return s.n == 44 && base64_decode(m, s, &bytes) &&
           hash_from(bytes, ret_root);
}

enum err note_head_read(struct mem *m, struct str text, struct str origin,
                        struct tree_head *ret_head, struct text *ret_reason)
{
    struct str rest = text.p ? text : S("");
    struct str line[4];
    struct tree_head head;

    for (size_t i = 0; i < 4; i++)
        if (!str_cut(&rest, S("\n"), &line[i])) {
            refuse(ret_reason, TEXT("树头应有来源、条数、根三行",
                                    "a head has three lines: origin, "
                                    "size, root"));
            return E_INPUT;
        }
    if (line[3].n || rest.p)
        refuse(ret_reason, TEXT("树头在三行之后不得再有内容",
                                "nothing may follow the three lines of a "
                                "head"));
    else if (!str_eq(line[0], origin))
        refuse(ret_reason,
               TEXT("树头来自另一个日志", "the head is of another journal"));
    else if (!size_read(line[1], &head.size))
        refuse(ret_reason,
               TEXT("树头第二行不是条数", "the head's second line is no size"));
    else if (!root_read(m, line[2], &head.root))
        refuse(ret_reason,
               TEXT("树头第三行不是根", "the head's third line is no root"));
    else {
        *ret_head = head;
        return OK;
    }
    return E_INPUT;
}

struct str note_head_sign(struct mem *m, const struct note_signer *signer,
                          const struct tree_head *head)
{
    return note_sign(m, signer, note_head_text(m, signer->key.name, head));
}

enum err note_head_verify(struct mem *m, struct str note,
                          const struct note_key *key,
                          struct tree_head *ret_head, struct text *ret_reason)
{
    struct str text;
    enum err e = note_verify(m, note, key, &text, ret_reason);

    return e ? e : note_head_read(m, text, key->name, ret_head, ret_reason);
}
