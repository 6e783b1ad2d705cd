/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * registry.h - the one feature others may name: organisations and places.
 *
 *     [UNIT] = COLUMN(REF, "unit", "责任单位", "Responsible unit",
 *                     REGISTRY_UNIT, .flags = COLUMN_OWNER),
 */
#ifndef DAJUAN_HOST_REGISTRY_REGISTRY_H
#define DAJUAN_HOST_REGISTRY_REGISTRY_H

#include "host/ledger/ledger.h"

#define REGISTRY_UNIT REGISTRY_KIND("unit")
#define REGISTRY_COMMUNITY REGISTRY_KIND("community")
#define REGISTRY_SUBDISTRICT REGISTRY_KIND("subdistrict")
#define REGISTRY_KIND(name)                                                    \
    REFERENCE("registry.organisation"), .ref_kind = S_INIT(name)

/* The ten-odd fields of service that teams and claims share. */
extern const struct choice registry_service_fields[14];
/* The five fields of work that projects and cases share. */
extern const struct choice registry_work_fields[5];

#endif
