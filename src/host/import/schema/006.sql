-- SPDX-License-Identifier: MulanPSL-2.0
-- 1: it was not finished and taken back as a whole; it cannot be brought back.
ALTER TABLE import_batch ADD COLUMN interrupted INTEGER NOT NULL DEFAULT 0;
