/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * audit_words.h - entries of the audit record in words: for page, file and
 * command.
 */
#ifndef DAJUAN_HOST_PAGE_AUDIT_WORDS_H
#define DAJUAN_HOST_PAGE_AUDIT_WORDS_H

#include "access/account.h"
#include "access/audit.h"
#include "base/spool.h"

extern const struct text audit_label;

/* Where names are read, and in which language somebody reads them. */
struct audit_reader {
    struct scope in;
    enum lang lang;
};

/* One entry in words. */
struct audit_line {
    struct str at; /* 2024-11-07 17:02 */
    struct str who, address;
    struct text act;
    struct str about; /* "王芳 · 系统管理员"; "" for nothing more */
    bool succeeded;
};

struct audit_line audit_line_of(const struct audit_reader *by,
                                const struct audit_entry *e);

static inline struct text audit_result(bool succeeded)
{
    return succeeded ? TEXT("成功", "Done") : TEXT("未成功", "Failed");
}

/*
 * As CSV into `to`, newest first, with the hash of each; `ret_n` is how many.
 * E_SIZE or E_STORE and a reason.
 */
enum err audit_sheet(const struct audit_reader *by, const struct audit_query *q,
                     struct spool *to, int64_t *ret_n,
                     struct text *ret_reason) MUST_CHECK;

#endif
