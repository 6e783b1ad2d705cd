-- SPDX-License-Identifier: MulanPSL-2.0
-- What a person said that the columns of a sheet are, for the next of its kind.
CREATE TABLE import_mapping (
    district INTEGER NOT NULL,
    shape TEXT NOT NULL,             -- a hash of its folded headers
    at INTEGER NOT NULL,
    actor INTEGER NOT NULL,
    file TEXT NOT NULL,              -- that was imported so
    ledger TEXT NOT NULL,
    columns TEXT NOT NULL,           -- "key 3" a line: column of the sheet
    PRIMARY KEY (district, shape)
) STRICT, WITHOUT ROWID;
