/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "base/file_stream.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct text verb_read = TEXT_INIT("读取", "read");
static const struct text verb_write = TEXT_INIT("写入", "write");

bool file_begin(struct mem *m, struct str path, unsigned mode,
                struct file_writer *ret, struct text *ret_reason)
{
    *ret = (struct file_writer){ .m = m,
                                 .path = path,
                                 .draft = file_draft(m, path) };
    ret->fd = open(ret->draft.p, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    return ret->fd >= 0 || file_refused(m, verb_write, path, ret_reason);
}

void file_put(struct file_writer *w, struct str piece)
{
    while (piece.n && !w->error) {
        ssize_t put = write(w->fd, piece.p, piece.n);

        if (put >= 0)
            piece = str_slice(piece, (size_t)put, piece.n);
        else if (errno != EINTR)
            w->error = errno;
    }
}

void file_drop(struct file_writer *w)
{
    close(w->fd);
    unlink(w->draft.p);
}

bool file_end(struct file_writer *w, struct text *ret_reason)
{
    if (!w->error && fsync(w->fd) != 0)
        w->error = errno;
    if (w->error) {
        file_drop(w);
        errno = w->error;
        return file_refused(w->m, verb_write, w->path, ret_reason);
    }
    close(w->fd);
    if (file_move(w->m, w->draft, w->path, ret_reason))
        return true;
    unlink(w->draft.p);
    return false;
}

static void close_reader(void *arg)
{
    close(((const struct file_reader *)arg)->fd);
}

bool file_open(struct mem *m, struct str path, struct file_reader *ret,
               struct text *ret_reason)
{
    struct file_reader *kept = NEW(m, struct file_reader);
    struct stat st;

    *kept = (struct file_reader){
        .m = m, .path = path, .fd = open(str_c(m, path), O_RDONLY | O_CLOEXEC)
    };
    if (kept->fd < 0)
        return file_refused(m, verb_read, path, ret_reason);
    mem_defer(m, close_reader, kept);
    if (fstat(kept->fd, &st) < 0 || !S_ISREG(st.st_mode)) {
        errno = EINVAL;
        return file_refused(m, verb_read, path, ret_reason);
    }
    kept->size = st.st_size;
    *ret = *kept;
    return true;
}

bool file_read_at(const struct file_reader *r, int64_t at, char *to, size_t n)
{
    while (n) {
        ssize_t got = pread(r->fd, to, n, at);

        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        to += got;
        at += got;
        n -= (size_t)got;
    }
    return true;
}
