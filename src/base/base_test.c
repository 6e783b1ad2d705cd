/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "base/buf.h"
#include "base/date.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/utf8.h"
#include "test/test.h"

#include <string.h>

TEST(dates_are_read_in_every_style_of_the_workbooks)
{
    static const char *const styles[] = {
        "2024-02-03",          "2024.2.3",       "2024/2/3",
        "2024年2月3日",        "2024年02月03日", "20240203",
        "２０２４．２．３",    " 2024-2-3 ",     "2024-02-03 00:00:00",
        "2024-02-03T08:30:00", "2024年2月3",     "2024 年 2 月 3 日",
    };

    for (size_t i = 0; i < COUNT(styles); i++) {
        int32_t d = 0;

        CHECK_INT(date_read(str_from(styles[i]), &d), DATE_READ);
        CHECK_INT(d, 20240203);
    }
}

TEST(dates_that_are_no_day_are_refused_and_not_rounded)
{
    int32_t d = 7;

    CHECK_INT(date_read(S("2024年2月30日"), &d), DATE_IMPOSSIBLE);
    CHECK_INT(date_read(S("2023-02-29"), &d), DATE_IMPOSSIBLE);
    CHECK_INT(date_read(S("2024-13-01"), &d), DATE_IMPOSSIBLE);
    CHECK_INT(date_read(S("2204-07-01"), &d), DATE_FAR);
    CHECK_INT(date_read(S("1899年12月31日"), &d), DATE_FAR);
    CHECK_INT(date_read(S("22000229"), &d), DATE_IMPOSSIBLE);
    CHECK_INT(date_read(S("24000229"), &d), DATE_FAR);
    CHECK_INT(date_read(S("2199-12-31T20:00:00Z"), &d), DATE_FAR);
    CHECK_INT(date_read(S("2024-2.3"), &d), DATE_UNKNOWN);
    CHECK_INT(date_read(S("三月"), &d), DATE_UNKNOWN);
    CHECK_INT(date_read(S(""), &d), DATE_UNKNOWN);
    CHECK_INT(date_read(S("3/7"), &d), DATE_UNKNOWN);
    CHECK_INT(date_read(S("2024-02-03 tomorrow"), &d), DATE_UNKNOWN);
    CHECK_INT(d, 7);
}

TEST(dates_with_a_zone_are_days_of_the_office)
{
    static const struct {
        const char *said;
        int32_t day;
    } cases[] = {
        { "2024-12-31T16:00:00.000Z", 20250101 },
        { "2024-12-31T15:59:59.999Z", 20241231 },
        { "2024-02-28T16:00:00Z", 20240229 },
        { "2024-02-29 16:00Z", 20240301 },
        { "2024-03-01T00:00:00+08:00", 20240301 },
        { "2024-03-01T23:59:00+0800", 20240301 },
        { "2024-03-01 00:30:00 +08", 20240301 },
        { "2024-03-01T00:30:00+09:00", 20240229 },
        { "2024-03-01T00:30:00+14:00", 20240229 },
        { "2024-12-31T20:00:00-05:00", 20250101 },
        { "2024-12-31 18:00:00 UTC", 20250101 },
        { "2024/12/31 23:30:00", 20241231 },
        { "20241231T160000Z", 0 },
        { "2024-12-31Z", 0 },
        { "2024-12-31T16:00:00ZZ", 0 },
        { "2024-12-31T16:00:00+8:00:00", 0 },
        { "2024-12-31T25:00:00Z", 0 },
        { "2024-12-31 12:60", 0 },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        int32_t d = 0;

        CHECK_INT(date_read(str_from(cases[i].said), &d),
                  cases[i].day ? DATE_READ : DATE_UNKNOWN);
        CHECK_INT(d, cases[i].day);
    }
}

TEST(dates_and_days_agree_over_three_centuries)
{
    int32_t day = date_to_days(19000101);

    CHECK_INT(day, -25567);
    for (int32_t d = 0; d < 109573; d++)
        if (date_to_days(date_from_days(day + d)) != day + d)
            CHECK_INT(date_to_days(date_from_days(day + d)), day + d);
    CHECK_INT(date_from_days(day + 109572), 21991231);
}

TEST(days_begin_at_midnight_of_the_office)
{
    static const int32_t days[] = { 19700102, 19991231, 20240229, 20241231,
                                    21991231 };

    for (size_t i = 0; i < COUNT(days); i++) {
        int64_t ms = date_begins(days[i]);

        CHECK_INT(date_of(ms), days[i]);
        CHECK_INT(date_of(ms - 1), date_from_days(date_to_days(days[i]) - 1));
        CHECK(str_ends(date_moment(t->mem, ms), S(" 00:00")));
    }
}

TEST(moments_are_written_with_the_zone_of_the_office)
{
    int64_t ms = date_begins(20240301) + INT64_C(1000) * (3600 * 7 + 61);

    CHECK_STR(date_rfc3339(t->mem, ms), S("2024-03-01T07:01:01+08:00"));
    CHECK_STR(date_rfc3339(t->mem, date_begins(20240301) - 1),
              S("2024-02-29T23:59:59+08:00"));
}

TEST(dates_have_the_weekday_of_the_calendar)
{
    static const struct {
        int32_t date;
        const char *zh, *en;
    } cases[] = {
        { 19700101, "周四", "Thursday" }, { 19691231, "周三", "Wednesday" },
        { 19000101, "周一", "Monday" },   { 20000229, "周二", "Tuesday" },
        { 20241107, "周四", "Thursday" }, { 20240204, "周日", "Sunday" },
        { 20260214, "周六", "Saturday" }, { 21991231, "周二", "Tuesday" },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        CHECK_STR(date_weekday(cases[i].date).zh, str_from(cases[i].zh));
        CHECK_STR(date_weekday(cases[i].date).en, str_from(cases[i].en));
    }
}

TEST(dates_of_spreadsheet_cells)
{
    CHECK_INT(date_from_serial(45325, false), 20240203);
    CHECK_INT(date_from_serial(43863, true), 20240203);
    CHECK_INT(date_from_serial(1, false), 19000101);
    CHECK_INT(date_from_serial(60, false), 0);
    CHECK_INT(date_from_serial(61, false), 19000301);
    CHECK_INT(date_from_serial(-3, false), 0);
}

TEST(strings_cut_trim_and_read_integers)
{
    struct str rest = S("a,,b");
    struct str part;
    int64_t v = 0;

    CHECK(str_cut(&rest, S(","), &part) && str_eq(part, S("a")));
    CHECK(str_cut(&rest, S(","), &part) && part.n == 0);
    CHECK(str_cut(&rest, S(","), &part) && str_eq(part, S("b")));
    CHECK(!str_cut(&rest, S(","), &part));
    CHECK_STR(str_trim(S("\xef\xbb\xbf　 项目 \t")), S("项目"));
    CHECK(str_int(S("-9223372036854775808"), &v) && v == INT64_MIN);
    CHECK(!str_int(S("9223372036854775808"), &v));
    CHECK(!str_int(S("12a"), &v) && !str_int(S(""), &v));
}

TEST(texts_take_other_texts_each_in_its_language)
{
    struct text light = TEXT("红灯", "red");
    struct text day = TEXT("7 日", "the 7th");
    struct text s =
        text_with(t->mem, TEXT("{2}转为{1}", "turns {1} on {2}"), light, day);

    CHECK_STR(s.zh, S("7 日转为红灯"));
    CHECK_STR(s.en, S("turns red on the 7th"));
    s = text_with(t->mem, TEXT("{1}", "{1}{1}"), light);
    CHECK_STR(s.zh, S("红灯"));
    CHECK_STR(s.en, S("redred"));
    s = text_with(t->mem, TEXT("没有", "none"), light);
    CHECK_STR(s.zh, S("没有"));
}

TEST(folding_sees_through_width_blanks_and_quotes)
{
    CHECK_STR(utf8_fold(t->mem, S("“双领” 项目（个）Ａb")),
              S("双领项目(个)ab"));
    CHECK(!utf8_valid(S("\xc0\x80")) && !utf8_valid(S("\xed\xa0\x80")));
    CHECK_INT(utf8_length(S("𠮷野a")), 3);
    CHECK(!utf8_plain(S("a\x01"), true) && utf8_plain(S("a\nb"), true));
    CHECK(!utf8_plain(S("a\nb"), false));
}

TEST(folding_sees_through_look_alikes)
{
    static const char *const alike[][2] = {
        { "示例乙队", "示例⼄队" },       /* a Kangxi radical */
        { "示例乙队", "示例乙队\u200d" }, /* a joiner that joins nothing */
        { "示例乙队", "\u200b示例\ufeff乙\u00ad队\u200e" },
        { "民族村", "⺠族村" },         /* a radical of the supplement */
        { "梅海队", "\ufa44\ufa45队" }, /* compatibility ideographs */
        { "你好社", "\U0002f804好社" },
        { "买买提·阿里", "买买提•阿里" },
        { "A—B组", "ａ－ｂ组" },
        { "第Ⅱ支部", "第II支部" },
        { "第⑫组", "第12组" },
        { "第ⅷ组", "第VIII组" },
        { "葛队", "葛\U000e0100队" },
        { "老 人\u2003队", "老人队" },
    };

    for (size_t i = 0; i < COUNT(alike); i++)
        CHECK_STR(utf8_fold(t->mem, str_from(alike[i][0])),
                  utf8_fold(t->mem, str_from(alike[i][1])));
    CHECK(!str_eq(utf8_fold(t->mem, S("士队")), utf8_fold(t->mem, S("土队"))));
    CHECK_STR(utf8_fold(t->mem, S("\u2e9a")), S("\u2e9a")); /* unassigned */
    CHECK_STR(utf8_fold(t->mem, S("\ufa71")), S("况"));
}

TEST(text_is_kept_without_look_alikes)
{
    CHECK_STR(utf8_clean(t->mem, S("示例⼄队\u200d")), S("示例乙队"));
    CHECK_STR(utf8_clean(t->mem, S("“双领” 项目（个）Ａb")),
              S("“双领” 项目（个）Ａb"));
    CHECK_STR(utf8_clean(t->mem, S("第Ⅱ组 ①")), S("第Ⅱ组 ①"));
    CHECK_STR(utf8_clean(t->mem, S("\u200b\ufeff")), S(""));
    CHECK_STR(utf8_clean(t->mem, S("👨\u200d👩\u200d👧 ❤\ufe0f")),
              S("👨\u200d👩\u200d👧 ❤\ufe0f"));
    CHECK_STR(utf8_clean(t->mem, S("a\xffz")), S("a\xffz"));
    /* Refused by utf8_plain(), not taken away behind somebody's back. */
    CHECK_STR(utf8_clean(t->mem, S("a\u202ez")), S("a\u202ez"));
}

TEST(what_is_formatted_is_whole_however_long_it_is)
{
    char sign[1000];

    memset(sign, 'x', sizeof(sign));
    for (int n = 240; n < 270; n++) {
        struct buf *b = buf_new(t->mem, 1000);
        struct str s = str_fmt(t->mem, "%d:%.*s.", 7, n, sign);

        CHECK_INT(s.n, n + 3);
        CHECK(str_starts(s, S("7:x")) && str_ends(s, S("x.")));
        CHECK_INT(s.p[s.n], '\0');
        buf_lit(b, "<");
        buf_fmt(b, "%d:%.*s.", 7, n, sign);
        buf_lit(b, ">");
        CHECK_STR(buf_str(b), str_fmt(t->mem, "<%.*s>", STR_ARG(s)));
    }
}

TEST(buffers_keep_to_their_ceiling)
{
    struct buf *b = buf_new(t->mem, 8);

    buf_lit(b, "12345");
    buf_int(b, -7);
    CHECK_STR(buf_str(b), S("12345-7"));
    buf_lit(b, "more");
    CHECK(buf_overflowed(b));
    CHECK_STR(buf_str(b), S("12345-7"));
}

TEST(json_is_written_with_exact_decimals)
{
    struct buf *b = buf_new(t->mem, 1000);
    struct json j;

    json_init(&j, b);
    json_open(&j, '{');
    json_pair(&j, S("a"), S("x\"<\n"));
    json_key(&j, S("b"));
    json_open(&j, '[');
    json_decimal(&j, 9565, 2);
    json_decimal(&j, 9100, 2);
    json_decimal(&j, -5, 2);
    json_null(&j);
    json_close(&j, ']');
    json_close(&j, '}');
    CHECK_STR(buf_str(b),
              S("{\"a\":\"x\\\"\\u003c\\u000a\",\"b\":[95.65,91,-0.05,null]}"));
}

TEST(hash_of_pieces_is_that_of_the_whole)
{
    struct hash whole = HASH_OF(S("ab"), S("c"));
    struct hasher h;
    struct hash made;

    hasher_begin(&h);
    hasher_put(&h, S("a"));
    made = hasher_hash(&h); /* asking ends nothing */
    CHECK(!hash_eq(&made, &whole));
    hasher_put(&h, S(""));
    hasher_put(&h, S("bc"));
    made = hasher_hash(&h);
    CHECK(hash_eq(&made, &whole));
}

TEST(hashes_match_the_published_vectors)
{
    struct hash h = HASH_OF(S("ab"), S("c"));
    struct str bytes;

    CHECK_STR(hex_encode(t->mem, hash_str(&h)),
              S("ba7816bf8f01cfea414140de5dae2223"
                "b00361a396177a9cb410ff61f20015ad"));
    /* RFC 4231, test case 2 */
    h = hash_mac(S("Jefe"),
                 (struct str[]){ S("what do ya want "), S("for nothing?") }, 2);
    CHECK_STR(hex_encode(t->mem, hash_str(&h)),
              S("5bdcc146bf60754e6a042426089575c7"
                "5a003f089d2739839dec58b964ec3843"));
    CHECK(base64_decode(t->mem, S("Zg=="), &bytes) && str_eq(bytes, S("f")));
    CHECK(!base64_decode(t->mem, S("Zh=="), &bytes));
    CHECK(!base64_decode(t->mem, S("Zg"), &bytes));
}

TEST(memory_is_forgotten_as_a_whole)
{
    struct mem *m = mem_child(t->mem);
    char *first = mem_alloc(m, 10);
    char *p = mem_raw(m, 100);

    p = mem_grow(m, p, 100, 200);
    CHECK(p != NULL && first != NULL);
    for (int i = 0; i < 1000; i++)
        mem_alloc(m, 1000);
    CHECK(mem_size(m) > 1000000);
    mem_reset(m);
    CHECK(mem_size(m) < 600000);
    mem_free(m);
}

TEST(an_end_is_taken_off_only_where_it_stands)
{
    CHECK_STR(str_without_end(S("张村社区"), S("社区")), S("张村"));
    CHECK_STR(str_without_end(S("社区"), S("社区")), S(""));
    CHECK_STR(str_without_end(S("社区张村"), S("社区")), S("社区张村"));
    CHECK_STR(str_without_end(S(""), S("社区")), S(""));
}
