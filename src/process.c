/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The process: what it inherits and gives away, and how it is told to end. */
#include "process.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <sys/resource.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "base/log.h"

/* The leak checker of test builds looks into us with ptrace(2). */
#if defined(__SANITIZE_ADDRESS__)
#define IS_LEAK_CHECKED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define IS_LEAK_CHECKED 1
#endif
#endif
#ifndef IS_LEAK_CHECKED
#define IS_LEAK_CHECKED 0
#endif

static sigset_t awaited_signals;
static _Atomic bool is_ended; /* by process_end */

void process_open_stdio(void)
{
    int fd = -1;

    do {
        fd = open("/dev/null", O_RDWR);
    } while (fd >= 0 && fd <= STDERR_FILENO);
    if (fd >= 0)
        (void)close(fd);
}

void process_harden(void)
{
    const struct rlimit none = {0, 0};

    (void)setrlimit(RLIMIT_CORE, &none);
#ifdef PR_SET_DUMPABLE
    if (!IS_LEAK_CHECKED)
        (void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
    process_open_stdio();
    (void)signal(SIGPIPE, SIG_IGN);
    /* A log that may not become larger is no reason to die. */
    (void)signal(SIGXFSZ, SIG_IGN);
    /* It may be inherited that it is ignored: then nobody hears how a command
     * has ended. */
    (void)signal(SIGCHLD, SIG_DFL);
}

void process_close_inherited(int kept_fd)
{
    for (int fd = STDERR_FILENO + 1; fd < kept_fd; fd++)
        (void)close(fd);
    closefrom(kept_fd > STDERR_FILENO ? kept_fd + 1 : STDERR_FILENO + 1);
}

gpg_error_t process_take_stdio(int *ret_in, int *ret_out)
{
    int in = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    int out = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    int null = open("/dev/null", O_RDONLY | O_CLOEXEC);

    if (in < 0 || out < 0 || null < 0)
        return gpg_error_from_syserror();
    (void)dup2(null, STDIN_FILENO);
    log_take_stdout();
    if (null != STDIN_FILENO)
        (void)close(null);
    *ret_in = in;
    *ret_out = out;
    return 0;
}

void process_hold_reload(void)
{
    sigset_t set;

    (void)sigemptyset(&set);
    (void)sigaddset(&set, SIGUSR1);
    (void)pthread_sigmask(SIG_BLOCK, &set, NULL);
}

/* process_end uses SIGUSR2 and not one of those that end us: it may come after
 * the end has begun, when a second one of those counts. */
void process_block_signals(void)
{
    (void)sigemptyset(&awaited_signals);
    (void)sigaddset(&awaited_signals, SIGTERM);
    (void)sigaddset(&awaited_signals, SIGINT);
    (void)sigaddset(&awaited_signals, SIGHUP);
    (void)sigaddset(&awaited_signals, SIGUSR1);
    (void)sigaddset(&awaited_signals, SIGUSR2);
    (void)pthread_sigmask(SIG_BLOCK, &awaited_signals, NULL);
}

int process_wait(void)
{
    int number = 0;

    while (sigwait(&awaited_signals, &number) != 0 ||
           (number == SIGUSR2 && !atomic_load(&is_ended)))
        ;
    return number == SIGUSR2 ? 0 : number;
}

void process_end(void *unused)
{
    (void)unused;
    atomic_store(&is_ended, true);
    (void)kill(getpid(), SIGUSR2);
}

void process_end_within(unsigned seconds)
{
    /* Who started us may have blocked the first: that is inherited. */
    static const int deadly[] = {SIGALRM, SIGTERM, SIGINT};
    sigset_t again;

    (void)sigemptyset(&again);
    for (size_t i = 0; i < sizeof deadly / sizeof deadly[0]; i++) {
        (void)signal(deadly[i], SIG_DFL);
        (void)sigaddset(&again, deadly[i]);
    }
    (void)alarm(seconds);
    (void)pthread_sigmask(SIG_UNBLOCK, &again, NULL);
}
