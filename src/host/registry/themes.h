/* SPDX-License-Identifier: MulanPSL-2.0 */
/* themes.h - the ledger of themes of years, for registry.c. */
#ifndef DAJUAN_HOST_REGISTRY_THEMES_H
#define DAJUAN_HOST_REGISTRY_THEMES_H

#include "host/ledger/ledger.h"

extern const struct ledger registry_themes;

#endif
