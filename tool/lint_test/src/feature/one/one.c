/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "feature/one/one.h"
#include "feature/one/views/page.h"
#include "feature/one_more/more.h"
#include "feature/two/two.h"
#include "host/desk/page.h"
#include "app/main.h"
