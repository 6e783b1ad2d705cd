/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "host/import/batch.h"

void batch_begin(struct act *act)
{
    act->batch = tx_int(act->tx,
                        SQL("SELECT coalesce(max(id), 0) + 1 FROM "
                            "import_batch WHERE district = ?1"),
                        WITH(INT(act->district)), 0);
}

void batch_keep(struct act *act, const struct batch *b)
{
    tx_run_unjournaled(
        act->tx,
        SQL("INSERT INTO import_batch (district, id, at, actor, file, added, "
            "changed, same, wrong, undone_at, corrected, step) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0, ?10, ?11)"),
        WITH(INT(act->district), INT(act->batch), INT(act->now),
             INT(act->actor), STR(b->file), INT((int64_t)b->count[IMPORT_NEW]),
             INT((int64_t)b->count[IMPORT_CHANGED]),
             INT((int64_t)b->count[IMPORT_SAME]),
             INT((int64_t)b->count[IMPORT_WRONG]), INT((int64_t)b->corrected),
             STR(b->step)));
}

void batch_count(struct act *act, const struct batch *b)
{
    tx_run_unjournaled(
        act->tx,
        SQL("UPDATE import_batch SET added = ?3, changed = ?4, same = ?5, "
            "wrong = ?6, corrected = ?7 WHERE district = ?1 AND id = ?2"),
        WITH(INT(act->district), INT(act->batch),
             INT((int64_t)b->count[IMPORT_NEW]),
             INT((int64_t)b->count[IMPORT_CHANGED]),
             INT((int64_t)b->count[IMPORT_SAME]),
             INT((int64_t)b->count[IMPORT_WRONG]), INT((int64_t)b->corrected)));
}

void batch_drop(struct act *act)
{
    tx_run_unjournaled(
        act->tx,
        SQL("DELETE FROM import_batch WHERE district = ?1 AND id = ?2"),
        WITH(INT(act->district), INT(act->batch)));
}

void batch_interrupt(struct act *act)
{
    tx_run_unjournaled(act->tx,
                       SQL("UPDATE import_batch SET interrupted = 1 WHERE "
                           "district = ?1 AND id = ?2"),
                       WITH(INT(act->district), INT(act->batch)));
}
