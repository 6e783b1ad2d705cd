/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * package.h - the zip around a workbook, checked before anything is
 * unpacked, and its parts as XML events.
 *
 * For this folder only. A package lives in the scratch of its reading.
 */
#ifndef DAJUAN_INTERCHANGE_PACKAGE_H
#define DAJUAN_INTERCHANGE_PACKAGE_H

#include "interchange/reading.h"

enum { PART_NONE = -1 };

struct package;

/*
 * Check the zip: own reading of the central directory against the local
 * headers and against libzip, no overlap, no encryption, no macros, declared
 * sizes within the limits. `bytes` must outlive the package.
 */
enum err package_open(struct reading *r, struct str bytes,
                      struct package **ret);

/* `name` with / where some writers of Windows put \. */
struct str package_path(struct mem *m, struct str name);

/* The part of that path ("xl/workbook.xml", any case), or PART_NONE. */
int package_find(const struct package *p, struct str path);

struct xml_handlers {
    /* `name` and the names in `attrs` are without prefix. */
    void (*start)(void *ctx, const char *name, const char **attrs);
    void (*end)(void *ctx, const char *name);
    void (*text)(void *ctx, const char *p, int n);
};

/*
 * Unpack part `part` into the handlers, counting. A handler stops the
 * parsing by refusing (reading_refuse). No handler is called after that.
 */
enum err package_parse(struct package *p, int part,
                       const struct xml_handlers *h, void *ctx);

/* The value of an attribute, or NULL. */
const char *xml_attr(const char **attrs, const char *name);
/* Is the attribute there, and true? */
bool xml_attr_is(const char **attrs, const char *name);

#endif
