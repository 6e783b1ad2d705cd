-- SPDX-License-Identifier: MulanPSL-2.0
-- A file that waits for a decision; bookkeeping.
CREATE TABLE import_upload (
    district INTEGER NOT NULL,
    id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    actor INTEGER NOT NULL,
    file TEXT NOT NULL,
    mapping TEXT NOT NULL,
    batch INTEGER NOT NULL,          -- 0: not imported yet
    bytes BLOB NOT NULL,             -- last: SQLite reads all before a column
    PRIMARY KEY (district, id)
) STRICT;
