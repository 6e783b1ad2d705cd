-- SPDX-License-Identifier: MulanPSL-2.0
-- Rows behind a figure come the best first, then as they came: the order of
-- this index, so that a page of them is read and nothing is sorted. The rank
-- is kept negated for that, as a key cannot fall on every engine.
ALTER TABLE record RENAME COLUMN rank TO minus_rank;
UPDATE record SET minus_rank = -minus_rank WHERE minus_rank <> 0;
CREATE INDEX record_order ON record (district, year, kind, minus_rank, row_id);
