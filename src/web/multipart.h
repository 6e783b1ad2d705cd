/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * multipart.h - multipart/form-data (RFC 7578), the part form.h needs.
 *
 * Strict: CRLF only, nothing before the first and after the last boundary,
 * no blanks after a boundary, every part has one Content-Disposition of
 * form-data with one name. filename* is ignored (RFC 7578 §4.2 forbids it),
 * a Content-Transfer-Encoding is refused (§4.7).
 */
#ifndef DAJUAN_WEB_MULTIPART_H
#define DAJUAN_WEB_MULTIPART_H

#include "web/form.h"

enum { MULTIPART_HEADERS_MAX = 4096 }; /* bytes of headers of one part */

/*
 * `parameters` is what follows "multipart/form-data;". Result and failure
 * as form_read().
 */
enum err multipart_read(struct mem *m, struct str parameters, struct str body,
                        struct form_data *ret, struct text *ret_reason);

#endif
