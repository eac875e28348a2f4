/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The command line. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/log.h"

enum run_mode {
    RUN_NONE,
    RUN_SERVER,
    RUN_MULTI_SERVER,
    RUN_DAEMON,
    RUN_DUMP_CONFIG,
    RUN_DUMP_OPTIONS,
    RUN_GPGCONF_LIST,
    RUN_GPGCONF_TEST
};

struct options {
    enum run_mode mode;
    const char *homedir;  /* NULL: $GNUPGHOME or ~/.gnupg */
    const char *config;   /* --options FILE, or NULL */
    bool no_config;       /* --no-options */
    const char *log_file; /* overrides the configuration's, or NULL */
    bool verbose;
    bool has_debug_level; /* the next one counts, not the configuration */
    enum log_level debug_level;
    bool csh;         /* --daemon speaks csh, not sh */
    bool no_detach;   /* --daemon stays with its terminal */
    bool has_uid_acl; /* the next one is set */
    uid_t uid_acl;    /* who may use the socket, and nobody else */
    char **command;   /* --daemon: what to run, NULL-terminated; or NULL */
};

/* Parse the arguments; the strings in RET are ARGV's, and its COMMAND is in
 * ARGV, whose words are moved for that.  What is wrong is said on standard
 * error: false.  --help and --version print and exit with 0.  A note about an
 * option without effect goes to the log. */
bool options_parse(int argc, char **argv, struct options *ret);

/* --dump-options: print what may be typed, an option a line.  False if standard
 * output does not take it. */
bool options_dump(void);

#endif
