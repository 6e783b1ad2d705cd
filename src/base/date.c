/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * The proleptic Gregorian calendar in integers (days by the era method) and
 * the reader of the date styles found in real workbooks.
 */
#include "base/date.h"

#include "base/utf8.h"

enum { DAY_S = 86400, OFFICE_OFFSET_S = 8 * 3600 };

static bool is_leap(int64_t y)
{
    return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
}

int32_t date_make(int64_t year, int64_t month, int64_t day)
{
    static const int days[] = {
        31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31
    };

    if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1 ||
        day > days[month - 1] + (month == 2 && is_leap(year)))
        return 0;
    return (int32_t)(year * 10000 + month * 100 + day);
}

int32_t date_to_days(int32_t date)
{
    int32_t y = date_year(date);
    int32_t m = date_month(date);
    int32_t era;
    int32_t year_of_era;
    int32_t day_of_year;

    y -= m <= 2;
    era = y / 400;
    year_of_era = y - era * 400;
    day_of_year = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + date_day(date) - 1;
    return era * 146097 + year_of_era * 365 + year_of_era / 4 -
           year_of_era / 100 + day_of_year - 719468;
}

int32_t date_from_days(int32_t days)
{
    int32_t z = days + 719468;
    int32_t era = z / 146097;
    int32_t doe = z - era * 146097;
    int32_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int32_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int32_t mp = (5 * doy + 2) / 153;
    int32_t m = mp < 10 ? mp + 3 : mp - 9;

    return date_make(yoe + era * 400 + (m <= 2), m,
                     doy - (153 * mp + 2) / 5 + 1);
}

/* The three numbers of a date and what stands between them. */
struct date_parts {
    int64_t number[3];
    size_t digits[3];
    int32_t mark[3]; /* the character after each number; 0: none */
    size_t n;
};

/* Split `s` into at most three numbers; false when it is something else. */
static bool split(struct str *s, struct date_parts *r)
{
    while (s->n && r->n < 3) {
        struct str before = *s;
        int32_t c = utf8_next(s);

        if (c >= 0xff10 && c <= 0xff19)
            c -= 0xfee0;
        if (c >= '0' && c <= '9') {
            if (r->digits[r->n]++ >= 8)
                return false;
            r->number[r->n] = r->number[r->n] * 10 + (c - '0');
            continue;
        }
        if (c == ' ' && (r->n < 2 || r->digits[r->n] == 0 ||
                         str_starts(str_trim(*s), S("日"))))
            continue;
        if (r->digits[r->n] == 0)
            return false;
        if (r->n == 2 && c != 0x65e5) { /* not 日: the date ends here */
            *s = before;
            r->n++;
            return true;
        }
        r->mark[r->n++] = c;
    }
    if (r->n < 3 && r->digits[r->n] > 0)
        r->n++;
    return true;
}

/* Cut a number of one or two digits off the front. */
static bool take_pair(struct str *s, int32_t *ret_number)
{
    size_t n = 0;

    for (*ret_number = 0; n < s->n && n < 2; n++) {
        if (s->p[n] < '0' || s->p[n] > '9')
            break;
        *ret_number = *ret_number * 10 + (s->p[n] - '0');
    }
    *s = str_slice(*s, n, s->n);
    return n > 0;
}

/* Seconds, and their fraction: they decide no day. */
static bool skip_seconds(struct str *s)
{
    int32_t seconds;

    if (!str_take(s, S(":")))
        return true;
    if (!take_pair(s, &seconds) || seconds > 60)
        return false;
    if (str_take(s, S(".")))
        while (s->n && s->p[0] >= '0' && s->p[0] <= '9')
            *s = str_slice(*s, 1, s->n);
    return true;
}

/* Z, UTC, GMT, +08:00, +0800 or +08: minutes east of UTC. */
static bool read_zone(struct str s, int32_t *ret_offset)
{
    bool west = str_starts(s, S("-"));
    int32_t hours;
    int32_t minutes = 0;

    *ret_offset = 0;
    if (str_eq(s, S("Z")) || str_eq(s, S("z")) || str_eq(s, S("UTC")) ||
        str_eq(s, S("GMT")))
        return true;
    if (!str_take(&s, S("+")) && !str_take(&s, S("-")))
        return false;
    if (!take_pair(&s, &hours) || hours > 14)
        return false;
    str_take(&s, S(":"));
    if (s.n && (!take_pair(&s, &minutes) || minutes > 59 || s.n))
        return false;
    *ret_offset = (west ? -1 : 1) * (hours * 60 + minutes);
    return true;
}

/*
 * The rest of a date cell, which is nothing but a time of day: how many days
 * later it was at the office. 0 when no zone is said.
 */
static bool read_time(struct str s, int32_t *ret_days)
{
    int32_t hour;
    int32_t minute;
    int32_t offset;

    *ret_days = 0;
    s = str_trim(s);
    if (s.n == 0)
        return true;
    if (!str_take(&s, S("T")))
        str_take(&s, S("t"));
    if (!take_pair(&s, &hour) || hour > 23 || !str_take(&s, S(":")) ||
        !take_pair(&s, &minute) || minute > 59 || !skip_seconds(&s))
        return false;
    s = str_trim(s);
    if (s.n == 0)
        return true;
    if (!read_zone(s, &offset))
        return false;
    minute += hour * 60 - offset + OFFICE_OFFSET_S / 60;
    *ret_days = minute < 0 ? -1 : minute / (DAY_S / 60);
    return true;
}

static bool marks_agree(const struct date_parts *r)
{
    int32_t a = r->mark[0];

    if (a == 0x5e74) /* 年 … 月 … 日 or without 日 */
        return r->mark[1] == 0x6708 &&
               (r->mark[2] == 0x65e5 || r->mark[2] == 0);
    return r->mark[2] == 0 && a == r->mark[1] &&
           (a == '-' || a == '.' || a == '/' || a == 0xff0d || a == 0xff0e ||
            a == 0xff0f || a == 0x3002 || a == 0x2013);
}

/* Is it a day, of whatever year? 2000 has all that leap years have. */
static bool is_day(int64_t year, int64_t month, int64_t day)
{
    return date_make(is_leap(year) ? 2000 : 2001, month, day) != 0;
}

enum date_reading date_read(struct str s, int32_t *ret_date)
{
    struct date_parts r = { .n = 0 };
    int32_t later;
    int32_t d;

    s = str_trim(s);
    if (s.n == 0 || !split(&s, &r) || !read_time(s, &later))
        return DATE_UNKNOWN;
    if (r.n == 1 && r.digits[0] == 8 && r.mark[0] == 0) {
        r.number[2] = r.number[0] % 100;
        r.number[1] = r.number[0] / 100 % 100;
        r.number[0] /= 10000;
    } else if (r.n != 3 || r.digits[0] != 4 || r.digits[1] > 2 ||
               r.digits[2] > 2 || !marks_agree(&r)) {
        return DATE_UNKNOWN;
    }
    if (!is_day(r.number[0], r.number[1], r.number[2]))
        return DATE_IMPOSSIBLE;
    d = date_make(r.number[0], r.number[1], r.number[2]);
    if (d && later)
        d = date_from_days(date_to_days(d) + later);
    if (d == 0)
        return DATE_FAR;
    *ret_date = d;
    return DATE_READ;
}

int32_t date_from_serial(int64_t serial, bool system_1904)
{
    int64_t days = serial + (system_1904 ? -24107 : -25569);

    /* 60 is 1900-02-29, a day that spreadsheets have and calendars not. */
    if (!system_1904 && serial < 61)
        days += serial < 60 && serial > 0 ? 1 : -100000;
    if (days < -25567 || days > 84005)
        return 0;
    return date_from_days((int32_t)days);
}

struct str date_iso(struct mem *m, int32_t date)
{
    if (date == 0)
        return S("");
    return str_fmt(m, "%04d-%02d-%02d", date_year(date), date_month(date),
                   date_day(date));
}

struct str date_words(struct mem *m, int32_t date, enum lang l)
{
    static const char *const months[] = {
        "January", "February", "March",     "April",   "May",      "June",
        "July",    "August",   "September", "October", "November", "December",
    };

    if (date == 0)
        return S("");
    if (l == LANG_EN)
        return str_fmt(m, "%d %s %d", date_day(date),
                       months[date_month(date) - 1], date_year(date));
    return str_fmt(m, "%d年%d月%d日", date_year(date), date_month(date),
                   date_day(date));
}

struct text date_text(struct mem *m, int32_t date)
{
    if (!date)
        return TEXT("", "");
    return (struct text){ date_words(m, date, LANG_ZH),
                          date_words(m, date, LANG_EN) };
}

struct text date_weekday(int32_t date)
{
    static const struct text names[] = {
        TEXT_INIT("周日", "Sunday"),   TEXT_INIT("周一", "Monday"),
        TEXT_INIT("周二", "Tuesday"),  TEXT_INIT("周三", "Wednesday"),
        TEXT_INIT("周四", "Thursday"), TEXT_INIT("周五", "Friday"),
        TEXT_INIT("周六", "Saturday"),
    };
    int32_t days = date_to_days(date) + 4; /* day 0 was a Thursday */

    return names[(days % 7 + 7) % 7];
}

static int64_t office_s(int64_t ms)
{
    return ms / 1000 + OFFICE_OFFSET_S;
}

int64_t date_begins(int32_t date)
{
    return ((int64_t)date_to_days(date) * DAY_S - OFFICE_OFFSET_S) * 1000;
}

int32_t date_of(int64_t ms)
{
    return date_from_days((int32_t)(office_s(ms) / DAY_S));
}

struct str date_moment(struct mem *m, int64_t ms)
{
    int64_t s = office_s(ms) % DAY_S;

    return str_fmt(m, "%.*s %02d:%02d", STR_ARG(date_iso(m, date_of(ms))),
                   (int)(s / 3600), (int)(s / 60 % 60));
}

struct str date_rfc3339(struct mem *m, int64_t ms)
{
    int64_t s = office_s(ms) % DAY_S;
    int32_t day = date_of(ms);

    return str_fmt(m, "%04d-%02d-%02dT%02d:%02d:%02d+08:00", date_year(day),
                   date_month(day), date_day(day), (int)(s / 3600),
                   (int)(s / 60 % 60), (int)(s % 60));
}
