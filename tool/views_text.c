/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * The texts of views: {{ t "第 {} 版" "version {}" x }}.
 *
 * Each language is a branch of its own that writes its words and all values,
 * so each has its own order.
 */
#include "tool/views.h"

#include <string.h>

/* The values of one {{ t }}. */
struct values {
    const char *expr[MAX_VALUES];
    int n;
    int line;
};

/* The inside of the literal at *rest, NUL-terminated; moves behind it. */
static const char *literal_cut(struct views *v, char **rest, int line)
{
    char *s = *rest + strspn(*rest, " \t\n");
    char *end;

    if (*s != '"')
        fail(v, line, "write {{ t \"中文\" \"English\" }}; both languages");
    end = quote_end(s++);
    if (end == s)
        fail(v, line, "a language of {{ t }} is empty; fill it in");
    *end = '\0';
    *rest = end + 1;
    return s;
}

/* The comma that ends the value at `s`, outside quotes and brackets. */
static char *value_end(char *s)
{
    int depth = 0;

    for (; *s && (*s != ',' || depth > 0); s++) {
        if (*s == '"' || *s == '\'')
            s = quote_end(s);
        else if (strchr("([{", *s))
            depth++;
        else if (strchr(")]}", *s))
            depth--;
    }
    return s;
}

/* `s` is what stands behind the two texts. */
static struct values values_cut(struct views *v, char *s, int line)
{
    struct values x = { .line = line };
    bool more = s[strspn(s, " \t\n")] != '\0';

    while (more) {
        char *end = value_end(s);

        more = *end == ',';
        *end = '\0';
        s += strspn(s, " \t\n");
        if (*s == '\0')
            fail(v, line, "a value of {{ t }} is empty; fill it in");
        if (x.n == MAX_VALUES)
            fail(v, line, "{{ t }} takes %d values; split it", MAX_VALUES);
        x.expr[x.n++] = s;
        s = end + 1;
    }
    return x;
}

/* The length of the "{}" or "{2}" at `s`; 0: it is text. */
static size_t slot_length(const char *s)
{
    size_t n = s[0] == '{' && s[1] >= '1' && s[1] <= '9' ? 2 : 1;

    return s[0] == '{' && s[n] == '}' ? n + 1 : 0;
}

/* One character of a C literal as HTML; returns what follows it. */
static const char *put_char(struct views *v, const char *s, int line)
{
    static const char special[] = "&<>\"'";
    char html[] = "&#00;";

    if (*s == '\\' && *++s != '"' && *s != '\\')
        fail(v, line, "in {{ t }} only \\\" and \\\\ are escapes");
    if (strchr(special, *s)) {
        html[2] = (char)('0' + *s / 10);
        html[3] = (char)('0' + *s % 10);
        lit_put(v, html, strlen(html));
    } else {
        lit_byte(v, *s);
    }
    return s + 1;
}

/* Which value stands in the slot at `s`; `next` is that of the next "{}". */
static int slot_value(const struct views *v, const struct values *x,
                      const char *s, int *next)
{
    int i = s[1] == '}' ? (*next)++ : s[1] - '1';

    if (i >= x->n)
        fail(v, x->line,
             "{{ t }} has a {} without its value; write the values "
             "behind the texts, with commas between");
    return i;
}

/* One language; `s` is the inside of its C literal. */
static void put_language(struct views *v, const struct values *x, const char *s)
{
    int stands[MAX_VALUES] = { 0 };
    int next = 0;

    while (*s) {
        size_t n = slot_length(s);
        int i;

        if (n == 0) {
            s = put_char(v, s, x->line);
            continue;
        }
        i = slot_value(v, x, s, &next);
        code(v, x->line, "html_put(h, (%s));", x->expr[i]);
        stands[i]++;
        s += n;
    }
    for (int i = 0; i < x->n; i++)
        if (stands[i] != 1)
            fail(v, x->line,
                 "value %d of {{ t }} stands %d times in one language; "
                 "write its {} once in both",
                 i + 1, stands[i]);
}

void put_text_pair(struct views *v, char *s, int line)
{
    const char *zh = literal_cut(v, &s, line);
    const char *en = literal_cut(v, &s, line);
    struct values x = values_cut(v, s, line);

    code(v, line, "if (h->lang == LANG_EN) {");
    put_language(v, &x, en);
    code(v, line, "} else {");
    put_language(v, &x, zh);
    code(v, line, "}");
}
