/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * A spool is a buffer that is emptied into a file once it is full. It may be
 * slow to go away: whoever reads it decides how long it lives, so the budget
 * bounds what all of them together can hold.
 */
#include "base/spool.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>
#include <zlib.h>

enum { MEMORY_MAX = 256 << 20, PACK_LEVEL = 4, PACK_PIECE = 32 << 10 };

struct spool {
    struct mem *m;
    struct mem *parts; /* of `buf`; ends when all is in the file */
    struct spool_budget *budget;
    struct buf buf;
    int fd;
    bool foreign;   /* a library writes the file */
    bool packs;     /* what goes there is compressed */
    z_stream *pack; /* in `parts`, once something went there */
    unsigned char *piece;
    size_t filed; /* bytes in the file */
    size_t taken; /* of the budget */
    enum err err; /* the first failure */
    struct text reason;
};

static void fail(struct spool *s, enum err e, struct text reason)
{
    if (s->err != OK)
        return;
    s->err = e;
    s->reason = reason;
}

static void fail_busy(struct spool *s)
{
    fail(s, E_STORE,
         TEXT("现在下载的人太多，请几分钟后再试。",
              "Too many are downloading now. Try again in a few minutes."));
}

static void fail_disk(struct spool *s, int error)
{
    struct text why = error_words(error);

    fail(s, E_STORE,
         (struct text){
             str_fmt(s->m,
                     "没有地方存放要下载的文件（%.*s）。请稍后再试，"
                     "或联系管理员。",
                     STR_ARG(why.zh)),
             str_fmt(s->m,
                     "There is no room for the file to download (%.*s). Try "
                     "again later or tell the administrator.",
                     STR_ARG(why.en)),
         });
}

static void fail_large(struct spool *s)
{
    fail(s, E_SIZE,
         TEXT("内容太多，一个文件放不下。请先缩小范围再导出。",
              "This is too much for one file. Narrow the list and export "
              "again."));
}

static void let_go(void *arg)
{
    struct spool *s = arg;

    if (s->fd >= 0)
        close(s->fd);
    s->fd = -1;
    if (s->taken)
        atomic_fetch_sub(&s->budget->taken, s->taken);
    s->taken = 0;
}

struct spool *spool_new(struct mem *m, struct spool_budget *budget)
{
    struct spool *s = NEW(m, struct spool);

    s->m = m;
    s->parts = mem_child(m);
    s->budget = budget;
    s->fd = -1;
    buf_init(&s->buf, s->parts, budget ? SPOOL_PART_MAX : MEMORY_MAX);
    mem_defer(m, let_go, s);
    return s;
}

/* Some file systems cannot make a file that never had a name. */
static int unnamed_file(struct mem *m, struct str folder)
{
    const char *path = str_c(m, folder);
    int fd = open(path, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    char *name;

    if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR))
        return fd;
    name = (char *)(uintptr_t)str_fmt(m, "%s/spool.XXXXXX", path).p;
    fd = mkostemp(name, O_CLOEXEC);
    if (fd >= 0 && unlink(name) < 0) {
        close(fd);
        fd = -1;
    }
    return fd;
}

/* False: the disk has no more than what is left to others. */
static bool disk_has_room(const struct spool *s, size_t n)
{
    struct statvfs disk;

    if (fstatvfs(s->fd, &disk) < 0)
        return false;
    if ((uint64_t)disk.f_bavail * disk.f_frsize >= s->budget->spare + n)
        return true;
    errno = ENOSPC;
    return false;
}

static bool open_file(struct spool *s)
{
    if (s->fd >= 0)
        return true;
    s->fd = s->budget ? unnamed_file(s->m, s->budget->folder)
                      : memfd_create("spool", MFD_CLOEXEC);
    if (s->fd < 0)
        fail_disk(s, errno);
    return s->fd >= 0;
}

/* Take `n` bytes of the budget and of the disk, or fail. */
static bool take(struct spool *s, size_t n)
{
    struct spool_budget *b = s->budget;

    if (!spool_has_room(s, n))
        return false;
    if (atomic_fetch_add(&b->taken, n) + n > b->most) {
        atomic_fetch_sub(&b->taken, n);
        fail_busy(s);
        return false;
    }
    s->taken += n;
    return true;
}

static bool write_all(int fd, struct str bytes)
{
    while (bytes.n) {
        ssize_t n = write(fd, bytes.p, bytes.n);

        if (n < 0 && errno != EINTR)
            return false;
        if (n > 0)
            bytes = str_slice(bytes, (size_t)n, bytes.n);
    }
    return true;
}

static void write_part(struct spool *s, struct str part)
{
    if (s->err != OK || !take(s, part.n))
        return;
    if (write_all(s->fd, part))
        s->filed += part.n;
    else
        fail_disk(s, errno);
}

static void *pack_alloc(void *m, unsigned items, unsigned size)
{
    return mem_raw(m, (size_t)items * size);
}

static void pack_free(void *m, void *p)
{
    (void)m; /* it goes with the parts */
    (void)p;
}

static void pack_begin(struct spool *s)
{
    if (s->pack)
        return;
    s->piece = mem_raw(s->parts, PACK_PIECE);
    s->pack = NEW(s->parts, z_stream);
    *s->pack = (z_stream){ .zalloc = pack_alloc,
                           .zfree = pack_free,
                           .opaque = s->parts };
    if (deflateInit2(s->pack, PACK_LEVEL, Z_DEFLATED, 15 + 16, 8,
                     Z_DEFAULT_STRATEGY) != Z_OK)
        BUG("zlib refused to begin");
}

static void pack_part(struct spool *s, struct str part, int flush)
{
    z_stream *z;

    pack_begin(s);
    z = s->pack;
    z->next_in = (Bytef *)(uintptr_t)part.p; /* zlib only reads it */
    z->avail_in = (uInt)part.n;
    do {
        z->next_out = s->piece;
        z->avail_out = PACK_PIECE;
        if (deflate(z, flush) == Z_STREAM_ERROR)
            BUG("zlib lost its stream");
        write_part(s,
                   (struct str){ (char *)s->piece, PACK_PIECE - z->avail_out });
    } while (z->avail_out == 0 && s->err == OK);
}

/* What the buffer has goes to the file. */
static void move_part(struct spool *s, bool last)
{
    if (s->err == OK && open_file(s)) {
        if (s->packs)
            pack_part(s, buf_str(&s->buf), last ? Z_FINISH : Z_NO_FLUSH);
        else
            write_part(s, buf_str(&s->buf));
    }
    buf_clear(&s->buf);
}

void spool_pack(struct spool *s)
{
    if (s->buf.n || s->fd >= 0)
        BUG("a spool is packed from its beginning");
    s->packs = true;
}

struct buf *spool_buf(struct spool *s)
{
    return &s->buf;
}

void spool_flush(struct spool *s)
{
    if (buf_overflowed(&s->buf))
        fail_large(s);
    if (s->budget && s->buf.n >= SPOOL_MEMORY)
        move_part(s, false);
}

void spool_put(struct spool *s, struct str bytes)
{
    while (bytes.n) {
        struct str part = str_slice(bytes, 0, SPOOL_MEMORY);

        buf_put(&s->buf, part);
        spool_flush(s);
        bytes = str_slice(bytes, part.n, bytes.n);
    }
}

int spool_file(struct spool *s)
{
    if (s->buf.n || s->filed)
        BUG("a spool that is written in two ways");
    s->foreign = true;
    return open_file(s) && spool_has_room(s, 0) ? s->fd : -1;
}

struct str spool_folder(const struct spool *s)
{
    return s->budget ? s->budget->folder : S("");
}

bool spool_has_room(struct spool *s, size_t n)
{
    if (s->budget && !disk_has_room(s, n))
        fail_disk(s, errno);
    return s->err == OK;
}

/* A small file is read back, as is one without a budget. */
static void read_back(struct spool *s)
{
    char *to = buf_room(&s->buf, s->filed);
    size_t n = 0;

    if (s->filed && !to) {
        fail_large(s);
        return;
    }
    while (n < s->filed) {
        ssize_t got = pread(s->fd, to + n, s->filed - n, (off_t)n);

        if (got == 0 || (got < 0 && errno != EINTR)) {
            fail_disk(s, got ? errno : EIO);
            return;
        }
        n += got > 0 ? (size_t)got : 0;
    }
    buf_took(&s->buf, n);
    close(s->fd);
    s->fd = -1;
    s->filed = 0;
}

/* A library has written the file. */
static void measure_file(struct spool *s)
{
    struct stat st;

    if (fstat(s->fd, &st) < 0) {
        fail_disk(s, errno);
        return;
    }
    s->filed = (size_t)st.st_size;
    if (!s->budget || s->filed < SPOOL_MEMORY)
        read_back(s);
    else
        take(s, s->filed);
}

static void forget_parts(struct spool *s)
{
    buf_init(&s->buf, s->m, 0);
    mem_free(s->parts);
    s->parts = NULL;
    s->pack = NULL;
}

enum err spool_end(struct spool *s, struct text *ret_reason)
{
    if (buf_overflowed(&s->buf))
        fail_large(s);
    if (s->err == OK && s->foreign)
        measure_file(s);
    else if (s->fd >= 0)
        move_part(s, true);
    if (s->fd >= 0 && lseek(s->fd, 0, SEEK_SET) < 0)
        fail_disk(s, errno);
    if (s->err != OK) {
        *ret_reason = s->reason;
        spool_drop(s);
    } else if (s->fd >= 0) {
        forget_parts(s);
    }
    return s->err;
}

void spool_drop(struct spool *s)
{
    let_go(s);
    forget_parts(s);
}

size_t spool_size(const struct spool *s)
{
    return s->fd >= 0 ? s->filed : s->buf.n;
}

int spool_fd(const struct spool *s)
{
    return s->fd;
}

bool spool_is_packed(const struct spool *s)
{
    return s->packs && !s->foreign && s->fd >= 0;
}

struct str spool_bytes(const struct spool *s)
{
    return s->fd >= 0 ? S("") : buf_str(&s->buf);
}
