/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The table of what may be typed on the command line, and its help. */
#include "options_table.h"

#include <stdio.h>

#include "base/version.h"
#include "options.h"

/* An abbreviation that was not ambiguous in 0.10, which had fewer options. */
#define OLD_ABBREVIATION(option, name, type)    \
    {                                           \
        option, name, ARGPARSE_TYPE_##type, "@" \
    }

/* "@" keeps a row out of --help.  The first row of an option has its name. */
gpgrt_opt_t options_table[] = {
    ARGPARSE_group(300, "@What to do:\n "),
    ARGPARSE_s_n(OPT_MULTI_SERVER, "multi-server",
                 "serve on standard input and output and on a socket"),
    ARGPARSE_s_n(OPT_SERVER, "server",
                 "serve on standard input and output only"),
    ARGPARSE_s_n(OPT_DAEMON, "daemon",
                 "serve on a socket only, in the background"),
    ARGPARSE_s_n(OPT_DUMP_CONFIG, "dump-config",
                 "show the configuration that counts, with its origin"),
    ARGPARSE_s_n(OPT_GPGCONF_TEST, "gpgconf-test",
                 "say what is wrong with the configuration"),
    ARGPARSE_s_n(OPT_GPGCONF_LIST, "gpgconf-list",
                 "list the keywords of the configuration for gpgconf"),
    ARGPARSE_s_n(OPT_DUMP_OPTIONS, "dump-options",
                 "list the options, also those without effect"),
    ARGPARSE_group(301, "@\nOptions:\n "),
    ARGPARSE_s_s(OPT_HOMEDIR, "homedir",
                 "|DIR|look for the configuration in DIR"),
    ARGPARSE_s_s(OPT_OPTIONS, "options",
                 "|FILE|read the configuration from FILE instead"),
    ARGPARSE_s_n(OPT_NO_OPTIONS, "no-options", "read no configuration"),
    ARGPARSE_s_s(OPT_LOG_FILE, "log-file", "|FILE|append the log to FILE"),
    ARGPARSE_s_n(OPT_VERBOSE, "verbose", "log what is done"),
    ARGPARSE_s_n(OPT_QUIET, "quiet", "no effect"),
    ARGPARSE_s_s(OPT_DEBUG_LEVEL, "debug-level",
                 "|LEVEL|log as much as LEVEL says (none to guru or 0 to 9)"),
    ARGPARSE_s_n(OPT_DEBUG_ALL, "debug-all",
                 "log each command and module call (no PINs or data)"),
    ARGPARSE_o_s(OPT_DEBUG, "debug", "|[FLAGS]|the same, unless FLAGS is 0"),
    ARGPARSE_group(302, "@\nOptions for --daemon:\n "),
    ARGPARSE_s_n(OPT_SH, "sh", "print the socket's name for sh"),
    ARGPARSE_s_n(OPT_CSH, "csh", "print the socket's name for csh"),
    ARGPARSE_s_n(OPT_NO_DETACH, "no-detach", "stay with the terminal"),
    ARGPARSE_s_s(OPT_UID_ACL, "uid-acl",
                 "|USER|let USER, and nobody else, use the socket"),
    ARGPARSE_s_n(OPT_ALLOW_ADMIN, "allow-admin", "@"),
    ARGPARSE_s_s(OPT_APPLICATION_PRIORITY, "application-priority", "@"),
    ARGPARSE_s_s(OPT_CARD_TIMEOUT, "card-timeout", "@"),
    ARGPARSE_s_s(OPT_COMPATIBILITY_FLAGS, "compatibility-flags", "@"),
    ARGPARSE_s_s(OPT_CTAPI_DRIVER, "ctapi-driver", "@"),
    ARGPARSE_s_n(OPT_DEBUG_ALLOW_CORE_DUMP, "debug-allow-core-dump", "@"),
    ARGPARSE_s_n(OPT_DEBUG_ALLOW_PIN_LOGGING, "debug-allow-pin-logging", "@"),
    ARGPARSE_s_s(OPT_DEBUG_ASSUAN_LOG_CATS, "debug-assuan-log-cats", "@"),
    ARGPARSE_s_n(OPT_DEBUG_CCID_DRIVER, "debug-ccid-driver", "@"),
    ARGPARSE_s_n(OPT_DEBUG_LOG_TID, "debug-log-tid", "@"),
    ARGPARSE_s_s(OPT_DEBUG_WAIT, "debug-wait", "@"),
    ARGPARSE_s_n(OPT_DENY_ADMIN, "deny-admin", "@"),
    ARGPARSE_s_s(OPT_DISABLE_APPLICATION, "disable-application", "@"),
    ARGPARSE_s_n(OPT_DISABLE_CCID, "disable-ccid", "@"),
    ARGPARSE_s_n(OPT_DISABLE_KEYPAD, "disable-keypad", "@"),
    ARGPARSE_s_n(OPT_DISABLE_OPENSC, "disable-opensc", "@"),
    ARGPARSE_s_n(OPT_DISABLE_PINPAD, "disable-pinpad", "@"),
    ARGPARSE_s_n(OPT_ENABLE_PINPAD_VARLEN, "enable-pinpad-varlen", "@"),
    ARGPARSE_s_s(OPT_LISTEN_BACKLOG, "listen-backlog", "@"),
    ARGPARSE_s_s(OPT_PCSC_DRIVER, "pcsc-driver", "@"),
    ARGPARSE_s_n(OPT_PCSC_SHARED, "pcsc-shared", "@"),
    ARGPARSE_s_s(OPT_READER_PORT, "reader-port", "@"),
    OLD_ABBREVIATION(OPT_CSH, "c", NONE),
    OLD_ABBREVIATION(OPT_DAEMON, "d", NONE),
    OLD_ABBREVIATION(OPT_LOG_FILE, "l", STRING),
    OLD_ABBREVIATION(OPT_NO_DETACH, "n", NONE),
    OLD_ABBREVIATION(OPT_NO_DETACH, "no", NONE),
    OLD_ABBREVIATION(OPT_NO_DETACH, "no-", NONE),
    ARGPARSE_end()};

const char *options_table_text(int level)
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
    case 16: /* --warranty, which prints the GPL's text without this */
        return "There is NO WARRANTY, to the extent permitted by law: see the "
               "licence,\nBSD-3-Clause.";
    case 17:
        return "POSIX";
    case 19:
        return "Options that only GnuPG's own scdaemon obeys are accepted, "
               "with a note in\nthe log.  Manual: gnupg-pkcs11-scd(1), "
               "configuration: gnupg-pkcs11-scd.conf(5)\n";
    case 1:
    case 40:
        return "Usage: gnupg-pkcs11-scd --multi-server|--server|--daemon "
               "[options] (--help for help)\n";
    case 41:
        return "Syntax: gnupg-pkcs11-scd --multi-server|--server [options]\n"
               "        gnupg-pkcs11-scd --daemon [options] [-- COMMAND...]\n"
               "Smart-card daemon for GnuPG that serves PKCS#11 tokens.\n"
               "gpg-agent starts it if gpg-agent.conf has the line\n"
               "  scdaemon-program " SCD_BINDIR "/gnupg-pkcs11-scd\n";
    default:
        return NULL;
    }
}

const gpgrt_opt_t *options_table_row(int option)
{
    const gpgrt_opt_t *row = options_table;

    while (row->short_opt != option && row->short_opt != 0)
        row++;
    return row;
}

const char *options_table_name(size_t i)
{
    static const char *const built_in[] = {"help", "version", "warranty",
                                           "dump-option-table"};
    const size_t n_built_in = sizeof built_in / sizeof built_in[0];

    if (i < n_built_in)
        return built_in[i];
    i -= n_built_in;
    for (const gpgrt_opt_t *row = options_table; row->short_opt != 0; row++)
        if (row->long_opt != NULL && row == options_table_row(row->short_opt) &&
            i-- == 0)
            return row->long_opt;
    return NULL;
}

bool options_dump(void)
{
    const char *name = NULL;

    for (size_t i = 0; (name = options_table_name(i)) != NULL; i++)
        (void)printf("--%s\n", name);
    return fflush(stdout) == 0;
}
