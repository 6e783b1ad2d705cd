/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "feature/reports/reports.h"
#include "feature/registry/people.h"
