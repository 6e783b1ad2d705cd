/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * browser.h - what a browser calls itself, in words its owner knows.
 */
#ifndef DAJUAN_ACCESS_BROWSER_H
#define DAJUAN_ACCESS_BROWSER_H

#include "base/str.h"

/* "Edge · Windows"; a part that nobody knows is left out, "" for both. */
struct str browser_words(struct mem *m, struct str user_agent);

#endif
