/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Opening a connection: where, as what, and whether the database at the
 * other end is one that answers as a folder would. What libpq says of a
 * failure is passed on; it never holds the password.
 */
#include "store/postgres.h"

#include "base/file.h"

#include <string.h>

enum { VERSION_LEAST = 150000 };

/*
 * For every session. Plans are made once for any arguments and by way of
 * keys and indexes, however small a table was when its statement was
 * prepared: a plan that was right for twenty rows would stay for a million.
 */
#define SESSION                                                                \
    "SET client_encoding = 'UTF8'; SET client_min_messages = warning; "        \
    "SET lock_timeout = '15s'; SET plan_cache_mode = force_generic_plan; "     \
    "SET enable_seqscan = off; SET jit = off; SET synchronous_commit = on"

/*
 * What tells one state of the database from the next; one row. It is the
 * engine's own and no table of a house.
 */
#define GENERATION                                                             \
    "CREATE TABLE IF NOT EXISTS engine_generation (n BIGINT NOT NULL); "       \
    "INSERT INTO engine_generation SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM "  \
    "engine_generation)"

/*
 * Whoever waits for a server that does not answer is a person. What the
 * address says comes later and wins.
 */
static PGconn *dial(const char *address)
{
    static const char *const keys[] = { "connect_timeout", "tcp_user_timeout",
                                        "fallback_application_name", "dbname",
                                        NULL };
    const char *const values[] = { "5", "15000", "dajuan", address, NULL };

    return PQconnectdbParams(keys, values, 1);
}

static bool is_open(const PGconn *conn)
{
    return PQstatus(conn) == CONNECTION_OK;
}

static bool could_not_connect(struct mem *m, const PGconn *conn,
                              struct text *ret_reason)
{
    *ret_reason = text_fmt(
        m,
        "连不上 PostgreSQL：%s请检查地址、账户和密码，以及服务器是否在运行。",
        "could not connect to PostgreSQL: %sCheck address, account and "
        "password, and whether the server runs.",
        PQerrorMessage(conn));
    return false;
}

/* The value of one row and column, as text; "" when there is none. */
static struct str ask(struct mem *m, PGconn *conn, const char *sql)
{
    PGresult *r = PQexec(conn, sql);
    struct str v = S("");

    if (PQresultStatus(r) == PGRES_TUPLES_OK && PQntuples(r) > 0)
        v = str_dup(m, str_from(PQgetvalue(r, 0, 0)));
    PQclear(r);
    return v;
}

/* ---- a database is made with its first house ---- */

/* The name of the database that the address asks for; NULL: it names none. */
static const char *database_in(struct mem *m, const char *address)
{
    PQconninfoOption *options = PQconninfoParse(address, NULL);
    const char *name = NULL;

    for (PQconninfoOption *o = options; o && o->keyword; o++)
        if (strcmp(o->keyword, "dbname") == 0 && o->val)
            name = str_fmt(m, "%s", o->val).p;
    PQconninfoFree(options);
    return name;
}

static void create(struct mem *m, PGconn *conn, const char *name)
{
    char *quoted = PQescapeIdentifier(conn, name, strlen(name));
    const char *sql = str_fmt(m,
                              "CREATE DATABASE %s TEMPLATE template0 "
                              "ENCODING 'UTF8' LOCALE 'C'",
                              quoted ? quoted : "")
                          .p;
    PGresult *r = PQexec(conn, sql);

    if (PQresultStatus(r) != PGRES_COMMAND_OK)
        log_error("store=postgresql reason=\"%s\"", PQresultErrorMessage(r));
    PQclear(r);
    PQfreemem(quoted);
}

/* The same server may be there without the database: then it is made. */
static void create_database(struct mem *m, const char *address)
{
    const char *name = database_in(m, address);
    const char *keys[] = { "dbname", "dbname", NULL };
    const char *values[] = { address, "postgres", NULL };
    PGconn *conn = name ? PQconnectdbParams(keys, values, 1) : NULL;

    if (conn && is_open(conn)) {
        char *literal = PQescapeLiteral(conn, name, strlen(name));
        const char *sql =
            str_fmt(m, "SELECT 1 FROM pg_database WHERE datname = %s",
                    literal ? literal : "NULL")
                .p;

        if (ask(m, conn, sql).n == 0)
            create(m, conn, name);
        PQfreemem(literal);
    }
    PQfinish(conn);
}

/* ---- is it one of ours? ---- */

static bool refuse_kind(struct mem *m, struct str encoding, struct str locale,
                        struct text *ret_reason)
{
    *ret_reason = text_fmt(
        m,
        "这个 PostgreSQL 数据库的编码是 %.*s、排序规则是 %.*s；请改用"
        "不存在的库名，init 会建好，或者先运行 createdb -T template0 -E UTF8 "
        "--locale=C 库名",
        "this PostgreSQL database has the encoding %.*s and the locale %.*s; "
        "name one that is not there, which init makes, or run createdb -T "
        "template0 -E UTF8 --locale=C NAME first",
        STR_ARG(encoding), STR_ARG(locale));
    return false;
}

/* Order by bytes is C's, and C.UTF-8's alike. */
static bool is_ours(struct mem *m, PGconn *conn, struct text *ret_reason)
{
    struct str encoding = ask(m, conn, "SHOW server_encoding");
    struct str locale =
        ask(m, conn,
            "SELECT CASE WHEN datlocprovider = 'c' AND datcollate = datctype "
            "THEN datcollate ELSE datcollate || '/' || datctype END "
            "FROM pg_database WHERE datname = current_database()");

    if (PQserverVersion(conn) < VERSION_LEAST) {
        *ret_reason = TEXT("PostgreSQL 太旧；请用 15 或更新的版本",
                           "this PostgreSQL is too old; use 15 or later");
        return false;
    }
    if (encoding.n == 0 || locale.n == 0)
        return could_not_connect(m, conn, ret_reason);
    if (!str_eq(encoding, S("UTF8")) ||
        (!str_eq(locale, S("C")) && !str_eq(locale, S("C.UTF-8"))))
        return refuse_kind(m, encoding, locale, ret_reason);
    return true;
}

static void warn(void *arg, const PGresult *r)
{
    (void)arg;
    log_warn("store=postgresql reason=\"%s\"",
             PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY));
}

static bool begin_session(struct pg_link *l)
{
    static const char *const by_mode[] = {
        [DB_READ] = SESSION "; SET default_transaction_read_only = on",
        [DB_WRITE] = SESSION,
        [DB_CREATE] = SESSION "; " GENERATION,
    };
    PGresult *r = PQexec(l->conn, by_mode[l->mode]);
    bool ok = PQresultStatus(r) == PGRES_COMMAND_OK;

    PQclear(r);
    PQsetNoticeReceiver(l->conn, warn, NULL);
    return ok && PQenterPipelineMode(l->conn) == 1;
}

bool pg_connect(struct pg_link *l, struct mem *m, struct text *ret_reason)
{
    const char *address = str_c(m, l->address);

    l->conn = dial(address);
    if (!is_open(l->conn) && l->mode == DB_CREATE) {
        create_database(m, address);
        PQreset(l->conn);
    }
    if (!is_open(l->conn))
        return could_not_connect(m, l->conn, ret_reason);
    if (!is_ours(m, l->conn, ret_reason))
        return false;
    return begin_session(l) || could_not_connect(m, l->conn, ret_reason);
}

/* Nothing that was prepared or sent is known at the other end any more. */
static void forget_all(struct pg_link *l)
{
    l->sent_n = 0;
    l->outcome = SETTLED_OK;
    for (size_t i = 0; i < PG_SLOTS; i++)
        for (struct pg_prepared *p = l->slots[i]; p; p = p->next)
            p->known = false;
}

bool pg_reconnect(struct pg_link *l)
{
    struct mem *m = mem_new();
    struct text reason = TEXT("", "");
    bool ok;

    pg_disconnect(l);
    forget_all(l);
    ok = pg_connect(l, m, &reason) ||
         pg_fail(l, "connect again", str_c(m, reason.en));
    mem_free(m);
    return ok;
}

void pg_disconnect(struct pg_link *l)
{
    PQclear(l->rows);
    l->rows = NULL;
    PQfinish(l->conn);
    l->conn = NULL;
}
