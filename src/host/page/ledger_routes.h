/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * ledger_routes.h - the pages every ledger gets from its declaration.
 *
 * c->params[0] is the feature, [1] the noun, [2] the id of a row. In the
 * table of routes /{feature}/{noun}/new, /export.… and /template.xlsx stand
 * before /{feature}/{noun}/{id}.
 *
 *     GET  /{feature}/{noun}               ANYONE  NO_FORM      show_list
 *     GET  /{feature}/{noun}/export.xlsx   ANYONE  NO_FORM      export_xlsx
 *     GET  /{feature}/{noun}/export.csv    ANYONE  NO_FORM      export_csv
 *     GET  /{feature}/{noun}/export.json   ANYONE  NO_FORM      export_json
 *     GET  /{feature}/{noun}/template.xlsx EDITOR  NO_FORM  export_template
 *     GET  /{feature}/{noun}/new           EDITOR  NO_FORM      new_row
 *     POST /{feature}/{noun}/new           EDITOR  LEDGER_FORM  post_new_row
 *     GET  /{feature}/{noun}/{id}          ANYONE  NO_FORM      show_row
 *     GET  /{feature}/{noun}/{id}/edit     EDITOR  NO_FORM      edit_row
 *     POST /{feature}/{noun}/{id}/edit     EDITOR  LEDGER_FORM  post_edit_row
 *     POST /{feature}/{noun}/{id}/void     EDITOR  &reason_form post_void_row
 *     POST /{feature}/{noun}/{id}/restore  EDITOR  &reason_form
 *                                                           post_restore_row
 */
#ifndef DAJUAN_HOST_PAGE_LEDGER_ROUTES_H
#define DAJUAN_HOST_PAGE_LEDGER_ROUTES_H

#include "host/desk/route.h"

/* Why a row is voided or restored: `reason`, 1 to 200 characters. */
extern const struct form reason_form;

enum err show_list(struct ctx *c);
enum err show_row(struct ctx *c);
enum err new_row(struct ctx *c);
enum err post_new_row(struct ctx *c);
enum err edit_row(struct ctx *c);
enum err post_edit_row(struct ctx *c);
enum err post_void_row(struct ctx *c);
enum err post_restore_row(struct ctx *c);
enum err export_xlsx(struct ctx *c);
enum err export_csv(struct ctx *c);
enum err export_json(struct ctx *c);
enum err export_template(struct ctx *c);

#endif
