/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Whatever fails, nothing is half there. Every core operation is run with
 * its n-th statement, write or sync failing, n = 1 … end, in three ways:
 *
 *   once      that one alone
 *   again     that one alone; then the same is asked for once more, in the
 *             same process
 *   for ever  that one and all that follow
 *
 * Each run is a process on a fresh copy of a prepared folder. It may answer
 * that it could not; or end, when a commit met an I/O error. The next process
 * must find a folder that verifies and holds what it held before or all of
 * what was asked for, which it must hold when the answer was OK.
 */
#include "test/faults/fault.h"
#include "test/faults/trial.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATIENCE_S = 60, SAID_MAX = 4096, WRONG_SHOWN = 5 };

enum mode { ONCE, AGAIN, FOR_EVER, MODES };
static const char *const mode_names[] = { "once", "again", "for ever" };

/* What fails, and how. */
static const struct kind {
    const char *name;
    enum fault_place place;
    int error;
} kinds[] = {
    { "statement", FAULT_STATEMENT, 0 },
    { "write", FAULT_WRITE, EIO },
    { "write on a full disk", FAULT_WRITE, ENOSPC },
    { "sync", FAULT_SYNC, EIO },
};

/* What a process tells before it ends. */
struct told {
    bool answered;
    enum err answer;
    bool again; /* asked a second time, and that answer */
    enum err second;
    bool says_why;
    bool kept_file;
    long counts[FAULT_PLACES];
};

/* How one operation fared; shared by all processes. */
struct tally {
    long places;
    long runs;
    long wrong;
};

struct shared {
    const struct operation *operations;
    int n;
    atomic_int next; /* operation that nobody took yet */
    struct tally tallies[OPERATIONS];
};

struct run {
    struct trial trial; /* its memory is of one place */
    const struct operation *op;
    struct fault fault;
    enum mode mode;
    const struct kind *kind;
    struct told *told; /* shared with its process */
    int status;
    int said; /* file of what it wrote */
    struct hash before;
    struct hash after;
    struct tally *tally;
    long step; /* try every step-th place; of statements once, all */
};

/* ---- one process ---- */

static void ask(struct run *r)
{
    struct told *told = r->told;
    enum err e = r->op->run(&r->trial);

    told->answer = e;
    told->says_why = r->trial.why.zh.n > 0 && r->trial.why.en.n > 0;
    for (int i = 0; i < FAULT_PLACES; i++)
        told->counts[i] = fault_count((enum fault_place)i);
    told->answered = true;
    if (r->mode != AGAIN || e == OK)
        return;
    fault_arm(&(struct fault){ .at = 0 });
    told->second = r->op->run(&r->trial);
    told->again = true;
}

static _Noreturn void process_main(struct run *r)
{
    if (dup2(r->said, STDERR_FILENO) < 0)
        exit(EXIT_FAILURE);
    alarm(PATIENCE_S);
    r->trial.why = TEXT("", "");
    r->trial.m = mem_new();
    if (!operation_is(r->op, OPENS))
        trial_open(&r->trial);
    r->trial.why = TEXT("", "");
    fault_arm(&r->fault);
    ask(r);
    mem_free(r->trial.m); /* closes what is open, faults and all */
    r->told->kept_file = fault_kept_file();
    exit(0);
}

/* Run the operation on what is in the trial's folder. */
static void process_run(struct run *r)
{
    pid_t pid;

    *r->told = (struct told){ .answered = false };
    if (ftruncate(r->said, 0) != 0 || lseek(r->said, 0, SEEK_SET) != 0)
        BUG("could not forget what was said");
    fflush(NULL);
    pid = fork();
    if (pid == 0)
        process_main(r);
    if (pid < 0 || waitpid(pid, &r->status, 0) != pid)
        BUG("no process: %s", strerror(errno));
}

static bool has_said(const struct run *r, const char *words)
{
    char said[SAID_MAX + 1];
    ssize_t n = pread(r->said, said, SAID_MAX, 0);

    said[n > 0 ? n : 0] = '\0';
    return strstr(said, words) != NULL;
}

/* ---- what is right ---- */

/* The one reason to end: nobody can know what became of a commit. */
static bool may_end(const struct run *r)
{
    return WIFSIGNALED(r->status) && WTERMSIG(r->status) == SIGABRT &&
           !operation_is(r->op, READS) && r->fault.place != FAULT_STATEMENT &&
           has_said(r, "the disk failed during a commit");
}

/* NULL, or what is wrong with how the process ended. */
static const char *judge_end(const struct run *r)
{
    const struct told *told = r->told;

    if (may_end(r))
        return NULL;
    if (WIFSIGNALED(r->status) || WEXITSTATUS(r->status) != 0)
        return "the process ended";
    if (!told->answered || (told->answer != OK && told->answer != E_STORE))
        return "the answer is no failure of the store";
    if (told->answer != OK && operation_is(r->op, SAYS) && !told->says_why)
        return "does not say why";
    if (told->again && told->second != OK && told->second != E_CLASH)
        return "cannot be asked again";
    if (!told->kept_file && trial_has_drafts(&r->trial))
        return "a draft is left";
    return NULL;
}

/* After a restart it can be done again. */
static const char *judge_repeat(struct run *r)
{
    struct run again = *r;
    struct hash content;
    struct str wrong;

    again.fault = (struct fault){ .at = 0 };
    process_run(&again);
    if (again.status != 0 || r->told->answer != OK)
        return "cannot be done again after a restart";
    if (!trial_look(&r->trial, r->op, &content, &wrong) ||
        !hash_eq(&content, &r->after))
        return "done again after a restart, something else is there";
    return NULL;
}

static const char *judge_content(struct run *r)
{
    const struct told *told = r->told;
    bool all = told->answered && (told->answer == OK || told->again);
    struct hash content;
    struct str wrong = S("");

    if (!trial_look(&r->trial, r->op, &content, &wrong))
        return wrong.n ? str_c(r->trial.m, wrong) : "cannot be read";
    if (hash_eq(&content, &r->after))
        return NULL;
    if (all)
        return "was said to be there and is not";
    if (!hash_eq(&content, &r->before))
        return "something is half there";
    return operation_is(r->op, MAKES) ? judge_repeat(r) : NULL;
}

/* ---- all places of an operation ---- */

static void show(const struct run *r, const char *wrong)
{
    char said[SAID_MAX];
    ssize_t n = pread(r->said, said, sizeof(said), 0);

    fprintf(stderr, "faults: %s, %s %ld %s: %s (answer %d, status %d)\n%.*s",
            r->op->name, r->kind->name, r->fault.at, mode_names[r->mode], wrong,
            r->told->answered ? (int)r->told->answer : -1, r->status,
            n > 0 ? (int)n : 0, said);
}

static void try_place(struct run *r)
{
    const char *wrong;

    trial_copy(&r->trial, r->op);
    process_run(r);
    wrong = judge_end(r);
    if (!wrong)
        wrong = judge_content(r);
    r->tally->runs++;
    if (wrong && r->tally->wrong++ < WRONG_SHOWN)
        show(r, wrong);
    mem_reset(r->trial.m);
}

static long step_of(const struct run *r)
{
    return r->fault.place == FAULT_STATEMENT && r->mode == ONCE ? 1 : r->step;
}

static void try_kind(struct run *r, const long *counts)
{
    r->fault.place = r->kind->place;
    r->fault.error = r->kind->error;
    for (int mode = 0; mode < MODES; mode++) {
        r->mode = (enum mode)mode;
        r->fault.for_ever = mode == FOR_EVER;
        for (long n = 1; n <= counts[r->kind->place]; n += step_of(r)) {
            r->fault.at = n;
            try_place(r);
        }
    }
}

/* What is there before, and after a run without a fault. */
static void measure(struct run *r, long *ret_counts)
{
    struct str wrong;

    trial_copy(&r->trial, r->op);
    if (!trial_look(&r->trial, r->op, &r->before, &wrong))
        BUG("what was prepared is wrong: %.*s", STR_ARG(wrong));
    trial_copy(&r->trial, r->op);
    r->fault = (struct fault){ .at = 0 };
    r->kind = &kinds[0];
    r->mode = ONCE;
    process_run(r);
    if (r->status != 0 || r->told->answer != OK ||
        !trial_look(&r->trial, r->op, &r->after, &wrong)) {
        show(r, "without a fault");
        BUG("%s does not work", r->op->name);
    }
    if (hash_eq(&r->before, &r->after) != operation_is(r->op, READS))
        BUG("%s changes what it should not, or nothing", r->op->name);
    for (int i = 0; i < FAULT_PLACES; i++)
        ret_counts[i] = r->told->counts[i];
    mem_reset(r->trial.m);
}

static void try_operation(struct run *r)
{
    long counts[FAULT_PLACES];

    measure(r, counts);
    for (int i = 0; i < FAULT_PLACES; i++)
        r->tally->places += counts[i];
    for (size_t i = 0; i < COUNT(kinds); i++) {
        r->kind = &kinds[i];
        try_kind(r, counts);
    }
}

/* ---- the whole ---- */

static void *shared_new(size_t size)
{
    void *p = mmap(NULL, size, PROT_READ | PROT_WRITE,
                   MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    if (p == MAP_FAILED)
        BUG("no memory: %s", strerror(errno));
    return p;
}

/* One of several that share the operations among them. */
static _Noreturn void worker_main(struct shared *all, struct str prepared,
                                  int number, long step)
{
    struct mem *m = mem_new();
    struct run r = { .step = step, .said = memfd_create("said", MFD_CLOEXEC) };
    int i;

    r.trial.prepared = prepared;
    r.trial.folder = str_fmt(m, "%.*s/try%d", STR_ARG(prepared), number);
    r.trial.m = mem_child(m);
    r.told = shared_new(sizeof(*r.told));
    while ((i = atomic_fetch_add(&all->next, 1)) < all->n) {
        r.op = &all->operations[i];
        r.tally = &all->tallies[i];
        try_operation(&r);
    }
    exit(0);
}

static bool run_all(struct shared *all, struct str prepared, long step)
{
    long workers = sysconf(_SC_NPROCESSORS_ONLN);
    bool ok = true;
    int status;

    fflush(NULL);
    for (int i = 0; i < workers; i++)
        if (fork() == 0)
            worker_main(all, prepared, i, step);
    while (wait(&status) > 0)
        ok &= status == 0;
    return ok;
}

static int report(const struct shared *all)
{
    struct tally sum = { 0 };

    for (int i = 0; i < all->n; i++) {
        const struct tally *t = &all->tallies[i];

        printf("%-18s %5ld places %6ld runs %4ld wrong\n",
               all->operations[i].name, t->places, t->runs, t->wrong);
        sum.places += t->places;
        sum.runs += t->runs;
        sum.wrong += t->wrong;
    }
    printf("faults: %d operations, %ld places, %ld runs, %ld wrong\n", all->n,
           sum.places, sum.runs, sum.wrong);
    return sum.wrong ? 1 : 0;
}

static int usage(void)
{
    fprintf(stderr, "faults [--halves] [STEP]\n");
    return 2;
}

static struct str make_place(struct mem *m)
{
    const char *root = getenv("TMPDIR");
    char *folder = mem_alloc(m, 4096);

    snprintf(folder, 4096, "%s/dajuan-faults-XXXXXX", root ? root : P_tmpdir);
    if (!mkdtemp(folder))
        BUG("%s: %s", folder, strerror(errno));
    return str_from(folder);
}

int main(int argc, char **argv)
{
    struct mem *m = mem_new();
    struct shared *all = shared_new(sizeof(*all));
    struct str place;
    int64_t step = 1;
    int at = 1;
    bool ok;

    *all = (struct shared){ .operations = operations, .n = OPERATIONS };
    if (at < argc && strcmp(argv[at], "--halves") == 0) {
        *all = (struct shared){ .operations = &operation_of_halves, .n = 1 };
        at++;
    }
    if (at < argc && (!str_int(str_from(argv[at++]), &step) || step < 1))
        return usage();
    if (at < argc)
        return usage();
    place = make_place(m);
    trial_prepare(m, place);
    ok = run_all(all, place, (long)step);
    folder_remove(place);
    mem_free(m);
    return report(all) == 0 && ok ? 0 : 1;
}
