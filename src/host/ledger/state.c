/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "host/ledger/state.h"

#include "base/date.h"

enum row_state state_of(const struct state_facts *facts, int32_t today)
{
    if (facts->finished)
        return STATE_FINISHED;
    if (facts->end && facts->end < today)
        return STATE_ENDED;
    if (!facts->due)
        return STATE_NONE;
    if (facts->due < today)
        return STATE_OVERDUE;
    return facts->due <= date_from_days(date_to_days(today) + STATE_SOON)
               ? STATE_DUE
               : STATE_OPEN;
}

bool ledger_falls_due(const struct ledger *l)
{
    return ledger_has(l, COLUMN_DUE) && !ledger_has(l, COLUMN_STATE);
}

static int32_t date_in(const struct ledger_row *row, unsigned role)
{
    size_t i = ledger_role(row->ledger, role);

    return i != SIZE_MAX && row_has(row, i) ? (int32_t)row_int(row, i) : 0;
}

enum row_state row_state(const struct ledger_row *row, int32_t today)
{
    size_t finished = ledger_role(row->ledger, COLUMN_FINISHED);

    if (ledger_has(row->ledger, COLUMN_STATE))
        return STATE_NONE;
    return state_of(
        &(struct state_facts){
            .due = date_in(row, COLUMN_DUE),
            .end = date_in(row, COLUMN_END),
            .finished = finished != SIZE_MAX && row_has(row, finished),
        },
        today);
}

struct text state_words(enum row_state s)
{
    static const struct text words[] = {
        [STATE_OPEN] = TEXT_INIT("未完成", "Not finished"),
        [STATE_DUE] = TEXT_INIT("7 天内到期", "Due within 7 days"),
        [STATE_OVERDUE] = TEXT_INIT("已逾期", "Overdue"),
        [STATE_FINISHED] = TEXT_INIT("已完成", "Finished"),
        [STATE_ENDED] = TEXT_INIT("已结束", "Ended"),
    };

    return words[s];
}
