/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "feature/two/given_two.h"
#include "host/given/house.h"
