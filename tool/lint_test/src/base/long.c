/* SPDX-License-Identifier: MulanPSL-2.0 */
static const char columns_80[] = "34567890123456789012345678901234567890123456";
static const char columns_81[] = "345678901234567890123456789012345678901234567";
static const char columns_zh[] = "中文中文中文中文中文中文中文中文中文中文中文";

static int six(int a, int b, int c, int d, int e, int f)
{
    return call(a, b, c, d, e, f, f);
}

static void lines_60(void)
{
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
}

static void lines_61(void)
{
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
    f();
}























































































































































































































































































































































































































































































































































































































































































