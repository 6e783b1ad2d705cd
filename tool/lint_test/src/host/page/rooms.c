/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "host/desk/page.h"
#include "host/page/views/page.h"
#include "store/store.h"
