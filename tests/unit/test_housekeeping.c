/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of token/housekeeping: what is due is done, and nothing else. */
#include <pthread.h>
#include <semaphore.h>

#include "base/clock.h"
#include "token/housekeeping.h"
#include "unit.h"

/* No test waits for this. */
#define LONG 1000000

struct job {
    struct chore chore;
    sem_t done;
    sem_t go_on;
    bool waits; /* for GO_ON, when it runs */
    int64_t again;
    unsigned n;
};

static int64_t run(void *context)
{
    struct job *job = context;

    job->n++;
    (void)sem_post(&job->done);
    if (job->waits)
        (void)sem_wait(&job->go_on);
    return job->again;
}

static void job_init(struct job *job)
{
    *job = (struct job){.chore = {.run = run, .context = job},
                        .again = CLOCK_NEVER};
    (void)sem_init(&job->done, 0, 0);
    (void)sem_init(&job->go_on, 0, 0);
}

static void what_is_due_is_done(void **state)
{
    struct housekeeping *h = NULL;
    struct job soon;
    struct job later;

    (void)state;
    job_init(&soon);
    job_init(&later);
    assert_ok(housekeeping_new(&h));
    housekeeping_set(h, &later.chore, clock_ms() + LONG);
    /* The thread sleeps for the other one now. */
    housekeeping_set(h, &soon.chore, clock_ms() + 1);
    (void)sem_wait(&soon.done);
    housekeeping_cancel(h, &soon.chore);
    housekeeping_cancel(h, &later.chore);
    assert_int_equal(soon.n, 1);
    assert_int_equal(later.n, 0);
    housekeeping_free(h);
}

static void a_chore_says_when_to_come_again(void **state)
{
    struct housekeeping *h = NULL;
    struct job job;

    (void)state;
    job_init(&job);
    job.again = 0;
    assert_ok(housekeeping_new(&h));
    housekeeping_set(h, &job.chore, clock_ms());
    for (int i = 0; i < 3; i++)
        (void)sem_wait(&job.done);
    housekeeping_cancel(h, &job.chore);
    housekeeping_free(h);
}

static void there_is_no_end_to_wait_for(void **state)
{
    struct housekeeping *h = NULL;
    struct job job;

    (void)state;
    job_init(&job);
    assert_ok(housekeeping_new(&h));
    housekeeping_free(h);
    assert_ok(housekeeping_new(&h));
    housekeeping_set(h, &job.chore, CLOCK_NEVER);
    housekeeping_set(h, &job.chore, clock_ms() + LONG);
    housekeeping_set(h, &job.chore, CLOCK_NEVER);
    housekeeping_set(h, &job.chore, clock_ms() + LONG);
    housekeeping_cancel(h, &job.chore);
    housekeeping_free(h);
    assert_int_equal(job.n, 0);
}

static void *cancel(void *context)
{
    void **both = context;
    struct job *job = both[1];

    housekeeping_cancel(both[0], &job->chore);
    /* It has ended: nobody touches it any more. */
    job->again = -1;
    return NULL;
}

static void who_cancels_waits_for_its_end(void **state)
{
    struct housekeeping *h = NULL;
    struct job job;
    void *both[2] = {NULL, &job};
    pthread_t thread;

    (void)state;
    job_init(&job);
    job.waits = true;
    assert_ok(housekeeping_new(&h));
    both[0] = h;
    housekeeping_set(h, &job.chore, clock_ms());
    (void)sem_wait(&job.done);
    assert_int_equal(pthread_create(&thread, NULL, cancel, both), 0);
    (void)sem_post(&job.go_on);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_int_equal(job.again, -1);
    housekeeping_free(h);
    assert_int_equal(job.n, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_due_is_done),
        cmocka_unit_test(a_chore_says_when_to_come_again),
        cmocka_unit_test(there_is_no_end_to_wait_for),
        cmocka_unit_test(who_cancels_waits_for_its_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
