/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * audit.h - the audit record: who signed in or could not, what happened to
 * accounts, and who saw or took out personal values. For the auditor; the
 * public journal hears of none of it but accounts (docs/decisions/0012).
 *
 * An entry never holds a personal value of a ledger, nor what was typed.
 * Entries are only added. Each has a hash over the one before and itself, so
 * that whoever changes, removes or puts in one is found out by
 * audit_check(). They are kept for three years, then the oldest go as new
 * ones come.
 */
#ifndef DAJUAN_ACCESS_AUDIT_H
#define DAJUAN_ACCESS_AUDIT_H

#include "journal/act.h"

enum {
    AUDIT_LEAST_DAYS = 184, /* that the law asks for */
    AUDIT_KEPT_DAYS = 3 * 366,
};

/* Kept as numbers: what one means never changes. */
enum audit_kind {
    AUDIT_SIGNED_IN = 1,
    AUDIT_FAILED = 2, /* a wrong password, or a name that nobody has */
    AUDIT_SLOWED = 3, /* had to wait: once for each pause */
    AUDIT_SIGNED_OUT = 4,
    AUDIT_SESSIONS_ENDED = 5,
    AUDIT_PASSWORD_CHOSEN = 6,
    AUDIT_LINK_MADE = 7,
    AUDIT_LINK_USED = 8,
    AUDIT_ACCOUNT_ADDED = 9,
    AUDIT_ROLES_CHANGED = 10,
    AUDIT_ROLES_ASKED = 11,
    AUDIT_ROLES_CONFIRMED = 12,
    AUDIT_ROLES_DROPPED = 13,
    AUDIT_ACCOUNT_ENDED = 14,
    AUDIT_ACCOUNT_RESUMED = 15,
    AUDIT_SECOND_SET = 16, /* whether a second administrator confirms */
    AUDIT_SHOWN = 17,      /* personal values, on a page */
    AUDIT_TAKEN = 18,      /* a file of them, or of this record */
    AUDIT_KINDS = 18,
};

/* What a kind is called in addresses and files, and by people. */
struct audit_word {
    struct str key;
    struct text name;
};
/* Of what is no kind: that it is unknown. */
const struct audit_word *audit_word(enum audit_kind kind);
/* The kind with this key; 0: none. */
int audit_kind_read(struct str key);
/* Did what the entry tells of succeed? */
bool audit_succeeded(enum audit_kind kind);

struct audit_event {
    enum audit_kind kind;
    int64_t account; /* that it is about; 0: none, or the actor itself */
    struct str what; /* "projects.project", or keys of roles: "admin,editor" */
    struct str form; /* "page", "csv"; "" for none */
    int64_t n;       /* rows, sessions; of roles their organisation */
};

/* Note it, as done by the act's actor at its address. */
void audit_note(struct act *act, const struct audit_event *e);

struct audit_entry {
    int64_t seq;
    int64_t at;
    int64_t actor;      /* as in act.h */
    struct str address; /* "": the shell */
    struct audit_event event;
    struct str hash;
};

/* Which entries: nothing set is all of them. */
struct audit_query {
    int kind;            /* enum audit_kind */
    int64_t from, until; /* ms since 1970: from, and before; 0: no bound */
    bool one;            /* only by or about `account` (an actor of act.h) */
    int64_t account;
    int64_t before; /* older than this seq */
    int64_t most;   /* entries; 0: no bound */
};

/* Newest first. Ask until false; or rows_end(). */
struct rows audit_open(struct scope in, const struct audit_query *q);
bool audit_next(struct rows *r, struct mem *m, struct audit_entry *ret);

/* Is every entry as it was added, and none missing? False and what is wrong. */
bool audit_check(struct scope in, int64_t *ret_count,
                 struct text *ret_wrong) MUST_CHECK;

#endif
