#!/bin/sh
# SPDX-License-Identifier: MulanPSL-2.0
# How SQLite finds the rows of every statement, in a folder of ten years;
# and that an empty folder makes no difference.
# Usage: test/sqlcheck/walk.sh FOLDER-OF-PROGRAMS [all]
set -eu

plans=$1/plans
statements=$1/statements
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

"$1/fill" "$work/years" 20000 10 > /dev/null
"$1/fill" "$work/empty" 0 > /dev/null

# First the check itself: each of these it must refuse.
entry='SELECT seq FROM journal_entry e WHERE e.district = ?1 AND e.seq IN'
printf '%s\0' 'l	SELECT note FROM journal_head WHERE at = 1' \
    'l	SELECT at FROM journal_entry WHERE district = ?1 AND batch = 3' \
    'l	SELECT at FROM journal_entry WHERE district = 1 AND seq > 2 ORDER BY at' \
    "l	$entry (SELECT size FROM journal_head h WHERE h.district = e.district)" \
    > "$work/bad"
"$plans" "$work/bad" "$work/years" > "$work/out" 2>&1 || true
for step in 'SCAN journal_head' \
    'SEARCH journal_entry USING PRIMARY KEY (district=?)' \
    'USE TEMP B-TREE FOR ORDER BY' 'CORRELATED LIST SUBQUERY 1'; do
    grep -qxF "plans: $step" "$work/out" || {
        cat "$work/out"
        echo "plans: does not refuse $step" >&2
        exit 1
    }
done

"$plans" "$statements" "$work/empty" all > "$work/plans of none"
"$plans" "$statements" "$work/years" all > "$work/plans of ten"
diff "$work/plans of none" "$work/plans of ten"
[ "${2:-}" != all ] || cat "$work/plans of ten"
tail -n 1 "$work/plans of ten"
