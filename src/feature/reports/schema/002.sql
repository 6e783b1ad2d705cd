-- SPDX-License-Identifier: MulanPSL-2.0
-- Why a version was published, in a line; may be empty.
ALTER TABLE reports_version ADD COLUMN remark TEXT NOT NULL DEFAULT '';
