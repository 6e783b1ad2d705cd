-- SPDX-License-Identifier: MulanPSL-2.0
-- Answers already given to a form, so that sending twice is once.
CREATE TABLE answered_form (
    district INTEGER NOT NULL,
    token TEXT NOT NULL,
    at INTEGER NOT NULL,
    location TEXT NOT NULL,
    PRIMARY KEY (district, token)
) STRICT, WITHOUT ROWID;
