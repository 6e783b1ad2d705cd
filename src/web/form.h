/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * form.h - what a form sent: names with values, and files.
 *
 * Both encodings of HTML forms give the same struct. Values are UTF-8
 * without NUL; nothing else is known about them. Order is kept, names may
 * repeat. Slices point into the body where nothing had to be decoded, so
 * the body must live as long as the form.
 */
#ifndef DAJUAN_WEB_FORM_H
#define DAJUAN_WEB_FORM_H

#include "base/text.h"

enum {
    FORM_FIELDS_MAX = 400, /* of a urlencoded form */
    FORM_PARTS_MAX = 64,   /* of a multipart form */
};

struct form_field {
    struct str name;
    struct str value;
};

struct form_file {
    struct str name;     /* of the field */
    struct str filename; /* last part only; for showing, never for opening */
    struct str type;     /* as claimed; never believed. "" when absent */
    struct str bytes;    /* a slice of the body */
};

struct form_data {
    struct form_field *fields;
    size_t count;
    struct form_file *files;
    size_t file_count;
};

/*
 * Read the body of a form by its Content-Type. E_INPUT when it is no form
 * we read or breaks the rules of its encoding, E_SIZE when it has more
 * fields, parts or header bytes than the limits above; then `ret_reason`
 * says what to do and `ret` is untouched. A file field in which no file was
 * chosen (no name, no bytes) is left out.
 */
enum err form_read(struct mem *m, struct str content_type, struct str body,
                   struct form_data *ret, struct text *ret_reason);

/* The first value called `name`; p is NULL: none. */
struct str form_value(const struct form_data *f, struct str name);

/* The first file of the field `name`, or NULL. */
const struct form_file *form_file(const struct form_data *f, struct str name);

#endif
