/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * feature.h - what a folder gives to the whole.
 *
 * The build looks for `const struct feature feature_NAME = {`: one in each
 * folder of src/feature, and one in each room of the host that has ledgers
 * or pages. Removing the folder removes the feature; nothing else is edited.
 */
#ifndef DAJUAN_HOST_LEDGER_FEATURE_H
#define DAJUAN_HOST_LEDGER_FEATURE_H

#include "host/ledger/figure.h"
#include "host/ledger/ledger.h"
#include "host/ledger/policy.h"

struct command;
struct ctx;
struct house;
struct ledger_row;
struct note_key;
struct part_list;
struct route;
struct slicer;
struct house_place;
struct todo_list;

/* The pages of the host that show links of features. */
enum link_place {
    LINK_ON_MENU =
        1, /* before the programmes; current on the feature's pages */
    LINK_ON_HOME = 2,    /* a button beside the heading */
    LINK_ON_ME = 4,      /* what the one who is signed in may do */
    LINK_ON_REFUSAL = 8, /* where to go from a page that is not there */
};

struct feature_link {
    unsigned on;    /* enum link_place, together */
    unsigned roles; /* enum role, any of them; 0: for anyone */
    struct text label;
    struct str path;
    unsigned order; /* place among the links of one page */
    bool of_year;   /* the programme year is the last segment of the path */
    /* Optional. False: it leads nowhere now, and is left out. */
    bool (*leads)(struct ctx *c);
};

/* A word of art, and what it means in a sentence. */
struct term {
    struct text word, means;
};
#define TERM(zh, en, means_zh, means_en)                                       \
    {                                                                          \
        TEXT_INIT(zh, en), TEXT_INIT(means_zh, means_en)                       \
    }

struct feature {
    struct str name;   /* folder, URL and prefix of its tables */
    struct text label; /* 双领 / Key projects */
    struct text about; /* one sentence for the home page */
    unsigned order;    /* place in the menu and on the home page; 0: none */
    const struct ledger *const *ledgers;
    size_t ledgers_n;
    const struct figure *figures;
    size_t figures_n;
    const struct policy *policies;
    size_t policies_n;
    const struct feature_link *links; /* on pages of the host */
    size_t links_n;
    const struct term *terms; /* explained on its pages and on /words */
    size_t terms_n;
    /*
     * Its year in a sentence, with figures by key (figure_named()), for the
     * home page; empty: none. "{notices.count} 条公益提示"
     */
    struct text sentence;
    const struct route *routes; /* pages of its own */
    size_t routes_n;
    const struct command *const *commands; /* of the shell */
    size_t commands_n;
    /* Optional. Adds what waits for the one who asks (todo.h). */
    void (*todo)(struct ctx *c, struct todo_list *list);
    /*
     * Optional. What stands first on its own page, and on the page of a row
     * of its ledgers, whose parts that stand come along: pictures of the work.
     * Written into page_body(c); what they refuse refuses the page. Rows come
     * as they are kept: what strangers do not see is left out there.
     */
    enum err (*front)(struct ctx *c);
    enum err (*row_front)(struct ctx *c, const struct ledger_row *row,
                          const struct part_list *parts);
    /* Optional. How much of an account's is begun and not finished. */
    int64_t (*unfinished)(struct scope in, int64_t account);
    /*
     * Optional. Goes on with long work that a process left when it was ended,
     * on a thread of its own: when the server begins, and before a command
     * writes.
     */
    void (*resume)(const struct house_place *place, struct slicer *slicer);
    /* Optional. Waits for its own threads, before the server ends. */
    void (*before_stop)(void);
    /*
     * Optional. Brings what it keeps up to date that its migrations could
     * not, in their transaction; runs whenever a folder is opened to write.
     */
    void (*migrate)(struct scope in);
    /*
     * Optional. Before a server starts: finishes what it was doing in slices
     * when its process ended, or takes that back. No transaction is open.
     */
    enum err (*recover)(struct house *h, struct mem *m,
                        struct text *ret_reason);
    /*
     * Optional. Is what it keeps beside its ledgers still what the journal
     * says? False and what is wrong; reads only, and counts what it checked.
     */
    bool (*verify)(struct scope in, const struct note_key *key,
                   int64_t *ret_count, struct text *ret_wrong);
    /*
     * Optional. What `dajuan demo` does after the demo's workbooks are in:
     * E_… and a reason.
     */
    enum err (*demo)(struct house *h, struct mem *m, struct text *ret_reason);
};

/* A list of the same name as the member it is given to; or of another. */
#define LIST(name) LIST_OF(name, name)
#define LIST_OF(name, array) .name = (array), .name##_n = COUNT(array)

/* All features in the order of their names; NULL at the end. Generated. */
extern const struct feature *const features[];

#endif
