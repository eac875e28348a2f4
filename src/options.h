/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The command line. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>
#include <sys/types.h>

enum run_mode {
    RUN_NONE,
    RUN_SERVER,
    RUN_MULTI_SERVER,
    RUN_DAEMON,
    RUN_DUMP_CONFIG,
    RUN_GPGCONF_LIST,
    RUN_GPGCONF_TEST
};

struct options {
    enum run_mode mode;
    /* Where relative names of files begin, if that is not the working
     * directory; or NULL. */
    const char *directory;
    const char *homedir;  /* NULL: $GNUPGHOME or ~/.gnupg */
    const char *config;   /* --options FILE, or NULL */
    bool no_config;       /* --no-options */
    const char *log_file; /* overrides the configuration's, or NULL */
    bool verbose;
    bool debug;
    bool csh;         /* --daemon speaks csh, not sh */
    bool no_detach;   /* --daemon stays with its terminal */
    bool has_uid_acl; /* the next one is set */
    uid_t uid_acl;    /* who may use the socket, and nobody else */
    char **command;   /* --daemon: what to run, NULL-terminated; or NULL */
};

/* Parse the arguments; the strings in RET are ARGV's.  What is wrong is said on
 * standard error: false.  --help and --version print and exit with 0. */
bool options_parse(int argc, char **argv, struct options *ret);

#endif
