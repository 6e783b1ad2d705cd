/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "base/str.h"
#include "store/store.h"
#include "web/html.h"
#include "store.h"
#include "test/test.h"
/* #include "app/main.h" */
