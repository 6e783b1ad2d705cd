/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * beside.h - a large import applied, or a large batch undone, beside the
 * requests: on a thread of its own, in slices (host/import/slices.h).
 *
 * How far it is stands in the database, so the page can be left, and shows
 * the same to whoever may see the batch.
 */
#ifndef DAJUAN_HOST_INTAKE_BESIDE_H
#define DAJUAN_HOST_INTAKE_BESIDE_H

#include "host/intake/upload.h"

struct undo;

/* Does the file have so many rows that it is imported beside? */
bool beside_imports(const struct upload *u);

/*
 * Begin to import it as a batch, which is `u`'s from now on, with what the
 * request does; or to undo `u` with what was planned.
 */
enum err beside_import(struct ctx *c, struct upload *u) MUST_CHECK;
enum err beside_undo(struct ctx *c, const struct undo *u) MUST_CHECK;

/* What processes left in the middle that were ended. */
void beside_resume(const struct house_place *at, struct slicer *slicer);

/* Wait for all that run. */
void beside_end(void);

#endif
