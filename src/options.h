/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The command line. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>

enum run_mode { RUN_NONE, RUN_SERVER, RUN_MULTI_SERVER };

struct options {
    enum run_mode mode;
    const char *homedir;  /* NULL: $GNUPGHOME or ~/.gnupg */
    const char *config;   /* --options FILE, or NULL */
    const char *log_file; /* overrides the configuration's, or NULL */
    bool verbose;
    bool debug;
};

/* Parse the arguments; the strings in RET are ARGV's.  What is wrong is said on
 * standard error: false.  --help and --version print and exit with 0. */
bool options_parse(int argc, char **argv, struct options *ret);

#endif
