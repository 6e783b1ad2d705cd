/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Finding the route of a request and checking what every route declares. */
#include "host/desk/route.h"

#include "base/utf8.h"
#include "host/ledger/feature.h"
#include "web/url.h"

#include <pthread.h>

enum { TOKENS_MAX = 16 };

const struct form no_form = { .n = 0 };
const struct form ledger_form = { .ledger = true };

/* What a request asks for. */
struct asked {
    enum route_method method;
    struct str path;
};

const struct route *route_at(size_t i)
{
    for (size_t f = 0; features[f]; f++) {
        if (i < features[f]->routes_n)
            return &features[f]->routes[i];
        i -= features[f]->routes_n;
    }
    return NULL;
}

static bool is_param(struct str want)
{
    return str_starts(want, S("{"));
}

/* One segment of the pattern against one of the path. */
static bool segment_fits(struct mem *m, struct str want, struct str got,
                         struct str *params, size_t *n)
{
    if (!is_param(want))
        return str_eq(want, got);
    if (*n == CTX_PARAMS_MAX)
        BUG("more than %d parameters in a route", CTX_PARAMS_MAX);
    return got.n > 0 && url_decode(m, got, false, &params[(*n)++]);
}

static bool pattern_fits(struct mem *m, struct str pattern, struct str path,
                         struct str *params)
{
    struct str want;
    struct str got;
    size_t n = 0;

    while (str_cut(&pattern, S("/"), &want)) {
        if (str_eq(want, S("{rest}")) && path.p && path.n > 0) {
            params[n] = path;
            return true;
        }
        if (!str_cut(&path, S("/"), &got) ||
            !segment_fits(m, want, got, params, &n))
            return false;
    }
    return path.p == NULL;
}

/* Are they the same as far as the pattern is words? Most part here. */
static bool begins_alike(struct str pattern, struct str path)
{
    size_t i = 0;

    while (i < pattern.n && i < path.n && pattern.p[i] == path.p[i])
        i++;
    return i == pattern.n || pattern.p[i] == '{';
}

/* Does the pattern begin with a word of its own, or with any? */
static bool begins_with_word(const struct route *r)
{
    return !str_starts(r->pattern, S("/{"));
}

/* Among the routes that begin with a word, or among the others. */
static const struct route *find_among(bool words, struct mem *m,
                                      const struct asked *a,
                                      struct str *ret_params, enum err *ret_err)
{
    const struct route *r;

    for (size_t i = 0; (r = route_at(i)) != NULL; i++) {
        if (begins_with_word(r) != words ||
            !begins_alike(r->pattern, a->path) ||
            !pattern_fits(m, r->pattern, a->path, ret_params))
            continue;
        if (r->method == a->method)
            return r;
        *ret_err = E_INPUT;
    }
    return NULL;
}

const struct route *route_find(struct mem *m, enum route_method method,
                               struct str path, struct str *ret_params,
                               enum err *ret_err)
{
    const struct asked a = { method, path };
    const struct route *r;

    *ret_err = E_ABSENT;
    r = find_among(true, m, &a, ret_params, ret_err);
    return r ? r : find_among(false, m, &a, ret_params, ret_err);
}

/* Where `s` goes on behind the segment that begins at `at`. */
static size_t segment_end(struct str s, size_t at)
{
    while (at < s.n && s.p[at] != '/')
        at++;
    return at;
}

static struct str token_of(struct str pattern, struct str path)
{
    size_t i = 0;
    size_t at = 0;

    while (i < pattern.n && at < path.n) {
        size_t end;

        if (pattern.p[i] != '{') {
            if (pattern.p[i++] != path.p[at++])
                break;
            continue;
        }
        end = segment_end(pattern, i);
        if (str_eq(str_slice(pattern, i, end), S("{token}")))
            return str_slice(path, at, segment_end(path, at));
        i = end;
        at = segment_end(path, at);
    }
    return S("");
}

/* The patterns with a {token}: few of many, and the log asks every time. */
static struct {
    pthread_once_t once;
    struct str pattern[TOKENS_MAX];
    size_t n;
} tokens = { .once = PTHREAD_ONCE_INIT };

static void find_tokens(void)
{
    const struct route *r;

    for (size_t i = 0; (r = route_at(i)) != NULL; i++) {
        if (str_find(r->pattern, S("{token}")) == SIZE_MAX)
            continue;
        if (tokens.n == TOKENS_MAX)
            BUG("more than %d routes with a token", TOKENS_MAX);
        tokens.pattern[tokens.n++] = r->pattern;
    }
}

struct str route_token(struct str path)
{
    struct str token = S("");

    pthread_once(&tokens.once, find_tokens);
    for (size_t i = 0; token.n == 0 && i < tokens.n; i++)
        token = token_of(tokens.pattern[i], path);
    return token;
}

bool route_takes_file(struct str path)
{
    struct mem *m = mem_new();
    struct str params[CTX_PARAMS_MAX];
    enum err e;
    const struct route *r = route_find(m, ROUTE_POST, path, params, &e);
    bool takes = false;

    for (size_t i = 0; r && i < r->form->n; i++)
        takes |= r->form->fields[i].type == FIELD_FILE;
    mem_free(m);
    return takes;
}

bool route_allows(const struct route *r, const struct who *who)
{
    switch (r->permission) {
    case ALLOW_ANYONE:
        return true;
    case ALLOW_SIGNED_IN:
        return who->account != 0;
    case ALLOW_EDITOR:
        return has_role(who, ROLE_EDITOR) || has_role(who, ROLE_OFFICER);
    case ALLOW_OFFICER:
        return has_role(who, ROLE_OFFICER);
    case ALLOW_HOUSE:
        return has_role(who, ROLE_OFFICER) || has_role(who, ROLE_ADMIN);
    case ALLOW_ADMIN:
        return has_role(who, ROLE_ADMIN);
    case ALLOW_AUDITOR:
        return has_role(who, ROLE_AUDITOR);
    case ALLOW_NOBODY:
        break;
    }
    BUG("route %.*s has no permission", STR_ARG(r->pattern));
}

/* "name: <what>", each language with its own name of the field. */
static bool blame(struct mem *m, const struct field *f, struct text what,
                  struct text *ret_reason)
{
    *ret_reason = (struct text){
        str_join(m, (struct str[]){ f->label.zh, S("："), what.zh }, 3),
        str_join(m, (struct str[]){ f->label.en, S(": "), what.en }, 3),
    };
    return false;
}

static bool field_fits(struct mem *m, const struct field *f, struct str value,
                       struct text *ret_reason)
{
    long long min = f->min;
    long long max = f->max;
    int64_t n = (int64_t)utf8_length(value);

    if (f->type == FIELD_INT)
        return (str_int(value, &n) && n >= f->min && n <= f->max) ||
               blame(m, f,
                     text_fmt(m, "应为 %lld 到 %lld 的整数",
                              "must be a whole number from %lld to %lld", min,
                              max),
                     ret_reason);
    if (n < f->min || n > f->max)
        return blame(m, f,
                     text_fmt(m, "应为 %lld 到 %lld 个字",
                              "must have %lld to %lld characters", min, max),
                     ret_reason);
    return f->type == FIELD_SECRET ||
           utf8_plain(value, f->type == FIELD_LINES) ||
           blame(m, f,
                 TEXT("含有换行或控制字符，请删去",
                      "holds line breaks or control characters; remove "
                      "them"),
                 ret_reason);
}

/* Browsers send CR LF for the ends of lines. */
static struct str with_plain_lines(struct mem *m, struct str s)
{
    struct buf *b;

    if (str_find(s, S("\r")) == SIZE_MAX)
        return s;
    b = buf_new(m, s.n + 1);
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != '\r')
            buf_byte(b, s.p[i]);
    return buf_str(b);
}

bool route_form_fits(struct mem *m, const struct route *r,
                     const struct form_data *data, struct text *ret_reason)
{
    for (size_t i = 0; i < data->count; i++)
        data->fields[i].value = with_plain_lines(m, data->fields[i].value);
    for (size_t i = 0; i < r->form->n; i++) {
        const struct field *f = &r->form->fields[i];
        struct str value = form_value(data, f->name);

        if (f->type == FIELD_FILE) {
            if (f->min > 0 && !form_file(data, f->name))
                return blame(m, f, TEXT("请选择文件", "choose a file"),
                             ret_reason);
            continue;
        }
        if (f->type != FIELD_SECRET)
            value = str_trim(value);
        if (!(value.n == 0 && f->min <= 0) &&
            !field_fits(m, f, value, ret_reason))
            return false;
    }
    return true;
}
