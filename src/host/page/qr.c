/* SPDX-License-Identifier: MulanPSL-2.0 */
/* libqrencode makes the squares; runs of a line become one rectangle. */
#include "host/page/qr.h"

#include "base/buf.h"

#include <qrencode.h>

enum { PATH_MAX_BYTES = 1 << 16 };

static void put_line(struct buf *b, const unsigned char *line, int n, int y)
{
    for (int x = 0; x < n; x++) {
        int from = x;

        while (x < n && (line[x] & 1))
            x++;
        if (x > from)
            buf_fmt(b, "M%d %dh%dv1h-%dz", from, y, x - from, x - from);
    }
}

struct qr qr_of(struct mem *m, struct str text)
{
    QRcode *code = QRcode_encodeString8bit(str_c(m, text), 0, QR_ECLEVEL_M);
    struct buf *b = buf_new(m, PATH_MAX_BYTES);
    struct qr qr = { 0, S("") };

    if (!code)
        return qr;
    for (int y = 0; y < code->width; y++)
        put_line(b, code->data + y * code->width, code->width, y);
    qr = (struct qr){ code->width, buf_str(b) };
    QRcode_free(code);
    return qr;
}
