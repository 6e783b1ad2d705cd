/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * One door for both encodings of forms: the Content-Type decides, and what
 * a handler sees is the same.
 */
#include "web/form.h"

#include "web/http_parse.h"
#include "web/multipart.h"
#include "web/url.h"

static size_t pair_count(struct str body)
{
    size_t n = body.n > 0;

    for (size_t i = 0; i < body.n; i++)
        n += body.p[i] == '&';
    return n;
}

static enum err urlencoded_read(struct mem *m, struct str body,
                                struct form_data *ret, struct text *ret_reason)
{
    struct form_data f = { .count = 0 };
    struct str name;
    struct str value;
    enum url_pair p;

    if (pair_count(body) > FORM_FIELDS_MAX) {
        *ret_reason = TEXT("表单的栏目太多，请分几次提交。",
                           "The form has too many fields. Send it in parts.");
        return E_SIZE;
    }
    f.fields = NEW_ARRAY(m, struct form_field, pair_count(body));
    while ((p = query_next(m, &body, &name, &value)) == URL_PAIR)
        f.fields[f.count++] = (struct form_field){ name, value };
    if (p == URL_BAD) {
        *ret_reason = TEXT("表单里有无法识别的字符，请改正后再提交。",
                           "The form holds characters that cannot be read. "
                           "Correct them and send it again.");
        return E_INPUT;
    }
    *ret = f;
    return OK;
}

enum err form_read(struct mem *m, struct str content_type, struct str body,
                   struct form_data *ret, struct text *ret_reason)
{
    struct str rest = content_type;
    struct str kind = S("");

    if (rest.p)
        str_cut(&rest, S(";"), &kind);
    kind = http_trim(kind);
    if (http_same(kind, S("application/x-www-form-urlencoded")))
        return urlencoded_read(m, body, ret, ret_reason);
    if (http_same(kind, S("multipart/form-data")))
        return multipart_read(m, rest, body, ret, ret_reason);
    *ret_reason = TEXT("这里只接收网页表单，请用网页上的表单提交。",
                       "Only forms are taken here. Use the form on the page.");
    return E_INPUT;
}

struct str form_value(const struct form_data *f, struct str name)
{
    for (size_t i = 0; i < f->count; i++)
        if (str_eq(f->fields[i].name, name))
            return f->fields[i].value;
    return (struct str){ NULL, 0 };
}

const struct form_file *form_file(const struct form_data *f, struct str name)
{
    for (size_t i = 0; i < f->file_count; i++)
        if (str_eq(f->files[i].name, name))
            return &f->files[i];
    return NULL;
}
