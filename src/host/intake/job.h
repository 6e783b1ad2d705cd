/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * job.h - comparing a large file, on a thread of its own.
 *
 * The result stays in memory until it is imported, the columns are mapped
 * anew or an hour has passed, so the page can be left and found again.
 */
#ifndef DAJUAN_HOST_INTAKE_JOB_H
#define DAJUAN_HOST_INTAKE_JOB_H

#include "host/intake/upload.h"

enum import_job_state {
    IMPORT_JOB_NONE, /* all places are taken: ask again later */
    IMPORT_JOB_RUNNING,
    IMPORT_JOB_DONE,
    IMPORT_JOB_FAILED,
};

struct import_job_view {
    enum import_job_state state;
    size_t done, total;      /* rows; total 0: the file is being read */
    const struct import *im; /* IMPORT_JOB_DONE: nobody changes it */
    struct text reason;      /* IMPORT_JOB_FAILED */
};

/*
 * How the comparison of `u` for who asks stands; it is begun when there is
 * none. What the view points to stays until the request ends.
 */
void import_job_look(struct ctx *c, const struct upload *u,
                     struct import_job_view *ret);

/* Is one running or done? For the list of files that wait. */
enum import_job_state import_job_state(struct ctx *c, int64_t upload);

/* Forget what was compared: the file was imported or mapped anew. */
void import_job_forget(struct ctx *c, int64_t upload);

/* Wait for all that run and forget everything; before the program ends. */
void import_jobs_end(void);

#endif
