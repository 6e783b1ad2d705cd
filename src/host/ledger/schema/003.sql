-- SPDX-License-Identifier: MulanPSL-2.0
-- What held for a year when it was published: later rules leave it alone.
CREATE TABLE policy_frozen (
    district INTEGER NOT NULL,
    key TEXT NOT NULL,
    year INTEGER NOT NULL,
    value INTEGER NOT NULL,
    since INTEGER NOT NULL,          -- the year of the rule; 0: the usual value
    basis TEXT NOT NULL,
    PRIMARY KEY (district, key, year)
) STRICT, WITHOUT ROWID;
