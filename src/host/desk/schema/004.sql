-- SPDX-License-Identifier: MulanPSL-2.0
-- Forms that wait, by whom they wait for: those whose session had ended, and
-- drafts that somebody keeps. Those that waited go on waiting.
CREATE TABLE waiting_form (
    district INTEGER NOT NULL,
    account INTEGER NOT NULL,
    key TEXT NOT NULL,
    at INTEGER NOT NULL,
    until INTEGER NOT NULL,          -- from then on it is gone
    draft INTEGER NOT NULL,          -- 1: asked for, and listed
    page TEXT NOT NULL,              -- where the form stands
    action TEXT NOT NULL,            -- where it is sent to
    files INTEGER NOT NULL,          -- 1: there had been files
    typed TEXT NOT NULL,             -- as a form is sent
    PRIMARY KEY (district, account, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX waiting_form_until ON waiting_form (district, until);
INSERT INTO waiting_form (district, account, key, at, until, draft, page,
                          action, files, typed)
    SELECT district, account, key, at, at + 259200000, 0, '', action, files,
           typed FROM kept_form;
DROP TABLE kept_form;
