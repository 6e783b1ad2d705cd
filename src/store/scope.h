/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * scope.h - where something is read: in which transaction, of which
 * district, and into whose memory. Passed by value, like a string.
 */
#ifndef DAJUAN_STORE_SCOPE_H
#define DAJUAN_STORE_SCOPE_H

#include "store/store.h"

struct scope {
    struct tx *tx;
    struct mem *m; /* what is found lives here */
    int64_t district;
};

#endif
