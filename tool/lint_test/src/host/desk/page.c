/* SPDX-License-Identifier: MulanPSL-2.0 */
static void page(struct html *h)
{
    html_trusted_markup_from_view(h, s);
}
