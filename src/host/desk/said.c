/* SPDX-License-Identifier: MulanPSL-2.0 */
/* "saved./settings": one word of ours, and the page that tells it. */
#include "host/desk/said.h"

#include "host/desk/route.h"
#include "host/desk/site.h"
#include "web/url.h"

enum { MINUTE_S = 60 };

static const struct {
    struct str key;
    struct text words;
} words[SAID_COUNT] = {
    [SAID_SAVED] = { S_INIT("saved"), TEXT_INIT("已保存。", "Saved.") },
    [SAID_SAME] = { S_INIT("same"),
                    TEXT_INIT("没有改动，什么也没写。",
                              "Nothing was changed, so nothing was written.") },
    [SAID_AGAIN] = { S_INIT("again"),
                     TEXT_INIT("这张表已经收到过，只算一次。",
                               "This form had come already; it counts once.") },
    [SAID_DRAFT] = { S_INIT("draft"), TEXT_INIT("草稿已存。", "Draft kept.") },
    [SAID_DROPPED] = { S_INIT("dropped"),
                       TEXT_INIT("已丢弃。", "Thrown away.") },
    [SAID_JUDGED] = { S_INIT("judged"),
                      TEXT_INIT(
                          "已记下，按您说的重新核对。",
                          "Taken down; the file is judged again by it.") },
    [SAID_VOIDED] = { S_INIT("voided"),
                      TEXT_INIT("已作废，不再计入数字。",
                                "Voided; it counts no more.") },
    [SAID_RESTORED] = { S_INIT("restored"),
                        TEXT_INIT("已恢复，重新计入数字。",
                                  "Restored; it counts again.") },
    [SAID_PUBLISHED] = { S_INIT("published"),
                         TEXT_INIT("已发布。", "Published.") },
    [SAID_PASSWORD] = { S_INIT("password"),
                        TEXT_INIT("密码已修改。别处的登录都已退出。",
                                  "The password was changed. You are signed "
                                  "out everywhere else.") },
    [SAID_SESSIONS] = { S_INIT("sessions"), TEXT_INIT("已退出。", "Ended.") },
    [SAID_ACCOUNT] = { S_INIT("account"),
                       TEXT_INIT("账户已停用。", "The account was ended.") },
    [SAID_GRANT] = { S_INIT("grant"),
                     TEXT_INIT("已提出，等另一位系统管理员确认。",
                               "Asked for; another administrator has to "
                               "confirm it.") },
    [SAID_TAKEN] = { S_INIT("taken"),
                     TEXT_INIT("已办理，新的状态见本页。",
                               "Done; the new state stands on this page.") },
};

void announce(struct ctx *c, enum said what)
{
    c->said = what;
}

void announce_saved(struct ctx *c)
{
    announce(c, journal_wrote(c->act->journal) ? SAID_SAVED : SAID_SAME);
}

struct text said_words(enum said what)
{
    return words[what].words;
}

/* The path, without query and fragment. */
static struct str path_of(struct str location)
{
    location = str_slice(location, 0, str_find(location, S("#")));
    return str_slice(location, 0, str_find(location, S("?")));
}

void said_send(struct ctx *c)
{
    struct str path = url_encode(c->m, path_of(c->location));

    if (c->said)
        site_cookie(c, "said",
                    str_fmt(c->m, "%.*s.%.*s", STR_ARG(words[c->said].key),
                            STR_ARG(path)),
                    MINUTE_S);
}

enum said said_take(struct ctx *c)
{
    struct str value =
        cookie_value(http_header(&c->x->head, S("Cookie")), S("said"));
    struct str path = url_encode(c->m, c->x->head.path);
    struct str key;

    if (!value.p || c->act || !str_cut(&value, S("."), &key) ||
        !str_eq(value, path))
        return SAID_NOTHING;
    site_cookie(c, "said", S(""), 0);
    for (size_t i = 1; i < SAID_COUNT; i++)
        if (str_eq(key, words[i].key))
            return (enum said)i;
    return SAID_NOTHING;
}
