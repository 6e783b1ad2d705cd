/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Words are enough: what differs between the engines are names of types, of
 * one function and of arguments, and two words behind a table. Only types
 * need to know where they stand, so a definition of columns is followed from
 * name to type to the rest.
 */
#include "store/dialect.h"

#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

/* What the next word of a definition is. */
enum expects { EXPECTS_ANY, EXPECTS_NAME, EXPECTS_TYPE };

struct dialect {
    struct mem *m;
    struct str sql;
    size_t at;
    struct buf *out;
    struct str before; /* the word before */
    bool table;        /* inside CREATE TABLE or ALTER TABLE */
    int depth;         /* of parentheses */
    enum expects expects;
    struct text wrong; /* empty: nothing yet */
};

static bool in_word(char b)
{
    return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') ||
           (b >= '0' && b <= '9') || b == '_';
}

static char look(const struct dialect *d, size_t ahead)
{
    return d->at + ahead < d->sql.n ? d->sql.p[d->at + ahead] : '\0';
}

static void copy(struct dialect *d, size_t n)
{
    buf_put(d->out, str_slice(d->sql, d->at, d->at + n));
    d->at += n;
}

/* From the mark at `at` to behind the next `end`, or to the end of all. */
static void copy_to(struct dialect *d, struct str end)
{
    struct str rest = str_slice(d->sql, d->at + 1, d->sql.n);
    size_t n = str_find(rest, end);

    copy(d, n == SIZE_MAX ? d->sql.n - d->at : 1 + n + end.n);
}

/* A column's type. `w` is empty when something else stands there. */
static void put_type(struct dialect *d, struct str w)
{
    d->expects = EXPECTS_ANY;
    if (str_eq(w, S("INTEGER")))
        buf_lit(d->out, "BIGINT");
    else if (str_eq(w, S("BLOB")))
        buf_lit(d->out, "BYTEA");
    else if (str_eq(w, S("TEXT")))
        buf_lit(d->out, "TEXT COLLATE \"C\"");
    else
        d->wrong = text_fmt(d->m,
                            "列 %.*s 的类型“%.*s”无法翻译；请用 INTEGER、"
                            "TEXT 或 BLOB",
                            "column %.*s has the type \"%.*s\"; use "
                            "INTEGER, TEXT or BLOB",
                            STR_ARG(d->before), STR_ARG(w));
}

/* Does `w` only say how SQLite keeps the table? */
static bool is_keeping(const struct dialect *d, struct str w)
{
    return d->table && d->depth == 0 &&
           (str_eq(w, S("STRICT")) || str_eq(w, S("WITHOUT")) ||
            str_eq(w, S("ROWID")));
}

static void put_plain(struct dialect *d, struct str w)
{
    if (str_eq(w, S("INTEGER")))
        buf_lit(d->out, "BIGINT");
    else if (str_eq(w, S("BLOB")))
        buf_lit(d->out, "BYTEA");
    else if (str_eq(w, S("instr")) && look(d, 0) == '(')
        buf_lit(d->out, "strpos");
    else if (!is_keeping(d, w))
        buf_put(d->out, w);
}

/* A name makes its type the next word; PRIMARY KEY (…) has none. */
static void put_word(struct dialect *d, struct str w)
{
    bool defines =
        str_eq(d->before, S("CREATE")) || str_eq(d->before, S("ALTER"));

    if (d->expects == EXPECTS_TYPE) {
        put_type(d, w);
    } else {
        d->expects = d->expects == EXPECTS_NAME && w.p[0] >= 'a' ? EXPECTS_TYPE
                                                                 : EXPECTS_ANY;
        put_plain(d, w);
    }
    if (str_eq(w, S("TABLE")) && defines)
        d->table = true;
    if (str_eq(w, S("COLUMN")) && str_eq(d->before, S("ADD")))
        d->expects = EXPECTS_NAME;
    d->before = w;
}

static void take_word(struct dialect *d)
{
    size_t from = d->at;

    while (in_word(look(d, 0)))
        d->at++;
    put_word(d, str_slice(d->sql, from, d->at));
}

static void take_argument(struct dialect *d)
{
    d->at++;
    buf_byte(d->out, '$');
    if (!is_digit(look(d, 0)))
        d->wrong = TEXT("参数要写成 ?1、?2",
                        "write arguments with their number: ?1, ?2");
}

static void take_mark(struct dialect *d)
{
    char b = look(d, 0);

    if (d->expects == EXPECTS_TYPE && b != ' ' && b != '\n')
        put_type(d, S(""));
    d->depth += (b == '(') - (b == ')');
    if (d->table && d->depth == 1 && (b == '(' || b == ','))
        d->expects = EXPECTS_NAME;
    if (b == ';')
        d->table = false;
    if (d->table && d->depth == 0 && b == ',')
        d->at++; /* between STRICT and WITHOUT ROWID */
    else
        copy(d, 1);
}

static void take(struct dialect *d)
{
    char b = look(d, 0);

    if (b == '-' && look(d, 1) == '-')
        copy_to(d, S("\n"));
    else if (b == '/' && look(d, 1) == '*')
        copy_to(d, S("*/"));
    else if (b == '\'')
        copy_to(d, S("'"));
    else if (b == '"')
        copy_to(d, S("\""));
    else if (b == '?')
        take_argument(d);
    else if (in_word(b))
        take_word(d);
    else
        take_mark(d);
}

bool dialect_postgres(struct mem *m, struct str sql, struct str *ret,
                      struct text *ret_reason)
{
    struct dialect d = {
        .m = m,
        .sql = sql,
        .out = buf_new(m, 4 * sql.n + 1), /* TEXT grows the most */
    };

    while (d.at < sql.n && text_empty(d.wrong))
        take(&d);
    if (d.expects == EXPECTS_TYPE && text_empty(d.wrong))
        put_type(&d, S(""));
    if (!text_empty(d.wrong)) {
        *ret_reason = d.wrong;
        return false;
    }
    *ret = buf_str(d.out);
    return true;
}

/*
 * What PostgreSQL 15 and SQLite reserve, the short ones first; `make sqlcheck`
 * compares.
 */
static const struct str reserved[] = {
    S_INIT("as"),
    S_INIT("do"),
    S_INIT("if"),
    S_INIT("in"),
    S_INIT("is"),
    S_INIT("on"),
    S_INIT("or"),
    S_INIT("to"),
    S_INIT("add"),
    S_INIT("all"),
    S_INIT("and"),
    S_INIT("any"),
    S_INIT("asc"),
    S_INIT("end"),
    S_INIT("for"),
    S_INIT("not"),
    S_INIT("set"),
    S_INIT("both"),
    S_INIT("case"),
    S_INIT("cast"),
    S_INIT("desc"),
    S_INIT("drop"),
    S_INIT("else"),
    S_INIT("from"),
    S_INIT("full"),
    S_INIT("into"),
    S_INIT("join"),
    S_INIT("left"),
    S_INIT("like"),
    S_INIT("null"),
    S_INIT("only"),
    S_INIT("some"),
    S_INIT("then"),
    S_INIT("true"),
    S_INIT("user"),
    S_INIT("when"),
    S_INIT("with"),
    S_INIT("alter"),
    S_INIT("array"),
    S_INIT("check"),
    S_INIT("cross"),
    S_INIT("false"),
    S_INIT("fetch"),
    S_INIT("grant"),
    S_INIT("group"),
    S_INIT("ilike"),
    S_INIT("index"),
    S_INIT("inner"),
    S_INIT("limit"),
    S_INIT("order"),
    S_INIT("outer"),
    S_INIT("right"),
    S_INIT("table"),
    S_INIT("union"),
    S_INIT("using"),
    S_INIT("where"),
    S_INIT("binary"),
    S_INIT("column"),
    S_INIT("commit"),
    S_INIT("create"),
    S_INIT("delete"),
    S_INIT("escape"),
    S_INIT("except"),
    S_INIT("exists"),
    S_INIT("freeze"),
    S_INIT("having"),
    S_INIT("insert"),
    S_INIT("isnull"),
    S_INIT("offset"),
    S_INIT("select"),
    S_INIT("unique"),
    S_INIT("update"),
    S_INIT("values"),
    S_INIT("window"),
    S_INIT("analyse"),
    S_INIT("analyze"),
    S_INIT("between"),
    S_INIT("collate"),
    S_INIT("default"),
    S_INIT("foreign"),
    S_INIT("lateral"),
    S_INIT("leading"),
    S_INIT("natural"),
    S_INIT("nothing"),
    S_INIT("notnull"),
    S_INIT("placing"),
    S_INIT("primary"),
    S_INIT("similar"),
    S_INIT("verbose"),
    S_INIT("distinct"),
    S_INIT("overlaps"),
    S_INIT("trailing"),
    S_INIT("variadic"),
    S_INIT("collation"),
    S_INIT("initially"),
    S_INIT("intersect"),
    S_INIT("localtime"),
    S_INIT("returning"),
    S_INIT("symmetric"),
    S_INIT("asymmetric"),
    S_INIT("constraint"),
    S_INIT("deferrable"),
    S_INIT("references"),
    S_INIT("tablesample"),
    S_INIT("transaction"),
    S_INIT("concurrently"),
    S_INIT("current_date"),
    S_INIT("current_role"),
    S_INIT("current_time"),
    S_INIT("current_user"),
    S_INIT("session_user"),
    S_INIT("authorization"),
    S_INIT("autoincrement"),
    S_INIT("current_schema"),
    S_INIT("localtimestamp"),
    S_INIT("current_catalog"),
    S_INIT("current_timestamp"),
};

/* The length tells most of them apart. */
static int by_word(const void *name, const void *word)
{
    const struct str *a = name;
    const struct str *b = word;

    if (a->n != b->n)
        return a->n < b->n ? -1 : 1;
    return memcmp(a->p, b->p, a->n);
}

/* Asked of every name of every statement that is composed. */
static bool is_reserved(struct str word)
{
    return bsearch(&word, reserved, COUNT(reserved), sizeof(*reserved),
                   by_word) != NULL;
}

bool dialect_is_name(struct str name)
{
    if (name.n == 0 || name.n > DIALECT_NAME_MAX || is_digit(name.p[0]))
        return false;
    for (size_t i = 0; i < name.n; i++)
        if (!in_word(name.p[i]) || (name.p[i] >= 'A' && name.p[i] <= 'Z'))
            return false;
    return !is_reserved(name);
}
