/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * references.h - numeric character references, before expat sees them.
 *
 * Some writers (openpyxl among them) put every Chinese character as
 * "&#24180;". expat takes each for an event of its own, which is most of the
 * time a large ledger needs. In a UTF-8 document outside CDATA the reference
 * and the character mean the same, so it is replaced. References below
 * U+0080 stay: they may be markup. For this folder only.
 */
#ifndef DAJUAN_INTERCHANGE_REFERENCES_H
#define DAJUAN_INTERCHANGE_REFERENCES_H

#include "base/str.h"

enum { REFERENCES_BLOCK = 64 * 1024, REFERENCES_HELD = 16 };

struct references {
    char raw[REFERENCES_HELD + REFERENCES_BLOCK];
    size_t held; /* bytes at the front of `raw`, from the block before */
    bool started;
    bool off; /* not UTF-8, or a CDATA section began */
};

/* Where the next block of at most REFERENCES_BLOCK bytes goes. */
static inline char *references_room(struct references *f)
{
    return f->raw + f->held;
}

/*
 * `n` bytes were put there (0: the end). Write the document as far as it is
 * certain to `to`, which has room for sizeof f->raw; returns the bytes.
 */
size_t references_replace(struct references *f, size_t n, char *to);

#endif
