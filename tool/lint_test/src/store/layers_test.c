/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "test/test.h"
#include "host/desk/page.h"
#include "host/given/house.h"
