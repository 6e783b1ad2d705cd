/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * figures SMALL LARGE - how long every figure takes in two data folders.
 *
 * One line a figure: microseconds in the first, in the second, key; medians
 * of rounds that alternate, in one reading transaction each.
 */
#include "host/house/house.h"
#include "host/ledger/figure.h"
#include "test/bench/clock.h"

#include <stdio.h>

enum { ROUNDS = 15, READS = 100, YEAR = 2024 };

static double read_often(struct house *h, const struct figure *f)
{
    double from;
    struct tx tx;
    struct scope in = house_scope(h, &tx, h->m);

    tx_begin(h->db, false, &tx);
    figure_read(in, YEAR, f);
    from = clock_fine();
    for (int i = 0; i < READS; i++)
        figure_read(in, YEAR, f);
    from = clock_fine() - from;
    if (tx.failed)
        BUG("%s", db_reason(h->db));
    tx_rollback(&tx);
    return from / READS * 1e6;
}

static void compare(struct house *const *houses, const struct figure *f)
{
    double took[2][ROUNDS];

    for (int i = 0; i < ROUNDS; i++)
        for (int h = 0; h < 2; h++)
            took[h][i] = read_often(houses[h], f);
    printf("%.2f %.2f %.*s\n", median(took[0], ROUNDS), median(took[1], ROUNDS),
           STR_ARG(f->key));
}

int main(int argc, char **argv)
{
    struct mem *m = mem_new();
    struct house *houses[2];
    const struct figure *f;

    if (argc != 3)
        return fprintf(stderr, "figures SMALL LARGE\n"), 2;
    for (int i = 0; i < 2; i++) {
        struct text reason = TEXT("", "");

        houses[i] =
            house_open(m, place_in(str_from(argv[i + 1])), DB_READ, &reason);
        if (!houses[i])
            return fprintf(stderr, "%.*s\n", STR_ARG(reason.en)), 1;
    }
    for (size_t i = 0; (f = figure_at(i)) != NULL; i++)
        compare(houses, f);
    mem_free(m);
    return 0;
}
