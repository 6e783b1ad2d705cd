/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * qr.h - a short text as a QR code, to be scanned from the screen.
 */
#ifndef DAJUAN_HOST_PAGE_QR_H
#define DAJUAN_HOST_PAGE_QR_H

#include "base/str.h"

struct qr {
    int size;        /* modules of a side; 0: the text is too long for one */
    struct str path; /* of the dark ones, as an SVG path has it */
};

struct qr qr_of(struct mem *m, struct str text);

#endif
