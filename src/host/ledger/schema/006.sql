-- SPDX-License-Identifier: MulanPSL-2.0
-- How many rows a ledger has; derived, kept with every row.
CREATE TABLE row_count (
    district INTEGER NOT NULL,
    subject TEXT NOT NULL,           -- the ledger
    year INTEGER NOT NULL,
    voided INTEGER NOT NULL,         -- as the rows say it
    state TEXT NOT NULL,             -- '' where the ledger has none
    n INTEGER NOT NULL,
    PRIMARY KEY (district, subject, year, voided, state)
) STRICT, WITHOUT ROWID;
