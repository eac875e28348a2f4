/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The daemon's clients: the one on standard input and output, and those that
 * come through a socket in a private directory; a thread for each. */
#include "server/listener.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "server/assuan_io.h"
#include "server/connection.h"
#include "server/peer.h"

/* Rest after a failed accept(2): descriptors may be used up. */
#define ACCEPT_PAUSE_MS 100

/* Descriptors that clients do not get, or a quarter of them if there are few:
 * modules open files while they work. */
#define SPARE_FDS 32

/* Another user could fill the log up: so many refusals are told, and then each
 * one of that many. */
#define FIRST_REFUSALS 16
#define ONE_REFUSAL_OF 1024

/* One thread and what it does. */
struct worker {
    struct listener *listener;
    void (*work)(struct worker *worker);
    assuan_context_t ctx; /* a client's, else NULL */
    int socket;           /* a client's that came through it; -1: none */
    bool is_primary;      /* the daemon ends with this client */
    pthread_t thread;
    struct worker *next; /* in the list of those that have ended */
};

struct listener {
    struct service service;
    struct private_socket socket;
    bool has_socket;
    unsigned n_refused; /* clients; of the thread that accepts */
    int stop_pipe[2];   /* its write end is closed to end everything */
    int first_in;       /* the first client's, of the thread that watches it */
    int first_out;
    struct listener_caller caller;
    pthread_mutex_t lock; /* of the next three */
    pthread_cond_t thread_ended;
    unsigned n_threads;
    struct worker *ended; /* to be joined */
};

gpg_error_t listener_new(struct config *config,
                         const struct listener_caller *caller,
                         struct listener **ret)
{
    AUTO_FREE struct listener *l = calloc(1, sizeof *l);
    gpg_error_t err = 0;

    if (l == NULL || pipe2(l->stop_pipe, O_CLOEXEC) != 0)
        return gpg_error_from_syserror();
    l->caller = *caller;
    l->service.stop_fd = l->stop_pipe[0];
    err = service_init(&l->service, config, caller->read, caller->context);
    if (err != 0)
        return err;
    (void)pthread_mutex_init(&l->lock, NULL);
    (void)pthread_cond_init(&l->thread_ended, NULL);
    *ret = TAKE(l);
    return 0;
}

/* Join the threads that have nothing more to do. */
static void reap(struct listener *l)
{
    struct worker *ended = NULL;

    (void)pthread_mutex_lock(&l->lock);
    ended = l->ended;
    l->ended = NULL;
    (void)pthread_mutex_unlock(&l->lock);
    while (ended != NULL) {
        struct worker *next = ended->next;

        (void)pthread_join(ended->thread, NULL);
        free(ended);
        ended = next;
    }
}

/* Count a thread in, unless there are too many. */
static bool enter(struct listener *l)
{
    bool room = false;

    reap(l);
    (void)pthread_mutex_lock(&l->lock);
    room = l->n_threads < LISTENER_MAX_CLIENTS;
    if (room)
        l->n_threads++;
    (void)pthread_mutex_unlock(&l->lock);
    return room;
}

/* Count a thread out; WORKER, if it ran, is to be joined. */
static void leave(struct listener *l, struct worker *worker)
{
    (void)pthread_mutex_lock(&l->lock);
    l->n_threads--;
    if (worker != NULL) {
        worker->next = l->ended;
        l->ended = worker;
    }
    (void)pthread_cond_broadcast(&l->thread_ended);
    (void)pthread_mutex_unlock(&l->lock);
}

static void serve_client(struct worker *worker)
{
    const struct listener_caller *caller = &worker->listener->caller;
    bool ends_daemon = false;

    connection_serve(&worker->listener->service, worker->ctx, worker->socket,
                     worker->is_primary, &ends_daemon);
    if (worker->is_primary || ends_daemon)
        caller->end(caller->context);
}

static void *run_worker(void *argument)
{
    struct worker *worker = argument;

    worker->thread = pthread_self();
    worker->work(worker);
    leave(worker->listener, worker);
    return NULL;
}

/* A thread for WORK, which is counted already. */
static gpg_error_t start_worker(struct listener *l,
                                void (*work)(struct worker *worker),
                                assuan_context_t ctx, int socket,
                                bool is_primary)
{
    struct worker *worker = malloc(sizeof *worker);
    pthread_t thread;
    int rc = ENOMEM;

    if (worker != NULL) {
        *worker = (struct worker){.listener = l,
                                  .work = work,
                                  .ctx = ctx,
                                  .socket = socket,
                                  .is_primary = is_primary};
        rc = pthread_create(&thread, NULL, run_worker, worker);
    }
    if (rc == 0)
        return 0;
    free(worker);
    leave(l, NULL);
    return gpg_error_from_errno(rc);
}

/* A thread for CTX, which it takes over, on failure too, and for SOCKET.  The
 * thread is counted already. */
static gpg_error_t start_client(struct listener *l, assuan_context_t ctx,
                                int socket, bool is_primary)
{
    gpg_error_t err = start_worker(l, serve_client, ctx, socket, is_primary);

    if (err != 0)
        assuan_release(ctx);
    return err;
}

static void close_first(struct listener *l)
{
    (void)close(l->first_in);
    (void)close(l->first_out);
}

/* As long as a command is under way nobody reads that the first client is gone:
 * a module that does not come back would keep us, and the reader, for ever. */
static void watch_first(struct worker *worker)
{
    struct listener *l = worker->listener;

    if (peer_wait_gone(l->first_in, l->first_out, l->stop_pipe[0]))
        l->caller.end(l->caller.context);
    close_first(l);
}

/* What cannot be watched is served all the same. */
static void start_watch(struct listener *l, int in_fd, int out_fd)
{
    l->first_in = fcntl(in_fd, F_DUPFD_CLOEXEC, 0);
    l->first_out = fcntl(out_fd, F_DUPFD_CLOEXEC, 0);
    if (l->first_in >= 0 && l->first_out >= 0 && enter(l) &&
        start_worker(l, watch_first, NULL, -1, false) == 0)
        return;
    close_first(l);
    log_verbose("the first client is missed only between its commands");
}

gpg_error_t listener_serve_pipe(struct listener *l, int in_fd, int out_fd)
{
    assuan_context_t ctx = NULL;
    gpg_error_t err = assuan_io_new(l->stop_pipe[0], &ctx);

    if (err != 0)
        return err;
    err = assuan_io_serve_pipe(ctx, in_fd, out_fd);
    if (err != 0) {
        assuan_release(ctx);
        return err;
    }
    if (!enter(l)) {
        assuan_release(ctx);
        return gpg_error(GPG_ERR_LIMIT_REACHED);
    }
    start_watch(l, in_fd, out_fd);
    return start_client(l, ctx, -1, true);
}

static void log_refusal(struct listener *l, const struct peer *peer)
{
    const unsigned n = l->n_refused++;

    if (n < FIRST_REFUSALS || n % ONE_REFUSAL_OF == 0)
        log_warning("refused a client of another user: uid %lu, process %ld",
                    (unsigned long)peer->uid, (long)peer->pid);
}

/* The mode of the socket's directory keeps others out as well, but not root,
 * nor those that got a descriptor of it. */
static gpg_error_t check_user(struct listener *l, int fd)
{
    struct peer peer = {0};
    gpg_error_t err = peer_get(fd, &peer);

    if (err != 0) {
        log_warning("refused a client of an unknown user: %s",
                    gpg_strerror(err));
        return gpg_error(GPG_ERR_EACCES);
    }
    if (peer.uid == l->socket.client)
        return 0;
    log_refusal(l, &peer);
    return gpg_error(GPG_ERR_EACCES);
}

/* Are there descriptors for others than clients?  The lowest free number is
 * taken, so that FD tells how many are in use. */
static bool leaves_spare_fds(int fd)
{
    struct rlimit limit = {0};
    rlim_t spare = SPARE_FDS;

    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return true;
    if (limit.rlim_cur / 4 < spare)
        spare = limit.rlim_cur / 4;
    return (rlim_t)fd < limit.rlim_cur - spare;
}

/* A client that is counted already. */
static gpg_error_t serve_connection(struct listener *l, int fd)
{
    assuan_context_t ctx = NULL;
    gpg_error_t err = assuan_io_new(l->stop_pipe[0], &ctx);

    if (err == 0)
        err = assuan_io_serve_socket(ctx, fd);
    if (err != 0) {
        assuan_release(ctx);
        leave(l, NULL);
        return err;
    }
    return start_client(l, ctx, fd, false);
}

/* Serve the client on FD, or tell it why not; FD is taken over. */
static void receive(struct listener *l, int fd)
{
    gpg_error_t err = check_user(l, fd);

    if (err != 0) {
        peer_refuse(fd, gpg_err_code(err), "this socket is for another user");
        return;
    }
    if (!leaves_spare_fds(fd) || !enter(l))
        err = gpg_error(GPG_ERR_LIMIT_REACHED);
    else
        err = serve_connection(l, fd);
    if (err == 0)
        return;
    log_warning("a client could not be served: %s", gpg_strerror(err));
    peer_refuse(fd, gpg_err_code(err), "too many clients, try again later");
}

static void rest(void)
{
    const struct timespec pause = {.tv_nsec = ACCEPT_PAUSE_MS * 1000L * 1000L};

    (void)nanosleep(&pause, NULL);
}

static void accept_clients(struct worker *worker)
{
    struct listener *l = worker->listener;
    struct pollfd fds[2] = {{.fd = l->socket.fd, .events = POLLIN},
                            {.fd = l->stop_pipe[0], .events = POLLIN}};

    for (;;) {
        int fd = -1;

        if (poll(fds, 2, -1) < 0) {
            if (errno != EINTR)
                rest();
            continue;
        }
        if (fds[1].revents != 0)
            break;
        fd = accept4(l->socket.fd, NULL, NULL, SOCK_CLOEXEC);
        if (fd >= 0)
            receive(l, fd);
        else if (errno != EINTR && errno != ECONNABORTED && errno != EAGAIN)
            rest();
    }
}

gpg_error_t listener_serve_socket(struct listener *l,
                                  struct private_socket *socket)
{
    gpg_error_t err = 0;

    l->socket = *socket;
    *socket = (struct private_socket){.fd = -1};
    l->has_socket = true;
    l->service.socket_name = l->socket.path;
    err = enter(l) ? 0 : gpg_error(GPG_ERR_LIMIT_REACHED);
    if (err == 0)
        err = start_worker(l, accept_clients, NULL, -1, false);
    if (err == 0)
        return 0;
    private_socket_remove(&l->socket);
    private_socket_close(&l->socket);
    l->has_socket = false;
    l->service.socket_name = NULL;
    return err;
}

const char *listener_socket_name(const struct listener *l)
{
    return l->service.socket_name;
}

static void reload(struct worker *worker)
{
    unsigned n_refused = 0;

    /* The log says what went wrong. */
    (void)!service_reload(&worker->listener->service, &n_refused);
}

void listener_reload(struct listener *l)
{
    gpg_error_t err = gpg_error(GPG_ERR_LIMIT_REACHED);

    if (enter(l))
        err = start_worker(l, reload, NULL, -1, false);
    if (err != 0)
        log_error("the configuration is not read anew: %s", gpg_strerror(err));
}

void listener_hide(struct listener *l)
{
    if (l != NULL && l->has_socket)
        private_socket_remove(&l->socket);
}

void listener_log_calls(struct listener *l)
{
    libraries_log_calls(&l->service.libraries);
}

bool listener_stop(struct listener *l)
{
    if (l == NULL)
        return true;
    listener_hide(l);
    atomic_store(&l->service.stopping, true);
    (void)close(l->stop_pipe[1]);
    (void)pthread_mutex_lock(&l->lock);
    while (l->n_threads > 0)
        (void)pthread_cond_wait(&l->thread_ended, &l->lock);
    (void)pthread_mutex_unlock(&l->lock);
    reap(l);
    if (l->has_socket)
        private_socket_close(&l->socket);
    (void)close(l->stop_pipe[0]);
    return service_stop(&l->service);
}

void listener_free(struct listener *l)
{
    if (l == NULL)
        return;
    service_done(&l->service);
    (void)pthread_cond_destroy(&l->thread_ended);
    (void)pthread_mutex_destroy(&l->lock);
    free(l);
}
