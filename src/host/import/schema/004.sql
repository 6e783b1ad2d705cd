-- SPDX-License-Identifier: MulanPSL-2.0
-- Every time a batch was undone or brought back, with the reason.
CREATE TABLE import_undo (
    district INTEGER NOT NULL,
    batch INTEGER NOT NULL,
    n INTEGER NOT NULL,              -- from 1
    at INTEGER NOT NULL,
    actor INTEGER NOT NULL,
    back INTEGER NOT NULL,           -- 1: brought back
    reason TEXT NOT NULL,
    done INTEGER NOT NULL,           -- rows
    kept INTEGER NOT NULL,           -- rows that stayed as they were
    PRIMARY KEY (district, batch, n)
) STRICT, WITHOUT ROWID;
