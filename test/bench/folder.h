/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * folder.h - what fill.c and programme.c share: a new data folder, and
 * values from a fixed sequence, so that every run makes the same folder but
 * for salts.
 */
#ifndef DAJUAN_TEST_BENCH_FOLDER_H
#define DAJUAN_TEST_BENCH_FOLDER_H

#include "host/house/house.h"

#include <stdio.h>

/* One below `below`. SplitMix64 (Steele, Lea, Flood 2014). */
static inline int64_t draw(uint64_t *state, int64_t below)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15;

    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return (int64_t)((z ^ z >> 31) % (uint64_t)below);
}

/* Made and open; NULL, and why was said. */
static inline struct house *folder_make(struct mem *m, struct str folder)
{
    static const struct house_plan plan = {
        .district = 370212,
        .name = TEXT_INIT("崂山区", "Laoshan District"),
        .origin = S_INIT("laoshan.example/dajuan"),
    };
    struct text reason = TEXT("", "");
    struct house *h = NULL;

    if (house_make(m, place_in(folder), &plan, &reason) == OK)
        h = house_open(m, place_in(folder), DB_WRITE, &reason);
    if (!h)
        fprintf(stderr, "%.*s\n", STR_ARG(reason.en));
    return h;
}

/* False, and why was said: its head is not signed. */
static inline bool folder_sign(struct house *h, struct mem *m)
{
    struct text reason = TEXT("", "");

    if (house_sign(h, m, &reason) == OK)
        return true;
    fprintf(stderr, "%.*s\n", STR_ARG(reason.en));
    return false;
}

#endif
