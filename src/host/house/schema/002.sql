-- SPDX-License-Identifier: MulanPSL-2.0
-- Long work that is not whole yet: a row from its first slice to its last.
CREATE TABLE running (
    district INTEGER NOT NULL,
    id INTEGER NOT NULL,             -- also the byte of its lock
    what TEXT NOT NULL,              -- import, undo, back
    batch INTEGER NOT NULL,
    at INTEGER NOT NULL,
    actor INTEGER NOT NULL,
    roles INTEGER NOT NULL,          -- of the actor, when it began
    org INTEGER NOT NULL,
    reason TEXT NOT NULL,
    done INTEGER NOT NULL,           -- rows
    total INTEGER NOT NULL,          -- 0: not known yet
    PRIMARY KEY (district, id)
) STRICT, WITHOUT ROWID;
