/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The mode --daemon: a process in the background, and the one that started it,
 * which tells where the socket is or becomes a command that knows it. */
#ifndef BACKGROUND_H
#define BACKGROUND_H

#include <gpg-error.h>
#include <stdbool.h>
#include <sys/types.h>

#include "base/cleanup.h"
#include "options.h"

/* What the process in the background knows of the one that started it. */
struct background {
    pid_t starter;
    int report_fd; /* where it hears of us; -1: it has, or there is none */
};

/* Fork, before there is anything to lose by it: threads, locked memory,
 * modules.  True in the new process, which has to say background_ready or
 * background_failed.  False in the other, when that has been said, or the
 * process could not be started: end with RET_STATUS then.  With a command it
 * comes back only if that cannot be run; what the command inherits is as it was
 * before. */
NODISCARD bool background_start(const struct options *options,
                                struct background *ret, int *ret_status);

/* Leave the terminal, the working directory, and standard input and output;
 * standard error too if it is not the log's file.  While one thread runs
 * only. */
NODISCARD gpg_error_t background_detach(void);

/* Clients can connect to the socket of this name.  Error: nobody will know. */
NODISCARD gpg_error_t background_ready(struct background *background,
                                       const char *socket_name);

/* Nobody can, because of ERR; the caller ends.  Nothing is said twice. */
void background_failed(struct background *background, gpg_error_t err);

/* From now on, end as by process_end when the process that started this one
 * does. */
NODISCARD gpg_error_t background_watch(struct background *background);

#endif
