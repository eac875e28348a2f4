/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Every command: its name, its handler, and its help text. */
#include "commands/table.h"

#include "base/str.h"
#include "commands/args.h"

static const struct command *const commands[] = {
    &command_serialno,  &command_learn,      &command_readcert,
    &command_readkey,   &command_keyinfo,    &command_setdata,
    &command_pksign,    &command_pkauth,     &command_pkdecrypt,
    &command_getattr,   &command_setattr,    &command_checkpin,
    &command_getinfo,   &command_devinfo,    &command_switchcard,
    &command_switchapp, &command_lock,       &command_unlock,
    &command_restart,   &command_disconnect, &command_reloadconf,
    &command_killscd,   &command_genkey,     &command_passwd,
    &command_random,    &command_writecert,  &command_writekey,
    &command_apdu,
};

const struct command *command_at(size_t i)
{
    return i < ARGS_COUNT(commands) ? commands[i] : NULL;
}

const struct command *command_find(const char *name)
{
    const struct command *command = NULL;

    for (size_t i = 0; (command = command_at(i)) != NULL; i++)
        if (str_equal_nocase(command->name, name))
            return command;
    return NULL;
}
