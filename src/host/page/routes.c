/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * The host's pages, one line each: method, address, who may, which form,
 * which handler. Those of imports stand in host/intake, those of features
 * in their folders.
 */
#include "host/page/ledger_routes.h"
#include "host/page/pages.h"

static const struct route routes[] = {
    ROUTE(GET, "/", ALLOW_ANYONE, NO_FORM, show_home),
    ROUTE(GET, "/healthz", ALLOW_ANYONE, NO_FORM, show_health),
    ROUTE(GET, "/accessibility", ALLOW_ANYONE, NO_FORM, show_accessibility),
    ROUTE(GET, "/law", ALLOW_ANYONE, NO_FORM, show_law),
    ROUTE(GET, "/complaints", ALLOW_ANYONE, NO_FORM, show_complaints),
    ROUTE(GET, "/look", ALLOW_ANYONE, NO_FORM, show_look),

    ROUTE(GET, "/search", ALLOW_ANYONE, NO_FORM, show_search),

    ROUTE(GET, "/figures", ALLOW_ANYONE, NO_FORM, list_figures),
    ROUTE(GET, "/figures/{key}", ALLOW_ANYONE, NO_FORM, show_figure),
    ROUTE(GET, "/figures/{key}/rows.csv", ALLOW_ANYONE, NO_FORM,
          export_figure_csv),
    ROUTE(GET, "/figures/{key}/rows.json", ALLOW_ANYONE, NO_FORM,
          export_figure_json),

    ROUTE(GET, "/journal", ALLOW_ANYONE, NO_FORM, show_journal),
    ROUTE(GET, "/journal/checkpoint", ALLOW_ANYONE, NO_FORM, show_checkpoint),
    ROUTE(GET, "/journal/tile/{rest}", ALLOW_ANYONE, NO_FORM, show_tile),

    ROUTE(GET, "/signin", ALLOW_ANYONE, NO_FORM, show_sign_in),
    ROUTE_BEFORE(POST, "/signin", ALLOW_ANYONE, &sign_in_form, before_sign_in,
                 post_sign_in),
    ROUTE(POST, "/signout", ALLOW_SIGNED_IN, NO_FORM, post_sign_out),
    ROUTE(GET, "/link/{token}", ALLOW_ANYONE, NO_FORM, show_link),
    ROUTE_BEFORE(POST, "/link/{token}", ALLOW_ANYONE, &link_form, before_link,
                 post_link),

    ROUTE(GET, "/me", ALLOW_SIGNED_IN, NO_FORM, show_me),
    ROUTE(GET, "/accounts", ALLOW_ADMIN, NO_FORM, list_accounts),
    ROUTE(POST, "/accounts", ALLOW_ADMIN, &account_form, post_account),
    ROUTE(POST, "/accounts/{id}/end", ALLOW_ADMIN, NO_FORM, post_account_end),
    ROUTE(GET, "/policies", ALLOW_OFFICER, NO_FORM, list_policies),
    ROUTE(POST, "/policies/{key}", ALLOW_OFFICER, &policy_form, post_policy),

    ROUTE(GET, "/settings", ALLOW_HOUSE, NO_FORM, show_settings),
    ROUTE(POST, "/settings", ALLOW_HOUSE, &settings_form, post_settings),

    /* What every ledger has. */
    ROUTE(GET, "/{feature}", ALLOW_ANYONE, NO_FORM, show_feature),
    ROUTE(GET, "/{feature}/{noun}", ALLOW_ANYONE, NO_FORM, show_list),
    ROUTE(GET, "/{feature}/{noun}/print", ALLOW_ANYONE, NO_FORM, print_list),
    ROUTE(GET, "/{feature}/{noun}/export.xlsx", ALLOW_ANYONE, NO_FORM,
          export_xlsx),
    ROUTE(GET, "/{feature}/{noun}/export.csv", ALLOW_ANYONE, NO_FORM,
          export_csv),
    ROUTE(GET, "/{feature}/{noun}/export.json", ALLOW_ANYONE, NO_FORM,
          export_json),
    ROUTE(GET, "/{feature}/{noun}/template.xlsx", ALLOW_EDITOR, NO_FORM,
          export_template),
    ROUTE(GET, "/{feature}/{noun}/new", ALLOW_EDITOR, NO_FORM, new_row),
    ROUTE(POST, "/{feature}/{noun}/new", ALLOW_EDITOR, LEDGER_FORM,
          post_new_row),
    ROUTE(GET, "/{feature}/{noun}/{id}", ALLOW_ANYONE, NO_FORM, show_row),
    ROUTE(GET, "/{feature}/{noun}/{id}/edit", ALLOW_EDITOR, NO_FORM, edit_row),
    ROUTE(POST, "/{feature}/{noun}/{id}/edit", ALLOW_EDITOR, LEDGER_FORM,
          post_edit_row),
    ROUTE(POST, "/{feature}/{noun}/{id}/void", ALLOW_EDITOR, &reason_form,
          post_void_row),
    ROUTE(POST, "/{feature}/{noun}/{id}/restore", ALLOW_EDITOR, &reason_form,
          post_restore_row),
};

static const struct feature_link links[] = {
    { .on = LINK_ON_ME,
      .roles = ROLE_OFFICER | ROLE_ADMIN,
      .label = TEXT_INIT("网站设置", "Settings"),
      .path = S_INIT("/settings"),
      .order = 9 },
};

const struct feature feature_page = {
    .name = S_INIT("page"),
    LIST(routes),
    LIST(links),
};
