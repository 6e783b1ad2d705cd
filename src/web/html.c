/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Escaping for pages. Most text has nothing to escape, so runs of harmless
 * bytes are found through a table and appended at once.
 */
#include "web/html.h"

#include "base/web.h"

static const struct str escapes[256] = {
    ['&'] = S_INIT("&amp;"),  ['<'] = S_INIT("&lt;"),   ['>'] = S_INIT("&gt;"),
    ['"'] = S_INIT("&quot;"), ['\''] = S_INIT("&#39;"),
};

void html_text(struct html *h, struct str s)
{
    size_t from = 0;

    for (size_t i = 0; i < s.n; i++) {
        struct str e = escapes[(unsigned char)s.p[i]];

        if (e.n == 0)
            continue;
        buf_put(h->out, str_slice(s, from, i));
        buf_put(h->out, e);
        from = i + 1;
    }
    buf_put(h->out, str_slice(s, from, s.n));
}

void html_words(struct html *h, struct text t)
{
    html_text(h, text_in(t, h->lang));
}

void html_int(struct html *h, int64_t v)
{
    buf_int(h->out, v);
}

void html_count(struct html *h, uint64_t v)
{
    if (v > INT64_MAX)
        BUG("a count of %llu", (unsigned long long)v);
    buf_int(h->out, (int64_t)v);
}

static bool unreserved(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
           c == '~';
}

void html_url_text(struct html *h, struct str s)
{
    static const char hex[] = "0123456789ABCDEF";
    size_t from = 0;

    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        char code[3] = { '%', hex[c >> 4], hex[c & 15] };

        if (unreserved(c))
            continue;
        buf_put(h->out, str_slice(s, from, i));
        buf_put(h->out, (struct str){ code, sizeof(code) });
        from = i + 1;
    }
    buf_put(h->out, str_slice(s, from, s.n));
}

void html_path(struct html *h, struct str path)
{
    if (path.n == 0 || path.p[0] != '/' ||
        (path.n > 1 && (path.p[1] == '/' || path.p[1] == '\\')))
        BUG("not a path of this site: \"%.*s\"", STR_ARG(path));
    for (size_t i = 0; i < path.n; i++)
        if ((unsigned char)path.p[i] < 0x20)
            BUG("a control byte in a path");
    html_text(h, path);
}

void html_web(struct html *h, struct str address)
{
    if (!web_is_address(address))
        BUG("not an address of the web: \"%.*s\"", STR_ARG(address));
    html_text(h, address);
}

void html_form_token(struct html *h)
{
    if (h->csrf.n == 0)
        return;
    h->has_token = true;
    html_lit(h, "<input type=\"hidden\" name=\"csrf\" value=\"");
    html_text(h, h->csrf);
    html_lit(h, "\">");
}

void html_trusted_markup_from_view(struct html *h, struct str rendered)
{
    buf_put(h->out, rendered);
}
