/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * A fourth feature for tests of the host alone: what lies in the boxes of a
 * shelf. It is the one with parts of parts, and each level is rolled.
 */
#include "host/ledger/feature.h"
#include "host/ledger/part.h"
#include "host/registry/registry.h"

enum { SHELF_NAME, SHELF_UNIT, SHELF_PIECES };
enum { BOX_SHELF, BOX_NAME, BOX_PIECES };
enum { ITEM_BOX, ITEM_NAME, ITEM_PIECES };

static int64_t sum(const struct part_list *parts, size_t column)
{
    int64_t n = 0;

    for (size_t i = 0; i < parts->n; i++)
        n += row_int(parts->v[i], column);
    return n;
}

/* ---- shelves ---- */

static const struct column shelf_columns[] = {
    [SHELF_NAME] = COLUMN(TEXT, "name", "货架名", "Shelf",
                          .flags = COLUMN_REQUIRED | COLUMN_IDENTITY |
                                   COLUMN_LISTED | COLUMN_TITLE),
    [SHELF_UNIT] = COLUMN(REF, "unit", "货架单位", "Shelf of", REGISTRY_UNIT,
                          .flags = COLUMN_REQUIRED | COLUMN_LISTED |
                                   COLUMN_MAKES | COLUMN_FILTER | COLUMN_OWNER),
    [SHELF_PIECES] = COLUMN(COUNT, "pieces", "货架件数", "Pieces on it",
                            .flags = COLUMN_LISTED | COLUMN_ROLLED),
};

static void roll_shelf(struct scope in, struct ledger_row *row,
                       const struct part_list *parts, struct rolled *ret)
{
    (void)in;
    (void)ret;
    row->values[SHELF_PIECES] = INT(sum(parts, BOX_PIECES));
}

static const struct record_kind shelf_kinds[] = {
    RECORD("shelf.pieces", .sums = AT(SHELF_PIECES)),
};

static const struct ledger shelf = {
    .feature = S_INIT("shelf"),
    .noun = S_INIT("shelf"),
    .label = TEXT_INIT("货架", "Shelves"),
    .unit = TEXT_INIT("个", "shelves"),
    .about = TEXT_INIT("单位的货架。", "Shelves of units."),
    LIST_OF(columns, shelf_columns),
    LIST_OF(kinds, shelf_kinds),
    .open = true,
    .roll = roll_shelf,
};

/* ---- the boxes on them ---- */

static const struct column box_columns[] = {
    [BOX_SHELF] = COLUMN(REF, "shelf", "所在货架", "On the shelf",
                         REFERENCE("shelf.shelf"),
                         .flags = COLUMN_REQUIRED | COLUMN_IDENTITY |
                                  COLUMN_LISTED | COLUMN_PARENT),
    [BOX_NAME] = COLUMN(TEXT, "name", "箱名", "Box",
                        .flags = COLUMN_REQUIRED | COLUMN_IDENTITY |
                                 COLUMN_LISTED | COLUMN_TITLE),
    [BOX_PIECES] = COLUMN(COUNT, "pieces", "箱内件数", "Pieces in it",
                          .flags = COLUMN_LISTED | COLUMN_ROLLED),
};

static void roll_box(struct scope in, struct ledger_row *row,
                     const struct part_list *parts, struct rolled *ret)
{
    (void)in;
    (void)ret;
    row->values[BOX_PIECES] = INT(sum(parts, ITEM_PIECES));
}

static const struct ledger box = {
    .feature = S_INIT("shelf"),
    .noun = S_INIT("box"),
    .label = TEXT_INIT("货箱", "Boxes on shelves"),
    .unit = TEXT_INIT("只", "boxes"),
    .about = TEXT_INIT("货架上的箱子。", "The boxes on a shelf."),
    LIST_OF(columns, box_columns),
    .open = true,
    .roll = roll_box,
};

/* ---- what lies in them ---- */

static const struct column item_columns[] = {
    [ITEM_BOX] =
        COLUMN(REF, "box", "所在货箱", "In the box", REFERENCE("shelf.box"),
               .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED |
                        COLUMN_PARENT),
    [ITEM_NAME] = COLUMN(TEXT, "name", "件名", "Item",
                         .flags = COLUMN_REQUIRED | COLUMN_IDENTITY |
                                  COLUMN_LISTED | COLUMN_TITLE),
    [ITEM_PIECES] = COLUMN(COUNT, "pieces", "该件数量", "How many",
                           .flags = COLUMN_REQUIRED | COLUMN_LISTED),
};

static const struct ledger item = {
    .feature = S_INIT("shelf"),
    .noun = S_INIT("item"),
    .label = TEXT_INIT("箱内物件", "Items in boxes"),
    .unit = TEXT_INIT("样", "items"),
    .about = TEXT_INIT("箱里的东西。", "What lies in a box."),
    LIST_OF(columns, item_columns),
    .open = true,
};

static const struct ledger *const ledgers[] = { &shelf, &box, &item };

const struct feature feature_shelf = {
    .name = S_INIT("shelf"),
    .label = TEXT_INIT("货架", "Shelves"),
    .about = TEXT_INIT("货架上的东西", "What lies on shelves"),
    .order = 99,
    LIST(ledgers),
};
