-- SPDX-License-Identifier: MulanPSL-2.0
-- Forms that were answered, each with what it held: sent again it is the
-- same form only if it holds the same. Those that waited are forgotten.
DROP TABLE answered_form;
CREATE TABLE answered_form (
    district INTEGER NOT NULL,
    account INTEGER NOT NULL,        -- who sent it; 0: a visitor
    token TEXT NOT NULL,
    at INTEGER NOT NULL,
    content BLOB NOT NULL,           -- hash of path, fields and files
    location TEXT NOT NULL,          -- where it led
    PRIMARY KEY (district, account, token)
) STRICT, WITHOUT ROWID;
CREATE INDEX answered_form_at ON answered_form (district, at);
