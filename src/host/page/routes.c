/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * The host's pages, one line each: method, address, who may, which form,
 * which handler. Those of imports stand in host/intake, those of features
 * in their folders.
 */
#include "host/page/audit_page.h"
#include "host/page/clock_page.h"
#include "host/page/ledger_routes.h"
#include "host/page/pages.h"

static const struct route routes[] = {
    ROUTE(GET, "/", ALLOW_ANYONE, NO_FORM, show_home),
    ROUTE(GET, "/healthz", ALLOW_ANYONE, NO_FORM, show_health),
    ROUTE(GET, "/accessibility", ALLOW_ANYONE, NO_FORM, show_accessibility),
    ROUTE(GET, "/law", ALLOW_ANYONE, NO_FORM, show_law),
    ROUTE(GET, "/words", ALLOW_ANYONE, NO_FORM, show_words),
    ROUTE(GET, "/complaints", ALLOW_ANYONE, NO_FORM, show_complaints),
    ROUTE(GET, "/look", ALLOW_ANYONE, NO_FORM, show_look),

    ROUTE_PACE(GET, "/search", ALLOW_ANYONE, NO_FORM, pace_slow, show_search),

    ROUTE(GET, "/figures", ALLOW_ANYONE, NO_FORM, list_figures),
    ROUTE_PACE(GET, "/figures/{key}", ALLOW_ANYONE, NO_FORM, pace_of_rows,
               show_figure),
    ROUTE_PACE(GET, "/figures/{key}/rows.csv", ALLOW_ANYONE, NO_FORM, pace_file,
               export_figure_csv),
    ROUTE_PACE(GET, "/figures/{key}/rows.xlsx", ALLOW_ANYONE, NO_FORM,
               pace_file, export_figure_xlsx),
    ROUTE_PACE(GET, "/figures/{key}/rows.json", ALLOW_ANYONE, NO_FORM,
               pace_file, export_figure_json),

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
    ROUTE_BEFORE(POST, "/me/password", ALLOW_SIGNED_IN, &password_form,
                 before_password, post_password),
    ROUTE(POST, "/me/sessions", ALLOW_SIGNED_IN, &session_form,
          post_session_end),
    ROUTE(POST, "/me/drafts", ALLOW_SIGNED_IN, &draft_form, post_draft_drop),
    ROUTE(GET, "/accounts", ALLOW_ADMIN, NO_FORM, list_accounts),
    ROUTE(POST, "/accounts", ALLOW_ADMIN, &account_form, post_account),
    ROUTE(POST, "/accounts/second", ALLOW_ADMIN, &second_form, post_second),
    ROUTE(GET, "/accounts/{id}", ALLOW_ADMIN, NO_FORM, show_account),
    ROUTE(POST, "/accounts/{id}", ALLOW_ADMIN, &roles_form, post_roles),
    ROUTE(POST, "/accounts/{id}/link", ALLOW_ADMIN, NO_FORM, post_account_link),
    ROUTE(GET, "/accounts/{id}/end", ALLOW_ADMIN, NO_FORM, show_account_end),
    ROUTE(POST, "/accounts/{id}/end", ALLOW_ADMIN, &end_form, post_account_end),
    ROUTE(POST, "/accounts/{id}/resume", ALLOW_ADMIN, NO_FORM,
          post_account_resume),
    ROUTE(POST, "/accounts/{id}/confirm", ALLOW_ADMIN, NO_FORM,
          post_grant_confirm),
    ROUTE(POST, "/accounts/{id}/drop", ALLOW_ADMIN, NO_FORM, post_grant_drop),
    ROUTE(GET, "/audit", ALLOW_AUDITOR, NO_FORM, show_audit),
    ROUTE_PACE(GET, "/audit/export.csv", ALLOW_AUDITOR, NO_FORM, pace_file,
               export_audit),

    ROUTE(GET, "/policies", ALLOW_OFFICER, NO_FORM, list_policies),
    ROUTE(POST, "/policies/{key}", ALLOW_OFFICER, &policy_form, post_policy),

    ROUTE(GET, "/clock", ALLOW_OFFICER, NO_FORM, show_clock),

    ROUTE(GET, "/settings", ALLOW_HOUSE, NO_FORM, show_settings),
    ROUTE(POST, "/settings", ALLOW_HOUSE, &settings_form, post_settings),

    /* What every ledger has. */
    ROUTE(GET, "/{feature}", ALLOW_ANYONE, NO_FORM, show_feature),
    ROUTE_PACE(GET, "/{feature}/{noun}", ALLOW_ANYONE, NO_FORM, pace_of_rows,
               show_list),
    ROUTE_PACE(GET, "/{feature}/{noun}/print", ALLOW_ANYONE, NO_FORM, pace_slow,
               print_list),
    ROUTE_PACE(GET, "/{feature}/{noun}/export.xlsx", ALLOW_ANYONE, NO_FORM,
               pace_file, export_xlsx),
    ROUTE_PACE(GET, "/{feature}/{noun}/export.csv", ALLOW_ANYONE, NO_FORM,
               pace_file, export_csv),
    ROUTE_PACE(GET, "/{feature}/{noun}/export.json", ALLOW_ANYONE, NO_FORM,
               pace_file, export_json),
    ROUTE_PACE(GET, "/{feature}/{noun}/template.xlsx", ALLOW_EDITOR, NO_FORM,
               pace_slow, export_template),
    ROUTE(GET, "/{feature}/{noun}/new", ALLOW_EDITOR, NO_FORM, new_row),
    ROUTE(POST, "/{feature}/{noun}/new", ALLOW_EDITOR, LEDGER_FORM,
          post_new_row),
    ROUTE(GET, "/{feature}/{noun}/{id}", ALLOW_ANYONE, NO_FORM, show_row),
    ROUTE(GET, "/{feature}/{noun}/{id}/edit", ALLOW_EDITOR, NO_FORM, edit_row),
    ROUTE(POST, "/{feature}/{noun}/{id}/edit", ALLOW_EDITOR, LEDGER_FORM,
          post_edit_row),
    ROUTE(GET, "/{feature}/{noun}/{id}/void", ALLOW_EDITOR, NO_FORM,
          show_void_row),
    ROUTE(POST, "/{feature}/{noun}/{id}/void", ALLOW_EDITOR, &reason_form,
          post_void_row),
    ROUTE(GET, "/{feature}/{noun}/{id}/restore", ALLOW_EDITOR, NO_FORM,
          show_restore_row),
    ROUTE(POST, "/{feature}/{noun}/{id}/restore", ALLOW_EDITOR, &reason_form,
          post_restore_row),
    ROUTE(GET, "/{feature}/{noun}/{id}/do/{step}", ALLOW_EDITOR, NO_FORM,
          show_step),
    ROUTE(POST, "/{feature}/{noun}/{id}/do/{step}", ALLOW_EDITOR, LEDGER_FORM,
          post_step),
    ROUTE(GET, "/{feature}/{noun}/{id}/{part}/new", ALLOW_EDITOR, NO_FORM,
          new_part),
    ROUTE(POST, "/{feature}/{noun}/{id}/{part}/new", ALLOW_EDITOR, LEDGER_FORM,
          post_new_part),
};

static const struct feature_link links[] = {
    { .on = LINK_ON_ME,
      .roles = ROLE_OFFICER | ROLE_ADMIN,
      .label = TEXT_INIT("网站设置", "Settings"),
      .path = S_INIT("/settings"),
      .order = 9 },
    { .on = LINK_ON_MENU | LINK_ON_HOME | LINK_ON_ME,
      .roles = ROLE_AUDITOR,
      .label = TEXT_INIT("审计记录", "Audit record"),
      .path = S_INIT("/audit"),
      .order = 9 },
};

static const struct term terms[] = {
    TERM("台账", "Ledger",
         "一类工作的登记表，一行记一件事。全部数字都从台账里的行算出。",
         "the register of one kind of work, a row for each thing that "
         "happened; all numbers are counted from its rows"),
    TERM("口径", "Rule", "一个数字数的是什么、怎么数，写在数字旁边。",
         "what a number counts and how; it stands beside the number"),
    TERM("年度", "Year", "一行计入哪一年的数字；由日期或所在的年度名单决定。",
         "in whose numbers a row counts: by its date, or by the list it "
         "stands on"),
    TERM("作废", "Voided", "不再计入数字，但不删除，历史里看得到，可以恢复。",
         "counts no more, but is not deleted: its history stays and it can be "
         "restored"),
    TERM("脱敏", "Masked",
         "只显示一部分，例如“陈**”；与这一行无关的人看到的就是这样。",
         "shown in part, such as 陈**: what people see who have nothing to do "
         "with the row"),
    TERM(
        "审计记录", "Audit record",
        "谁在什么时候登录、改了谁的角色、看了或导出了个人信息；只有审计员能看，"
        "保存三年。",
        "who signed in, changed roles, saw or took out personal values and "
        "when; for the auditor alone, kept for three years"),
    TERM("日志", "Journal",
         "谁在什么时候改了什么，一条接一条，经签名，事后改不了。",
         "who changed what and when, entry after entry, signed; nobody can "
         "change it later"),
};

const struct feature feature_page = {
    .name = S_INIT("page"),
    .label = TEXT_INIT("各处通用", "Everywhere"),
    LIST(terms),
    LIST(routes),
    LIST(links),
    .todo = account_todo,
};
