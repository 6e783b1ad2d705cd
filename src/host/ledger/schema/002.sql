-- SPDX-License-Identifier: MulanPSL-2.0
-- What an office has chosen for its house, by name.
CREATE TABLE setting (
    district INTEGER NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (district, key)
) STRICT, WITHOUT ROWID;
