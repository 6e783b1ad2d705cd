/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * place.h - where a house is: a data folder, or a database of PostgreSQL
 * and, beside it, a folder for the signing key.
 *
 * A folder holds dajuan.db and journal.key. A database holds one house; its
 * key stays on the machine that signs, so whoever may read the database
 * cannot sign.
 */
#ifndef DAJUAN_HOST_HOUSE_PLACE_H
#define DAJUAN_HOST_HOUSE_PLACE_H

#include "base/str.h"

struct house_place {
    struct str data; /* a folder, or "postgresql://…" */
    struct str keys; /* the folder of the key; "": none was named */
};

/* A folder keeps its own key; `keys` is for databases and may be "". */
struct house_place place_of(struct str data, struct str keys);
static inline struct house_place place_in(struct str folder)
{
    return place_of(folder, S(""));
}
struct house_place place_dup(struct mem *m, struct house_place p);

bool place_is_folder(struct house_place p);
/* For people: without the password that an address may hold. */
struct str place_name(struct mem *m, struct house_place p);

/* What db_open() takes. */
struct str place_database(struct mem *m, struct house_place p);
/* The path of the key; "" when nobody said where keys are. */
struct str place_key(struct mem *m, struct house_place p);

#endif
