/* SPDX-License-Identifier: MulanPSL-2.0 */
static void *allowed(void)
{
    time(NULL);
    return malloc(1);
}
