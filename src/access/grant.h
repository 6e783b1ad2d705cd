/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * grant.h - roles that wait for a second administrator.
 *
 * Whether somebody has to confirm is for pages to say; here one grant an
 * account waits, and whoever asked for it cannot confirm it.
 */
#ifndef DAJUAN_ACCESS_GRANT_H
#define DAJUAN_ACCESS_GRANT_H

#include "access/account.h"

struct grant {
    int64_t account;
    unsigned roles;
    int64_t org;
    int64_t asked_by, asked_at;
};

/*
 * Roles that a second administrator is asked about: those that write rows,
 * and the one that sees who did what.
 */
enum { ROLES_TO_CONFIRM = ROLE_EDITOR | ROLE_OFFICER | ROLE_AUDITOR };

/* Does an account get more of them, or another scope? */
bool grant_adds(const struct account *a, unsigned roles, int64_t org);

/* Ask for the act's actor; takes the place of what waited before. */
enum err grant_ask(struct act *act, const struct grant *g);

/* What waits for an account; false: nothing. */
bool grant_read(struct scope in, int64_t account, struct grant *ret);
/* How many wait that somebody else than this account asked for. */
int64_t grant_count(struct scope in, int64_t account);

/*
 * Confirm: the roles hold. E_ABSENT: nothing waits; E_DENIED: the actor
 * asked for it. Dropping is for anybody, the one who asked too.
 */
enum err grant_confirm(struct act *act, int64_t account);
enum err grant_drop(struct act *act, int64_t account);

#endif
