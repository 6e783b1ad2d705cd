/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * import_routes.h - the pages of imports: upload or paste, preview, correct
 * the columns, import, download what is wrong, take back.
 *
 *     GET  /import/new             EDITOR  show_import_new
 *     POST /import/new             EDITOR  post_import_new
 *     GET  /import/batch/{n}       EDITOR  show_batch
 *     POST /import/batch/{n}/undo  EDITOR  post_batch_undo
 *     GET  /import/{id}            EDITOR  show_import
 *     GET  /import/{id}/wrong.xlsx EDITOR  send_wrong
 *     POST /import/{id}/mapping    EDITOR  post_mapping
 *     POST /import/{id}/apply      EDITOR  post_apply
 *     POST /import/{id}/drop       EDITOR  post_drop
 */
#ifndef DAJUAN_HOST_IMPORT_ROUTES_H
#define DAJUAN_HOST_IMPORT_ROUTES_H

#include "host/route.h"

extern const struct route import_routes[];
extern const size_t import_routes_n;

#endif
