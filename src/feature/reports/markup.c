/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * The markup has two kinds of headings and one kind of brace, so that an
 * officer can learn it from looking at one report, and nothing an author
 * writes can become markup of the page.
 */
#include "feature/reports/markup.h"

#include "base/buf.h"
#include "base/utf8.h"

enum { KEY_MAX = 80 };

struct markup_reader {
    struct mem *m;
    size_t line;
    struct str before; /* the line before */
    struct text wrong;
};

static bool wrong(struct markup_reader *r, struct text what)
{
    r->wrong = (struct text){
        str_fmt(r->m, "第 %zu 行：%.*s", r->line, STR_ARG(what.zh)),
        str_fmt(r->m, "line %zu: %.*s", r->line, STR_ARG(what.en)),
    };
    return false;
}

static struct markup_span *add_span(struct markup_reader *r,
                                    struct markup_block *b)
{
    b->spans = mem_grow(r->m, b->spans, b->n * sizeof(*b->spans),
                        (b->n + 1) * sizeof(*b->spans));
    b->spans[b->n] = (struct markup_span){ .line = r->line };
    return &b->spans[b->n++];
}

static bool is_key(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];

        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '.' &&
            c != '_')
            return false;
    }
    return s.n > 0 && s.n <= KEY_MAX;
}

/* False: there is no such form. Nothing behind the key is the exact one. */
static bool form_find(struct str word, enum span_form *ret)
{
    static const struct str words[] = {
        [FORM_ROUND] = S_INIT("round"),
        [FORM_HOURS] = S_INIT("hours"),
        [FORM_N] = S_INIT("n"),
        [FORM_FIRST] = S_INIT("first"),
    };

    if (!word.p)
        return true;
    for (size_t i = FORM_ROUND; i < COUNT(words); i++)
        if (str_eq(word, words[i])) {
            *ret = (enum span_form)i;
            return true;
        }
    return false;
}

/* What stands between braces: "key", and perhaps a form of it. */
static bool read_figure(struct markup_reader *r, struct str inner,
                        struct markup_block *b)
{
    struct markup_span *s;
    struct str form = inner;
    struct str key = S("");
    enum span_form kind = FORM_EXACT;

    str_cut(&form, S("|"), &key);
    if (!is_key(key) || !form_find(form, &kind))
        return wrong(r, TEXT("花括号里应是数字的代号，例如 {projects.count} 或 "
                             "{service.claims|round}",
                             "braces hold the key of a figure, such as "
                             "{projects.count} or {service.claims|round}"));
    s = add_span(r, b);
    s->key = key;
    s->form = kind;
    return true;
}

static bool read_line(struct markup_reader *r, struct str line,
                      struct markup_block *b)
{
    while (line.n > 0) {
        size_t open = str_find(line, S("{"));
        size_t close = str_find(line, S("}"));

        if (close < open || (open != SIZE_MAX && close == SIZE_MAX))
            return wrong(r,
                         TEXT("花括号没有成对", "a brace without its partner"));
        if (open > 0) /* words before the figure, or to the end */
            add_span(r, b)->words = str_slice(line, 0, open);
        if (open == SIZE_MAX)
            break;
        if (!read_figure(r, str_slice(line, open + 1, close), b))
            return false;
        line = str_slice(line, close + 1, line.n);
    }
    return true;
}

static struct markup_block *add_block(struct markup_reader *r,
                                      struct markup *text, enum block_kind kind)
{
    text->blocks = mem_grow(r->m, text->blocks, text->n * sizeof(*text->blocks),
                            (text->n + 1) * sizeof(*text->blocks));
    text->blocks[text->n] = (struct markup_block){ .kind = kind };
    return &text->blocks[text->n++];
}

/* The kind of a line; the mark is cut off. */
static enum block_kind take_mark(struct str *line)
{
    if (str_starts(*line, S("# "))) {
        *line = str_slice(*line, 2, line->n);
        return BLOCK_TITLE;
    }
    if (str_starts(*line, S("## "))) {
        *line = str_slice(*line, 3, line->n);
        return BLOCK_HEADING;
    }
    return BLOCK_PARAGRAPH;
}

/*
 * Between two lines of one paragraph: Latin words need a blank, Chinese has
 * none.
 */
static bool needs_blank(struct str before, struct str line)
{
    char last = before.n ? before.p[before.n - 1] : '\0';

    return (last > 0 && last != '}') || (line.p[0] > 0 && line.p[0] != '{');
}

/* One line; `open` is the paragraph it may continue. */
static bool take_line(struct markup_reader *r, struct str line,
                      struct markup *text, bool *open)
{
    enum block_kind kind = take_mark(&line);
    bool more = kind == BLOCK_PARAGRAPH && *open;
    struct markup_block *b;

    if ((kind == BLOCK_TITLE) != (text->n == 0))
        return wrong(r, text->n == 0
                            ? TEXT("第一行应是标题：“# 标题”",
                                   "the first line is the title: \"# Title\"")
                            : TEXT("标题只能有一个，小标题用“## ”",
                                   "there is one title; headings begin with "
                                   "\"## \""));
    b = more ? &text->blocks[text->n - 1] : add_block(r, text, kind);
    if (more && needs_blank(r->before, line))
        add_span(r, b)->words = S(" ");
    *open = kind == BLOCK_PARAGRAPH;
    r->before = line;
    return read_line(r, line, b);
}

enum err markup_read(struct mem *m, struct str text, struct markup *ret,
                     struct text *ret_reason)
{
    struct markup_reader r = { .m = m };
    struct markup made = { 0 };
    struct str line;
    bool open = false;
    bool ok = true;

    if (!utf8_plain(text, true) || utf8_length(text) > MARKUP_MAX) {
        *ret_reason = text_fmt(m, "正文应为不超过 %d 个字的文字",
                               "the text must be plain and have at most %d "
                               "characters",
                               (int)MARKUP_MAX);
        return E_INPUT;
    }
    while (ok && str_cut(&text, S("\n"), &line)) {
        r.line++;
        line = str_trim(line);
        if (line.n > 0)
            ok = take_line(&r, line, &made, &open);
        else
            open = false;
    }
    if (ok && made.n == 0)
        ok = wrong(&r, TEXT("正文是空的", "the text is empty"));
    if (!ok) {
        *ret_reason = r.wrong;
        return E_INPUT;
    }
    *ret = made;
    return OK;
}

struct str markup_clean(struct mem *m, struct str text)
{
    struct buf *b = buf_new(m, text.n + 1);
    struct str line;

    text = str_trim(text);
    while (text.n > 0 && str_cut(&text, S("\n"), &line)) {
        struct str kept = str_trim(line);

        buf_put(b, kept);
        buf_byte(b, '\n');
    }
    return b->n ? buf_str(b) : S("");
}

struct str markup_title(struct mem *m, struct str text)
{
    struct markup made;
    struct text reason;
    struct buf *b = buf_new(m, text.n + 1);
    struct str line = S("");

    /* It is the first line that says something; the rest is not read. */
    while (str_trim(line).n == 0 && str_cut(&text, S("\n"), &line))
        continue;
    if (markup_read(m, line, &made, &reason) != OK)
        return S("");
    for (size_t i = 0; i < made.blocks[0].n; i++)
        buf_put(b, made.blocks[0].spans[i].words);
    return buf_str(b);
}
