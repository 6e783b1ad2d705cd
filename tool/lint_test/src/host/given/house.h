/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "host/page/pages.h"
#include "test/test.h"
#include "feature/one/one.h"
