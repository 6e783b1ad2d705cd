/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * audit.h - what the parts of the test of the running program share: the
 * site, one signed-in client a role, and the count of what held.
 */
#ifndef DAJUAN_TEST_HTTP_AUDIT_H
#define DAJUAN_TEST_HTTP_AUDIT_H

#include "base/map.h"
#include "host/ledger/ledger.h"
#include "test/http/site.h"

enum audit_role {
    AUDIT_VISITOR,
    AUDIT_EDITOR, /* of the unit 甲局 */
    AUDIT_OFFICER,
    AUDIT_AUDITOR, /* before there is a second administrator to ask */
    AUDIT_ADMIN,   /* accounts, but no rows */
    AUDIT_ROLES,
};

struct audit {
    struct mem *m; /* of the whole test */
    struct site *site;
    struct client boss; /* made by the first set-up: officer and admin */
    struct client who[AUDIT_ROLES];
    struct map markup; /* "tag attribute" pairs of ordinary pages */
    bool learning;     /* new pairs are taken, not reported */
    long passed, failed, asked;
};

extern const char *const audit_role_names[AUDIT_ROLES];

/* Count a check; a failed one is said in words. Returns `held`. */
bool expect(struct audit *a, bool held, const char *fmt, ...) FORMAT(3, 4);

/* Ask as this client; the answer is counted and judged by audit_judge(). */
struct answer audit_get(struct audit *a, struct client *c, struct mem *m,
                        struct str path);
struct answer audit_post(struct audit *a, struct client *c, struct mem *m,
                         struct str path, struct str fields);

/*
 * What must hold of every answer whatever was asked: one came, it is no
 * 5xx, a page has its Content-Security-Policy and holds only markup that
 * ordinary pages hold. Only failures are counted, by `what`.
 */
void audit_judge(struct audit *a, const struct answer *ans, struct str what);

/*
 * The tags of a page with their attributes' names, in order; without
 * lists to choose from, which grow with the rows and end when too long.
 */
struct str page_skeleton(struct mem *m, struct str html);

/* Make a new row; its path, or "" and the answer is said. */
struct str audit_row(struct audit *a, struct client *c, struct mem *m,
                     struct str ledger, struct str fields);

/* A value that a column takes, as text; texts hold the number `n`. */
struct str audit_value(struct mem *m, const struct column *c, long n);

/*
 * The fields of a row that will be taken, all texts being `text` with the
 * number `n`; the column `but` gets `value` instead (SIZE_MAX: none).
 */
struct str audit_fields(struct mem *m, const struct ledger *l, long n,
                        size_t but, struct str value);

/* The same with nothing in what is decided about the row's owner. */
struct str audit_undecided(struct mem *m, const struct ledger *l,
                           struct str fields);

/* What the form of a step sends: `text` as every text, and as the reason. */
struct str audit_step_fields(struct mem *m, const struct ledger *l,
                             const struct step *s, struct str text);

struct str audit_path(struct mem *m, const struct ledger *l, const char *rest);

/*
 * For tests that need some row of a unit: the first ledger whose rows belong
 * to one and are told apart by their title, and the fields of a row of it
 * that its unit may write.
 */
const struct ledger *audit_owned(void);
struct str audit_owned_fields(struct mem *m, const char *title,
                              const char *unit);
struct str audit_owned_path(struct mem *m, const char *rest);
/*
 * Are its rows no parts? Parts name a parent that must suit; unit tests try
 * every way into them.
 */
bool audit_stands_alone(const struct ledger *l);
/* The key of the first figure. */
struct str audit_figure(void);

/* Entries in the journal, as verify counts them; -1: verify failed. */
int64_t audit_entries(struct audit *a, struct mem *m);

/* ---- the parts ---- */
void audit_permissions(struct audit *a);
void audit_scope(struct audit *a);
void audit_payloads(struct audit *a);
void audit_repeats(struct audit *a);
void audit_sign_in(struct audit *a);
void audit_hostile(struct audit *a);

#endif
