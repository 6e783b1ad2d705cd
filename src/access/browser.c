/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Browsers name those before them too (Edge says Chrome and Safari), so the
 * first name of the table that is there is the right one.
 */
#include "access/browser.h"

struct brand {
    struct str mark; /* in User-Agent */
    struct str name;
};

static const struct brand programs[] = {
    { S_INIT("MicroMessenger"), S_INIT("微信 WeChat") },
    { S_INIT("DingTalk"), S_INIT("钉钉 DingTalk") },
    { S_INIT("360SE"), S_INIT("360") },
    { S_INIT("QQBrowser"), S_INIT("QQ") },
    { S_INIT("UCBrowser"), S_INIT("UC") },
    { S_INIT("HuaweiBrowser"), S_INIT("华为 Huawei") },
    { S_INIT("MiuiBrowser"), S_INIT("小米 Xiaomi") },
    { S_INIT("Edg"), S_INIT("Edge") },
    { S_INIT("OPR/"), S_INIT("Opera") },
    { S_INIT("Firefox"), S_INIT("Firefox") },
    { S_INIT("Chrom"), S_INIT("Chrome") },
    { S_INIT("Safari"), S_INIT("Safari") },
    { S_INIT("curl"), S_INIT("curl") },
};

static const struct brand systems[] = {
    { S_INIT("HarmonyOS"), S_INIT("HarmonyOS") },
    { S_INIT("Android"), S_INIT("Android") },
    { S_INIT("iPhone"), S_INIT("iPhone") },
    { S_INIT("iPad"), S_INIT("iPad") },
    { S_INIT("Windows"), S_INIT("Windows") },
    { S_INIT("Mac OS X"), S_INIT("Mac") },
    { S_INIT("Linux"), S_INIT("Linux") },
};

static struct str first_of(const struct brand *brands, size_t n, struct str s)
{
    for (size_t i = 0; i < n; i++)
        if (str_find(s, brands[i].mark) != SIZE_MAX)
            return brands[i].name;
    return S("");
}

struct str browser_words(struct mem *m, struct str user_agent)
{
    struct str program = first_of(programs, COUNT(programs), user_agent);
    struct str system = first_of(systems, COUNT(systems), user_agent);

    return str_join(m,
                    (struct str[]){ program,
                                    program.n && system.n ? S(" · ") : S(""),
                                    system },
                    3);
}
