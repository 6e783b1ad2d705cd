/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "feature/one/one.h"
#include "feature/registry/people.h"
#include "feature/two/two.h"
#include "host/page.h"
#include "app/main.h"
