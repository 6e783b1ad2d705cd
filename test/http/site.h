/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * site.h - the real program as a black box: a data folder, a process that
 * serves it, and clients on sockets.
 *
 * Nothing of the program is called here; what is sent and read is what any
 * browser could send and read. A site belongs to one thread; a client to
 * one, which may be another.
 */
#ifndef DAJUAN_TEST_HTTP_SITE_H
#define DAJUAN_TEST_HTTP_SITE_H

#include "base/buf.h"

#include <sys/types.h>

enum { SITE_ARGUMENTS_MAX = 15 };

struct site {
    struct mem *m;
    const char *binary;
    const char *place; /* a new folder of our own; all else is inside */
    const char *data;  /* the data folder */
    pid_t pid;         /* 0: does not run */
    uint16_t port;
    struct str link; /* the one-time path that was printed, or "" */
};

/* A new place on the disk; nothing runs. Stops the program on failure. */
struct site *site_new(struct mem *m, const char *binary);

/*
 * Run the program with these arguments (ends with NULL) and wait: its exit
 * code, or -1 when a signal ended it. `ret` (may be NULL) gets what it said
 * on both outputs.
 */
int site_command(struct site *s, struct mem *m, const char *const *arguments,
                 struct str *ret);
#define SITE_COMMAND(s, m, ret, ...)                                           \
    site_command((s), (m), (const char *const[]){ __VA_ARGS__, NULL }, (ret))

/* Serve on a port of the system's choice. False: it did not say where. */
bool site_start(struct site *s);
/* Has it ended on its own? */
bool site_is_alive(struct site *s);
/* Send a signal and wait; returns the wait status. */
int site_end(struct site *s, int signal);
/* Remove the place. */
void site_remove(struct site *s);

/* ---- somebody who asks ---- */

struct client {
    uint16_t port;
    int fd;           /* -1: not connected */
    char session[80]; /* value of the cookie, "" for a visitor */
    char csrf[80];    /* as client_csrf() found it */
};

struct answer {
    int status;      /* 0: no whole answer came */
    struct str head; /* status line and headers */
    struct str body;
};

void client_init(struct client *c, uint16_t port);
void client_close(struct client *c);

/*
 * Send bytes as they are and read one answer into `m`. Connects when there
 * is no connection; never sends twice. A Set-Cookie of the session is kept.
 */
struct answer client_raw(struct client *c, struct mem *m, struct str bytes);

/* Connect and send only; false when that failed. */
bool client_start(struct client *c, struct str bytes);

/* A GET with the session's cookie. */
struct answer client_get(struct client *c, struct mem *m, struct str path);

/*
 * A POST of a urlencoded form as a page of the site would send it: cookie,
 * Origin, and the csrf field in front of `fields` when it is known.
 */
struct answer client_post(struct client *c, struct mem *m, struct str path,
                          struct str fields);

/* Like client_post() with one's own headers (lines with CRLF) and body. */
struct answer client_send(struct client *c, struct mem *m, const char *verb,
                          struct str path, struct str headers, struct str body);

/* Read a page and keep the token of its forms. False when it has none. */
bool client_csrf(struct client *c, struct mem *m, struct str path);

/* Open a one-time link and choose a name and password; then signed in. */
bool client_set_up(struct client *c, struct mem *m, struct str link,
                   struct str login);

/* The value of a header, "" when absent; name without colon. */
struct str answer_header(const struct answer *a, struct str name);
/* What stands between `before` and the next `after`; "" when not there. */
struct str between(struct str s, struct str before, struct str after);

/* "&name=value", escaped. */
void form_put(struct buf *b, struct str name, struct str value);
/* Escaped for a query or a path. */
void escape_put(struct buf *b, struct str s);

#endif
