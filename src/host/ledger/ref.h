/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * ref.h - from the name a person wrote to the row it means.
 *
 * Names are compared folded (utf8_fold): width, blanks and quotes do not
 * matter. A row is found by its title or by a column that is COLUMN_ALIAS;
 * where several share a title, by that and its unit or place in brackets.
 * A book keeps what it looked up, so that an import asks once per name; rows
 * that the same import will make are entered with negative ids.
 */
#ifndef DAJUAN_HOST_LEDGER_REF_H
#define DAJUAN_HOST_LEDGER_REF_H

#include "base/map.h"
#include "host/ledger/ledger.h"

struct ref_book;

/* The row that is referred to. */
struct ref {
    int64_t id;
    struct str label; /* its title */
};

/* A book of the district; it lives in the memory of the scope. */
struct ref_book *ref_book_new(struct scope in);

/* It asks in this transaction from now on; nobody else wrote since. */
void ref_book_turn(struct ref_book *b, struct tx *tx);

/*
 * The row that `name` means for column `c`. E_ABSENT: there is none;
 * E_CLASH: several rows are called so; both with a reason.
 */
enum err ref_find(struct ref_book *b, const struct column *c, struct str name,
                  struct ref *ret, struct text *ret_reason) MUST_CHECK;

/*
 * After ref_find() said E_CLASH: the one among them whose owner or place is
 * that of the row that refers. E_ABSENT, E_CLASH: none is, or several are.
 */
enum err ref_find_near(struct ref_book *b, const struct column *c,
                       struct str name, struct whose whose,
                       struct ref *ret) MUST_CHECK;

/* An organisation of any kind; else as ref_find(). */
enum err ref_find_organisation(struct ref_book *b, struct str name,
                               int64_t *ret_id,
                               struct text *ret_reason) MUST_CHECK;

/* A row that now is there (or will be): later names find it. */
void ref_enter(struct ref_book *b, const struct ledger_row *row);

#endif
