-- SPDX-License-Identifier: MulanPSL-2.0
-- What the host keeps beside the tables made from ledger declarations.
CREATE TABLE district (
    id INTEGER NOT NULL PRIMARY KEY, -- division code, 370212
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    journal_key TEXT NOT NULL        -- name and public key of its journal
) STRICT;

-- One countable fact of one ledger row; derived from the row.
CREATE TABLE record (
    district INTEGER NOT NULL,
    year INTEGER NOT NULL,
    kind TEXT NOT NULL,
    category TEXT NOT NULL,
    rank INTEGER NOT NULL,
    row_id INTEGER NOT NULL,
    org INTEGER NOT NULL,
    place INTEGER NOT NULL,
    day INTEGER NOT NULL,
    quantity INTEGER NOT NULL,
    PRIMARY KEY (district, year, kind, category, rank, row_id)
) STRICT, WITHOUT ROWID;

-- Number and sum of records; derived, kept with every record.
CREATE TABLE tally (
    district INTEGER NOT NULL,
    year INTEGER NOT NULL,
    kind TEXT NOT NULL,
    scope INTEGER NOT NULL,          -- 0: the district, an organisation, or
                                     -- below 0: a level of ranks (record.h)
    category TEXT NOT NULL,
    rank INTEGER NOT NULL,
    n INTEGER NOT NULL,
    sum INTEGER NOT NULL,
    PRIMARY KEY (district, year, kind, scope, category, rank)
) STRICT, WITHOUT ROWID;

-- One import of one file; undone as a whole.
CREATE TABLE import_batch (
    district INTEGER NOT NULL,
    id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    actor INTEGER NOT NULL,
    file TEXT NOT NULL,
    added INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    same INTEGER NOT NULL,
    wrong INTEGER NOT NULL,
    undone_at INTEGER NOT NULL,
    PRIMARY KEY (district, id)
) STRICT, WITHOUT ROWID;

-- A file that waits for a decision; bookkeeping.
CREATE TABLE import_upload (
    district INTEGER NOT NULL,
    id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    actor INTEGER NOT NULL,
    file TEXT NOT NULL,
    bytes BLOB NOT NULL,
    mapping TEXT NOT NULL,
    batch INTEGER NOT NULL,          -- 0: not imported yet
    PRIMARY KEY (district, id)
) STRICT;

-- Answers already given to a form, so that sending twice is once.
CREATE TABLE answered_form (
    district INTEGER NOT NULL,
    token TEXT NOT NULL,
    at INTEGER NOT NULL,
    location TEXT NOT NULL,
    PRIMARY KEY (district, token)
) STRICT, WITHOUT ROWID;

-- Rules of the place, with the document they are based on.
CREATE TABLE policy (
    district INTEGER NOT NULL,
    key TEXT NOT NULL,
    year INTEGER NOT NULL,           -- holds from this year on
    value INTEGER NOT NULL,
    basis TEXT NOT NULL,
    PRIMARY KEY (district, key, year)
) STRICT, WITHOUT ROWID;
