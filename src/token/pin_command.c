/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* A PIN that a command writes to its standard output. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/str.h"
#include "token/pin_source.h"

#define MAX_WORDS 32

extern char **environ;

/* Cut LINE at its blanks; false if there are too many words. */
static bool split(char *line, char *words[MAX_WORDS + 1])
{
    char *rest = line;
    size_t n = 0;

    for (char *word = NULL; (word = strsep(&rest, " \t")) != NULL;) {
        if (word[0] == '\0')
            continue;
        if (n == MAX_WORDS)
            return false;
        words[n++] = word;
    }
    words[n] = NULL;
    return n > 0;
}

/* Whoever can change the program sees what it knows. */
static gpg_error_t check_program(const char *path)
{
    struct stat info = {0};
    gpg_error_t err = 0;

    if (stat(path, &info) != 0) {
        err = gpg_error_from_syserror();
        log_error("%s: %s", path, gpg_strerror(err));
        return err;
    }
    if ((info.st_uid == geteuid() || info.st_uid == 0) &&
        (info.st_mode & S_IWOTH) == 0)
        return 0;
    log_error("%s can be changed by others: it is not run for a PIN; give it "
              "to root or to yourself, and chmod o-w %s",
              path, path);
    return gpg_error(GPG_ERR_EPERM);
}

/* A process group of its own, so that all of it can be ended; signals as a
 * program expects them, which are blocked or ignored in us. */
static int set_attributes(posix_spawnattr_t *attributes)
{
    sigset_t none;
    sigset_t all;
    int rc = 0;

    (void)sigemptyset(&none);
    (void)sigfillset(&all);
    (void)sigdelset(&all, SIGKILL);
    (void)sigdelset(&all, SIGSTOP);
    rc = posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETPGROUP |
                                                  POSIX_SPAWN_SETSIGMASK |
                                                  POSIX_SPAWN_SETSIGDEF);
    if (rc == 0)
        rc = posix_spawnattr_setpgroup(attributes, 0);
    if (rc == 0)
        rc = posix_spawnattr_setsigmask(attributes, &none);
    if (rc == 0)
        rc = posix_spawnattr_setsigdefault(attributes, &all);
    return rc;
}

/* Nothing to read, OUT to write to, the log for its complaints, and no file of
 * a module. */
static int set_files(posix_spawn_file_actions_t *files, int out)
{
    int rc = posix_spawn_file_actions_addopen(files, STDIN_FILENO, "/dev/null",
                                              O_RDONLY, 0);

    if (rc == 0)
        rc = posix_spawn_file_actions_adddup2(files, out, STDOUT_FILENO);
    if (rc == 0)
        rc = posix_spawn_file_actions_addclosefrom_np(files, STDERR_FILENO + 1);
    return rc;
}

static int spawn(char *const words[], int out, pid_t *ret_pid)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    int rc = posix_spawn_file_actions_init(&files);

    if (rc != 0)
        return rc;
    rc = posix_spawnattr_init(&attributes);
    if (rc == 0) {
        rc = set_attributes(&attributes);
        if (rc == 0)
            rc = set_files(&files, out);
        /* Not fork(2): modules may do anything in its child. */
        if (rc == 0)
            rc = posix_spawn(ret_pid, words[0], &files, &attributes, words,
                             environ);
        (void)posix_spawnattr_destroy(&attributes);
    }
    (void)posix_spawn_file_actions_destroy(&files);
    return rc;
}

/* How long to rest between two looks whether it has ended. */
#define PAUSE_MS 10

/* Does the daemon end, or will it within MS? */
static bool is_stopping(int stop_fd, int ms)
{
    struct pollfd stop = {.fd = stop_fd, .events = POLLIN};

    return poll(&stop, 1, ms) > 0;
}

/* End it with all that it started.  It may have left its group for another
 * one. */
static void end(pid_t pid)
{
    (void)kill(-pid, SIGKILL);
    (void)kill(pid, SIGKILL);
}

/* It has written all: it may end by itself until DEADLINE, or until we end.
 * False if it was killed, with all that it started and that is there still, or
 * did not end well. */
static bool end_well(pid_t pid, int stop_fd, int64_t deadline)
{
    bool killed = false;
    int status = 0;

    for (;;) {
        pid_t ended = 0;

        /* Before its status is taken: until then the number is its own. */
        if (!killed && clock_ms() >= deadline) {
            killed = true;
            end(pid);
        }
        ended = waitpid(pid, &status, killed ? 0 : WNOHANG);
        if (ended == pid)
            return !killed && WIFEXITED(status) && WEXITSTATUS(status) == 0;
        /* A module took its status: nobody knows whether it ended well. */
        if (ended < 0 && errno != EINTR)
            return false;
        if (!killed && is_stopping(stop_fd, PAUSE_MS))
            deadline = 0;
    }
}

static gpg_error_t run(char *const words[], int stop_fd, int64_t timeout_ms,
                       struct secret *ret)
{
    const int64_t deadline = clock_ms() + timeout_ms;
    AUTO_SECRET output = {0};
    int ends[2] = {-1, -1};
    pid_t pid = -1;
    int rc = 0;
    gpg_error_t err = 0;

    if (pipe2(ends, O_CLOEXEC) != 0)
        return gpg_error_from_syserror();
    rc = spawn(words, ends[1], &pid);
    (void)close(ends[1]);
    if (rc == 0) {
        err = pin_source_read_fd(ends[0], stop_fd, deadline, &output);
        /* What it has not written by now nobody reads. */
        if (!end_well(pid, stop_fd, err == 0 ? deadline : 0) && err == 0)
            err = gpg_error(is_stopping(stop_fd, 0) ? GPG_ERR_CANCELED
                                                    : GPG_ERR_GENERAL);
    }
    (void)close(ends[0]);
    if (rc != 0)
        return gpg_error_from_errno(rc);
    if (err != 0)
        return err;
    *ret = output;
    output = (struct secret){0};
    return 0;
}

gpg_error_t pin_source_run(const char *command, int stop_fd, int64_t timeout_ms,
                           struct secret *ret)
{
    AUTO_FREE char *line = NULL;
    char *words[MAX_WORDS + 1];
    gpg_error_t err = str_copy(command, &line);

    if (err != 0)
        return err;
    if (!split(line, words))
        return gpg_error(GPG_ERR_TOO_MANY);
    err = check_program(words[0]);
    if (err != 0)
        return err;
    err = run(words, stop_fd, timeout_ms, ret);
    if (gpg_err_code(err) == GPG_ERR_TIMEOUT)
        log_error("%s: no PIN within %lld seconds; it was ended", words[0],
                  (long long)(timeout_ms / 1000));
    else if (gpg_err_code(err) == GPG_ERR_GENERAL)
        log_error("%s did not end with status 0: no PIN is taken from it",
                  words[0]);
    else if (err != 0)
        log_error("%s: %s", words[0], gpg_strerror(err));
    return err;
}
