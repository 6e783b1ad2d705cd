/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * page_cache.h - finished answers, to be sent again for as long as the
 * database is the one they were made from. Private to the desk; what may
 * stand in it is reuse.h's.
 *
 * One for all threads: after a commit a page is made once, not once a thread,
 * and its bound is the process's. An answer that is being sent stays in
 * memory until it is, whatever becomes of its place here.
 */
#ifndef DAJUAN_HOST_DESK_PAGE_CACHE_H
#define DAJUAN_HOST_DESK_PAGE_CACHE_H

#include "store/stamp.h"

/* An answer with status 200, as it is sent. */
struct cached_answer {
    struct str etag;
    struct str headers; /* lines with CRLF, that of the tag too */
    struct str body;
};

struct page_cache;

/*
 * An empty one, of at most `most` bytes in all. It ends with `m`, when nobody
 * sends an answer of it any more.
 */
struct page_cache *page_cache_new(struct mem *m, size_t most);

/*
 * The answer to `key` made while the database had this stamp. False: there
 * is none. It is there until `m` ends.
 */
bool page_cache_find(struct page_cache *cache, struct str key,
                     const struct db_stamp *stamp, struct mem *m,
                     struct cached_answer *ret);

/*
 * Put a copy in, in the place of any other to `key`. Those that were not
 * asked for the longest make room; what has none at all is left out.
 */
void page_cache_put(struct page_cache *cache, struct str key,
                    const struct db_stamp *stamp,
                    const struct cached_answer *answer);

/* Bytes of memory that it takes. */
size_t page_cache_size(struct page_cache *cache);

#endif
