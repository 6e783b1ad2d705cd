/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * clock.h - what the programs of the benchmark share: a fine clock and the
 * median. Speed is never judged by one run.
 */
#ifndef DAJUAN_TEST_BENCH_CLOCK_H
#define DAJUAN_TEST_BENCH_CLOCK_H

#include <stdlib.h>
#include <time.h>

/* Seconds since some moment; never goes back. */
static inline double clock_fine(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static inline int by_size(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;

    return (x > y) - (x < y);
}

/* Sorts `v`; the upper one of two middle values. */
static inline double median(double *v, size_t n)
{
    qsort(v, n, sizeof(*v), by_size);
    return v[n / 2];
}

#endif
