/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "base/date.h"
#include "host/ledger/ledger.h"
struct workdays {
    int n;
};
static inline const struct workdays *office_workdays(struct scope in)
{
    (void)in;
    return NULL;
}
static inline int32_t workday_after(const struct workdays *w, int32_t day,
                                    int n)
{
    (void)w;
    return date_from_days(date_to_days(day) + n);
}
