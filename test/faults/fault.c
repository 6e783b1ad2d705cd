/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * __wrap_x() is what the program reaches when it calls x(), __real_x() what
 * it would have reached (ld, --wrap).
 */
#include "test/faults/fault.h"

#include "store/driver.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static struct fault plan;
static long counts[FAULT_PLACES];
static bool kept_file;
static uint64_t random_state;

void fault_arm(const struct fault *f)
{
    plan = *f;
    for (int i = 0; i < FAULT_PLACES; i++)
        counts[i] = 0;
    random_state = 0;
}

long fault_count(enum fault_place place)
{
    return counts[place];
}

bool fault_kept_file(void)
{
    return kept_file;
}

static bool fails(enum fault_place place)
{
    long n = ++counts[place];

    if (place != plan.place || plan.at == 0)
        return false;
    errno = plan.error;
    return plan.for_ever ? n >= plan.at : n == plan.at;
}

/* ---- statements ---- */

/* Every connection has a driver of its own: the engine's, with faults. */
struct faulty {
    struct store_driver driver; /* first: a db knows its driver only */
    const struct store_driver *real;
};

static const struct store_driver *real(const struct db *db)
{
    return ((const struct faulty *)db->driver)->real;
}

static bool refuses(struct db *db)
{
    if (!fails(FAULT_STATEMENT))
        return false;
    snprintf(db->reason, sizeof(db->reason), "could not: a fault was planned");
    return true;
}

static bool faulty_begin(struct db *db, bool writes)
{
    return !refuses(db) && real(db)->begin(db, writes);
}

static bool faulty_commit(struct db *db)
{
    return !refuses(db) && real(db)->commit(db);
}

static bool faulty_mark(struct db *db)
{
    return !refuses(db) && real(db)->mark(db);
}

static enum settled faulty_keep(struct db *db)
{
    return refuses(db) ? SETTLED_FAILED : real(db)->keep(db);
}

static bool faulty_undo(struct db *db)
{
    return !refuses(db) && real(db)->undo(db);
}

static enum settled faulty_run(struct db *db, struct sql q, struct args a,
                               int64_t *changes)
{
    return refuses(db) ? SETTLED_FAILED : real(db)->run(db, q, a, changes);
}

static struct statement *faulty_query(struct db *db, struct sql q,
                                      struct args a)
{
    return refuses(db) ? NULL : real(db)->query(db, q, a);
}

static enum step faulty_step(struct db *db, struct statement *st)
{
    return refuses(db) ? STEP_FAILED : real(db)->step(db, st);
}

static bool faulty_columns(struct db *db, struct mem *m, struct str table,
                           struct db_columns *ret)
{
    return !refuses(db) && real(db)->columns(db, m, table, ret);
}

static bool faulty_script(struct db *db, struct str statements)
{
    return !refuses(db) && real(db)->script(db, statements);
}

static bool faulty_fix_plans(struct db *db)
{
    return !refuses(db) && real(db)->fix_plans(db);
}

static bool faulty_copy(struct db *db, struct str path)
{
    return !refuses(db) && real(db)->copy(db, path);
}

static bool faulty_check(struct db *db, struct mem *m, struct str *ret_wrong)
{
    return !refuses(db) && real(db)->check(db, m, ret_wrong);
}

struct db *__real_sqlite_open(struct mem *m, struct str path, enum db_mode mode,
                              struct text *ret_reason);
struct db *__wrap_sqlite_open(struct mem *m, struct str path, enum db_mode mode,
                              struct text *ret_reason);

struct db *__wrap_sqlite_open(struct mem *m, struct str path, enum db_mode mode,
                              struct text *ret_reason)
{
    struct db *db = __real_sqlite_open(m, path, mode, ret_reason);
    struct faulty *f = NEW(m, struct faulty);

    if (!db)
        return NULL;
    f->real = db->driver;
    f->driver = *db->driver;
    f->driver.begin = faulty_begin;
    f->driver.commit = faulty_commit;
    f->driver.mark = faulty_mark;
    f->driver.keep = faulty_keep;
    f->driver.undo = faulty_undo;
    f->driver.run = faulty_run;
    f->driver.query = faulty_query;
    f->driver.step = faulty_step;
    f->driver.columns = faulty_columns;
    f->driver.script = faulty_script;
    f->driver.fix_plans = faulty_fix_plans;
    f->driver.copy = faulty_copy;
    f->driver.check = faulty_check;
    db->driver = &f->driver;
    return db;
}

/* ---- writes and syncs ---- */

ssize_t __real_write(int fd, const void *p, size_t n);
ssize_t __wrap_write(int fd, const void *p, size_t n);
ssize_t __real_pwrite64(int fd, const void *p, size_t n, off64_t at);
ssize_t __wrap_pwrite64(int fd, const void *p, size_t n, off64_t at);
int __real_ftruncate64(int fd, off64_t size);
int __wrap_ftruncate64(int fd, off64_t size);
int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...);
int __real_open64(const char *path, int flags, ...);
int __wrap_open64(const char *path, int flags, ...);
int __real_mkdir(const char *path, mode_t mode);
int __wrap_mkdir(const char *path, mode_t mode);
int __real_rename(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to);
int __real_unlink(const char *path);
int __wrap_unlink(const char *path);
int __real_fsync(int fd);
int __wrap_fsync(int fd);

/* Half of it is there, as after a real one. */
static ssize_t torn(ssize_t written)
{
    (void)written;
    errno = plan.error;
    return -1;
}

ssize_t __wrap_write(int fd, const void *p, size_t n)
{
    return fails(FAULT_WRITE) ? torn(__real_write(fd, p, n / 2))
                              : __real_write(fd, p, n);
}

ssize_t __wrap_pwrite64(int fd, const void *p, size_t n, off64_t at)
{
    return fails(FAULT_WRITE) ? torn(__real_pwrite64(fd, p, n / 2, at))
                              : __real_pwrite64(fd, p, n, at);
}

int __wrap_ftruncate64(int fd, off64_t size)
{
    return fails(FAULT_WRITE) ? -1 : __real_ftruncate64(fd, size);
}

int __wrap_open(const char *path, int flags, ...)
{
    va_list more;
    mode_t mode;

    va_start(more, flags);
    mode = flags & O_CREAT ? va_arg(more, mode_t) : 0;
    va_end(more);
    return flags & O_CREAT && fails(FAULT_WRITE)
               ? -1
               : __real_open(path, flags, mode);
}

int __wrap_open64(const char *path, int flags, ...)
{
    va_list more;
    mode_t mode;

    va_start(more, flags);
    mode = flags & O_CREAT ? va_arg(more, mode_t) : 0;
    va_end(more);
    return flags & O_CREAT && fails(FAULT_WRITE)
               ? -1
               : __real_open64(path, flags, mode);
}

int __wrap_mkdir(const char *path, mode_t mode)
{
    return fails(FAULT_WRITE) ? -1 : __real_mkdir(path, mode);
}

int __wrap_rename(const char *from, const char *to)
{
    return fails(FAULT_WRITE) ? -1 : __real_rename(from, to);
}

int __wrap_unlink(const char *path)
{
    if (!fails(FAULT_WRITE))
        return __real_unlink(path);
    kept_file = true;
    return -1;
}

int __wrap_fsync(int fd)
{
    return fails(FAULT_SYNC) ? -1 : __real_fsync(fd);
}

/* ---- what is never twice the same ---- */

int64_t __wrap_clock_ms(void);
void __wrap_hash_random(void *p, size_t n);

int64_t __wrap_clock_ms(void)
{
    return 1730966400000;
}

void __wrap_hash_random(void *p, size_t n)
{
    unsigned char *bytes = p;

    for (size_t i = 0; i < n; i++) {
        random_state =
            random_state * 6364136223846793005U + 1442695040888963407U;
        bytes[i] = (unsigned char)(random_state >> 56);
    }
}
