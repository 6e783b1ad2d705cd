/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "host/import/headings.h"

#include "base/buf.h"

enum { TITLES_MAX = 64 * 1024 };

/* The lines above the header, one below the other. */
static struct str titles_of(struct mem *m, const struct match *s)
{
    struct buf *b = buf_new(m, TITLES_MAX);

    for (size_t row = 0; s->headers.n && row < s->header; row++)
        for (size_t col = 0; col < s->grid->cols; col++) {
            const struct cell *cell = grid_cell(s->grid, row, col);

            if (!cell->merged) {
                buf_put(b, cell->text);
                buf_byte(b, ';');
            }
        }
    return buf_str(b);
}

struct heading *match_headings(struct mem *m, const struct match *s)
{
    const struct ledger *l = s->ledger;
    struct heading *headings = NEW_ARRAY(m, struct heading, l->columns_n);
    struct str titles = titles_of(m, s);

    for (size_t i = 0; i < l->columns_n; i++) {
        const struct column *c = &l->columns[i];

        headings[i] =
            s->headers.n == 0 || s->map[i] == SIZE_MAX
                ? (struct heading){ c, 1 }
                : heading_read(m, c, match_header(s, s->map[i]), titles);
    }
    return headings;
}
