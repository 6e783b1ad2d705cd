/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "base/web.h"

#include "test/test.h"

TEST(an_address_of_the_web_names_a_page_and_runs_nothing)
{
    static const char *const are[] = {
        "https://oa.example.cn", "http://10.1.2.3:8080/a/b?c=d&e=%E9#f",
        "https://[::1]/x",       "https://oa.example.cn/材料/验收报告.pdf",
        "https://例子.中国/",    "https://oa.example.cn/u/@wang",
    };
    static const char *const are_not[] = {
        "",
        "https://",
        "http:///a",
        "https:/a.cn",
        "HTTPS://a.cn",
        "ftp://a.cn",
        "javascript:alert(1)",
        "javascript://a.cn/%0aalert(1)",
        "data:text/html,x",
        "//a.cn",
        "/a",
        "见 https://a.cn",
        " https://a.cn",
        "https://a.cn ",
        "https://a.cn/a b",
        "https://a.cn/\"onclick=",
        "https://a.cn/<b>",
        "https://a.cn/\\b",
        "https://a.cn/\tb",
        "https://a.cn/\nb",
        "https://-a.cn",
        "https://.a.cn",
        "https://user:pass@a.cn/",
        "https://a.cn@b.cn",
    };

    for (size_t i = 0; i < COUNT(are); i++)
        CHECK_STR(web_is_address(str_from(are[i])) ? S("") : str_from(are[i]),
                  S(""));
    for (size_t i = 0; i < COUNT(are_not); i++)
        CHECK_STR(web_is_address(str_from(are_not[i])) ? str_from(are_not[i])
                                                       : S(""),
                  S(""));
    CHECK(!web_is_address((struct str){ "https://a.cn/\0b", 15 }));
}
