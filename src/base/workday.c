/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "base/workday.h"

#include "base/bug.h"
#include "base/date.h"

#include <stdlib.h>

static int by_day(const void *key, const void *rule)
{
    int32_t day = *(const int32_t *)key;
    int32_t other = ((const struct day_rule *)rule)->day;

    return (day > other) - (day < other);
}

const struct day_rule *workday_rule(const struct workdays *w, int32_t day)
{
    return w->n ? bsearch(&day, w->v, w->n, sizeof(*w->v), by_day) : NULL;
}

bool workday_is(const struct workdays *w, int32_t day)
{
    const struct day_rule *rule = workday_rule(w, day);
    int32_t weekday = (date_to_days(day) + 3) % 7; /* day 0 was a Thursday */

    return rule ? rule->works : (weekday + 7) % 7 < 5;
}

int32_t workday_after(const struct workdays *w, int32_t day, int n)
{
    if (n < 0)
        BUG("%d working days after a day", n);
    while (n > 0 && (day = date_from_days(date_to_days(day) + 1)) != 0)
        n -= workday_is(w, day);
    return day;
}

int32_t workdays_between(const struct workdays *w, int32_t from, int32_t to)
{
    int32_t end = date_to_days(to);
    int32_t n = 0;

    for (int32_t d = date_to_days(from) + 1; d <= end; d++)
        n += workday_is(w, date_from_days(d));
    return n;
}

int32_t publicity_last(const struct workdays *w, int32_t published, int n,
                       enum day_kind kind)
{
    if (n < 0)
        BUG("a publicity of %d days", n);
    return kind == DAYS_WORKING ? workday_after(w, published, n)
                                : date_from_days(date_to_days(published) + n);
}
