/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The command line. */
#include "options.h"

/* The table's macros. */
#define GPGRT_ENABLE_ARGPARSE_MACROS 1

#include <gpg-error.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/version.h"

enum {
    OPT_VERBOSE = 'v',
    OPT_QUIET = 'q',
    OPT_SH = 's',
    OPT_CSH = 'c',
    OPT_SERVER = 500,
    OPT_MULTI_SERVER,
    OPT_DAEMON,
    OPT_DUMP_CONFIG,
    OPT_GPGCONF_LIST,
    OPT_GPGCONF_TEST,
    OPT_NO_OPTIONS,
    OPT_NO_DETACH,
    OPT_UID_ACL,
    OPT_HOMEDIR,
    OPT_OPTIONS,
    OPT_LOG_FILE,
    OPT_WARRANTY,
    OPT_DEBUG
};

static gpgrt_opt_t table[] = {
    ARGPARSE_group(300, "@Modes:\n "),
    ARGPARSE_s_n(OPT_MULTI_SERVER, "multi-server",
                 "serve on standard input and output and on a socket"),
    ARGPARSE_s_n(OPT_SERVER, "server",
                 "serve on standard input and output only"),
    ARGPARSE_s_n(OPT_DAEMON, "daemon",
                 "serve on a socket only, in the background"),
    ARGPARSE_s_n(OPT_DUMP_CONFIG, "dump-config",
                 "show the configuration that counts, and where it is from"),
    ARGPARSE_s_n(OPT_GPGCONF_LIST, "gpgconf-list", "@"),
    ARGPARSE_s_n(OPT_GPGCONF_TEST, "gpgconf-test", "@"),
    ARGPARSE_group(301, "@\nOptions:\n "),
    ARGPARSE_s_s(OPT_HOMEDIR, "homedir",
                 "|DIR|look for the configuration in DIR"),
    ARGPARSE_s_s(OPT_OPTIONS, "options",
                 "|FILE|read the configuration from FILE instead"),
    ARGPARSE_s_n(OPT_NO_OPTIONS, "no-options", "read no configuration"),
    ARGPARSE_s_s(OPT_LOG_FILE, "log-file", "|FILE|append the log to FILE"),
    ARGPARSE_s_n(OPT_VERBOSE, "verbose", "log what is done"),
    ARGPARSE_s_n(OPT_DEBUG, "debug",
                 "log each command and module call; never a PIN or data"),
    ARGPARSE_s_n(OPT_QUIET, "quiet", "no effect"),
    ARGPARSE_s_n(OPT_SH, "sh", "with --daemon: print a line for sh"),
    ARGPARSE_s_n(OPT_CSH, "csh", "with --daemon: print a line for csh"),
    ARGPARSE_s_n(OPT_NO_DETACH, "no-detach",
                 "with --daemon: stay with the terminal"),
    ARGPARSE_s_s(OPT_UID_ACL, "uid-acl",
                 "|USER|let USER, and nobody else, use the socket"),
    /* Without this row argparse would print the GPL's text. */
    ARGPARSE_s_n(OPT_WARRANTY, "warranty", "@"), ARGPARSE_end()};

static const char *text(int level)
{
    switch (level) {
    case 9:
        return "BSD-3-Clause";
    case 10:
        return "License BSD-3-Clause <https://spdx.org/licenses/BSD-3-Clause>";
    case 11:
        return "gnupg-pkcs11-scd";
    case 13:
        return SCD_VERSION;
    case 14:
        return "Copyright (C) 2026 The gnupg-pkcs11-scd 3 authors";
    case 17:
        return "POSIX";
    case 1:
    case 40:
        return "Usage: gnupg-pkcs11-scd --multi-server|--server [options] "
               "(--help for help)\n";
    case 41:
        return "Syntax: gnupg-pkcs11-scd --multi-server|--server [options]\n"
               "Smart-card daemon for GnuPG that serves PKCS#11 tokens.\n"
               "gpg-agent starts it if gpg-agent.conf has the line\n"
               "  scdaemon-program /usr/bin/gnupg-pkcs11-scd\n";
    default:
        return NULL;
    }
}

/* Take one option; false if it is none that we have. */
static bool take(const gpgrt_argparse_t *args, struct options *ret)
{
    switch (args->r_opt) {
    case OPT_SERVER:
        ret->mode = RUN_SERVER;
        return true;
    case OPT_MULTI_SERVER:
        ret->mode = RUN_MULTI_SERVER;
        return true;
    case OPT_DAEMON:
        ret->mode = RUN_DAEMON;
        return true;
    case OPT_DUMP_CONFIG:
        ret->mode = RUN_DUMP_CONFIG;
        return true;
    case OPT_GPGCONF_LIST:
        ret->mode = RUN_GPGCONF_LIST;
        return true;
    case OPT_GPGCONF_TEST:
        ret->mode = RUN_GPGCONF_TEST;
        return true;
    case OPT_NO_OPTIONS:
        ret->no_config = true;
        return true;
    case OPT_SH:
    case OPT_CSH:
        ret->csh = args->r_opt == OPT_CSH;
        return true;
    case OPT_NO_DETACH:
        ret->no_detach = true;
        return true;
    case OPT_UID_ACL:
        ret->has_uid_acl = true;
        ret->uid_acl = (uid_t)strtoul(args->r.ret_str, NULL, 10);
        return true;
    case OPT_HOMEDIR:
        ret->homedir = args->r.ret_str;
        return true;
    case OPT_OPTIONS:
        ret->config = args->r.ret_str;
        return true;
    case OPT_LOG_FILE:
        ret->log_file = args->r.ret_str;
        return true;
    case OPT_VERBOSE:
        ret->verbose = true;
        return true;
    case OPT_DEBUG:
        ret->debug = true;
        return true;
    case OPT_QUIET:
        return true;
    default:
        return false;
    }
}

static bool refuse(const char *message)
{
    (void)fprintf(stderr, "gnupg-pkcs11-scd: %s (try --help)\n", message);
    return false;
}

bool options_parse(int argc, char **argv, struct options *ret)
{
    gpgrt_argparse_t args = {.argc = &argc, .argv = &argv};

    gpgrt_set_strusage(text);
    while (gpgrt_argparse(NULL, &args, table)) {
        if (take(&args, ret))
            continue;
        if (args.r_opt == ARGPARSE_IS_ARG)
            return refuse("nothing but options is expected");
        /* The next call says what was wrong; how to exit is ours. */
        args.err = ARGPARSE_PRINT_WARNING;
        (void)gpgrt_argparse(NULL, &args, table);
        return refuse("the command line cannot be used");
    }
    gpgrt_argparse(NULL, &args, NULL);
    if (argc > 0 && ret->mode == RUN_DAEMON)
        ret->command = argv;
    else if (argc > 0)
        return refuse("nothing but options is expected");
    if (ret->mode == RUN_NONE)
        return refuse("say --multi-server, as gpg-agent does, or --server");
    return true;
}
