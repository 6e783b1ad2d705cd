/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Any bytes as a form. The first line is the Content-Type, the rest the
 * body; what is accepted is text, and files are slices of the body.
 */
#include "base/utf8.h"
#include "web/form.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool ok, const char *what)
{
    if (!ok)
        BUG("%s", what);
}

static void check_text(struct str s)
{
    check(utf8_valid(s) && (s.n == 0 || !memchr(s.p, 0, s.n)),
          "a value that is no text");
}

static void check_form(const struct form_data *f, struct str body)
{
    check(f->count <= FORM_FIELDS_MAX && f->file_count <= FORM_PARTS_MAX,
          "the limits");
    for (size_t i = 0; i < f->count; i++) {
        check_text(f->fields[i].name);
        check_text(f->fields[i].value);
        check(form_value(f, f->fields[i].name).p, "a field is found");
    }
    for (size_t i = 0; i < f->file_count; i++) {
        struct str bytes = f->files[i].bytes;

        check(utf8_plain(f->files[i].filename, false), "a file name");
        check(f->files[i].filename.n > 0 &&
                  !memchr(f->files[i].filename.p, '/', f->files[i].filename.n),
              "a file name with a path");
        check(bytes.p >= body.p && bytes.n <= body.n &&
                  bytes.p - body.p <= (long)(body.n - bytes.n),
              "a file outside of the body");
        check(form_file(f, f->files[i].name), "a file is found");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str body = { (const char *)data, size };
    struct str type = S("");
    struct mem *m = mem_new();
    struct form_data f = { .count = 0 };
    struct text reason = TEXT("", "");

    if (size)
        str_cut(&body, S("\n"), &type);
    if (!body.p)
        body = S("");
    if (form_read(m, type, body, &f, &reason) == OK)
        check_form(&f, body);
    else
        check(!text_empty(reason), "a refusal without words");
    mem_free(m);
    return 0;
}
