-- SPDX-License-Identifier: MulanPSL-2.0
-- The audit record: who signed in, what happened to accounts, who saw or took
-- out personal values. Each hash is over the one before and this entry.
CREATE TABLE access_audit (
    district INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    kind INTEGER NOT NULL,           -- enum audit_kind
    actor INTEGER NOT NULL,          -- an account, or ACTOR_...
    address TEXT NOT NULL,           -- of who asked; '': the shell
    account INTEGER NOT NULL,        -- that it is about; 0: none
    what TEXT NOT NULL,              -- ledger, figure, or keys of roles
    form TEXT NOT NULL,              -- page, csv, ...; '': none
    n INTEGER NOT NULL,              -- rows, sessions, or the organisation
    hash BLOB NOT NULL,
    PRIMARY KEY (district, seq)
) STRICT, WITHOUT ROWID;

-- Which entries there are: the oldest kept one follows `former`.
CREATE TABLE access_audit_span (
    district INTEGER NOT NULL PRIMARY KEY,
    first INTEGER NOT NULL,
    former BLOB NOT NULL,
    last INTEGER NOT NULL,
    hash BLOB NOT NULL               -- of the last one
) STRICT;

-- At which count of failures it was noted that somebody was slowed down.
ALTER TABLE access_try ADD COLUMN noted INTEGER NOT NULL DEFAULT 0;
