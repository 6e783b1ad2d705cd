-- SPDX-License-Identifier: MulanPSL-2.0
-- How and why: leaves from here on commit to them, and to who and when.
ALTER TABLE journal_entry ADD COLUMN step TEXT NOT NULL DEFAULT '';
ALTER TABLE journal_entry ADD COLUMN reason TEXT NOT NULL DEFAULT '';

-- The entries of one row.
CREATE INDEX journal_entry_row ON journal_entry
    (district, subject, row_id, seq);
