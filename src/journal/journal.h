/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * journal.h - the append-only record of what was done, in the transaction
 * that did it.
 *
 * Every entry is a leaf of a Merkle tree (RFC 9162, tree.h). The leaf has a
 * fixed layout, big-endian, and holds no personal data:
 *
 *     "DJ2" u64 seq, u32 yyyymmdd, u16 type, u64 row, u32 version,
 *     u8 k, k commitments of 32 bytes
 *
 * A commitment is HMAC-SHA-256(r, "dajuan/commit/v1" u64 seq, u16 number,
 * u32 length, value) with a fresh random r of 32 bytes, kept beside the leaf
 * as its salt. Field 0 is the content of the row that anybody may see; every
 * personal or internal value is a field of its own, so that one can be
 * forgotten, or kept from the public, and the rest still proved. The last
 * commitment is of the circumstances: who, when, how and why. Old leaves,
 * "DJ1", have the same layout without it, and stay (docs/journal.md).
 */
#ifndef DAJUAN_JOURNAL_JOURNAL_H
#define DAJUAN_JOURNAL_JOURNAL_H

#include "base/buf.h"
#include "base/hash.h"
#include "journal/tree.h"
#include "store/scope.h"

enum journal_type {
    JOURNAL_INSERT = 1,
    JOURNAL_UPDATE = 2,
    JOURNAL_VOID = 3,
    JOURNAL_RESTORE = 4,
    JOURNAL_PUBLISH = 5,
    JOURNAL_ACCOUNT = 6, /* accounts, roles, their end */
    JOURNAL_IMPORT = 7,  /* a batch begins or is undone */
    JOURNAL_SETTING = 8,
    JOURNAL_STEP = 9, /* a row was moved by a declared step */
};

enum {
    JOURNAL_FIELDS_MAX = 32,
    JOURNAL_COMMITMENTS_MAX = JOURNAL_FIELDS_MAX + 1,
};

/* The state of one journal inside the running transaction. */
struct journal {
    int64_t district;
    struct tree_range tree;
    struct tree_range marked;
    bool changed;
};

struct journal_entry {
    enum journal_type type;
    struct str subject; /* ledger name or what else it is about */
    int64_t row;
    int64_t version;
    int64_t previous; /* seq of the row's entry before; -1: none */
    int64_t at;       /* ms since 1970 */
    int64_t actor;    /* an account, or ACTOR_… of act.h */
    int64_t batch;
    struct str step;          /* key of the step that was taken; "": none */
    struct str reason;        /* as it was given; "": none */
    const struct str *fields; /* field 0: the content; at most 32 */
    size_t fields_n;
};

struct journal_change {
    int64_t seq; /* of the entry */
    struct str field;
    struct value before, after; /* either may be NO_TEXT */
};

/* Read the state at the begin of a writing transaction. */
void journal_load(struct scope in, struct journal *ret);
/* Remember, and go back to, the state at tx_mark(). */
void journal_mark(struct journal *j);
void journal_undo(struct journal *j);
/* Has an entry been written since the mark? */
bool journal_wrote(const struct journal *j);
/* Keep the state; call once before tx_commit(). */
void journal_save(struct journal *j, struct tx *tx, struct mem *m);

/* Append; returns the entry's seq. */
int64_t journal_append(struct journal *j, struct tx *tx,
                       const struct journal_entry *e);
/* Keep what an entry changed beside it; the leaf does not hold it. */
void journal_changed(struct journal *j, struct tx *tx,
                     const struct journal_change *c);

/* The line key=value, with \ and line feed escaped as \\ and \n. */
void journal_line(struct buf *b, struct str key, struct str value);
/*
 * What an entry's last commitment is of, seven lines:
 *
 *     subject=service.claim
 *     step=accept
 *     reason=
 *     actor=5
 *     at=1732000000000
 *     batch=0
 *     previous=17
 */
struct str journal_circumstances(struct mem *m, const struct journal_entry *e);

/* The commitment with this number, as above. */
struct hash journal_commit(const struct hash *salt, uint64_t seq,
                           unsigned number, struct str value);

/* Does a leaf with these salts commit to exactly these fields? */
bool journal_fits(struct str leaf, struct str salts, const struct str *fields,
                  size_t n);
/* And to these circumstances? An old leaf says nothing of them: true. */
bool journal_fits_how(struct str leaf, struct str salts,
                      struct str circumstances);

/* A leaf taken apart. */
struct journal_leaf {
    uint64_t seq;
    uint32_t day;
    unsigned type;
    uint64_t row;
    uint32_t version;
    unsigned k;        /* commitments */
    unsigned fields_n; /* those of fields, which come first */
    struct hash commitments[JOURNAL_COMMITMENTS_MAX];
};
/* False unless `leaf` is exactly one leaf of the layout above, old or new. */
bool journal_leaf_read(struct str leaf, struct journal_leaf *ret) MUST_CHECK;

/*
 * For struct tree_source (tree_proof.h): stored nodes, leaves below. `arg` is
 * the struct scope they are read in.
 */
bool journal_hash(void *arg, unsigned level, uint64_t index,
                  struct hash *ret_hash);

#endif
