/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What a cell of a file is taken to mean, and what it is not. */
#include "host/given/given.h"

#define TREES "序号,树种,树名,认养单位,栽种日期,浇水人次\n"

/* Import these trees after the divisions. */
static struct import_sheet *given_trees(struct given *g, struct str csv)
{
    given_divisions(g);
    return given_sheet(given_csv(g, csv), "sample.tree");
}

TEST(import_takes_look_alikes_for_one_name)
{
    struct given *g = given(t);
    struct import_sheet *s =
        given_trees(g, S(TREES "1,松树,乙松,区检察院,2024-03-01,10\n"
                               "2,松树,⼄松,区检察院,2024-03-01,10\n"
                               "3,松树,乙松\u200d,区检察院,2024-03-01,10\n"
                               "4,松树,⾼松\u200b,区检察院\ufeff,2024-03-01,1\n"
                               "5,松树,\u200b,区检察院,2024-03-01,1\n"));

    CHECK_INT(s->count[IMPORT_NEW], 2);
    CHECK_INT(s->count[IMPORT_WRONG], 3);
    CHECK_INT(s->made, 1);
    CHECK_INT(given_live(g, "sample.tree", S("高松")), 1);
}
