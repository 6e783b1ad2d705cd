/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * pages.h - the host's own handlers, for the route table (routes.c), and
 * what their views show.
 */
#ifndef DAJUAN_HOST_PAGE_PAGES_H
#define DAJUAN_HOST_PAGE_PAGES_H

#include "access/tries.h"
#include "host/desk/page.h"
#include "host/desk/todo.h"
#include "host/ledger/figure_part.h"

/* home_page.c */
enum err show_home(struct ctx *c);
enum err show_feature(struct ctx *c);

/* figure_page.c */
enum err list_figures(struct ctx *c);
enum err show_figure(struct ctx *c);
enum err export_figure_csv(struct ctx *c);
enum err export_figure_xlsx(struct ctx *c);
enum err export_figure_json(struct ctx *c);

/* sign_page.c */
enum err show_sign_in(struct ctx *c);
enum err before_sign_in(struct ctx *c);
enum err post_sign_in(struct ctx *c);
enum err post_sign_out(struct ctx *c);
enum err show_link(struct ctx *c);
enum err before_link(struct ctx *c);
enum err post_link(struct ctx *c);
extern const struct form sign_in_form, link_form;

/* me_page.c */
enum err show_me(struct ctx *c);
enum err before_password(struct ctx *c);
enum err post_password(struct ctx *c);
enum err post_session_end(struct ctx *c);
enum err post_draft_drop(struct ctx *c);
extern const struct form password_form, session_form, draft_form;

/* account_page.c */
enum err list_accounts(struct ctx *c);
enum err post_account(struct ctx *c);
enum err post_second(struct ctx *c);
enum err list_policies(struct ctx *c);
enum err post_policy(struct ctx *c);
extern const struct form account_form, second_form, policy_form;

/* account_one_page.c */
enum err show_account(struct ctx *c);
enum err post_roles(struct ctx *c);
enum err post_account_link(struct ctx *c);
enum err show_account_end(struct ctx *c);
enum err post_account_end(struct ctx *c);
enum err post_account_resume(struct ctx *c);
enum err post_grant_confirm(struct ctx *c);
enum err post_grant_drop(struct ctx *c);
void account_todo(struct ctx *c, struct todo_list *list);
extern const struct form roles_form, end_form;

/* search_page.c */
enum err show_search(struct ctx *c);

/* settings_page.c */
enum err show_settings(struct ctx *c);
enum err post_settings(struct ctx *c);
extern const struct form settings_form;

/* journal_page.c */
enum err show_journal(struct ctx *c);
enum err show_checkpoint(struct ctx *c);
enum err show_tile(struct ctx *c);
enum err show_health(struct ctx *c);

/* about_page.c */
enum err show_accessibility(struct ctx *c);
enum err show_look(struct ctx *c);
enum err show_law(struct ctx *c);
enum err show_complaints(struct ctx *c);
enum err show_words(struct ctx *c);

/* One figure as a page shows it. */
struct shown_figure {
    const struct figure *figure;
    struct figure_value value;
    struct str number;
    struct text unit; /* that it is in */
    struct str day;   /* that it is of, in words; "": of none */
    bool missing;     /* nothing is kept yet; .number says so */
};
struct shown_figure show_value(struct ctx *c, const struct figure *f);
struct shown_figure show_part(struct ctx *c, const struct figure *f,
                              struct figure_part only);

/* The page to sign in at. */
struct sign_view {
    struct str login; /* as typed */
    struct text wrong;
    const struct kept_form *kept; /* where to go on, and with which form */
    struct mem *m;
};

/* A try from this browser with the password of `account` (0: nobody's). */
struct try_at sign_try(struct ctx *c, struct str login, int64_t account);
/* After too many wrong ones: in words, and as a header for the browser. */
struct text sign_wait(struct ctx *c, int64_t ms);

/* The page of a one-time link. */
struct link_view {
    bool first;    /* the first set-up: name and sign-in name too */
    bool signs_in; /* a password is there already */
    struct str token;
    struct str name, login; /* what was typed */
    struct text wrong;
};

#endif
