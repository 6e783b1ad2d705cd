-- SPDX-License-Identifier: MulanPSL-2.0
-- Answer sheets: the text that is being written, and what was published.
CREATE TABLE reports_report (
    district INTEGER NOT NULL,
    id INTEGER NOT NULL,
    slug TEXT NOT NULL,       -- in addresses: "2024"
    year INTEGER NOT NULL,    -- programme year of its figures
    zh TEXT NOT NULL,
    en TEXT NOT NULL,         -- may be empty
    edition INTEGER NOT NULL, -- how often it was saved
    seq INTEGER NOT NULL,     -- its newest journal entry
    PRIMARY KEY (district, id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX reports_report_slug ON reports_report (district, slug);

-- Never changed once written. Content and tail together are the bundle.
CREATE TABLE reports_version (
    district INTEGER NOT NULL,
    report INTEGER NOT NULL,
    version INTEGER NOT NULL,
    at INTEGER NOT NULL,      -- ms since 1970
    actor INTEGER NOT NULL,   -- account; 0: the shell
    seq INTEGER NOT NULL,     -- of the publish entry
    front BLOB NOT NULL,      -- the content without its rows: the page
    content BLOB NOT NULL,
    tail BLOB NOT NULL,
    PRIMARY KEY (district, report, version)
) STRICT;
