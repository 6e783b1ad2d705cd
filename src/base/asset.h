/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * asset.h - files that were built into the program.
 *
 * tool/embed.c makes the table: style sheets and scripts with a public name
 * that holds their hash, so they are cached for ever, and inner files
 * (schemas, the demo's workbooks) without one. All bytes are static.
 */
#ifndef DAJUAN_BASE_ASSET_H
#define DAJUAN_BASE_ASSET_H

#include "base/str.h"

struct asset {
    struct str name; /* app.css, demo/ledgers.xlsx, store/schema/1.sql */
    struct str file; /* app.3fa91c20.css; empty: never served by name */
    struct str path; /* /assets/app.3fa91c20.css */
    struct str type; /* media type, with the charset of text */
    struct str etag; /* quoted, from SHA-256 of the bytes */
    struct str bytes;
    struct str gzip; /* RFC 1952; empty: not worth it */
};

/* Sorted by name, so that a folder's files stand together, in order. */
extern const struct asset assets[];
extern const size_t assets_n;

/* By name ("app.css"); NULL when there is none. */
const struct asset *asset_find(struct str name);

/* The bytes of an asset that was built in; any other name is a BUG. */
struct str asset_bytes(struct str name);

/* By public file name ("app.3fa91c20.css", from a request); NULL: none. */
const struct asset *asset_served(struct str file);

/* The public path of a public asset; any other name is a BUG. */
struct str asset_path(struct str name);

/*
 * The next asset whose name begins with `folder`, after `last` (NULL: the
 * first); NULL at the end.
 */
const struct asset *asset_next(struct str folder, const struct asset *last);

#endif
