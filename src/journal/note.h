/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * note.h - signed notes and tree heads (C2SP signed-note, tlog-checkpoint).
 *
 * A note is text, an empty line and signature lines:
 *
 *     dajuan.example/journal
 *     20852163
 *     CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
 *
 *     — dajuan.example/journal Az3grl…
 *
 * Signatures are Ed25519 (type 0x01). Whoever verifies has the name and the
 * key beforehand; lines by others (a witness, an older key) are allowed but
 * prove nothing. A head has the signer's name as its origin and no extension
 * lines. Reasons are set on failure only and say what is wrong.
 */
#ifndef DAJUAN_JOURNAL_NOTE_H
#define DAJUAN_JOURNAL_NOTE_H

#include "base/text.h"
#include "journal/tree.h"

enum {
    NOTE_SIGNATURES = 16,
    NOTE_LIMIT = 256 * 1024, /* bytes of a whole note */
    NOTE_KEY = 32,           /* bytes of an Ed25519 public key */
    NOTE_SEED = 32, /* bytes from which a signer is made: keep secret */
};

/* What a verifier pins. */
struct note_key {
    struct str name; /* also the origin of the heads it signs */
    unsigned char key[NOTE_KEY];
};

struct note_signer {
    struct note_key key;
    unsigned char secret[64]; /* as libsodium keeps it: seed ‖ key */
};

/*
 * May a key be called this? Not empty, UTF-8, without blanks of any
 * script, '+' or control characters.
 */
bool note_name_is_valid(struct str name);

/*
 * The key pair of a seed; the name is borrowed. An invalid name is a BUG.
 * For a new key fill the seed with hash_random().
 */
void note_signer_from(struct str name, const unsigned char seed[NOTE_SEED],
                      struct note_signer *ret_signer);

/* The key as others write it down: name+hex(id)+base64(0x01 ‖ key). */
struct str note_key_encode(struct mem *m, const struct note_key *key);
/* Only that one spelling, with the id that fits. The name is borrowed. */
enum err note_key_decode(struct mem *m, struct str s, struct note_key *ret_key,
                         struct text *ret_reason) MUST_CHECK;

/*
 * The note of this text with one signature. A text that is empty, does not
 * end its last line, is not UTF-8 or has control characters is a BUG.
 */
struct str note_sign(struct mem *m, const struct note_signer *signer,
                     struct str text);

/*
 * The text (borrowed from `note`) if it is signed by `key`. E_INPUT: the
 * note is malformed anywhere, a signature in this key's name does not fit,
 * or there is none.
 */
enum err note_verify(struct mem *m, struct str note, const struct note_key *key,
                     struct str *ret_text, struct text *ret_reason) MUST_CHECK;

/* The three lines of a head. An origin that is no valid name is a BUG. */
struct str note_head_text(struct mem *m, struct str origin,
                          const struct tree_head *head);
/* Back; the origin must be the given one. E_INPUT on anything else. */
enum err note_head_read(struct mem *m, struct str text, struct str origin,
                        struct tree_head *ret_head,
                        struct text *ret_reason) MUST_CHECK;

/* A head as a signed note, and back. */
struct str note_head_sign(struct mem *m, const struct note_signer *signer,
                          const struct tree_head *head);
enum err note_head_verify(struct mem *m, struct str note,
                          const struct note_key *key,
                          struct tree_head *ret_head,
                          struct text *ret_reason) MUST_CHECK;

#endif
