-- SPDX-License-Identifier: MulanPSL-2.0
-- Accounts, what they may, and who is signed in.
CREATE TABLE access_account (
    district INTEGER NOT NULL,
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    login TEXT NOT NULL,
    password TEXT NOT NULL,          -- Argon2id, as libsodium writes it
    roles INTEGER NOT NULL,          -- enum role, together
    org INTEGER NOT NULL,            -- scope of ROLE_EDITOR; 0: none
    made_at INTEGER NOT NULL,
    ended_at INTEGER NOT NULL,       -- 0: may sign in
    failures INTEGER NOT NULL,       -- wrong passwords in a row
    locked_until INTEGER NOT NULL,
    PRIMARY KEY (district, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX access_account_login ON access_account (district, login);

-- Only the hash of a token is kept.
CREATE TABLE access_session (
    district INTEGER NOT NULL,
    token_hash BLOB NOT NULL,
    account INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (district, token_hash)
) STRICT, WITHOUT ROWID;

-- One-time links: for the first set-up, and to sign in from the shell.
CREATE TABLE access_link (
    district INTEGER NOT NULL,
    token_hash BLOB NOT NULL,
    account INTEGER NOT NULL,        -- 0: the first set-up
    until INTEGER NOT NULL,
    PRIMARY KEY (district, token_hash)
) STRICT, WITHOUT ROWID;

-- The key that form tokens are made with; one per district.
CREATE TABLE access_secret (
    district INTEGER NOT NULL PRIMARY KEY,
    key BLOB NOT NULL
) STRICT;
