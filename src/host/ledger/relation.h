/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * relation.h - who somebody is to a row. Rights are asked per row, never
 * only per role: form, import, undo and command all ask here.
 */
#ifndef DAJUAN_HOST_LEDGER_RELATION_H
#define DAJUAN_HOST_LEDGER_RELATION_H

#include "access/account.h"
#include "host/ledger/ledger.h"
#include "store/scope.h"

enum relation {
    RELATION_OFFICER = 1, /* of the district, whose rows all are */
    RELATION_OWNER = 2,   /* edits for the row's organisation or one above */
};

/* The one who asks: an account, the owner of an import, a command. */
struct asker {
    struct scope in;
    unsigned roles; /* enum role, together */
    int64_t org;    /* the scope of ROLE_EDITOR; 0: none */
    /* Rows of one organisation mostly stand together: the last answer. */
    int64_t asked;
    bool within;
};

struct asker asker_of(struct scope in, const struct who *who);
/* A command of the shell: whoever may start it may do what officers may. */
struct asker asker_shell(struct scope in);

/* enum relation, together; 0: a stranger. `row` need not be kept yet. */
unsigned relations(struct asker *a, const struct ledger_row *row);

/* May the one who asks change the row as a whole? */
bool may_change(struct asker *a, const struct ledger_row *row);
/* May there be rows of this ledger that the one who asks could add? */
bool may_add(const struct asker *a, const struct ledger *l);

#endif
