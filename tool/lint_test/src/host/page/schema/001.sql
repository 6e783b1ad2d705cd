/* SPDX-License-Identifier: MulanPSL-2.0 */
CREATE TABLE IF NOT EXISTS visit (x INTEGER);
CREATE INDEX note_late ON note (x);
ALTER TABLE one_more ADD x INTEGER REFERENCES two_thing;
