/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * fault.h - the n-th statement, write or sync of this process fails.
 *
 * The linker puts this file between the program and what it calls
 * (faults.mk, --wrap), so nothing of the program knows of it:
 *
 *   statements   between the store and its engine: what begins, runs, steps,
 *                marks, keeps and commits
 *   writes       between program and system: what changes a file or a name,
 *                of the engine and of base/file.c
 *   syncs        fsync() of a file or a folder
 *
 * A write that fails has left half of its bytes. The clock stands still, and
 * what is random is the same in every run: so two folders in which the same
 * was done hold the same.
 */
#ifndef DAJUAN_TEST_FAULTS_FAULT_H
#define DAJUAN_TEST_FAULTS_FAULT_H

#include "base/bug.h"

#include <stdbool.h>

enum fault_place { FAULT_STATEMENT, FAULT_WRITE, FAULT_SYNC, FAULT_PLACES };

struct fault {
    enum fault_place place;
    long at; /* the first one that fails, from 1; 0: none does */
    bool for_ever;
    int error; /* of the system: EIO, ENOSPC */
};

/* Count from here, and begin again with what is random. */
void fault_arm(const struct fault *f);

/* How many places were come to since. */
long fault_count(enum fault_place place);

/* Was a file to be removed and could not? */
bool fault_kept_file(void);

#endif
