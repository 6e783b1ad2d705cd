/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * stray.h - what stands in a cell in place of a value: the error of a
 * formula, a sign that points at another cell, a mark that says nothing.
 * None of these is ever a name, a date or a number.
 */
#ifndef DAJUAN_HOST_LEDGER_STRAY_H
#define DAJUAN_HOST_LEDGER_STRAY_H

#include "base/text.h"

enum stray {
    STRAY_NONE,
    STRAY_ERROR,     /* #N/A, #REF!, Err:502, #####, NaN, null */
    STRAY_DITTO,     /* 同上, 〃: as the cell above */
    STRAY_ELSEWHERE, /* 同左, 同第3行, ↑: as some other cell */
    STRAY_NOTHING,   /* 无, 待定, /, ——: may stand in a remark */
};

/* What `said`, the whole of a cell, is; whatever its width and blanks. */
enum stray stray_of(struct mem *m, struct str said);

/* Why it is refused and what to write instead; not of STRAY_NONE. */
struct text stray_reason(enum stray what);

#endif
