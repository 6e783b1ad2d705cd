/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * by.h - who may write a column or take a step, as declarations say it.
 */
#ifndef DAJUAN_HOST_LEDGER_BY_H
#define DAJUAN_HOST_LEDGER_BY_H

/* Who somebody is to a row (relation.h), and so who may write what. */
enum relation {
    RELATION_OFFICER = 1, /* of the district, whose rows all are */
    RELATION_OWNER = 2,   /* edits for the row's organisation or one above */
    RELATION_ASKED = 4,   /* for the one that is asked for help */
    RELATION_CLOCK = 8,   /* nobody: time does it */
    RELATION_STEP = 16,   /* whoever takes a step that asks or sets it */
};

/*
 * Who writes a column or takes a step. An officer may do all that owners and
 * those who are asked may do, as an officer. The one that is asked changes
 * its columns of a row that is kept, and no other; it adds no row.
 */
#define BY_OWNER .by = RELATION_OWNER
#define BY_ASKED .by = RELATION_ASKED
#define BY_OFFICER .by = RELATION_OFFICER
#define BY_STEP .by = RELATION_STEP
#define BY_CLOCK .by = RELATION_CLOCK

#endif
