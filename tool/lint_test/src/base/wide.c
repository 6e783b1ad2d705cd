/* SPDX-License-Identifier: MulanPSL-2.0 */
static const char wide_80[] = "中文中文中文中文中文中文中文中文中文中文中文xxx";
static const char wide_81[] = "中文中文中文中文中文中文中文中文中文中文中文中文";
