/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "host/given/house.h"
#include "host/desk/page.h"
#include "test/test.h"
