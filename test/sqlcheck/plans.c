/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * plans STATEMENTS FOLDER [all] - how SQLite finds the rows of each of the
 * program's statements, in a data folder of ten years.
 *
 * A step that costs more the more there is, is refused, but for what stands
 * in the list below with its reason: to scan a table, to walk all rows of
 * the district (which is as good as a scan), to sort, to make an index for
 * the moment, to ask a subquery for each row. `all` shows every plan.
 */
#include "base/file.h"
#include "host/house/house.h"
#include "store/watch.h"
#include "test/sqlcheck/record.h"

#include <fnmatch.h>
#include <stdio.h>
#include <string.h>

enum { STATEMENTS_MAX = 16 << 20 };

/* Patterns of a statement and of a step of its plan; * is anything. */
static const struct {
    const char *statement;
    const char *step;
    const char *reason;
} allowed[] = {
    { "SELECT key, value FROM setting WHERE district = ?1",
      "SEARCH setting USING PRIMARY KEY (district=?)",
      "what the office chose: a dozen rows, all of them on every page" },
    /* ---- ledgers ---- */
    { "SELECT t.*(SELECT x.* WHERE x.district = t.district AND x.id = t.*",
      "CORRELATED SCALAR SUBQUERY *",
      "the name of what a row refers to: one look by its key" },
    { "SELECT t.id, t.year, t.version,* t WHERE t.district = ?1* ORDER BY t.id",
      "SEARCH t USING PRIMARY KEY (district=?)",
      "verify, rebuild and imports read a whole ledger" },
    { "SELECT * t WHERE t.district = ?1 AND (?2 = 0 OR t.year = ?2) AND *",
      "SEARCH t USING PRIMARY KEY (district=?)",
      "searches and filters of all years look at every row" },
    { "SELECT * IN (SELECT x.id FROM * x WHERE x.district = ?1 AND instr(*",
      "SEARCH x USING PRIMARY KEY (district=?)",
      "the rows called so, once for a statement" },
    { "SELECT * IN (WITH RECURSIVE b (id) AS (SELECT ?* UNION SELECT x.id *",
      "SEARCH x USING PRIMARY KEY (district=?)",
      "a unit and those below it, once for a statement" },
    { "SELECT *, count(*) FROM * t WHERE t.district = ?1 * GROUP BY 1",
      "USE TEMP B-TREE FOR GROUP BY",
      "how many rows of a list stand in each of some states" },
    { "SELECT t.id, * t WHERE t.district = ?1* ORDER BY *, t.id*LIMIT *",
      "USE TEMP B-TREE FOR ORDER BY",
      "a list in the order of any column sorts its rows" },
    { "SELECT t.id, * t WHERE t.district = ?1* ORDER BY t.id *, t.id LIMIT *",
      "USE TEMP B-TREE FOR LAST TERM OF ORDER BY",
      "a column that is not kept has the order of ids" },
    { "SELECT * FROM due d WHERE * OR NOT EXISTS (SELECT 1 FROM * t WHERE *",
      "CORRELATED SCALAR SUBQUERY *",
      "whose a row that waits is: one look by its key" },
    { "SELECT x.id, * x WHERE x.district = ?1 AND (x.id = ?2 OR *LIMIT ?4",
      "SEARCH x USING PRIMARY KEY (district=?)",
      "the choices of a form: few are referred to" },
    { "WITH RECURSIVE y (v) AS (SELECT max(t.year)*",
      "SEARCH t USING COVERING INDEX * (district=?)", "the last of an index" },
    { "WITH RECURSIVE y (v) AS (SELECT *max(t.year)*",
      "CORRELATED SCALAR SUBQUERY *", "one look into an index for each year" },
    { "SELECT x.id, max(x.at) FROM (SELECT * CROSS JOIN journal_entry e *",
      "USE TEMP B-TREE FOR GROUP BY",
      "the newest entry of each row of a year, of four hundred at most" },
    { "SELECT rank, sum(n) FROM tally WHERE * GROUP BY rank *",
      "USE TEMP B-TREE FOR GROUP BY",
      "ranks of all categories together: at most 256 of a level" },
    { "SELECT month, n, sum(quantity) * 10 / count(*) FROM (SELECT *",
      "USE TEMP B-TREE FOR *", "a median sorts what it is the middle of" },
    { "SELECT coalesce(max(frozen), 0) FROM * WHERE district = ?1",
      "SEARCH * (district=?)", "the last of a key" },
    { "SELECT count(*) FROM reports_attempt WHERE district = ?1",
      "SEARCH reports_attempt USING PRIMARY KEY (district=?)",
      "what is being published just now: hardly ever one" },
    { "SELECT coalesce(max(id), 0) + 1 FROM * WHERE district = ?1",
      "SEARCH * (district=?)", "the last of a key" },
    { "SELECT r.row_id, * FROM (SELECT * FROM record WHERE * LIMIT *) r *",
      "USE TEMP B-TREE FOR ORDER BY",
      "a page that was read from the end, turned round" },
    { "*(SELECT p.category FROM period p WHERE *",
      "CORRELATED SCALAR SUBQUERY *",
      "what a row is today: one look by its key, and the day" },
    { "*FROM clock k WHERE k.district = *", "SEARCH k USING PRIMARY KEY *",
      "the day: one row for a district" },
    { "SELECT * FROM clock WHERE *", "SEARCH clock USING PRIMARY KEY *",
      "the day: one row for a district" },
    { "SELECT row_id, 1, since FROM period WHERE *",
      "USE TEMP B-TREE FOR LAST TERM OF ORDER BY",
      "those since the same day, as they came" },
    /* ---- all of it ---- */
    { "SELECT count(*) FROM period WHERE district = ?1",
      "SEARCH period USING PRIMARY KEY (district=?)", "verify" },
    { "SELECT count(*) FROM due WHERE district = ?1",
      "SEARCH due USING PRIMARY KEY (district=?)", "verify" },
    { "DELETE FROM record WHERE district = ?1",
      "SEARCH record USING PRIMARY KEY (district=?)", "all are made anew" },
    { "DELETE FROM row_* WHERE district = ?1",
      "SEARCH row_* USING PRIMARY KEY (district=?)", "all are made anew" },
    { "SELECT count(*) FROM row_name WHERE district = ?1",
      "SEARCH row_name USING PRIMARY KEY (district=?)", "verify" },
    { "DELETE FROM tally WHERE district = ?1",
      "SEARCH tally USING PRIMARY KEY (district=?)", "all are made anew" },
    { "SELECT count(*) FROM record WHERE district = ?1",
      "SEARCH record USING PRIMARY KEY (district=?)", "verify" },
    { "SELECT count(*) FROM tally WHERE district = ?1",
      "SEARCH tally USING PRIMARY KEY (district=?)", "verify" },
    { "WITH made AS (SELECT *", "SEARCH * USING PRIMARY KEY (district=?)",
      "verify" },
    { "WITH made AS (SELECT *", "USE TEMP B-TREE FOR *", "verify" },
    { "WITH made AS (SELECT t.year *", "SEARCH t USING * (district=?)",
      "verify" },
    { "INSERT INTO row_count * GROUP BY *", "SEARCH t USING * (district=?)",
      "all rows of an older folder are counted" },
    { "INSERT INTO row_count * GROUP BY *", "USE TEMP B-TREE FOR GROUP BY",
      "all rows of an older folder are counted" },
    { "SELECT seq, leaf, leaf_hash, * FROM journal_entry WHERE *",
      "SEARCH journal_entry USING PRIMARY KEY (district=?)", "verify" },
    { "SELECT key, year, value, * FROM policy* WHERE district = ?1",
      "SEARCH policy* USING PRIMARY KEY (district=?)", "verify" },
    { "SELECT key, value, since, basis FROM policy_frozen WHERE *",
      "SEARCH policy_frozen USING PRIMARY KEY (district=?)",
      "some tens, when a year is published" },
    { "SELECT note, size FROM journal_head WHERE *",
      "SEARCH journal_head USING PRIMARY KEY (district=?)", "verify" },
    { "SELECT * FROM access_audit WHERE district = ?1 ORDER BY seq",
      "SEARCH access_audit USING PRIMARY KEY (district=?)", "verify" },
    /* ---- the journal ---- */
    { "SELECT * FROM journal_* WHERE district = ?1 ORDER BY * DESC LIMIT 1",
      "SEARCH journal_* USING PRIMARY KEY (district=?)", "the last of a key" },
    { "WITH e AS MATERIALIZED (SELECT subject, row_id FROM journal_entry *",
      "SEARCH journal_entry USING PRIMARY KEY (district=?)",
      "undoing an import, which is rare, reads the journal once" },
    { "WITH e AS MATERIALIZED (SELECT subject, row_id FROM journal_entry *",
      "USE TEMP B-TREE FOR *", "undoing an import" },
    { "SELECT e.seq, e.subject, e.row_id, * LIMIT ?2) s CROSS JOIN *",
      "USE TEMP B-TREE FOR *",
      "a story: a hundred entries of a row, with what they changed" },
    { "SELECT id, * FROM * WHERE district = ?1 AND voided = 0",
      "SEARCH * USING PRIMARY KEY (district=?)", "undoing an import" },
    /* ---- tables that stay small ---- */
    { "*access_account*", "SEARCH access_account * (district=?)",
      "some hundred accounts" },
    { "DELETE FROM access_session WHERE *",
      "SEARCH access_session USING PRIMARY KEY (district=?)",
      "sessions of half a day, at a sign-in" },
    { "SELECT * FROM access_session WHERE * AND account = ?2*",
      "USE TEMP B-TREE FOR ORDER BY", "one's own, where one is signed in" },
    { "SELECT count(*) FROM access_grant WHERE *",
      "SEARCH access_grant USING PRIMARY KEY (district=?)",
      "what an administrator has still to confirm" },
    { "DELETE FROM access_link WHERE *",
      "SEARCH access_link USING PRIMARY KEY (district=?)",
      "links of half an hour" },
    { "DELETE FROM access_known WHERE *",
      "SEARCH access_known USING PRIMARY KEY (district=?)",
      "a browser or two for each account" },
    { "DELETE FROM access_try WHERE *",
      "SEARCH access_try USING PRIMARY KEY (district=?)",
      "wrong passwords of a day" },
    { "SELECT * FROM waiting_form WHERE * AND account = ?2*",
      "USE TEMP B-TREE FOR ORDER BY", "one's own drafts, fifty at most" },
    { "SELECT *import_batch*", "SEARCH import_batch * (district=?)",
      "an import is a file that somebody sent" },
    { "SELECT * FROM running WHERE *", "SEARCH running * (district=?)",
      "what runs at the moment" },
    { "*import_upload*", "S* import_upload*", "files of the last weeks" },
    { "*import_upload u *", "S* u*", "files of the last weeks" },
    { "*import_upload u *", "CORRELATED SCALAR SUBQUERY *",
      "was its import interrupted: one look by its key" },
    { "SELECT coalesce((SELECT at FROM journal_entry *",
      "SEARCH journal_entry USING PRIMARY KEY (district=?)",
      "the last of a key" },
    { "*import_mapping WHERE district = ?1*",
      "SEARCH import_mapping USING PRIMARY KEY (district=?)",
      "at most two hundred" },
    { "SELECT * FROM reports_report WHERE district = ?1 ORDER BY year DESC*",
      "SEARCH reports_report USING PRIMARY KEY (district=?)",
      "one or two for a year" },
    { "SELECT * FROM reports_report WHERE district = ?1 ORDER BY year DESC*",
      "USE TEMP B-TREE FOR ORDER BY", "one or two for a year" },
    { "SELECT * FROM district ORDER BY id LIMIT 1", "SCAN district",
      "one row" },
    { "SELECT count(*) FROM district", "SCAN district", "one row, or none" },
    { "SELECT name FROM migration", "SCAN migration", "a few rows" },
    { "*backup_key*", "no plan: no such table: backup_key",
      "this table is in backups only" },
};

struct walk {
    struct mem *m;
    struct db *db;
    bool all;
    bool used[COUNT(allowed)];
    int statements;
    int faults;
};

/* Is `step` the walk of something that the plan itself has made? */
static bool is_of_plan(struct mem *m, struct str plan, struct str step)
{
    struct str name = str_slice(step, strlen("SCAN "), step.n);

    return str_find(step, S("CONSTANT ROW")) != SIZE_MAX ||
           str_find(plan, str_fmt(m, "CO-ROUTINE %.*s\n", STR_ARG(name))) !=
               SIZE_MAX ||
           str_find(plan, str_fmt(m, "MATERIALIZE %.*s\n", STR_ARG(name))) !=
               SIZE_MAX;
}

static bool grows(struct mem *m, struct str plan, struct str step)
{
    if (str_starts(step, S("SCAN ")))
        return !is_of_plan(m, plan, step);
    return str_starts(step, S("no plan")) ||
           str_starts(step, S("CORRELATED ")) ||
           str_starts(step, S("USE TEMP B-TREE")) ||
           str_find(step, S("AUTOMATIC")) != SIZE_MAX ||
           str_ends(step, S("(district=?)"));
}

static bool is_allowed(struct walk *w, const char *statement, const char *step)
{
    for (size_t i = 0; i < COUNT(allowed); i++)
        if (fnmatch(allowed[i].statement, statement, 0) == 0 &&
            fnmatch(allowed[i].step, step, 0) == 0) {
            w->used[i] = true;
            return true;
        }
    return false;
}

static void check_statement(struct walk *w, struct str sql)
{
    struct mem *m = mem_child(w->m);
    struct str plan = db_explain(w->db, m, sql);
    struct str rest = plan;
    struct str step;

    w->statements++;
    if (w->all)
        printf("%.*s\n%.*s\n", STR_ARG(sql), STR_ARG(plan));
    while (str_cut(&rest, S("\n"), &step)) {
        if (!grows(m, plan, step) ||
            is_allowed(w, str_c(m, sql), str_c(m, step)))
            continue;
        fprintf(stderr, "plans: %.*s\n       %.*s\n", STR_ARG(step),
                STR_ARG(sql));
        w->faults++;
    }
    mem_free(m);
}

static void check_list(struct walk *w)
{
    for (size_t i = 0; i < COUNT(allowed); i++)
        if (!w->used[i]) {
            fprintf(stderr, "plans: nothing needs this any more: %s in %s\n",
                    allowed[i].step, allowed[i].statement);
            w->faults++;
        }
}

int main(int argc, char **argv)
{
    struct walk w = { .m = mem_new(), .all = argc == 4 };
    struct text reason = TEXT("", "");
    struct str statements;
    struct house *h;
    struct record r;

    if (argc < 3 || argc > 4)
        return fprintf(stderr, "plans STATEMENTS FOLDER [all]\n"), 2;
    if (!file_read(w.m, str_from(argv[1]), STATEMENTS_MAX, &statements,
                   &reason))
        BUG("%.*s", STR_ARG(reason.en));
    h = house_open(w.m, place_in(str_from(argv[2])), DB_READ, &reason);
    if (!h)
        BUG("%.*s", STR_ARG(reason.en));
    w.db = h->db;
    while (record_next(&statements, &r))
        if (!record_is_schema(&r))
            check_statement(&w, r.text);
    check_list(&w);
    printf("plans: %d statements, %d faults\n", w.statements, w.faults);
    mem_free(w.m);
    return w.faults > 0;
}
