/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "test/engine.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *server(void)
{
    return getenv("DAJUAN_POSTGRES");
}

bool engine_is_postgres(void)
{
    return server() != NULL;
}

bool engine_is_sqlite(struct test *t)
{
    return CHECK(true) && !server();
}

static struct str address_of(struct mem *m, const char *name)
{
    struct str rest = str_from(server());
    struct str before;

    if (!str_cut(&rest, S("/postgres?"), &before) || !rest.p)
        BUG("DAJUAN_POSTGRES is not postgresql://…/postgres?…");
    return str_fmt(m, "%.*s/%s?%.*s", STR_ARG(before), name, STR_ARG(rest));
}

static void tell(PGconn *conn, struct str sql)
{
    PGresult *r = PQexec(conn, sql.p);
    ExecStatusType s = PQresultStatus(r);

    if (s != PGRES_COMMAND_OK && s != PGRES_TUPLES_OK)
        BUG("%.*s: %s", STR_ARG(sql), PQresultErrorMessage(r));
    PQclear(r);
}

static bool is_there(PGconn *conn, const char *database)
{
    PGresult *r =
        PQexecParams(conn, "SELECT 1 FROM pg_database WHERE datname = $1", 1,
                     NULL, &database, NULL, NULL, 0);
    bool there = PQntuples(r) > 0;

    PQclear(r);
    return there;
}

void engine_tell(struct str sql)
{
    PGconn *conn = PQconnectdb(server());

    tell(conn, sql);
    PQfinish(conn);
}

struct database {
    struct mem *m;
    const char *name;
};

static void drop(void *arg)
{
    struct database *d = arg;

    engine_tell(
        str_fmt(d->m, "DROP DATABASE IF EXISTS %s WITH (FORCE)", d->name));
}

/* Dropped once, however often somebody asks for its address. */
static const char *own_name(struct test *t, const char *name)
{
    static struct test *of;
    static char seen[8][32];
    struct database *d = NEW(t->mem, struct database);
    size_t i = 0;

    if (of != t)
        memset(seen, 0, sizeof(seen));
    of = t;
    d->m = t->mem;
    d->name = str_fmt(t->mem, "%s_%d", name, (int)getpid()).p;
    while (i < COUNT(seen) - 1 && seen[i][0] && strcmp(seen[i], name) != 0)
        i++;
    if (!seen[i][0]) {
        snprintf(seen[i], sizeof(seen[i]), "%s", name);
        mem_defer(t->mem, drop, d);
    }
    return d->name;
}

struct str engine_address(struct test *t, const char *name)
{
    if (!server())
        return str_fmt(t->mem, "%.*s/%s.db", STR_ARG(test_folder(t)), name);
    return address_of(t->mem, own_name(t, name));
}

void engine_copy(struct test *t, const char *shared, const char *name,
                 void (*make)(struct test *t, struct str address))
{
    /* All tests of a run have one parent. */
    const char *first = str_fmt(t->mem, "%s_%d", shared, (int)getppid()).p;
    PGconn *conn = PQconnectdb(server());

    tell(conn, S("SELECT pg_advisory_lock(7)"));
    if (!is_there(conn, first))
        make(t, address_of(t->mem, first));
    tell(conn, S("SELECT pg_advisory_unlock(7)"));
    tell(conn,
         str_fmt(t->mem, "CREATE DATABASE %s TEMPLATE %s STRATEGY WAL_LOG",
                 own_name(t, name), first));
    PQfinish(conn);
}
