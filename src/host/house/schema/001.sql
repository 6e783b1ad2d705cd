-- SPDX-License-Identifier: MulanPSL-2.0
-- Whose data folder it is.
CREATE TABLE district (
    id INTEGER NOT NULL PRIMARY KEY, -- division code, 370212
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    journal_key TEXT NOT NULL        -- name and public key of its journal
) STRICT;
