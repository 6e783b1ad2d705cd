-- SPDX-License-Identifier: MulanPSL-2.0
-- What somebody typed before they had to sign in again; their account's alone.
CREATE TABLE kept_form (
    district INTEGER NOT NULL,
    key TEXT NOT NULL,
    account INTEGER NOT NULL,
    at INTEGER NOT NULL,
    action TEXT NOT NULL,            -- where the form is sent to
    files INTEGER NOT NULL,          -- 1: there had been files
    typed TEXT NOT NULL,             -- as a form is sent
    PRIMARY KEY (district, key)
) STRICT, WITHOUT ROWID;
