-- SPDX-License-Identifier: MulanPSL-2.0
-- By which names, folded, references find the rows of a ledger; derived.
CREATE TABLE row_name (
    district INTEGER NOT NULL,
    subject TEXT NOT NULL,           -- the ledger
    name TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    PRIMARY KEY (district, subject, name, row_id)
) STRICT, WITHOUT ROWID;
