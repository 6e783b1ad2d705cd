/* SPDX-License-Identifier: MulanPSL-2.0 */
static void bad(void)
{
    size_t due = ledger_column(l, S("due_on"));
    size_t kind = ledger_column(find(a, b),
                                S("kind"));

    figure_find(S("one.count"));
    policy_read(in, year, S("one.quota"));
    return ledger_find (S("one.thing"));
}

static void good(void)
{
    ledger_column(l, column->key);
    ledger_column(find(S("kind")), key);
    ledger_find(name), say(S("one.thing"));
    policy_read(in, year, policy->key), figure_find(params[0]);
    my_ledger_find(S("one.thing"));
    say("ledger_find(S(\"one.thing\"))");
}
