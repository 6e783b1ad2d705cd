/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "host/ledger/deadline.h"

#include "base/date.h"

enum deadline deadline_of(const struct deadline_facts *facts, int32_t today)
{
    if (facts->finished)
        return DEADLINE_FINISHED;
    if (facts->end && facts->end < today)
        return DEADLINE_ENDED;
    if (!facts->due)
        return DEADLINE_NONE;
    if (facts->due < today)
        return DEADLINE_OVERDUE;
    return facts->due <= date_from_days(date_to_days(today) + DEADLINE_SOON)
               ? DEADLINE_DUE
               : DEADLINE_OPEN;
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

enum deadline row_deadline(const struct ledger_row *row, int32_t today)
{
    size_t finished = ledger_role(row->ledger, COLUMN_FINISHED);

    if (ledger_has(row->ledger, COLUMN_STATE))
        return DEADLINE_NONE;
    return deadline_of(
        &(struct deadline_facts){
            .due = date_in(row, COLUMN_DUE),
            .end = date_in(row, COLUMN_END),
            .finished = finished != SIZE_MAX && row_has(row, finished),
        },
        today);
}

struct text deadline_words(enum deadline s)
{
    static const struct text words[] = {
        [DEADLINE_OPEN] = TEXT_INIT("未完成", "Not finished"),
        [DEADLINE_DUE] = TEXT_INIT("7 天内到期", "Due within 7 days"),
        [DEADLINE_OVERDUE] = TEXT_INIT("已逾期", "Overdue"),
        [DEADLINE_FINISHED] = TEXT_INIT("已完成", "Finished"),
        [DEADLINE_ENDED] = TEXT_INIT("已结束", "Ended"),
    };

    return words[s];
}
