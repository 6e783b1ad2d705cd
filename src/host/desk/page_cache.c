/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * A table of answers by key, and a list of them by last use.
 *
 * Each answer has memory of its own and is never changed. The lock guards
 * table, list and holders; nothing is copied while it is held, for a holder
 * keeps the answer itself. What a commit made useless is not swept out: its
 * key finds another answer in its place, or it ends up last in the list.
 */
#include "host/desk/page_cache.h"

#include <pthread.h>

enum { SLOTS = 8192 };

struct entry {
    struct entry *next;          /* in its slot */
    struct entry *newer, *older; /* by last use */
    struct page_cache *cache;
    struct mem *m; /* all of it */
    uint64_t hash; /* of the key */
    struct str key;
    struct db_stamp stamp;
    struct cached_answer answer;
    unsigned holders; /* who send it */
    bool out;         /* of the table: it goes with the last of them */
};

struct page_cache {
    pthread_mutex_t lock;
    size_t most;
    size_t size;
    struct entry *slots[SLOTS];
    struct entry *newest, *oldest;
};

/* ---- list and table; all under the lock ---- */

static void link_newest(struct page_cache *cache, struct entry *e)
{
    e->newer = NULL;
    e->older = cache->newest;
    if (e->older)
        e->older->newer = e;
    else
        cache->oldest = e;
    cache->newest = e;
}

static void unlink_use(struct page_cache *cache, struct entry *e)
{
    if (e->newer)
        e->newer->older = e->older;
    else
        cache->newest = e->older;
    if (e->older)
        e->older->newer = e->newer;
    else
        cache->oldest = e->newer;
}

/* Where the entry of this key is linked in, or would be. */
static struct entry **place_of(struct page_cache *cache, uint64_t hash,
                               struct str key)
{
    struct entry **at = &cache->slots[hash % SLOTS];

    while (*at && ((*at)->hash != hash || !str_eq((*at)->key, key)))
        at = &(*at)->next;
    return at;
}

static void drop(struct page_cache *cache, struct entry **at)
{
    struct entry *e = *at;

    *at = e->next;
    unlink_use(cache, e);
    cache->size -= mem_size(e->m);
    e->out = true;
    if (e->holders == 0)
        mem_free(e->m);
}

static void drop_oldest(struct page_cache *cache)
{
    const struct entry *e = cache->oldest;

    drop(cache, place_of(cache, e->hash, e->key));
}

/* ---- the rest ---- */

static void end(void *arg)
{
    struct page_cache *cache = arg;

    while (cache->oldest) {
        if (cache->oldest->holders)
            BUG("a cache ends while an answer of it is sent");
        drop_oldest(cache);
    }
    pthread_mutex_destroy(&cache->lock);
}

struct page_cache *page_cache_new(struct mem *m, size_t most)
{
    struct page_cache *cache = NEW(m, struct page_cache);

    cache->most = most;
    pthread_mutex_init(&cache->lock, NULL);
    mem_defer(m, end, cache);
    return cache;
}

static void let_go(void *arg)
{
    struct entry *e = arg;
    struct page_cache *cache = e->cache;

    pthread_mutex_lock(&cache->lock);
    e->holders--;
    if (e->out && e->holders == 0)
        mem_free(e->m);
    pthread_mutex_unlock(&cache->lock);
}

bool page_cache_find(struct page_cache *cache, struct str key,
                     const struct db_stamp *stamp, struct mem *m,
                     struct cached_answer *ret)
{
    uint64_t hash = str_hash(key);
    struct entry *e;

    pthread_mutex_lock(&cache->lock);
    e = *place_of(cache, hash, key);
    if (e && !db_stamp_same(&e->stamp, stamp))
        e = NULL;
    if (e) {
        unlink_use(cache, e);
        link_newest(cache, e);
        e->holders++;
    }
    pthread_mutex_unlock(&cache->lock);
    if (!e)
        return false;
    mem_defer(m, let_go, e);
    *ret = e->answer;
    return true;
}

static struct entry *entry_new(struct page_cache *cache, struct str key,
                               const struct db_stamp *stamp,
                               const struct cached_answer *answer)
{
    struct mem *m = mem_new();
    struct entry *e = NEW(m, struct entry);

    *e = (struct entry){
        .cache = cache,
        .m = m,
        .hash = str_hash(key),
        .key = str_dup(m, key),
        .stamp = *stamp,
        .answer = { .etag = str_dup(m, answer->etag),
                    .headers = str_dup(m, answer->headers),
                    .body = str_dup(m, answer->body) },
    };
    return e;
}

void page_cache_put(struct page_cache *cache, struct str key,
                    const struct db_stamp *stamp,
                    const struct cached_answer *answer)
{
    struct entry *e = entry_new(cache, key, stamp, answer);
    size_t size = mem_size(e->m);
    struct entry **at;

    if (size > cache->most) {
        mem_free(e->m);
        return;
    }
    pthread_mutex_lock(&cache->lock);
    at = place_of(cache, e->hash, key);
    if (*at)
        drop(cache, at);
    while (cache->size + size > cache->most)
        drop_oldest(cache);
    e->next = cache->slots[e->hash % SLOTS];
    cache->slots[e->hash % SLOTS] = e;
    link_newest(cache, e);
    cache->size += size;
    pthread_mutex_unlock(&cache->lock);
}

size_t page_cache_size(struct page_cache *cache)
{
    size_t size;

    pthread_mutex_lock(&cache->lock);
    size = cache->size;
    pthread_mutex_unlock(&cache->lock);
    return size;
}
