/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Clients that are told when tokens come and go: by a signal (OPTION
 * event-signal), or while they wait for it (DEVINFO --watch). */
#include "commands/events.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/log.h"
#include "commands/client.h"

/* A handle of a process does not become another's when the process ends and
 * its number is used again: most signals end who does not expect them. */
static int open_process(pid_t pid)
{
    if (pid <= 0 || pid == getpid()) {
        errno = ESRCH;
        return -1;
    }
#ifdef SYS_pidfd_open
    return (int)syscall(SYS_pidfd_open, pid, 0);
#else
    errno = ENOSYS;
    return -1;
#endif
}

/* The system refuses it where PROCESS is another user's. */
static int send_signal(int process, int signal)
{
#ifdef SYS_pidfd_send_signal
    return (int)syscall(SYS_pidfd_send_signal, process, signal, NULL, 0);
#else
    (void)process;
    (void)signal;
    errno = ENOSYS;
    return -1;
#endif
}

void events_init(struct events *events)
{
    (void)pthread_mutex_init(&events->lock, NULL);
}

void events_done(struct events *events)
{
    (void)pthread_mutex_destroy(&events->lock);
}

static void tell(const struct event_target *target)
{
    if (target->has_process && send_signal(target->process, target->signal) < 0)
        log_verbose("a client could not be sent signal %d: %s", target->signal,
                    strerror(errno));
    /* A full pipe wakes as well. */
    if (target->is_waiting)
        (void)!write(target->wake[1], "", 1);
}

void events_tell(struct events *events)
{
    (void)pthread_mutex_lock(&events->lock);
    for (const struct event_target *t = events->first; t != NULL; t = t->next)
        tell(t);
    (void)pthread_mutex_unlock(&events->lock);
}

static bool is_told(const struct event_target *target)
{
    return target->has_process || target->is_waiting;
}

/* CLIENT is told in another way than before: see that it is on the list, and
 * the tokens are watched, as long as it is told at all. */
static void relist_locked(struct client *client, bool was_told)
{
    struct event_target *own = &client->events;
    struct event_target **at = &client->service->events.first;

    if (is_told(own) && !was_told) {
        own->next = *at;
        *at = own;
        atomic_fetch_add(&client->service->events.n_told, 1);
    } else if (!is_told(own) && was_told) {
        while (*at != own)
            at = &(*at)->next;
        *at = own->next;
        atomic_fetch_sub(&client->service->events.n_told, 1);
    }
}

/* PROCESS, the client's from then on, gets SIGNAL; -1: none does. */
static void set_process(struct client *client, int process, int signal)
{
    pthread_mutex_t *lock = &client->service->events.lock;
    struct event_target *own = &client->events;
    const bool was_told = is_told(own);
    const int old = own->has_process ? own->process : -1;

    (void)pthread_mutex_lock(lock);
    own->has_process = process >= 0;
    own->process = process;
    own->signal = signal;
    relist_locked(client, was_told);
    (void)pthread_mutex_unlock(lock);
    if (old >= 0)
        (void)close(old);
}

gpg_error_t events_set_signal(struct client *client, pid_t pid, int signal)
{
    int process = -1;

    if (signal != 0) {
        process = open_process(pid);
        if (process < 0)
            return gpg_error_from_syserror();
    }
    set_process(client, process, signal);
    return 0;
}

static void set_waiting(struct client *client, bool is_waiting)
{
    pthread_mutex_t *lock = &client->service->events.lock;
    const bool was_told = is_told(&client->events);

    (void)pthread_mutex_lock(lock);
    client->events.is_waiting = is_waiting;
    relist_locked(client, was_told);
    (void)pthread_mutex_unlock(lock);
}

gpg_error_t events_begin_wait(struct client *client)
{
    if (pipe2(client->events.wake, O_CLOEXEC | O_NONBLOCK) != 0)
        return gpg_error_from_syserror();
    set_waiting(client, true);
    return 0;
}

void events_end_wait(struct client *client)
{
    set_waiting(client, false);
    (void)close(client->events.wake[0]);
    (void)close(client->events.wake[1]);
}

bool events_wait(struct client *client)
{
    const int wake = client->events.wake[0];
    assuan_fd_t input[2] = {ASSUAN_INVALID_FD, ASSUAN_INVALID_FD};
    struct pollfd fds[3] = {
        {.fd = client->service->stop_fd, .events = POLLIN},
        {.fd = -1, .events = POLLIN},
        {.fd = wake, .events = POLLIN},
    };
    char buffer[64];

    /* A line may have come together with the command. */
    if (assuan_pending_line(client->assuan) ||
        assuan_get_active_fds(client->assuan, 0, input, 2) < 1)
        return false;
    fds[1].fd = input[0];
    while (poll(fds, 3, -1) < 0)
        if (errno != EINTR)
            return false;
    if (fds[0].revents != 0 || fds[1].revents != 0)
        return false;
    while (read(wake, buffer, sizeof buffer) > 0)
        ;
    return true;
}

void events_leave(struct client *client)
{
    set_process(client, -1, 0);
}
