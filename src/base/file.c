/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The file system and the clock, wrapped once so that errors have words. */
#include "base/file.h"

#include "base/date.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static bool failed(struct mem *m, const char *verb, struct str path,
                   struct str *ret)
{
    *ret = str_fmt(m, "could not %s %.*s: %s", verb, STR_ARG(path),
                   strerror(errno));
    return false;
}

bool file_read(struct mem *m, struct str path, size_t limit, struct str *ret)
{
    int fd = open(str_c(m, path), O_RDONLY | O_CLOEXEC);
    struct stat st;
    size_t n = 0;
    char *p;

    if (fd < 0)
        return failed(m, "open", path, ret);
    if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode)) {
        errno = S_ISDIR(st.st_mode) ? EISDIR : EINVAL;
        close(fd);
        return failed(m, "read", path, ret);
    }
    if ((uint64_t)st.st_size > limit) {
        close(fd);
        *ret =
            str_fmt(m, "%.*s is larger than %zu bytes", STR_ARG(path), limit);
        return false;
    }
    p = mem_raw(m, (size_t)st.st_size + 1);
    while (n < (size_t)st.st_size) {
        ssize_t got = read(fd, p + n, (size_t)st.st_size - n);

        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            close(fd);
            return failed(m, "read", path, ret);
        }
        if (got == 0)
            break;
        n += (size_t)got;
    }
    close(fd);
    p[n] = '\0';
    *ret = (struct str){ p, n };
    return true;
}

static bool write_all(int fd, struct str content)
{
    while (content.n) {
        ssize_t put = write(fd, content.p, content.n);

        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return false;
        content = str_slice(content, (size_t)put, content.n);
    }
    return fsync(fd) == 0;
}

static bool sync_folder_of(struct mem *m, struct str path)
{
    struct str name = file_name(path);
    struct str folder =
        name.n == path.n ? S(".") : str_slice(path, 0, path.n - name.n);
    int fd = open(str_c(m, folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = fd >= 0 && fsync(fd) == 0;

    if (fd >= 0)
        close(fd);
    return ok;
}

struct str file_draft(struct mem *m, struct str path)
{
    return str_fmt(m, "%.*s.%d.new", STR_ARG(path), (int)getpid());
}

bool file_move(struct mem *m, struct str draft, struct str path,
               struct str *ret_reason)
{
    return (rename(str_c(m, draft), str_c(m, path)) == 0 &&
            sync_folder_of(m, path)) ||
           failed(m, "write", path, ret_reason);
}

bool file_write(struct mem *m, struct str path, struct str content,
                unsigned mode, struct str *ret_reason)
{
    struct str draft = file_draft(m, path);
    int fd = open(draft.p, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    bool ok;

    if (fd < 0)
        return failed(m, "create", path, ret_reason);
    ok = write_all(fd, content);
    ok = close(fd) == 0 && ok;
    ok = ok ? file_move(m, draft, path, ret_reason)
            : failed(m, "write", path, ret_reason);
    if (!ok)
        unlink(draft.p);
    return ok;
}

struct str file_path(struct mem *m, struct str folder, struct str name)
{
    return str_fmt(m, "%.*s/%.*s", STR_ARG(folder), STR_ARG(name));
}

struct str file_name(struct str path)
{
    size_t at = path.n;

    while (at > 0 && path.p[at - 1] != '/')
        at--;
    return str_slice(path, at, path.n);
}

bool file_exists(struct mem *m, struct str path)
{
    return access(str_c(m, path), F_OK) == 0;
}

/* In microseconds. */
static int64_t read_clock(clockid_t which)
{
    struct timespec t;

    if (clock_gettime(which, &t) < 0)
        BUG("clock %d: %s", (int)which, strerror(errno));
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

int64_t clock_ms(void)
{
    return read_clock(CLOCK_REALTIME) / 1000;
}

int64_t clock_steady_ms(void)
{
    return clock_steady_us() / 1000;
}

int64_t clock_steady_us(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

void log_line(const char *level, const char *fmt, ...)
{
    struct mem *m = mem_new();
    char line[1024];
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(line, sizeof(line), fmt, ap);
    va_end(ap);
    for (char *c = line; *c; c++)
        if ((unsigned char)*c < ' ')
            *c = ' ';
    fprintf(stderr, "time=%s level=%s %s\n", date_rfc3339(m, clock_ms()).p,
            level, line);
    mem_free(m);
}
