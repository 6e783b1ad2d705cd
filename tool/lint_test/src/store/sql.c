/* SPDX-License-Identifier: MulanPSL-2.0 */
#define SQL(lit) ((struct sql){ "" lit "" })

static void statements(void)
{
    sqlite3_exec(db);
    q(SQL("SELECT 1 WHERE name = ')' "
          "AND 2"));
    q(SQL(words));
    q(SQL("SELECT " words));
    q(SQL("SELECT " "1" PRId64));
    q(SQL());
    q(MYSQL(words));
}
