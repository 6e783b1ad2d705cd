/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * The unit tests linked with this (sqlcheck.mk: --wrap) write down every
 * text that a connection sends, once for each process and signature, into
 * the file DAJUAN_RECORD. It stands between the store and its engine, so
 * nothing that is sent can be missed.
 */
#include "test/sqlcheck/record.h"

#include "base/map.h"
#include "store/compose.h"
#include "store/driver.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

struct db *__real_db_open(struct mem *m, struct str address, enum db_mode mode,
                          struct text *ret_reason);
struct db *__wrap_db_open(struct mem *m, struct str address, enum db_mode mode,
                          struct text *ret_reason);
struct sql __real_compose_end(struct compose *c);
struct sql __wrap_compose_end(struct compose *c);

static struct {
    pthread_mutex_t lock;
    struct store_driver driver; /* the engine's, but for what is recorded */
    const struct store_driver *engine;
    struct mem *m;
    struct map composed; /* texts */
    struct map written;  /* records */
    int file;
} recorder = { .lock = PTHREAD_MUTEX_INITIALIZER };

static void begin(void)
{
    const char *path = getenv("DAJUAN_RECORD");

    recorder.m = mem_new();
    map_init(&recorder.composed, recorder.m);
    map_init(&recorder.written, recorder.m);
    recorder.file =
        path ? open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600) : -1;
    if (recorder.file < 0)
        BUG("DAJUAN_RECORD is no file to write to");
}

static bool is_in(struct map *map, struct str key)
{
    int64_t there;

    if (map_get(map, key, &there))
        return true;
    map_put(map, str_dup(recorder.m, key), 1);
    return false;
}

/* One write each, so that records of several processes do not mix. */
static void record(struct mem *m, struct str signature, struct str text)
{
    struct str line =
        str_join(m, (struct str[]){ signature, S("\t"), text, RECORD_END }, 4);

    pthread_mutex_lock(&recorder.lock);
    if (!is_in(&recorder.written, line) &&
        write(recorder.file, line.p, line.n) != (ssize_t)line.n)
        BUG("could not write a record");
    pthread_mutex_unlock(&recorder.lock);
}

static bool is_composed(struct str text)
{
    int64_t there;
    bool is;

    pthread_mutex_lock(&recorder.lock);
    is = map_get(&recorder.composed, text, &there);
    pthread_mutex_unlock(&recorder.lock);
    return is;
}

static void record_statement(struct sql q, struct args a)
{
    static const char letter[] = {
        [VALUE_INT] = 'i',
        [VALUE_TEXT] = 't',
        [VALUE_BYTES] = 'b',
    };
    struct str text = { q.text, q.n };
    struct mem *m = mem_new();
    char *signature = mem_alloc(m, a.n + 1);

    signature[0] = is_composed(text) ? RECORD_COMPOSED : RECORD_LITERAL;
    for (size_t i = 0; i < a.n; i++)
        signature[1 + i] = letter[a.v[i].kind];
    record(m, (struct str){ signature, a.n + 1 }, text);
    mem_free(m);
}

static enum settled run(struct db *db, struct sql q, struct args a,
                        int64_t *changes)
{
    record_statement(q, a);
    return recorder.engine->run(db, q, a, changes);
}

static struct statement *query(struct db *db, struct sql q, struct args a)
{
    record_statement(q, a);
    return recorder.engine->query(db, q, a);
}

static bool script(struct db *db, struct str statements)
{
    static const char kind = RECORD_SCRIPT;
    struct mem *m = mem_new();

    record(m, (struct str){ &kind, 1 }, statements);
    mem_free(m);
    return recorder.engine->script(db, statements);
}

struct db *__wrap_db_open(struct mem *m, struct str address, enum db_mode mode,
                          struct text *ret_reason)
{
    struct db *db = __real_db_open(m, address, mode, ret_reason);

    if (!db)
        return NULL;
    pthread_mutex_lock(&recorder.lock);
    if (!recorder.m)
        begin();
    if (!recorder.engine) {
        recorder.engine = db->driver;
        recorder.driver = *db->driver;
        recorder.driver.run = run;
        recorder.driver.query = query;
        recorder.driver.script = script;
    }
    db->driver = &recorder.driver;
    pthread_mutex_unlock(&recorder.lock);
    return db;
}

struct sql __wrap_compose_end(struct compose *c)
{
    struct sql q = __real_compose_end(c);

    pthread_mutex_lock(&recorder.lock);
    if (!recorder.m)
        begin();
    is_in(&recorder.composed, (struct str){ q.text, q.n });
    pthread_mutex_unlock(&recorder.lock);
    return q;
}
