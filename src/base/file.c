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

static const struct text verb_open = TEXT_INIT("打开", "open");
static const struct text verb_read = TEXT_INIT("读取", "read");
static const struct text verb_write = TEXT_INIT("写入", "write");
static const struct text verb_lock = TEXT_INIT("锁定", "lock");
static const struct text verb_create = TEXT_INIT("新建", "create");

/* For those who read Chinese; the usual ones only. */
static const char *error_zh(int error)
{
    switch (error) {
    case ENOENT:
        return "没有这个文件或目录";
    case EACCES:
    case EPERM:
        return "没有权限";
    case EISDIR:
        return "这是目录，不是文件";
    case ENOTDIR:
        return "路径里有一段不是目录";
    case EEXIST:
        return "已经存在";
    case EINVAL:
        return "不是普通文件";
    case ENOSPC:
        return "磁盘已满";
    case EROFS:
        return "磁盘只读";
    case EADDRINUSE:
        return "已被占用";
    case EADDRNOTAVAIL:
        return "本机没有这个地址";
    default:
        return NULL;
    }
}

struct text error_words(int error)
{
    const char *zh = error_zh(error);

    return (struct text){ zh ? str_from(zh) : S("系统没有做成"),
                          str_from(strerror(error)) };
}

bool file_refused(struct mem *m, struct text verb, struct str path,
                  struct text *ret_reason)
{
    struct text why = error_words(errno);

    *ret_reason = (struct text){
        str_fmt(m, "不能%.*s %.*s：%.*s", STR_ARG(verb.zh), STR_ARG(path),
                STR_ARG(why.zh)),
        str_fmt(m, "could not %.*s %.*s: %.*s", STR_ARG(verb.en), STR_ARG(path),
                STR_ARG(why.en)),
    };
    return false;
}

static bool too_large(struct mem *m, struct str path, size_t limit,
                      struct text *ret)
{
    *ret = limit < 1 << 20
               ? text_fmt(m, "%.*s 超过 %zu 字节", "%.*s is over %zu bytes",
                          STR_ARG(path), limit)
               : text_fmt(m, "%.*s 超过 %zu MB。请拆成几个较小的文件",
                          "%.*s is larger than %zu MB. Split it into smaller "
                          "files",
                          STR_ARG(path), limit >> 20);
    return false;
}

/* All of `fd`, which has at most `size` bytes; false: errno says why. */
static bool read_all(struct mem *m, int fd, size_t size, struct str *ret)
{
    char *p = mem_raw(m, size + 1);
    size_t n = 0;

    while (n < size) {
        ssize_t got = read(fd, p + n, size - n);

        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return false;
        if (got == 0)
            break;
        n += (size_t)got;
    }
    p[n] = '\0';
    *ret = (struct str){ p, n };
    return true;
}

bool file_read(struct mem *m, struct str path, size_t limit, struct str *ret,
               struct text *ret_reason)
{
    int fd = open(str_c(m, path), O_RDONLY | O_CLOEXEC);
    struct stat st;
    bool ok;

    if (fd < 0)
        return file_refused(m, verb_open, path, ret_reason);
    if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode)) {
        errno = S_ISDIR(st.st_mode) ? EISDIR : EINVAL;
        ok = file_refused(m, verb_read, path, ret_reason);
    } else if ((uint64_t)st.st_size > limit) {
        ok = too_large(m, path, limit, ret_reason);
    } else {
        ok = read_all(m, fd, (size_t)st.st_size, ret) ||
             file_refused(m, verb_read, path, ret_reason);
    }
    close(fd);
    return ok;
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
               struct text *ret_reason)
{
    return (rename(str_c(m, draft), str_c(m, path)) == 0 &&
            sync_folder_of(m, path)) ||
           file_refused(m, verb_write, path, ret_reason);
}

bool file_write(struct mem *m, struct str path, struct str content,
                unsigned mode, struct text *ret_reason)
{
    struct str draft = file_draft(m, path);
    int fd = open(draft.p, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    bool ok;

    if (fd < 0)
        return file_refused(m, verb_create, path, ret_reason);
    ok = write_all(fd, content);
    ok = close(fd) == 0 && ok;
    ok = ok ? file_move(m, draft, path, ret_reason)
            : file_refused(m, verb_write, path, ret_reason);
    if (!ok)
        unlink(draft.p);
    return ok;
}

static void let_go(void *arg)
{
    close((int)(intptr_t)arg);
}

/* Locks of the open file, not of the process: threads hold one each. */
enum err file_lock(struct mem *m, struct str path, int64_t at,
                   struct text *ret_reason)
{
    struct flock range = { .l_type = F_WRLCK,
                           .l_whence = SEEK_SET,
                           .l_start = (off_t)at,
                           .l_len = 1 };
    int fd = open(str_c(m, path), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    bool taken;

    if (fd < 0) {
        (void)file_refused(m, verb_open, path, ret_reason);
        return E_STORE;
    }
    if (fcntl(fd, F_OFD_SETLK, &range) == 0) {
        mem_defer(m, let_go, (void *)(intptr_t)fd);
        return OK;
    }
    taken = errno == EAGAIN || errno == EACCES;
    if (!taken)
        (void)file_refused(m, verb_lock, path, ret_reason);
    close(fd);
    return taken ? E_CLASH : E_STORE;
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

static bool make_folder(const char *path)
{
    struct stat st;

    if (mkdir(path, 0700) == 0)
        return true;
    if (errno != EEXIST || stat(path, &st) < 0)
        return false;
    errno = ENOTDIR;
    return S_ISDIR(st.st_mode);
}

bool file_folder(struct mem *m, struct str path, struct text *ret_reason)
{
    for (size_t at = 1; at <= path.n; at++) {
        struct str part = str_slice(path, 0, at);

        if (at < path.n && path.p[at] != '/')
            continue;
        if (!make_folder(str_c(m, part)))
            return file_refused(m, verb_create, part, ret_reason);
    }
    return true;
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
