/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * What only a server can do to a program: be gone, come back, break off a
 * connection while it is asked, be of another kind. Between program and
 * server stands a wire that these tests cut.
 */
#include "base/file.h"
#include "store/given_store.h"
#include "store/watch.h"

#include <errno.h>
#include <libpq-fe.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

/* When the wire is cut: at the COMMIT that comes. */
enum cut { CUT_NEVER, CUT_BEFORE, CUT_AFTER };

struct wire {
    struct str folder; /* of the server's socket */
    int listening;
    pthread_t thread;
    _Atomic int cut; /* enum cut; a cut is made once */
};

static int unix_socket(struct str folder, bool listens)
{
    struct sockaddr_un a = { .sun_family = AF_UNIX };
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    snprintf(a.sun_path, sizeof(a.sun_path), "%.*s/.s.PGSQL.5432",
             STR_ARG(folder));
    if ((listens ? bind(fd, (struct sockaddr *)&a, sizeof(a))
                 : connect(fd, (struct sockaddr *)&a, sizeof(a))) != 0 ||
        (listens && listen(fd, 8) != 0))
        BUG("%s: %s", a.sun_path, strerror(errno));
    return fd;
}

static bool pass_on(int from, int to)
{
    char bytes[65536];
    ssize_t n = read(from, bytes, sizeof(bytes));

    return n > 0 && write(to, bytes, (size_t)n) == n;
}

static bool commits(int client)
{
    char bytes[65536];
    ssize_t n = recv(client, bytes, sizeof(bytes), MSG_PEEK);

    return n > 0 && memmem(bytes, (size_t)n, "COMMIT", 6);
}

/* What the client says. False: the connection is at its end. */
static bool pass_request(struct wire *w, int client, int server)
{
    char answer[65536];
    int cut = atomic_load(&w->cut);

    if (cut == CUT_NEVER || !commits(client))
        return pass_on(client, server);
    atomic_store(&w->cut, CUT_NEVER);
    if (cut == CUT_AFTER && pass_on(client, server) &&
        read(server, answer, sizeof(answer)) <= 0)
        BUG("the server did not answer");
    return false;
}

/* One connection, until an end closes it or it is cut. */
static void carry(struct wire *w, int client)
{
    int server = unix_socket(w->folder, false);
    struct pollfd ends[] = { { client, POLLIN, 0 }, { server, POLLIN, 0 } };
    bool goes = true;

    while (goes && poll(ends, 2, -1) > 0) {
        if (ends[0].revents)
            goes = pass_request(w, client, server);
        if (goes && ends[1].revents)
            goes = pass_on(server, client);
    }
    close(server);
    close(client);
}

static void *carry_all(void *arg)
{
    struct wire *w = arg;
    int client;

    while ((client = accept(w->listening, NULL, NULL)) >= 0)
        carry(w, client);
    return NULL;
}

static void end_wire(void *arg)
{
    struct wire *w = arg;

    shutdown(w->listening, SHUT_RDWR);
    pthread_join(w->thread, NULL);
    close(w->listening);
}

/* The address of the test's database, by way of a wire in its folder. */
static struct str given_wire(struct test *t, struct wire *w)
{
    struct str rest = given_path(t);
    struct str before;

    if (!str_cut(&rest, S("host="), &before) ||
        !str_cut(&rest, S("&"), &w->folder))
        BUG("no socket in the address");
    w->listening = unix_socket(test_folder(t), true);
    if (pthread_create(&w->thread, NULL, carry_all, w) != 0)
        BUG("could not start a thread");
    mem_defer(t->mem, end_wire, w);
    return str_fmt(t->mem, "%.*shost=%.*s&%.*s", STR_ARG(before),
                   STR_ARG(test_folder(t)), STR_ARG(rest));
}

static struct db *open_db(struct test *t, struct str address)
{
    struct text why = TEXT("", "");
    struct db *db = db_open(t->mem, address, DB_WRITE, &why);

    if (!db)
        BUG("%.*s", STR_ARG(why.en));
    return db;
}

static enum err commit_one(struct db *db, int64_t who)
{
    struct tx tx;

    tx_begin(db, true, &tx);
    check_in(&tx, who);
    return tx_commit(&tx);
}

static enum err commit_over_cut(struct test *t, enum cut cut, int64_t *ret_kept)
{
    struct db *direct = given_db(t);
    struct wire *w = NEW(t->mem, struct wire);
    struct db *db = open_db(t, given_wire(t, w));
    struct tx tx;
    enum err e;

    tx_begin(db, true, &tx);
    check_in(&tx, 1);
    atomic_store(&w->cut, cut);
    e = tx_commit(&tx);
    *ret_kept = rows_kept(direct);
    CHECK_INT(atomic_load(&w->cut), CUT_NEVER);
    CHECK_INT(commit_one(db, 2), OK);
    CHECK_INT(rows_kept(direct), *ret_kept + 1);
    return e;
}

TEST(a_commit_is_kept_though_its_answer_was_lost)
{
    int64_t kept = -1;

    if (engine_is_sqlite(t))
        return;
    CHECK_INT(commit_over_cut(t, CUT_AFTER, &kept), OK);
    CHECK_INT(kept, 1);
}

TEST(a_commit_that_did_not_arrive_is_told_as_not_kept)
{
    int64_t kept = -1;

    if (engine_is_sqlite(t))
        return;
    CHECK_INT(commit_over_cut(t, CUT_BEFORE, &kept), E_STORE);
    CHECK_INT(kept, 0);
}

/* Ask the database itself, beside the store. */
static void tell(struct test *t, const char *sql)
{
    PGconn *conn = PQconnectdb(given_path(t).p);
    PGresult *r = PQexec(conn, sql);

    if (PQresultStatus(r) != PGRES_TUPLES_OK &&
        PQresultStatus(r) != PGRES_COMMAND_OK)
        BUG("%s", PQresultErrorMessage(r));
    PQclear(r);
    PQfinish(conn);
}

/* The server ends all other connections to the database, and waits for it. */
static void break_off(struct test *t)
{
    tell(t, "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()");
}

TEST(a_connection_that_broke_between_transactions_is_made_again)
{
    struct db *db = given_db(t);

    if (engine_is_sqlite(t))
        return;
    break_off(t);
    CHECK_INT(commit_one(db, 1), OK);
    break_off(t);
    CHECK_INT(rows_kept(db), 1);
}

TEST(a_connection_that_breaks_while_reading_is_a_failure_of_that_reading)
{
    struct db *db = given_db(t);
    struct tx tx;

    if (engine_is_sqlite(t))
        return;
    CHECK_INT(commit_one(db, 1), OK);
    tx_begin(db, false, &tx);
    CHECK_INT(rows_in(&tx), 1);
    break_off(t);
    CHECK_INT(rows_in(&tx), -1);
    CHECK_INT(tx_err(&tx), E_STORE);
    tx_rollback(&tx);
    CHECK_INT(rows_kept(db), 1);
}

TEST(a_connection_that_breaks_while_writing_keeps_nothing)
{
    struct db *db = given_db(t);
    struct tx tx;

    if (engine_is_sqlite(t))
        return;
    for (int when = 0; when < 2; when++) {
        tx_begin(db, true, &tx);
        tx_mark(&tx);
        check_in(&tx, 1);
        if (when == 0)
            break_off(t);
        CHECK_INT(tx_keep(&tx), when == 0 ? E_STORE : OK);
        if (when == 1)
            break_off(t);
        CHECK_INT(tx_commit(&tx), E_STORE);
        CHECK_INT(rows_kept(db), 0);
    }
    CHECK_INT(commit_one(db, 1), OK);
}

static void *write_second(void *db)
{
    struct tx tx;

    tx_begin(db, true, &tx);
    check_in(&tx, 10 + rows_in(&tx));
    if (tx_commit(&tx) != OK)
        BUG("%s", db_reason(db));
    return NULL;
}

TEST(a_second_writer_waits_and_reads_what_the_first_kept)
{
    struct db *db = given_db(t);
    struct db *other = open_db(t, given_path(t));
    pthread_t thread;
    struct tx tx;

    tx_begin(db, true, &tx);
    check_in(&tx, 1);
    if (pthread_create(&thread, NULL, write_second, other) != 0)
        BUG("could not start a thread");
    check_in(&tx, 2);
    CHECK_INT(tx_commit(&tx), OK);
    pthread_join(thread, NULL);
    tx_begin(db, false, &tx);
    CHECK_INT(tx_int(&tx, SQL("SELECT max(who) FROM checkin"),
                     (struct args){ 0 }, 0),
              12);
    tx_rollback(&tx);
}

TEST(only_questions_and_ends_wait_for_a_server)
{
    struct db *db = given_db(t);
    struct tx tx;
    int64_t before;

    CHECK_INT(commit_one(db, 1), OK);
    before = db_trips(db);
    tx_begin(db, true, &tx);
    tx_mark(&tx);
    for (int64_t who = 2; who < 12; who++)
        check_in(&tx, who);
    CHECK_INT(rows_in(&tx), 11);
    CHECK_INT(tx_keep(&tx), OK);
    CHECK_INT(tx_commit(&tx), OK);
    /* The beginning, the question, what is kept, the commit. */
    CHECK_INT(db_trips(db) - before, engine_is_postgres() ? 4 : 0);
    before = db_trips(db);
    CHECK_INT(rows_kept(db), 11);
    CHECK_INT(db_trips(db) - before, engine_is_postgres() ? 1 : 0);
}

static bool opens(struct test *t, struct str *ret_why)
{
    struct mem *m = mem_new();
    struct text why = TEXT("", "");
    bool ok = db_open(m, given_path(t), DB_CREATE, &why) != NULL;

    *ret_why = str_dup(t->mem, why.en);
    mem_free(m);
    return ok;
}

TEST(a_database_of_another_encoding_is_refused)
{
    static const struct {
        const char *as;
        bool ours;
    } kinds[] = {
        { "ENCODING 'SQL_ASCII' LOCALE 'C'", false },
        { "ENCODING 'LATIN1' LOCALE 'C'", false },
        { "ENCODING 'UTF8' LOCALE 'C.UTF-8'", true },
        { "ENCODING 'UTF8' LOCALE 'C'", true },
    };
    struct str rest = given_path(t);
    struct str name;
    struct str why;

    if (engine_is_sqlite(t) || !str_cut(&rest, S("?"), &name))
        return;
    name = file_name(name);
    for (size_t i = 0; i < COUNT(kinds); i++) {
        engine_tell(str_fmt(t->mem, "DROP DATABASE IF EXISTS %.*s WITH (FORCE)",
                            STR_ARG(name)));
        engine_tell(str_fmt(t->mem,
                            "CREATE DATABASE %.*s TEMPLATE template0 %s",
                            STR_ARG(name), kinds[i].as));
        CHECK_INT(opens(t, &why), kinds[i].ours);
        if (!kinds[i].ours)
            CHECK(str_find(why, S("createdb -T template0 -E UTF8")) !=
                  SIZE_MAX);
    }
}
