/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * ledger_routes.h - the handlers of the pages every ledger gets from its
 * declaration; their addresses stand in routes.c. c->params[0] is the
 * feature, [1] the noun, [2] the id of a row, [3] what follows it.
 */
#ifndef DAJUAN_HOST_PAGE_LEDGER_ROUTES_H
#define DAJUAN_HOST_PAGE_LEDGER_ROUTES_H

#include "host/desk/route.h"

/* Why a row is voided or restored: `reason`, 1 to 200 characters. */
extern const struct form reason_form;

enum err show_list(struct ctx *c);
enum err print_list(struct ctx *c);
enum err show_row(struct ctx *c);
enum err new_row(struct ctx *c);
enum err post_new_row(struct ctx *c);
enum err edit_row(struct ctx *c);
enum err post_edit_row(struct ctx *c);
enum err show_void_row(struct ctx *c);
enum err post_void_row(struct ctx *c);
enum err show_restore_row(struct ctx *c);
enum err post_restore_row(struct ctx *c);
enum err new_part(struct ctx *c);
enum err post_new_part(struct ctx *c);
enum err show_step(struct ctx *c);
enum err post_step(struct ctx *c);
enum err export_xlsx(struct ctx *c);
enum err export_csv(struct ctx *c);
enum err export_json(struct ctx *c);
enum err export_template(struct ctx *c);

#endif
