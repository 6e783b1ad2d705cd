/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * The journal in public: its newest head as text, the tiles of its tree for
 * other people's tools (C2SP tlog-tiles), and a page that says how to check.
 */
#include "host/page/journal_page.h"
#include "base/date.h"
#include "host/page/views/journal.h"
#include "journal/tile.h"
#include "journal/tree_proof.h"

static bool newest_head(struct ctx *c, struct str *ret_note,
                        struct tree_head *ret_head, int64_t *ret_at)
{
    struct text reason;

    return head_newest(ctx_scope(c), ret_note, ret_at) &&
           note_head_verify(c->m, *ret_note, &c->house->key, ret_head,
                            &reason) == OK;
}

enum err show_journal(struct ctx *c)
{
    struct journal_page p = { .note = S("") };
    struct tree_head head;
    int64_t at;

    if (newest_head(c, &p.note, &head, &at)) {
        p.size = (int64_t)head.size;
        p.at = date_moment(c->m, at);
        p.root = hex_encode(c->m, hash_str(&head.root));
    }
    p.key = note_key_encode(c->m, &c->house->key);
    view_journal(page_body(c), &p);
    return page_send(c, &(struct page){
                            .title = TEXT("核验数据", "Verify the data") });
}

enum err show_checkpoint(struct ctx *c)
{
    struct tree_head head;
    struct str note;
    int64_t at;

    if (!newest_head(c, &note, &head, &at))
        return E_ABSENT;
    return send_bytes(c, S("text/plain; charset=utf-8"), note);
}

/* A tile of the tree, no wider than the newest head vouches for. */
enum err show_tile(struct ctx *c)
{
    struct str path = str_fmt(c->m, "tile/%.*s", STR_ARG(c->params[0]));
    struct scope in = ctx_scope(c);
    struct tree_source source = head_source(&in);
    struct tree_head head;
    struct tile tile;
    struct str content;
    struct str note;
    int64_t at;

    if (!tile_path_read(path, &tile) || tile.entries ||
        !newest_head(c, &note, &head, &at) ||
        tile_width(head.size, tile.level, tile.index) < tile.width)
        return refuse(c, E_ABSENT,
                      TEXT("没有这块日志", "there is no such tile"));
    if (tile_hashes(c->m, &source, &tile, &content) != OK)
        return E_STORE;
    return send_bytes(c, S("application/octet-stream"), content);
}

enum err show_health(struct ctx *c)
{
    ctx_unique(c); /* whoever asks wants to know how it is now */
    if (account_count(ctx_scope(c)) < 0)
        return E_STORE;
    return send_bytes(c, S("text/plain; charset=utf-8"), S("ok\n"));
}
