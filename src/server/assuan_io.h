/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Reading and writing for libassuan, in a way that the daemon's end can
 * interrupt; and all that differs between libassuan 2.5 and 3. */
#ifndef SERVER_ASSUAN_IO_H
#define SERVER_ASSUAN_IO_H

#include <assuan.h>

#include "base/cleanup.h"

/* A context whose reads and writes give up when STOP_FD becomes readable:
 * as at the end of the input.  Errors it makes are of source SCD. */
NODISCARD gpg_error_t assuan_io_new(int stop_fd, assuan_context_t *ret);

/* Serve on two descriptors, which libassuan closes; or on a connected socket,
 * which it closes from assuan_accept on: before that, it is the caller's. */
NODISCARD gpg_error_t assuan_io_serve_pipe(assuan_context_t ctx, int in_fd,
                                           int out_fd);
NODISCARD gpg_error_t assuan_io_serve_socket(assuan_context_t ctx, int fd);

/* Between these two, what this thread reads is secret.  libassuan is given one
 * line at a time then, so that it puts nothing aside for later, and its line
 * is overwritten by assuan_io_wipe_secret and at the end. */
void assuan_io_begin_secret(assuan_context_t ctx);
void assuan_io_wipe_secret(void);
void assuan_io_end_secret(assuan_context_t ctx);

/* The rest of a line that was too long: read and thrown away.  Returns
 * GPG_ERR_EOF if no line end comes. */
NODISCARD gpg_error_t assuan_io_skip_line(assuan_context_t ctx);

#endif
