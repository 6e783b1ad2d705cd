/* SPDX-License-Identifier: MulanPSL-2.0 */
static void raw(struct html *h)
{
    html_trusted_markup_from_view(h, s);
    buf_put(h->out, s);
    html_text(h, S("html_trusted_markup_from_view h->out"));
}
