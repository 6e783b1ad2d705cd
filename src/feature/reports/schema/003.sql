-- SPDX-License-Identifier: MulanPSL-2.0
-- What was published, in sections that are found and read one by one: in the
-- order of their numbers they are the bundle (docs/bundle.md). Never changed
-- once the version is public.
CREATE TABLE reports_section (
    district INTEGER NOT NULL,
    frozen INTEGER NOT NULL,  -- whose: of reports_version, reports_attempt
    number INTEGER NOT NULL,  -- from 0
    part TEXT NOT NULL,       -- "rows KEY", "parts KEY": of a list; "row LEDGER";
                              -- "tail"; "whole": not cut yet; "": all else
    first INTEGER NOT NULL,   -- item of the list from 0, or id of the row
    bytes BLOB NOT NULL,
    PRIMARY KEY (district, frozen, number)
) STRICT;

CREATE INDEX reports_section_part ON reports_section
    (district, frozen, part, first);

-- What is being published: until it is done, and taken away with it.
CREATE TABLE reports_attempt (
    district INTEGER NOT NULL,
    frozen INTEGER NOT NULL,
    report INTEGER NOT NULL,
    at INTEGER NOT NULL,      -- ms since 1970, of the newest sign of life
    PRIMARY KEY (district, frozen)
) STRICT, WITHOUT ROWID;

-- One at a time.
CREATE UNIQUE INDEX reports_attempt_report ON reports_attempt (district, report);

ALTER TABLE reports_version ADD COLUMN frozen INTEGER NOT NULL DEFAULT 0;
-- 0: it is in the journal and its proofs are being made.
ALTER TABLE reports_version ADD COLUMN public INTEGER NOT NULL DEFAULT 1;

UPDATE reports_version SET frozen = (SELECT count(*) FROM reports_version v
    WHERE v.district = reports_version.district
    AND (v.report < reports_version.report
    OR (v.report = reports_version.report
    AND v.version <= reports_version.version)));

CREATE UNIQUE INDEX reports_version_frozen ON reports_version
    (district, frozen);

INSERT INTO reports_section (district, frozen, number, part, first, bytes)
    SELECT district, frozen, 0, 'whole', 0, content FROM reports_version;
INSERT INTO reports_section (district, frozen, number, part, first, bytes)
    SELECT district, frozen, 1, 'tail', 0, tail FROM reports_version;

ALTER TABLE reports_version DROP COLUMN content;
ALTER TABLE reports_version DROP COLUMN tail;
