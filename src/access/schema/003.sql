-- SPDX-License-Identifier: MulanPSL-2.0
-- Wrong passwords, by what was tried and from where; a hash tells them apart,
-- so that a name nobody has is counted as one that somebody has.
ALTER TABLE access_account DROP COLUMN failures;
ALTER TABLE access_account DROP COLUMN locked_until;
CREATE TABLE access_try (
    district INTEGER NOT NULL,
    subject BLOB NOT NULL,
    failures INTEGER NOT NULL,
    at INTEGER NOT NULL,             -- of the last one
    PRIMARY KEY (district, subject)
) STRICT, WITHOUT ROWID;

-- Browsers from which somebody signed in to an account before.
CREATE TABLE access_known (
    district INTEGER NOT NULL,
    token_hash BLOB NOT NULL,
    account INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (district, token_hash, account)
) STRICT, WITHOUT ROWID;
