-- SPDX-License-Identifier: MulanPSL-2.0
-- The day that pages are read on, and up to which time has taken its steps.
CREATE TABLE clock (
    district INTEGER NOT NULL PRIMARY KEY,
    day INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What a row is from a day until another (period.h); derived.
CREATE TABLE period (
    district INTEGER NOT NULL,
    kind TEXT NOT NULL,              -- ledger and column
    row_id INTEGER NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER NOT NULL,          -- the day after the last, or 99999999
    category TEXT NOT NULL,
    year INTEGER NOT NULL,           -- of the row
    PRIMARY KEY (district, kind, row_id, since)
) STRICT, WITHOUT ROWID;
CREATE INDEX period_day ON period (district, kind, category, year, since, until);

-- A step that somebody is expected to take (due.h); derived.
CREATE TABLE due (
    district INTEGER NOT NULL,
    subject TEXT NOT NULL,           -- the ledger
    row_id INTEGER NOT NULL,
    step TEXT NOT NULL,
    day INTEGER NOT NULL,            -- by which day; 0: as soon as can be
    since INTEGER NOT NULL,          -- from which day on it is work for today
    who INTEGER NOT NULL,            -- an organisation, 0: officers, -1: time, -2: refused to time
    year INTEGER NOT NULL,           -- of the row
    PRIMARY KEY (district, subject, row_id, step)
) STRICT, WITHOUT ROWID;
CREATE INDEX due_who ON due (district, who, subject, step, since);
CREATE INDEX due_day ON due (district, who, day);
