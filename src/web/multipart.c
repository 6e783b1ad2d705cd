/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Browsers write multipart in one way, and only that way is read. A quoted
 * name ends at the next quote: browsers escape a quote as %22 and leave a
 * backslash alone, so a backslash has no meaning here.
 */
#include "web/multipart.h"

#include "base/utf8.h"
#include "web/http_parse.h"

#include <string.h>

enum { BOUNDARY_MAX = 70, FILENAME_MAX_BYTES = 1024 };

struct multipart_part {
    struct str name;
    struct str filename;
    struct str type;
    bool is_file;
    bool has_disposition;
    bool has_type;
};

struct multipart_reader {
    struct str boundary; /* without the two dashes */
    struct str rest;
    struct form_data form;
    struct text reason;
};

static enum err broken(struct multipart_reader *r)
{
    r->reason = TEXT("上传的表单不完整或格式不对，请刷新页面后重新提交。",
                     "The upload is incomplete or malformed. Reload the page "
                     "and send it again.");
    return E_INPUT;
}

static enum err too_much(struct multipart_reader *r)
{
    r->reason = TEXT("一次上传的栏目或文件太多，请分几次提交。",
                     "Too many fields or files at once. Send them in parts.");
    return E_SIZE;
}

static enum err bad_name(struct multipart_reader *r)
{
    r->reason = TEXT("文件名太长或含有特殊字符，请改名后再上传。",
                     "The file name is too long or has special characters. "
                     "Rename the file and upload it again.");
    return E_INPUT;
}

/*
 * Take one ` name=value` or ` name="value"` up to the next ";". False at
 * the end of `s` (ret_name.n is 0) or on anything else (it is not).
 */
static bool parameter_take(struct str *s, struct str *ret_name,
                           struct str *ret_value)
{
    struct str rest = http_trim(*s);
    size_t mark = str_find(rest, S("="));

    *ret_name = rest;
    if (rest.n == 0 || mark == SIZE_MAX)
        return false;
    *ret_name = str_slice(rest, 0, mark);
    if (!http_is_token(*ret_name))
        return false;
    rest = str_slice(rest, mark + 1, rest.n);
    if (rest.n && rest.p[0] == '"') {
        rest = str_slice(rest, 1, rest.n);
        mark = str_find(rest, S("\""));
        if (mark == SIZE_MAX)
            return false;
        *ret_value = str_slice(rest, 0, mark);
        rest = http_trim(str_slice(rest, mark + 1, rest.n));
    } else {
        mark = str_find(rest, S(";"));
        *ret_value = http_trim(str_slice(rest, 0, mark));
        rest = str_slice(rest, mark, rest.n);
        if (!http_is_token(*ret_value))
            return false;
    }
    if (rest.n && rest.p[0] != ';')
        return false;
    *s = str_slice(rest, 1, rest.n);
    return true;
}

/* bchars of RFC 2046 §5.1.1; the last may not be a blank. */
static bool boundary_is_good(struct str b)
{
    static const char marks[] = "'()+_,-./:=? ";

    if (b.n == 0 || b.n > BOUNDARY_MAX || b.p[b.n - 1] == ' ')
        return false;
    for (size_t i = 0; i < b.n; i++) {
        char c = b.p[i];

        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
              (c >= 'A' && c <= 'Z') || (c && strchr(marks, c))))
            return false;
    }
    return true;
}

static bool boundary_find(struct str parameters, struct str *ret)
{
    struct str boundary = { NULL, 0 };
    struct str name;
    struct str value;

    while (parameter_take(&parameters, &name, &value)) {
        if (!http_same(name, S("boundary")))
            continue;
        if (boundary.p)
            return false;
        boundary = value;
    }
    if (name.n || !boundary_is_good(boundary))
        return false;
    *ret = boundary;
    return true;
}

/* Paths of old browsers go; what is left is shown to people. */
static struct str last_part(struct str filename)
{
    for (size_t i = filename.n; i > 0; i--)
        if (filename.p[i - 1] == '/' || filename.p[i - 1] == '\\')
            return str_slice(filename, i, filename.n);
    return filename;
}

static enum err disposition_read(struct multipart_reader *r, struct str value,
                                 struct multipart_part *p)
{
    struct str rest = value;
    struct str kind;
    struct str name;

    if (p->has_disposition)
        return broken(r);
    p->has_disposition = true;
    str_cut(&rest, S(";"), &kind);
    if (!http_same(http_trim(kind), S("form-data")))
        return broken(r);
    while (parameter_take(&rest, &name, &value)) {
        if (http_same(name, S("name"))) {
            if (p->name.p)
                return broken(r);
            p->name = value;
        } else if (http_same(name, S("filename"))) {
            if (p->is_file)
                return broken(r);
            p->is_file = true;
            p->filename = last_part(value);
        }
    }
    if (name.n || p->name.n == 0 || !utf8_plain(p->name, false))
        return broken(r);
    if (p->filename.n > FILENAME_MAX_BYTES || !utf8_plain(p->filename, false))
        return bad_name(r);
    return OK;
}

static enum err part_header(struct multipart_reader *r, struct str line,
                            struct multipart_part *p)
{
    size_t colon = str_find(line, S(":"));
    struct str name = str_slice(line, 0, colon);
    struct str value;

    if (colon == SIZE_MAX || !http_is_token(name))
        return broken(r);
    value = http_trim(str_slice(line, colon + 1, line.n));
    for (size_t i = 0; i < value.n; i++)
        if ((unsigned char)value.p[i] < ' ' || value.p[i] == 0x7f)
            return broken(r);
    if (http_same(name, S("content-disposition")))
        return disposition_read(r, value, p);
    if (http_same(name, S("content-transfer-encoding")))
        return broken(r);
    if (http_same(name, S("content-type"))) {
        if (p->has_type)
            return broken(r);
        p->has_type = true;
        p->type = value;
    }
    return OK;
}

static enum err part_headers(struct multipart_reader *r,
                             struct multipart_part *p)
{
    size_t start = r->rest.n;
    struct str line;

    for (;;) {
        struct str view = str_slice(r->rest, 0, MULTIPART_HEADERS_MAX + 2);
        size_t end = str_find(view, S("\r\n"));
        enum err e;

        if (end == SIZE_MAX || start - r->rest.n + end > MULTIPART_HEADERS_MAX)
            return r->rest.n > MULTIPART_HEADERS_MAX ? too_much(r) : broken(r);
        line = str_slice(r->rest, 0, end);
        r->rest = str_slice(r->rest, end + 2, r->rest.n);
        if (line.n == 0)
            return p->has_disposition ? OK : broken(r);
        e = part_header(r, line, p);
        if (e)
            return e;
    }
}

/* Position of CRLF "--" boundary in what is left, or SIZE_MAX. */
static size_t delimiter_find(const struct multipart_reader *r)
{
    char mark[4 + BOUNDARY_MAX] = "\r\n--";

    memcpy(mark + 4, r->boundary.p, r->boundary.n);
    return str_find(r->rest, (struct str){ mark, 4 + r->boundary.n });
}

static enum err part_keep(struct multipart_reader *r,
                          const struct multipart_part *p, struct str bytes)
{
    struct form_data *f = &r->form;

    if (p->is_file) {
        if (p->filename.n == 0 && bytes.n == 0)
            return OK;
        if (p->filename.n == 0)
            return bad_name(r);
        f->files[f->file_count++] =
            (struct form_file){ p->name, p->filename,
                                p->type.p ? p->type : S(""), bytes };
        return OK;
    }
    if ((bytes.n && memchr(bytes.p, 0, bytes.n)) || !utf8_valid(bytes))
        return broken(r);
    f->fields[f->count++] = (struct form_field){ p->name, bytes };
    return OK;
}

static enum err part_read(struct multipart_reader *r)
{
    struct multipart_part p = { .is_file = false };
    struct str bytes;
    size_t end;
    enum err e = part_headers(r, &p);

    if (e)
        return e;
    end = delimiter_find(r);
    if (end == SIZE_MAX)
        return broken(r);
    bytes = str_slice(r->rest, 0, end);
    r->rest = str_slice(r->rest, end + 4 + r->boundary.n, r->rest.n);
    return part_keep(r, &p, bytes);
}

/* After a boundary: CRLF goes on, "--" and perhaps CRLF is the end. */
static enum err parts_read(struct multipart_reader *r)
{
    for (size_t parts = 0; str_starts(r->rest, S("\r\n")); parts++) {
        enum err e;

        if (parts == FORM_PARTS_MAX)
            return too_much(r);
        r->rest = str_slice(r->rest, 2, r->rest.n);
        e = part_read(r);
        if (e)
            return e;
    }
    if (str_eq(r->rest, S("--")) || str_eq(r->rest, S("--\r\n")))
        return OK;
    return broken(r);
}

static enum err body_read(struct multipart_reader *r)
{
    if (!str_starts(r->rest, S("--")))
        return broken(r);
    r->rest = str_slice(r->rest, 2, r->rest.n);
    if (!str_starts(r->rest, r->boundary))
        return broken(r);
    r->rest = str_slice(r->rest, r->boundary.n, r->rest.n);
    return parts_read(r);
}

enum err multipart_read(struct mem *m, struct str parameters, struct str body,
                        struct form_data *ret, struct text *ret_reason)
{
    struct multipart_reader r = { .rest = body };
    enum err e;

    r.form.fields = NEW_ARRAY(m, struct form_field, FORM_PARTS_MAX);
    r.form.files = NEW_ARRAY(m, struct form_file, FORM_PARTS_MAX);
    e = boundary_find(parameters, &r.boundary) ? body_read(&r) : broken(&r);
    if (e)
        *ret_reason = r.reason;
    else
        *ret = r.form;
    return e;
}
