/* SPDX-License-Identifier: MulanPSL-2.0 */
CREATE TABLE note (x INTEGER);
CREATE INDEX note_x ON note (x);
