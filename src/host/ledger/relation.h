/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * relation.h - who somebody is to a row. Rights are asked per row, never
 * only per role: form, import, undo and command all ask here.
 */
#ifndef DAJUAN_HOST_LEDGER_RELATION_H
#define DAJUAN_HOST_LEDGER_RELATION_H

#include "access/account.h"
#include "host/ledger/ledger.h"
#include "store/compose.h"

/* The one who asks: an account, the owner of an import, a command. */
struct asker {
    struct scope in;
    unsigned roles; /* enum role, together */
    int64_t org;    /* the scope of ROLE_EDITOR; 0: none */
    bool clock;     /* time itself */
    /* Rows of one organisation mostly stand together: the last answer. */
    int64_t asked;
    bool within;
};

struct asker asker_of(struct scope in, const struct who *who);
/* Why nobody else may write rows that have no owner. */
extern const struct text relation_of_officers;
/* A command of the shell: whoever may start it may do what officers may. */
struct asker asker_shell(struct scope in);
/* Time, which takes the steps that are the clock's. */
struct asker asker_clock(struct scope in);

/*
 * enum relation, together. 0: a stranger, who sees of the row what visitors
 * see. `row` need not be kept yet.
 */
unsigned relations(struct asker *a, const struct ledger_row *row);
/* To the rows of this organisation; 0: of none. */
unsigned relations_to(struct asker *a, int64_t owner);

/* May the one who asks change the row? */
bool may_change(struct asker *a, const struct ledger_row *row);
/*
 * May the one who asks change something of a row that is kept? So may one who
 * is asked for help, where a column is theirs (BY_ASKED) as the row stands.
 */
bool may_edit(struct asker *a, const struct ledger_row *row);
/*
 * Decide about its owner, in the columns that are decided? Officers may, but
 * not one who edits for that owner as well.
 */
bool may_decide(struct asker *a, const struct ledger_row *row);
/*
 * Change what the row is, its identity, owner and year, or whether it stands?
 * Who may change it, until something was decided about it: a decision must
 * not become one about something else.
 */
bool may_settle(struct asker *a, const struct ledger_row *row);
/* Fill in or change this column of the row as it stands? */
bool may_write(struct asker *a, const struct ledger_row *row, size_t column);
/* Take a step of the row, as far as it matters who asks. */
bool may_take(struct asker *a, const struct ledger_row *row,
              const struct step *step);
/* Is it this one who is expected to take it, not somebody on behalf? */
bool is_expected(struct asker *a, const struct ledger_row *row,
                 const struct step *step);

/* Are there perhaps rows of which the one who asks could take it? */
bool may_offer(const struct asker *a, const struct step *step);

/* The column by which organisations stand under one another. */
size_t org_above_column(void);
/* The organisation above; 0: none. */
int64_t org_above(struct scope in, int64_t org);
/* Is `org` somewhere below `of`? */
bool org_is_below(struct scope in, int64_t org, int64_t of);

/*
 * " IN (…)": the organisation that is argument `org`, and those below it, of
 * district ?1.
 */
void compose_within(struct compose *c, size_t org);

/* "t.unit": the organisation whose row t of a ledger that is owned is. */
void compose_owner(struct compose *c, const struct ledger *l);

/* May there be rows of this ledger that the one who asks could add? */
bool may_add(const struct asker *a, const struct ledger *l);
/* Add a part to this row, as it and who asks stand now? */
bool may_add_under(struct asker *a, const struct ledger *part,
                   struct ledger_row *of);

#endif
