/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * feature.h - what a feature folder gives to the whole.
 *
 * The build lists the folders of src/feature; each defines one
 * `const struct feature feature_NAME`. Removing the folder removes the
 * feature; nothing else is edited.
 */
#ifndef DAJUAN_HOST_FEATURE_H
#define DAJUAN_HOST_FEATURE_H

#include "host/figure.h"
#include "host/ledger.h"
#include "host/policy.h"

struct command;
struct house;
struct route;

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
    struct str headline; /* key of the figure on the home page; may be "" */
    const struct route *routes; /* pages of its own */
    size_t routes_n;
    const struct command *const *commands; /* of the shell */
    size_t commands_n;
    /*
     * Optional. What `dajuan demo` does after the demo's workbooks are in:
     * E_… and a reason.
     */
    enum err (*demo)(struct house *h, struct mem *m, struct text *ret_reason);
};

#define LIST(array) .array = (array), .array##_n = COUNT(array)

/* All features in the order of their folders; NULL at the end. Generated. */
extern const struct feature *const features[];

#endif
