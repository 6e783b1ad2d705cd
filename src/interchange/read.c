/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * The door: what is this file? Names lie (a web page called .xls is common),
 * so only the first bytes decide.
 */
#include "interchange/reading.h"

const struct read_limits read_limits_default = {
    .file_bytes = 32u << 20,
    .unpacked_bytes = 512u << 20,
    .ratio = 200,
    .ratio_free = 16u << 20,
    .entries = 200,
    .sheets = 64,
    .columns = 256,
    .rows = 1048576,
    .cells = 8000000,
    .cell_text = 32767,
    .xml_depth = 64,
};

enum err reading_refuse(struct reading *r, enum err e, struct text reason)
{
    if (r->err == OK) {
        r->err = e;
        r->reason = reason;
    }
    return r->err;
}

enum err reading_damaged(struct reading *r)
{
    return reading_refuse(
        r, E_INPUT,
        TEXT("文件不完整或已损坏。请用 WPS 或 Excel 打开，"
             "另存为 .xlsx 后再上传。",
             "The file is incomplete or damaged. Open it in WPS or Excel, "
             "save it as .xlsx and upload that."));
}

static enum err read_any(struct reading *r, struct table_file file,
                         struct workbook *ret)
{
    struct str bytes = file.bytes;

    if (bytes.n == 0)
        return reading_refuse(r, E_INPUT,
                              TEXT("文件是空的。请选择有内容的文件。",
                                   "The file is empty. Choose one that has "
                                   "something in it."));
    if (bytes.n > r->limits->file_bytes)
        return reading_refuse(
            r, E_SIZE,
            text_fmt(r->m, "文件超过 %zu MB。请拆成几个文件分别上传。",
                     "The file is larger than %zu MB. Split it and upload "
                     "the pieces.",
                     r->limits->file_bytes >> 20));
    if (str_starts(bytes, S("PK\x03\x04")) ||
        str_starts(bytes, S("PK\x05\x06")))
        return xlsx_read(r, bytes, ret);
    if (foreign_refuse(r, bytes) != OK)
        return r->err;
    return csv_read(r, file, ret);
}

enum err workbook_read(struct mem *m, struct table_file file,
                       const struct read_limits *limits, struct workbook *ret,
                       struct text *ret_reason)
{
    struct reading r = { .m = m, .scratch = mem_child(m), .limits = limits };
    struct workbook found = { .n = 0 };

    if (limits->columns > 256 || limits->rows > 1048576)
        BUG("limits over 256 columns or 1048576 rows");
    r.pool = NEW(r.scratch, struct pool);
    r.pool->m = m;
    if (read_any(&r, file, &found) == OK)
        *ret = found;
    else
        *ret_reason = r.reason;
    mem_free(r.scratch);
    return r.err;
}
