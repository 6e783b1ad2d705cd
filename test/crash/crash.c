/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Is what was answered kept? Eight connections write, the server is ended by
 * SIGKILL at a random moment, started again, and everything it had answered
 * must be there whole; what it had not answered is there whole or not at
 * all, and may be sent again without becoming two rows. Again and again.
 *
 * A killed process is not a lost disk: what the system holds for it survives
 * it. That bytes are forced to the disk is the store's setting, not shown
 * here.
 */
#include "test/http/site.h"

#include "base/file.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum {
    WRITERS = 8,
    ROWS_MAX = 400, /* of a writer in a round */
    ROUNDS_MAX = 999,
    DELAY_LEAST_MS = 10,
    DELAY_MOST_MS = 300,
    VERIFY_EVERY = 10,
    VIOLATIONS_SHOWN = 20,
};

/* What is in the books about one row. */
enum entry { NOT_SENT, SENT, ANSWERED };

struct book {
    unsigned char rows[WRITERS][ROWS_MAX];
};

struct row_name {
    int round, writer, row;
};

struct run {
    struct mem *m;
    struct site *site;
    struct client who; /* signed in; its session outlives the kills */
    struct book *books;
    int rounds;
    uint64_t random;
    bool lose;
    int64_t head; /* largest signed head that was ever seen */
    long answered, unanswered, kept, lost, violations;
};

struct writer {
    pthread_t thread;
    struct client client;
    struct book *book;
    int round, number;
    int wrong_status; /* 0: none */
};

static void violation(struct run *r, const struct row_name *n, const char *what)
{
    if (r->violations++ < VIOLATIONS_SHOWN)
        fprintf(stderr, "crash: round %d writer %d row %d: %s\n", n->round,
                n->writer, n->row, what);
}

/* xorshift64*: the same moments every time for the same seed. */
static unsigned next_random(struct run *r, unsigned below)
{
    r->random ^= r->random >> 12;
    r->random ^= r->random << 25;
    r->random ^= r->random >> 27;
    return (unsigned)((r->random * 0x2545F4914F6CDD1DULL) >> 33) % below;
}

/* ---- one row: where it goes, what is sent, what must be there ---- */

static bool is_event(const struct row_name *n)
{
    return n->row % 2 == 1;
}

static struct str row_path(const struct row_name *n)
{
    return is_event(n) ? S("/reading/event/new")
                       : S("/registry/organisation/new");
}

static struct str row_title(struct mem *m, const struct row_name *n)
{
    return str_fmt(m, "断电%03d-%d-%03d", n->round, n->writer, n->row);
}

static struct str row_form(struct mem *m, const struct row_name *n)
{
    struct buf *b = buf_new(m, 4096);
    struct str title = row_title(m, n);

    form_put(b, S("once"),
             str_fmt(m, "o%d-%d-%d", n->round, n->writer, n->row));
    form_put(b, is_event(n) ? S("content") : S("name"), title);
    if (is_event(n)) {
        form_put(b, S("form"), S("salon"));
        form_put(b, S("unit"), S("断电测试单位"));
        form_put(b, S("held_on"), S("2024-05-01"));
        form_put(b, S("visits"), str_fmt(m, "%d", n->row + 1));
    } else {
        form_put(b, S("kind"), S("unit"));
        form_put(b, S("official_name"), str_fmt(m, "%.*s全称", STR_ARG(title)));
    }
    return buf_str(b);
}

/* The exported object after its id. */
static struct str row_export(struct mem *m, const struct row_name *n)
{
    struct str title = row_title(m, n);

    return is_event(n) ? str_fmt(m,
                                 "\"year\":2024,\"voided\":false,\"no\":null,"
                                 "\"form\":\"salon\",\"unit\":\"断电测试单位\","
                                 "\"held_on\":\"2024-05-01\",\"visits\":%d,"
                                 "\"content\":\"%.*s\"}",
                                 n->row + 1, STR_ARG(title))
                       : str_fmt(m,
                                 "\"year\":null,\"voided\":false,"
                                 "\"name\":\"%.*s\",\"kind\":\"unit\","
                                 "\"official_name\":\"%.*s全称\",\"code\":null,"
                                 "\"parent\":null}",
                                 STR_ARG(title), STR_ARG(title));
}

/* ---- the load ---- */

static void *write_rows(void *arg)
{
    struct writer *w = arg;
    struct mem *m = mem_new();
    struct row_name n = { .round = w->round, .writer = w->number };

    for (n.row = 0; n.row < ROWS_MAX; n.row++) {
        struct answer a;

        mem_reset(m);
        w->book->rows[n.writer][n.row] = SENT;
        a = client_post(&w->client, m, row_path(&n), row_form(m, &n));
        if (a.status == 303)
            w->book->rows[n.writer][n.row] = ANSWERED;
        else if (a.status)
            w->wrong_status = a.status;
        if (a.status != 303)
            break;
    }
    mem_free(m);
    return NULL;
}

static void pause_ms(unsigned ms)
{
    struct timespec t = { .tv_sec = ms / 1000,
                          .tv_nsec = (long)(ms % 1000) * 1000000 };

    nanosleep(&t, NULL);
}

/* The size under the newest signed head. */
static int64_t head_size(struct run *r, struct mem *m)
{
    struct answer a = client_get(&r->who, m, S("/journal/checkpoint"));
    struct str size = between(a.body, S("\n"), S("\n"));
    int64_t n = 0;

    return a.status == 200 && str_int(size, &n) ? n : 0;
}

/* All write until the server is killed. */
static void load_and_kill(struct run *r, struct mem *m, int round)
{
    struct writer writers[WRITERS];
    unsigned ms =
        DELAY_LEAST_MS + next_random(r, DELAY_MOST_MS - DELAY_LEAST_MS + 1);
    int64_t head;

    for (int i = 0; i < WRITERS; i++) {
        writers[i] = (struct writer){ .client = r->who,
                                      .book = &r->books[round],
                                      .round = round,
                                      .number = i };
        writers[i].client.fd = -1;
        if (pthread_create(&writers[i].thread, NULL, write_rows, &writers[i]) !=
            0)
            BUG("no thread");
    }
    pause_ms(ms / 2);
    head = head_size(r, m);
    if (head > r->head)
        r->head = head;
    pause_ms(ms - ms / 2);
    site_end(r->site, SIGKILL);
    for (int i = 0; i < WRITERS; i++) {
        pthread_join(writers[i].thread, NULL);
        client_close(&writers[i].client);
        if (writers[i].wrong_status) {
            fprintf(stderr, "crash: answered with %d\n",
                    writers[i].wrong_status);
            r->violations++;
        }
    }
    client_close(&r->who);
}

/* ---- the check ---- */

/* What an export shows of all rows: how often, and whether whole. */
struct shown {
    unsigned char times[ROUNDS_MAX + 1][WRITERS][ROWS_MAX];
};

/* The row that a title names; false when it is none of ours. */
static bool read_title(struct str s, struct row_name *ret)
{
    struct str part[3];
    int64_t v[3];

    if (!str_starts(s, S("断电")))
        return false;
    s = str_slice(s, S("断电").n, s.n);
    for (int i = 0; i < 3; i++)
        if (!str_cut(&s, S("-"), &part[i]) || !str_int(part[i], &v[i]))
            return false;
    *ret = (struct row_name){ (int)v[0], (int)v[1], (int)v[2] };
    return v[0] >= 0 && v[0] <= ROUNDS_MAX && v[1] >= 0 && v[1] < WRITERS &&
           v[2] >= 0 && v[2] < ROWS_MAX;
}

static void note_object(struct run *r, struct str object, struct shown *shown)
{
    struct mem *m = mem_child(r->m);
    struct row_name n;
    struct str title = between(object, S("\"content\":\""), S("\""));

    if (title.n == 0)
        title = between(object, S("\"name\":\""), S("\""));
    if (read_title(title, &n)) {
        if (!str_ends(object, row_export(m, &n)))
            violation(r, &n, "a row is not whole");
        shown->times[n.round][n.writer][n.row]++;
    }
    mem_free(m);
}

/* Everything that both ledgers export whose title starts with `tag`. */
static void read_rows(struct run *r, struct mem *m, struct str tag,
                      struct shown *shown)
{
    static const struct str exports[] = {
        S_INIT("/registry/organisation/export.json?q="),
        S_INIT("/reading/event/export.json?year=2024&q="),
    };

    memset(shown, 0, sizeof(*shown));
    for (size_t i = 0; i < COUNT(exports); i++) {
        struct buf *b = buf_new(m, 4096);
        struct answer a;
        struct str line;

        buf_put(b, exports[i]);
        escape_put(b, tag);
        a = client_get(&r->who, m, buf_str(b));
        if (a.status != 200)
            BUG("%.*s: %d", STR_ARG(buf_str(b)), a.status);
        while (str_cut(&a.body, S("\n"), &line)) {
            if (str_ends(line, S("]")))
                line = str_slice(line, 0, line.n - 1);
            if (str_ends(line, S(",")))
                line = str_slice(line, 0, line.n - 1);
            note_object(r, line, shown);
        }
    }
}

static void check_row(struct run *r, const struct row_name *n,
                      const struct shown *shown)
{
    int entry = r->books[n->round].rows[n->writer][n->row];
    int times = shown->times[n->round][n->writer][n->row];

    if (entry == ANSWERED && times == 0) {
        r->lost++;
        violation(r, n, "answered, and lost");
    }
    if (entry == NOT_SENT && times > 0)
        violation(r, n, "never sent, and there");
    if (times > 1)
        violation(r, n, "there twice");
}

/* Compare the books of these rounds with what is there. */
static void check_rounds(struct run *r, const struct shown *shown, int from,
                         int to)
{
    struct row_name n;

    for (n.round = from; n.round <= to; n.round++)
        for (n.writer = 0; n.writer < WRITERS; n.writer++)
            for (n.row = 0; n.row < ROWS_MAX; n.row++)
                check_row(r, &n, shown);
}

/* Send again what got no answer, as a person would: it must be there once. */
static void send_again(struct run *r, struct mem *m, int round,
                       const struct shown *shown)
{
    struct row_name n = { .round = round };

    for (n.writer = 0; n.writer < WRITERS; n.writer++)
        for (n.row = 0; n.row < ROWS_MAX; n.row++) {
            unsigned char *entry = &r->books[round].rows[n.writer][n.row];

            if (*entry == ANSWERED)
                r->answered++;
            if (*entry != SENT)
                continue;
            r->unanswered++;
            r->kept += shown->times[round][n.writer][n.row];
            if (client_post(&r->who, m, row_path(&n), row_form(m, &n)).status ==
                303)
                *entry = ANSWERED;
            else
                violation(r, &n, "cannot be sent again");
        }
}

static void check_verify(struct run *r, struct mem *m)
{
    struct str said;
    int code = SITE_COMMAND(r->site, m, &said, "verify", r->site->data);

    if (code == 0)
        return;
    fprintf(stderr, "crash: verify ends with %d: %.*s\n", code, STR_ARG(said));
    r->violations++;
}

static void start(struct run *r)
{
    if (!site_start(r->site))
        BUG("the server does not start; see %s", r->site->place);
    r->who.port = r->site->port;
}

static void one_round(struct run *r, struct shown *shown, int round)
{
    struct mem *m = mem_child(r->m);
    struct str tag = str_fmt(m, "断电%03d-", round);

    load_and_kill(r, m, round);
    if ((round + 1) % VERIFY_EVERY == 0)
        check_verify(r, m);
    start(r);
    if (head_size(r, m) < r->head) {
        fprintf(stderr, "crash: a signed head that was seen is gone\n");
        r->violations++;
    }
    read_rows(r, m, tag, shown);
    check_rounds(r, shown, round, round);
    send_again(r, m, round, shown);
    mem_free(m);
}

/* ---- before and after ---- */

static void prepare(struct run *r, const char *divisions)
{
    struct buf *b = buf_new(r->m, 4096);

    if (SITE_COMMAND(r->site, r->m, NULL, "init", r->site->data, "--name",
                     "崂山区", "--district", "370212", "--origin",
                     "laoshan.example/dajuan") != 0 ||
        SITE_COMMAND(r->site, r->m, NULL, "import", "--data", r->site->data,
                     divisions) != 0)
        BUG("no data folder could be made");
    start(r);
    client_init(&r->who, r->site->port);
    if (!client_set_up(&r->who, r->m, r->site->link, S("断电")))
        BUG("the first account could not be made");
    form_put(b, S("name"), S("断电测试单位"));
    form_put(b, S("kind"), S("unit"));
    if (client_post(&r->who, r->m, S("/registry/organisation/new"), buf_str(b))
            .status != 303)
        BUG("the first row was not kept");
}

/* The books with one row too many: the check must find it missing. */
static void falsify(struct run *r)
{
    unsigned char *rows = r->books[0].rows[0];

    rows[ROWS_MAX - 1] = ANSWERED;
}

static int report(struct run *r)
{
    printf("%d kills, %ld acknowledged, %ld lost; %ld unanswered: %ld kept "
           "whole, %ld not at all; %ld violations\n",
           r->rounds, r->answered, r->lost, r->unanswered, r->kept,
           r->unanswered - r->kept, r->violations);
    if (r->answered == 0 || (r->rounds >= 20 && r->unanswered == 0)) {
        fprintf(stderr, "crash: nothing was being written when killed\n");
        return 1;
    }
    return r->violations ? 1 : 0;
}

static int run_all(struct run *r, const char *divisions)
{
    struct shown *shown = NEW(r->m, struct shown);
    struct mem *m = mem_child(r->m);

    prepare(r, divisions);
    for (int round = 0; round < r->rounds; round++)
        one_round(r, shown, round);
    if (r->lose)
        falsify(r);
    read_rows(r, m, S("断电"), shown);
    check_rounds(r, shown, 0, r->rounds - 1);
    client_close(&r->who);
    site_end(r->site, SIGTERM);
    check_verify(r, m);
    return report(r);
}

static int usage(void)
{
    fprintf(stderr, "crash [--kills N] [--seed N] [--lose] PROGRAM "
                    "DIVISIONS.csv\n");
    return 2;
}

int main(int argc, char **argv)
{
    struct mem *m = mem_new();
    struct run *r = NEW(m, struct run);
    int64_t n;
    int at = 1;
    int code;

    r->m = m;
    r->rounds = 200;
    r->random = 20240501;
    for (; at < argc && argv[at][0] == '-'; at++) {
        if (strcmp(argv[at], "--lose") == 0)
            r->lose = true;
        else if (at + 1 >= argc || !str_int(str_from(argv[at + 1]), &n) ||
                 n < 1 || n > ROUNDS_MAX)
            return usage();
        else if (strcmp(argv[at++], "--kills") == 0)
            r->rounds = (int)n;
        else
            r->random = (uint64_t)n;
    }
    if (argc - at != 2)
        return usage();
    r->books = NEW_ARRAY(m, struct book, (size_t)r->rounds);
    r->site = site_new(m, argv[at]);
    code = run_all(r, argv[at + 1]);
    if (code == 0 || r->lose)
        site_remove(r->site);
    else
        fprintf(stderr, "crash: the data is left in %s\n", r->site->place);
    mem_free(m);
    return code;
}
