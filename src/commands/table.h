/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Every command: its name, its handler, and its help text, which also says
 * what options it has (GETINFO cmd_has_option). */
#ifndef COMMANDS_TABLE_H
#define COMMANDS_TABLE_H

#include <assuan.h>

struct command {
    const char *name;
    /* LINE is the rest of the client's line and may be written to.  The
     * connection's struct client is the context's pointer. */
    gpg_error_t (*handler)(assuan_context_t ctx, char *line);
    const char *help; /* the first line is how it is written */
};

/* The I-th command, NULL past the last. */
const struct command *command_at(size_t i);

/* By its name, any case; NULL if there is none. */
const struct command *command_find(const char *name);

/* Each is in the file of its name (cmd_serialno.c and so on); handlers of a
 * family share one file. */
extern const struct command command_serialno;
extern const struct command command_switchcard;
extern const struct command command_switchapp;
extern const struct command command_learn;
extern const struct command command_readcert;
extern const struct command command_readkey;
extern const struct command command_setdata;
extern const struct command command_pksign;
extern const struct command command_pkauth;
extern const struct command command_pkdecrypt;
extern const struct command command_keyinfo;
extern const struct command command_getattr;
extern const struct command command_setattr;
extern const struct command command_checkpin;
extern const struct command command_getinfo;
extern const struct command command_devinfo;
extern const struct command command_lock;
extern const struct command command_unlock;
extern const struct command command_restart;
extern const struct command command_disconnect;
extern const struct command command_reloadconf;
extern const struct command command_killscd;
extern const struct command command_genkey;
extern const struct command command_passwd;
extern const struct command command_random;
extern const struct command command_writecert;
extern const struct command command_writekey;
extern const struct command command_apdu;

#endif
