/* SPDX-License-Identifier: MulanPSL-2.0 */
/* days.h - the ledger of days off and make-up workdays, for registry.c. */
#ifndef DAJUAN_HOST_REGISTRY_DAYS_H
#define DAJUAN_HOST_REGISTRY_DAYS_H

#include "host/ledger/ledger.h"

extern const struct ledger registry_days;

#endif
