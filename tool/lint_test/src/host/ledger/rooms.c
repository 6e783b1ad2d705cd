/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "base/str.h"
#include "host/desk/page.h"
#include "host/given/house.h"
#include "host/ledger/ledger.h"
#include "store/store.h"
#include "web/html.h"
