-- SPDX-License-Identifier: MulanPSL-2.0
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
                                     -- below 0: months, levels of ranks
    category TEXT NOT NULL,
    rank INTEGER NOT NULL,
    n INTEGER NOT NULL,
    sum INTEGER NOT NULL,
    PRIMARY KEY (district, year, kind, scope, category, rank)
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
