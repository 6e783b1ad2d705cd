/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The one way to die of our own mistake: loudly, at once, with the place. */
#include "base/bug.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static _Thread_local const char *note;

void bug_note(const char *what)
{
    note = what;
}

void bug_stop(const char *file, int line, const char *fmt, ...)
{
    va_list ap;

    fprintf(stderr, "BUG %s:%d: ", file, line);
    va_start(ap, fmt);
    vfprintf(stderr, fmt, ap);
    va_end(ap);
    if (note)
        fprintf(stderr, " (%s)", note);
    fputc('\n', stderr);
    abort();
}
