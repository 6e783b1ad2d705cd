/* SPDX-License-Identifier: MulanPSL-2.0 */
static void of_a_feature(void)
{
    q(SQL("SELECT 1 FROM one_thing"));
    get("/ones");
}
