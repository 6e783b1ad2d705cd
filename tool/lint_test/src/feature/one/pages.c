/* SPDX-License-Identifier: MulanPSL-2.0 */
static const struct route routes[] = {
    ROUTE(GET, "/ones", ALLOW_ANYONE, NO_FORM, show_ones),
    ROUTE_BEFORE(POST,
                 "/ones-more/{x}", ALLOW_ANYONE, NO_FORM, first, show_ones),
    ROUTE(GET, "/{any}", ALLOW_ANYONE, NO_FORM, show_any),
};

static void own(void)
{
    see_other(c, "/ones/%d", 1);
    see_other(c, "/one/thing");
    see_other(c, "/visits");
    q(SQL("SELECT 1 FROM one_thing, note, visit"));
}

static void others(void)
{
    see_other(c, "/two/thing/%d", 1);
    q(SQL("SELECT 1 FROM one_thing o, note AS n, two_thing"));
    q(SQL("SELECT 1 FROM (SELECT x FROM note) a "
          "JOIN plain ON plain.x = note.x"));
}
