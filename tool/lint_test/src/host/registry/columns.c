/* SPDX-License-Identifier: MulanPSL-2.0 */
static void by_name(void)
{
    ledger_column(ledger_find(S("one.thing")), S("due_on"));
}
