/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "base/str.h"
