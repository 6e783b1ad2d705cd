/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * registry.h - the one feature others may name: organisations and places.
 *
 * A reference to "registry.organisation" with .ref_kind chooses among them.
 */
#ifndef DAJUAN_HOST_REGISTRY_REGISTRY_H
#define DAJUAN_HOST_REGISTRY_REGISTRY_H

#include "host/ledger/ledger.h"

#define REGISTRY_UNIT                                                          \
    .type = COLUMN_REF, .ref = S_INIT("registry.organisation"),                \
    .ref_kind = S_INIT("unit")
#define REGISTRY_COMMUNITY                                                     \
    .type = COLUMN_REF, .ref = S_INIT("registry.organisation"),                \
    .ref_kind = S_INIT("community")
#define REGISTRY_SUBDISTRICT                                                   \
    .type = COLUMN_REF, .ref = S_INIT("registry.organisation"),                \
    .ref_kind = S_INIT("subdistrict")

/* The ten-odd fields of service that teams and claims share. */
extern const struct choice registry_service_fields[14];
/* The five fields of work that projects and cases share. */
extern const struct choice registry_work_fields[5];

#endif
