/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Answer sheets (答卷): a text in which figures stand by key, published as
 * frozen versions. Names no other feature: it knows figures only.
 */
#include "feature/reports/reports.h"
#include "feature/reports/publish_page.h"
#include "feature/reports/section.h"
#include "host/ledger/feature.h"

static const struct field report_fields[] = {
    { S_INIT("slug"), FIELD_TEXT, TEXT_INIT("网址名", "Name in the address"), 0,
      40 },
    { S_INIT("year"), FIELD_INT, TEXT_INIT("年度", "Year"), 2000, 2199 },
    { S_INIT("zh"), FIELD_LINES, TEXT_INIT("中文正文", "Chinese text"), 0,
      20000 },
    { S_INIT("en"), FIELD_LINES, TEXT_INIT("英文正文", "English text"), 0,
      20000 },
};

static const struct form report_form = { .fields = report_fields,
                                         .n = COUNT(report_fields) };

static const struct route routes[] = {
    ROUTE(GET, "/sheets", ALLOW_ANYONE, NO_FORM, show_reports),
    ROUTE(GET, "/sheets/new", ALLOW_OFFICER, NO_FORM, show_new_report),
    ROUTE(POST, "/sheets/new", ALLOW_OFFICER, &report_form, post_new_report),
    ROUTE(GET, "/sheets/{report}", ALLOW_ANYONE, NO_FORM, show_report),
    ROUTE(GET, "/sheets/{report}/edit", ALLOW_OFFICER, NO_FORM,
          show_report_edit),
    ROUTE(POST, "/sheets/{report}/edit", ALLOW_OFFICER, &report_form,
          post_report_edit),
    ROUTE(GET, "/sheets/{report}/draft", ALLOW_OFFICER, NO_FORM,
          show_report_draft),
    ROUTE(GET, "/sheets/{report}/publish", ALLOW_OFFICER, NO_FORM,
          show_report_publish),
    ROUTE_BEFORE(POST, "/sheets/{report}/publish", ALLOW_OFFICER, &publish_form,
                 before_report_publish, post_report_publish),
    ROUTE(GET, "/sheets/{report}/{version}", ALLOW_ANYONE, NO_FORM,
          show_report_version),
    ROUTE_PACE(GET, "/sheets/{report}/{version}/bundle", ALLOW_ANYONE, NO_FORM,
               pace_file, send_report_bundle),
    ROUTE_PACE(GET, "/sheets/{report}/{version}/all.xlsx", ALLOW_ANYONE,
               NO_FORM, pace_file, send_report_all),
    ROUTE(GET, "/sheets/{report}/{version}/{figure}", ALLOW_ANYONE, NO_FORM,
          show_report_rows),
    ROUTE_PACE(GET, "/sheets/{report}/{version}/{figure}/rows.csv",
               ALLOW_ANYONE, NO_FORM, pace_file, send_report_csv),
    ROUTE_PACE(GET, "/sheets/{report}/{version}/{figure}/rows.xlsx",
               ALLOW_ANYONE, NO_FORM, pace_file, send_report_xlsx),
};

static const struct feature_link links[] = {
    { .on = LINK_ON_MENU | LINK_ON_REFUSAL,
      .label = TEXT_INIT("年度答卷", "Answer sheets"),
      .path = S_INIT("/sheets"),
      .order = 1 },
    { .on = LINK_ON_HOME,
      .label = TEXT_INIT("阅读年度答卷", "Read the answer sheet"),
      .path = S_INIT("/sheets"),
      .order = 1,
      .of_year = true,
      .leads = report_of_year_is_there },
    { .on = LINK_ON_ME,
      .roles = ROLE_OFFICER,
      .label = TEXT_INIT("编辑和发布答卷", "Edit and publish answer sheets"),
      .path = S_INIT("/sheets"),
      .order = 1 },
};

static const struct term terms[] = {
    TERM("答卷", "Answer sheet",
         "用数字写成的一年工作；每个数字点开就是背后的行。",
         "a year of work told in numbers; each opens onto the rows behind it"),
    TERM("发布、冻结", "Published, frozen",
         "发布的一版连同数字和行一起存下，以后不再改变。",
         "a version is kept with its numbers and rows, and never changes"),
    TERM("证明包", "Bundle", "一版答卷的全部证据，一个文件，不联网也能核对。",
         "all the evidence of one version in a file that is checked offline"),
};

const struct feature feature_reports = {
    .name = S_INIT("reports"),
    .label = TEXT_INIT("年度答卷", "Answer sheets"),
    .about = TEXT_INIT("一年的数字写成一份答卷，发布后不改，可离线核对",
                       "A year's numbers as a text: frozen when published, "
                       "verified offline"),
    LIST(routes),
    LIST(links),
    LIST(terms),
    .commands = reports_commands,
    .commands_n = REPORTS_COMMANDS,
    .migrate = section_cut_old,
    .recover = reports_recover,
    .verify = reports_verify,
    .demo = reports_demo,
};
