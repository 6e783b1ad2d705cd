-- SPDX-License-Identifier: MulanPSL-2.0
-- How many cells of the file a person set right before it was imported.
ALTER TABLE import_batch ADD COLUMN corrected INTEGER NOT NULL DEFAULT 0;
