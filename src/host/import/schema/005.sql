-- SPDX-License-Identifier: MulanPSL-2.0
-- A batch may also be a step of many rows: its key; '' of an import.
ALTER TABLE import_batch ADD COLUMN step TEXT NOT NULL DEFAULT '';
