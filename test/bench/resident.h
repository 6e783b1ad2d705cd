/* SPDX-License-Identifier: MulanPSL-2.0 */
/* resident.h - the memory that a process has, of what is measured. */
#ifndef DAJUAN_TEST_BENCH_RESIDENT_H
#define DAJUAN_TEST_BENCH_RESIDENT_H

#include "base/str.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static inline int64_t resident_kib(struct mem *m, const char *pid)
{
    FILE *f = fopen(str_fmt(m, "/proc/%s/status", pid).p, "re");
    char line[256];
    int64_t kib = 0;

    if (!f)
        BUG("/proc: %s", strerror(errno));
    while (fgets(line, sizeof(line), f)) {
        struct str s = str_trim(str_from(line));

        if (str_starts(s, S("VmRSS:")) && str_ends(s, S(" kB")) &&
            !str_int(str_trim(str_slice(s, 6, s.n - 3)), &kib))
            BUG("VmRSS: %s", line);
    }
    fclose(f);
    return kib;
}

#endif
