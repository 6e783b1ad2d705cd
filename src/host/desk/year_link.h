/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * year_link.h - the year of a page travels with its links.
 *
 * Who looks at another year than the site's own stays in it from page to
 * page: the address remembers it, nothing else does.
 */
#ifndef DAJUAN_HOST_DESK_YEAR_LINK_H
#define DAJUAN_HOST_DESK_YEAR_LINK_H

#include "base/buf.h"

/* A path of this site with `year` in its query, unless it says one itself. */
struct str year_link(struct mem *m, struct str path, int32_t year);

/* A rendered page, with `year` in all links and forms of this site. */
void year_links(struct buf *out, struct str html, int32_t year);

#endif
