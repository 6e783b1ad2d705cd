-- SPDX-License-Identifier: MulanPSL-2.0
-- Records by month (record.h: TALLY_MONTHS), also those that are there.
INSERT INTO tally (district, year, kind, scope, category, rank, n, sum)
SELECT district, year, kind, -16, category, day / 100, count(*), sum(quantity)
FROM record GROUP BY district, year, kind, category, day / 100;
