/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * A zip says everything twice, and hostile ones say two things. What decides
 * how bytes are read must agree here: the counts, the names, methods and
 * sizes of central and local headers; and no byte may belong to two entries.
 * Times and versions decide nothing, and writers that stream put them down
 * differently; a local size of 0 or of all ones says nothing.
 */
#include "interchange/directory.h"

#include <stdlib.h>
#include <string.h>

enum { END_SIZE = 22, CENTRAL_SIZE = 46, LOCAL_SIZE = 30 };
enum { FLAG_ENCRYPTED = 0x2041, FLAG_DESCRIPTOR = 8 };
enum { STORED = 0, DEFLATED = 8, ZIP64_EXTRA = 1 };

static uint32_t u16(const char *p)
{
    const unsigned char *u = (const unsigned char *)p;

    return (uint32_t)(u[0] | u[1] << 8);
}

static uint32_t u32(const char *p)
{
    return u16(p) | u16(p + 2) << 16;
}

static uint64_t u64(const char *p)
{
    return u32(p) | (uint64_t)u32(p + 4) << 32;
}

/* Where the end record starts, or SIZE_MAX. Its comment ends the file. */
static size_t find_end(struct str bytes)
{
    size_t least = bytes.n > 65535 + END_SIZE ? bytes.n - 65535 - END_SIZE : 0;

    if (bytes.n < END_SIZE)
        return SIZE_MAX;
    for (size_t at = bytes.n - END_SIZE + 1; at-- > least;)
        if (memcmp(bytes.p + at, "PK\5\6", 4) == 0 &&
            at + END_SIZE + u16(bytes.p + at + 20) == bytes.n)
            return at;
    return SIZE_MAX;
}

/*
 * The next 8-byte value of the zip64 extra field, where the central header
 * has all ones in `*v`; the values stand there in the order of the header.
 */
static bool zip64_value(struct str *field, uint64_t *v)
{
    if (*v != 0xffffffff)
        return true;
    if (field->n < 8)
        return false;
    *v = u64(field->p);
    *field = str_slice(*field, 8, field->n);
    return true;
}

/* The content of the zip64 extra field; empty when there is none. */
static struct str zip64_field(struct str extra)
{
    while (extra.n >= 4) {
        size_t n = u16(extra.p + 2);

        if (u16(extra.p) == ZIP64_EXTRA)
            return str_slice(extra, 4, 4 + n);
        extra = str_slice(extra, 4 + n, extra.n);
    }
    return S("");
}

static enum err refuse_encrypted(struct reading *r)
{
    return reading_refuse(r, E_INPUT,
                          TEXT("文件加了密。请去掉密码，保存后再上传。",
                               "The file is encrypted. Remove the password, "
                               "save and upload again."));
}

/* Alike but for the slash, which some programs turn in one header only. */
static bool name_agrees(const char *local, struct str name)
{
    for (size_t i = 0; i < name.n; i++)
        if ((local[i] == '\\' ? '/' : local[i]) !=
            (name.p[i] == '\\' ? '/' : name.p[i]))
            return false;
    return true;
}

/* Does the size in a local header contradict the central one? */
static bool size_agrees(uint32_t local, uint64_t central)
{
    return local == central || local == 0 || local == 0xffffffff;
}

/* Compare the local header with the central one at `c`; sets part->to. */
static bool local_agrees(struct str bytes, size_t limit, const char *c,
                         struct zip_part *part)
{
    const char *l = bytes.p + part->from;
    uint64_t data;

    if (part->from > limit || limit - part->from < LOCAL_SIZE ||
        memcmp(l, "PK\3\4", 4) != 0)
        return false;
    data = part->from + LOCAL_SIZE + u16(l + 26) + u16(l + 28);
    if (data > limit || part->packed > limit - data)
        return false;
    part->to = data + part->packed;
    return u16(l + 26) == part->name.n &&
           name_agrees(l + LOCAL_SIZE, part->name) &&
           u16(l + 8) == u16(c + 10) && (u16(l + 6) & FLAG_ENCRYPTED) == 0 &&
           ((u16(l + 6) & FLAG_DESCRIPTOR) != 0 ||
            (size_agrees(u32(l + 18), part->packed) &&
             size_agrees(u32(l + 22), part->size)));
}

/* One central header at the front of `rest`, which is taken. */
static enum err read_entry(struct reading *r, struct str bytes,
                           size_t directory_at, struct str *rest,
                           struct zip_part *ret)
{
    const char *c = rest->p;
    size_t name_n;
    size_t extra_n;
    struct str field;
    uint32_t method;

    if (rest->n < CENTRAL_SIZE || memcmp(c, "PK\1\2", 4) != 0)
        return reading_damaged(r);
    name_n = u16(c + 28);
    extra_n = u16(c + 30);
    if (name_n + extra_n + u16(c + 32) > rest->n - CENTRAL_SIZE)
        return reading_damaged(r);
    if (u16(c + 8) & FLAG_ENCRYPTED)
        return refuse_encrypted(r);
    *ret = (struct zip_part){
        .name = str_slice(*rest, CENTRAL_SIZE, CENTRAL_SIZE + name_n),
        .size = u32(c + 24),
        .packed = u32(c + 20),
        .from = u32(c + 42),
    };
    field = zip64_field(str_slice(*rest, CENTRAL_SIZE + name_n,
                                  CENTRAL_SIZE + name_n + extra_n));
    method = u16(c + 10);
    if (!zip64_value(&field, &ret->size) ||
        !zip64_value(&field, &ret->packed) ||
        !zip64_value(&field, &ret->from) ||
        (method != STORED && method != DEFLATED) ||
        (method == STORED && ret->size != ret->packed) ||
        (name_n && memchr(ret->name.p, 0, name_n)) ||
        !local_agrees(bytes, directory_at, c, ret))
        return reading_damaged(r);
    *rest = str_slice(*rest, CENTRAL_SIZE + name_n + extra_n + u16(c + 32),
                      rest->n);
    return OK;
}

static int by_place(const void *a, const void *b)
{
    const struct zip_part *x = a;
    const struct zip_part *y = b;

    return (x->from > y->from) - (x->from < y->from);
}

static enum err refuse_overlap(struct reading *r, const struct directory *d)
{
    struct zip_part *sorted = NEW_ARRAY(r->scratch, struct zip_part, d->n);

    if (d->n)
        memcpy(sorted, d->parts, d->n * sizeof(*sorted));
    qsort(sorted, d->n, sizeof(*sorted), by_place);
    for (size_t i = 1; i < d->n; i++)
        if (sorted[i].from < sorted[i - 1].to)
            return reading_damaged(r);
    return OK;
}

enum err directory_read(struct reading *r, struct str bytes,
                        struct directory *ret)
{
    size_t end = find_end(bytes);
    struct directory d = { .n = 0 };
    struct str rest;
    size_t at;

    if (end == SIZE_MAX)
        return reading_damaged(r);
    d.n = u16(bytes.p + end + 10);
    at = u32(bytes.p + end + 16);
    /* Files of our size need no zip64 end record (all ones here). */
    if (u32(bytes.p + end + 4) != 0 || u16(bytes.p + end + 8) != d.n ||
        d.n == 0xffff || at > end || u32(bytes.p + end + 12) > end - at)
        return reading_damaged(r);
    if (d.n > r->limits->entries)
        return reading_refuse(
            r, E_SIZE,
            text_fmt(r->m,
                     "文件里的部件超过 %zu 个。请删去图片等附加内容，"
                     "另存后再上传。",
                     "The file has more than %zu parts. Remove pictures and "
                     "the like, save and upload again.",
                     r->limits->entries));
    d.parts = NEW_ARRAY(r->scratch, struct zip_part, d.n);
    rest = str_slice(bytes, at, at + u32(bytes.p + end + 12));
    for (size_t i = 0; i < d.n; i++)
        if (read_entry(r, bytes, at, &rest, &d.parts[i]) != OK)
            return r->err;
    if (rest.n || refuse_overlap(r, &d) != OK)
        return reading_damaged(r);
    *ret = d;
    return OK;
}
