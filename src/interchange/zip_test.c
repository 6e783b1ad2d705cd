/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Zips as other programs write them: sound, though not as we would. */
#include "interchange/given_fixture.h"

#include <string.h>

enum { PARTS = 6 };

static struct str plain(struct test *t)
{
    return fixture_book(t, (struct book){
                               .rows = "<row><c t=\"s\"><v>0</v></c></row>",
                               .shared = "<si><t>甲</t></si>" });
}

/* At `offset` of every header that begins with `mark` stands `to`. */
static struct str with_headers(struct test *t, struct str bytes,
                               struct str mark, size_t offset, struct str to)
{
    char *p = fixture_copy(t, bytes);

    for (int i = 0; i < PARTS; i++)
        memcpy(p + fixture_find(bytes, mark, i) + offset, to.p, to.n);
    return (struct str){ p, bytes.n };
}

static struct str with_local(struct test *t, size_t offset, struct str to)
{
    return with_headers(t, plain(t), S("PK\3\4"), offset, to);
}

static void is_read(struct test *t, struct str bytes)
{
    CHECK_STR(fixture_at(fixture_grid(t, bytes), 0, 0), S("甲"));
}

TEST(zip_versions_and_times_of_local_headers_decide_nothing)
{
    is_read(t, with_local(t, 4, S("\x2d\x00")));          /* version 4.5 */
    is_read(t, with_local(t, 4, S("\x0a\x00")));          /* version 1.0 */
    is_read(t, with_local(t, 10, S("\x01\x00")));         /* time */
    is_read(t, with_local(t, 10, S("\xff\xff\xff\xff"))); /* no such time */
    is_read(t, with_local(t, 10, S("\0\0\0\0")));
    is_read(t, with_local(t, 6, S("\x00\x08"))); /* names are UTF-8 */
}

TEST(zip_sizes_left_to_the_directory_are_read_from_there)
{
    struct str nothing = S("\0\0\0\0\0\0\0\0\0\0\0\0");
    struct str bytes = with_local(t, 14, nothing); /* CRC and sizes */
    struct str later = S("\x08\x00");

    is_read(t, bytes);
    is_read(t, with_headers(t, bytes, S("PK\3\4"), 6, later));
    is_read(t, with_headers(t, bytes, S("PK\1\2"), 8, later));
    is_read(t, with_headers(t, with_headers(t, bytes, S("PK\3\4"), 6, later),
                            S("PK\1\2"), 8, later));
    is_read(t, with_local(t, 18, S("\xff\xff\xff\xff\xff\xff\xff\xff")));
}

static const char *const slashed[] = {
    "_rels/.rels",          "xl/workbook.xml",
    "xl/sharedStrings.xml", "xl/_rels/workbook.xml.rels",
    "xl/styles.xml",        "xl/worksheets/sheet1.xml",
};

TEST(zip_names_with_backslashes_are_understood)
{
    struct str bytes = plain(t);
    char *p = fixture_copy(t, bytes);

    /* First in the local headers only, then in both. */
    for (int header = 0; header < 2; header++) {
        for (size_t i = 0; i < COUNT(slashed); i++) {
            size_t at = fixture_find(bytes, str_from(slashed[i]), header);

            for (size_t k = 0; slashed[i][k]; k++)
                if (p[at + k] == '/')
                    p[at + k] = '\\';
        }
        is_read(t, (struct str){ p, bytes.n });
    }
}

TEST(zip_targets_with_backslashes_are_understood)
{
    static const char *const targets[] = {
        "worksheets\\sheet1.xml",
        ".\\worksheets\\sheet1.xml",
        "\\xl\\worksheets\\sheet1.xml",
    };

    for (size_t i = 0; i < COUNT(targets); i++)
        CHECK_STR(fixture_at(
                      fixture_grid(
                          t, fixture_book(
                                 t,
                                 (struct book){
                                     .rows = "<row><c><v>5</v></c></row>",
                                     .relations =
                                         str_fmt(t->mem,
                                                 "<r><Relationship Id=\"rId1\" "
                                                 "Type=\"/worksheet\" "
                                                 "Target=\"%s\"/></r>%c",
                                                 targets[i], 0)
                                             .p })),
                      0, 0),
                  S("5"));
}

TEST(zip_folders_stand_beside_their_parts)
{
    struct fixture_part folder = { "xl/worksheets/", S_INIT("") };
    struct book b = { .rows = "<row><c><v>5</v></c></row>", .extra = folder };

    CHECK_STR(fixture_at(fixture_grid(t, fixture_book(t, b)), 0, 0), S("5"));
}

TEST(zip_names_that_differ_by_the_slash_only_are_one_name_twice)
{
    struct fixture_part again = { "xl\\workbook.xml", S_INIT("<workbook/>") };
    struct workbook w;

    CHECK_INT(fixture_read(t, fixture_book(t, (struct book){ .extra = again }),
                           &w),
              E_INPUT);
}
