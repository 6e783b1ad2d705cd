-- SPDX-License-Identifier: MulanPSL-2.0
-- The journal: an append-only Merkle tree (RFC 9162) of what was done.
-- Leaves hold salted commitments only; salts and changes stand beside them.
CREATE TABLE journal_entry (
    district INTEGER NOT NULL,
    seq INTEGER NOT NULL,       -- index of the leaf, from 0
    at INTEGER NOT NULL,        -- ms since 1970
    type INTEGER NOT NULL,      -- enum journal_type
    subject TEXT NOT NULL,      -- ledger name, or what else it is about
    row_id INTEGER NOT NULL,
    version INTEGER NOT NULL,   -- of the row after this entry
    previous INTEGER NOT NULL,  -- seq of the row's entry before; -1: none
    actor INTEGER NOT NULL,     -- account; 0: the shell
    batch INTEGER NOT NULL,     -- import; 0: none
    leaf BLOB NOT NULL,
    leaf_hash BLOB NOT NULL,
    salts BLOB NOT NULL,        -- 32 bytes for each commitment of the leaf
    PRIMARY KEY (district, seq)
) STRICT, WITHOUT ROWID;

-- What an entry changed, value by value.
CREATE TABLE journal_change (
    district INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    field TEXT NOT NULL,
    before TEXT,
    after TEXT,
    PRIMARY KEY (district, seq, field)
) STRICT, WITHOUT ROWID;

-- Roots of perfect subtrees of 2^8, 2^16, … leaves; derived.
CREATE TABLE journal_node (
    district INTEGER NOT NULL,
    level INTEGER NOT NULL,
    idx INTEGER NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (district, level, idx)
) STRICT, WITHOUT ROWID;

-- The right edge of the tree, so that appending reads nothing; derived.
CREATE TABLE journal_state (
    district INTEGER NOT NULL PRIMARY KEY,
    tree BLOB NOT NULL
) STRICT;

-- Signed heads (C2SP checkpoints), every one checked against the one before.
CREATE TABLE journal_head (
    district INTEGER NOT NULL,
    size INTEGER NOT NULL,
    at INTEGER NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (district, size)
) STRICT, WITHOUT ROWID;
