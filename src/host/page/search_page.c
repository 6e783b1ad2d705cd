/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Search across all ledgers. It asks each of them what its list would be
 * asked, so nobody finds by a value that he may not see.
 */
#include "host/page/search_page.h"

#include "host/ledger/table.h"
#include "host/list/list_rows.h"
#include "host/page/list_request.h"
#include "host/page/views/search.h"

enum { REST_MAX = 2000, REST_VALUES = 3 };

static size_t ledger_count(void)
{
    size_t n = 0;

    while (ledger_at(n))
        n++;
    return n;
}

/* "区教育局 · 社会治理 · 2024-11-30" */
static struct str rest_of(struct mem *m, struct list_rows *r)
{
    struct buf *b = buf_new(m, REST_MAX);
    size_t values = 0;

    for (size_t i = 1; i < r->columns_n && values < REST_VALUES; i++) {
        if (!list_has(r, i) || r->columns[i].column->type == COLUMN_COUNT ||
            r->columns[i].column->type == COLUMN_LINES)
            continue;
        if (values++)
            buf_put(b, S(" · "));
        buf_put(b, list_cell(r, i));
    }
    return buf_str(b);
}

static struct search_row row_of(struct ctx *c, struct list_rows *r)
{
    struct str title = str_dup(c->m, list_cell(r, 0));

    if (title.n == 0)
        title = text_in(text_fmt(c->m, "编号 %lld", "ID %lld",
                                 (long long)list_id(r)),
                        c->lang);
    return (struct search_row){
        .path = str_fmt(c->m, "%.*s/%lld",
                        STR_ARG(ledger_path(c->m, r->query->ledger)),
                        (long long)list_id(r)),
        .title = title,
        .rest = rest_of(c->m, r),
        .year = r->query->ledger->standing ? 0 : list_year(r),
    };
}

/* All years, the newest rows first. */
static void search_ledger(struct ctx *c, const struct ledger *l,
                          struct search_part *ret)
{
    struct list_query q;
    struct list_rows r;

    list_read(c, l, &q);
    q.year = 0;
    q.sort = LIST_BY_ID;
    q.desc = true;
    *ret = (struct search_part){
        .ledger = l,
        .found = list_found(ctx_scope(c), &q),
        .path = list_link(c->m, &q, S("")),
    };
    if (ret->found == 0)
        return;
    list_open(ctx_scope(c), &q, LIST_PAGE, &r);
    while (ret->n < SEARCH_ROWS && list_next(&r))
        ret->rows[ret->n++] = row_of(c, &r);
    rows_end(&r.rows);
    note_personal(c, &(struct audit_event){ .kind = AUDIT_SHOWN,
                                            .what = ledger_name(c->m, l),
                                            .form = S("search"),
                                            .n = r.personal });
}

static void search_all(struct ctx *c, struct search_page *p)
{
    struct search_part *parts =
        NEW_ARRAY(c->m, struct search_part, ledger_count());
    const struct ledger *l;

    for (size_t i = 0; (l = ledger_at(i)) != NULL; i++) {
        if (!l->open && p->visitor)
            continue;
        search_ledger(c, l, &parts[p->n]);
        p->found += parts[p->n].found;
        p->n += parts[p->n].found > 0;
    }
    p->parts = parts;
}

enum err show_search(struct ctx *c)
{
    struct search_page p = { .words = str_trim(ctx_query(c, S("q"))),
                             .visitor = c->who.account == 0 };

    if (p.words.n)
        search_all(c, &p);
    view_search(page_body(c), &p);
    return page_send(c, &(struct page){ .title = TEXT("搜索", "Search") });
}
