/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "host/desk/hand.h"

#include "base/date.h"
#include "base/file.h"
#include "host/ledger/clock.h"

enum { ASK_MS = 60 * 1000 };

void hand_notice(struct hand *hand, const struct act *act)
{
    if (clock_is_behind(act_scope(act), date_of(act->now)))
        hand->behind = true;
}

static bool ask(struct hand *hand, struct house *h, int32_t today)
{
    int64_t now = clock_steady_ms();
    struct tx tx;
    bool behind;

    if (today == hand->day && now - hand->asked_ms < ASK_MS)
        return false;
    hand->day = today;
    hand->asked_ms = now;
    tx_begin(h->db, false, &tx);
    behind = clock_is_behind(house_scope(h, &tx, h->m), today);
    tx_rollback(&tx);
    return behind;
}

bool hand_move(struct hand *hand, struct house *h, struct mem *m)
{
    int32_t today = date_of(house_now(h));
    struct work work;
    uint64_t size;

    if (!hand->behind && !ask(hand, h, today))
        return false;
    mem_reset(m);
    work_begin(h, m, ACTOR_CLOCK, &work);
    size = work.journal.tree.size;
    hand->behind = clock_tick(&work.act, today);
    if (work_commit(&work) == OK)
        return work.journal.tree.size != size;
    log_error("clock=stopped reason=\"%s\"", db_reason(h->db));
    hand->behind = false;
    return false;
}
