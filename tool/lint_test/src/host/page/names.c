/* SPDX-License-Identifier: MulanPSL-2.0 */
/* FROM one_thing is a comment. */
static void good(void)
{
    q(SQL("SELECT 1 FROM visit WHERE one_thing IS DISTINCT FROM plain_x"));
    q(SQL("SELECT x FROM made_here UPDATE SET note = 1"), SQL("plain"));
    see_other(c, "/onesies/and/ones?x=/ones.css");
    say("two/one", "a/two", "/* two */" + two / one);
    use('"', " FROM"), use(plain);
}

static void bad(void)
{
    q(SQL("SELECT 1 FROM visit v, one_thing o, note"));
    q(SQL("INSERT OR REPLACE INTO two_thing (x) VALUES (1)"));
    q(SQL("UPDATE OR IGNORE plain SET x = 1"));
    q(SQL("DELETE "
          "FROM "
          "note"));
    q(SQL("CREATE UNIQUE INDEX x ON plain (x)"));
    see_other(c, "/ones");
    str_fmt(m, "see \"/ones-more/%d\" and /one?x", 1);
}
