/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * web.h - addresses of pages elsewhere, as people paste them.
 */
#ifndef DAJUAN_BASE_WEB_H
#define DAJUAN_BASE_WEB_H

#include "base/str.h"

/*
 * Is it as a whole an absolute address, and of the two schemes that run
 * nothing where they are opened: http:// or https:// in small letters, a host
 * that begins with a letter, digit or '[', no account before it, and no
 * blanks, quotes, angle brackets, backslashes or control bytes anywhere?
 * Letters that are not ASCII may stand in it, as browsers show them.
 */
bool web_is_address(struct str s);

#endif
