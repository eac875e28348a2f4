/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The table of what may be typed on the command line, and its help. */
#ifndef OPTIONS_TABLE_H
#define OPTIONS_TABLE_H

/* Who includes other headers before this one does it for them too. */
#ifndef GPGRT_ENABLE_ARGPARSE_MACROS
#define GPGRT_ENABLE_ARGPARSE_MACROS 1
#endif

#include <gpg-error.h>
#include <stddef.h>

enum option {
    OPT_VERBOSE = 'v',
    OPT_QUIET = 'q',
    OPT_SH = 's',
    OPT_CSH = 'c',
    OPT_SERVER = 500,
    OPT_MULTI_SERVER,
    OPT_DAEMON,
    OPT_DUMP_CONFIG,
    OPT_DUMP_OPTIONS,
    OPT_GPGCONF_LIST,
    OPT_GPGCONF_TEST,
    OPT_NO_OPTIONS,
    OPT_NO_DETACH,
    OPT_UID_ACL,
    OPT_HOMEDIR,
    OPT_OPTIONS,
    OPT_LOG_FILE,
    OPT_DEBUG,
    OPT_DEBUG_ALL,
    OPT_DEBUG_LEVEL,
    /* scdaemon's: they mean nothing here. */
    OPT_FIRST_FOREIGN = 600,
    OPT_ALLOW_ADMIN = OPT_FIRST_FOREIGN,
    OPT_APPLICATION_PRIORITY,
    OPT_CARD_TIMEOUT,
    OPT_COMPATIBILITY_FLAGS,
    OPT_CTAPI_DRIVER,
    OPT_DEBUG_ALLOW_CORE_DUMP,
    OPT_DEBUG_ALLOW_PIN_LOGGING,
    OPT_DEBUG_ASSUAN_LOG_CATS,
    OPT_DEBUG_CCID_DRIVER,
    OPT_DEBUG_LOG_TID,
    OPT_DEBUG_WAIT,
    OPT_DENY_ADMIN,
    OPT_DISABLE_APPLICATION,
    OPT_DISABLE_CCID,
    OPT_DISABLE_KEYPAD,
    OPT_DISABLE_OPENSC,
    OPT_DISABLE_PINPAD,
    OPT_ENABLE_PINPAD_VARLEN,
    OPT_LISTEN_BACKLOG,
    OPT_PCSC_DRIVER,
    OPT_PCSC_SHARED,
    OPT_READER_PORT,
    OPT_AFTER_FOREIGN
};

/* For gpgrt_argparse. */
extern gpgrt_opt_t options_table[];

/* The row with the full name of OPTION, which has one. */
const gpgrt_opt_t *options_table_row(int option);

/* The I-th option by its full name, without "--": all that may be typed, also
 * what is built into gpgrt_argparse.  NULL past the last. */
const char *options_table_name(size_t i);

/* For gpgrt_set_strusage. */
const char *options_table_text(int level);

#endif
