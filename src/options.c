/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The command line. */
/* Before the first inclusion of gpg-error.h, for options_table.h. */
#define GPGRT_ENABLE_ARGPARSE_MACROS 1

#include "options.h"

#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/config_value.h"
#include "base/str.h"
#include "options_table.h"

static bool PRINTF_LIKE(1, 2) refuse(const char *format, ...)
{
    va_list args;

    (void)fputs("gnupg-pkcs11-scd: ", stderr);
    va_start(args, format);
    (void)vfprintf(stderr, format, args);
    va_end(args);
    (void)fputs(" (try --help)\n", stderr);
    return false;
}

/* A user's number or name; -1 is nobody in particular, as in 0.10. */
static bool take_uid_acl(const char *value, struct options *ret)
{
    const unsigned long long highest = (uid_t)-2;
    unsigned long long number = 0;
    const struct passwd *user = NULL;

    ret->has_uid_acl = !str_equal(value, "-1");
    if (!ret->has_uid_acl)
        return true;
    if (value[0] != '\0' && value[strspn(value, "0123456789")] == '\0') {
        for (const char *p = value; *p != '\0' && number <= highest; p++)
            number = 10 * number + (unsigned)(*p - '0');
        if (number > highest)
            return refuse("'--uid-acl' cannot be '%s': write a number from 0 "
                          "to %llu, or the name of a user",
                          value, highest);
        ret->uid_acl = (uid_t)number;
        return true;
    }
    user = getpwnam(value);
    if (user == NULL)
        return refuse("'--uid-acl' cannot be '%s', which is no user here: "
                      "write the name of one or a number",
                      value);
    ret->uid_acl = user->pw_uid;
    return true;
}

static bool take_level(const char *value, struct options *ret)
{
    ret->has_debug_level = true;
    if (config_value_debug_level(value, &ret->debug_level) == 0)
        return true;
    return refuse("'--debug-level' cannot be '%s': write " CONFIG_DEBUG_LEVELS,
                  value);
}

/* Is WORD a number, or a name that GnuPG has for a kind of debug message? */
static bool is_debug_flag(const char *word)
{
    static const char *const names[] = {
        "all", "app", "cache",  "card",    "cardio", "crypto", "hashing",
        "ipc", "mpi", "memory", "memstat", "none",   "reader",
    };

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (str_equal(word, names[i]))
            return true;
    return word[0] >= '0' && word[0] <= '9';
}

/* All of GnuPG's flags are one here: on, unless VALUE is none of them. */
static bool take_debug(const char *value, struct options *ret)
{
    AUTO_FREE char *words = NULL;
    bool on = value == NULL;
    char *rest = NULL;

    if (value != NULL && str_copy(value, &words) != 0)
        return refuse("out of memory");
    for (char *word = words != NULL ? strtok_r(words, ",", &rest) : NULL;
         word != NULL; word = strtok_r(NULL, ",", &rest)) {
        char *end = NULL;
        const bool is_zero = strtoul(word, &end, 0) == 0 && *end == '\0';

        if (!is_debug_flag(word))
            log_warning("'--debug %s': there is no debug flag '%s'", value,
                        word);
        on = str_equal(word, "none") ? false : on || !is_zero;
    }
    ret->has_debug_level = true;
    ret->debug_level = on ? LOG_LEVEL_DEBUG : LOG_LEVEL_NORMAL;
    return true;
}

_Static_assert(OPT_AFTER_FOREIGN - OPT_FIRST_FOREIGN <= 64,
               "take_foreign has a bit for each");

/* Say of scdaemon's OPTION that it does nothing: once, if it is that. */
static bool take_foreign(int option, uint64_t *noted)
{
    const uint64_t bit = option >= OPT_FIRST_FOREIGN
                             ? (uint64_t)1 << (option - OPT_FIRST_FOREIGN)
                             : 0;

    if (bit != 0 && (*noted & bit) == 0)
        log_warning("'--%s' is an option of scdaemon and has no effect here",
                    options_table_row(option)->long_opt);
    *noted |= bit;
    return bit != 0;
}

static enum run_mode mode_of(int option)
{
    switch (option) {
    case OPT_SERVER:
        return RUN_SERVER;
    case OPT_MULTI_SERVER:
        return RUN_MULTI_SERVER;
    case OPT_DAEMON:
        return RUN_DAEMON;
    case OPT_DUMP_CONFIG:
        return RUN_DUMP_CONFIG;
    case OPT_DUMP_OPTIONS:
        return RUN_DUMP_OPTIONS;
    case OPT_GPGCONF_LIST:
        return RUN_GPGCONF_LIST;
    case OPT_GPGCONF_TEST:
        return RUN_GPGCONF_TEST;
    default:
        return RUN_NONE;
    }
}

/* Take one option that was parsed without a mistake; false if its value is
 * one, which was said. */
static bool take(const gpgrt_argparse_t *args, struct options *ret)
{
    const bool has_value = args->r_type == ARGPARSE_TYPE_STRING;

    switch (args->r_opt) {
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
        return take_uid_acl(args->r.ret_str, ret);
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
    case OPT_DEBUG_ALL:
        return take_debug(has_value ? args->r.ret_str : NULL, ret);
    case OPT_DEBUG_LEVEL:
        return take_level(args->r.ret_str, ret);
    default: /* --quiet */
        return true;
    }
}

static bool refuse_ambiguous(const char *word)
{
    const size_t len = strcspn(word, "=");
    AUTO_STRBUF names = {0};
    AUTO_FREE char *list = NULL;
    const char *name = NULL;

    for (size_t i = 0; (name = options_table_name(i)) != NULL; i++)
        if (strncmp(name, word + 2, len - 2) == 0)
            strbuf_printf(&names, " --%s", name);
    if (strbuf_take(&names, &list) != 0)
        return refuse("out of memory");
    return refuse("'%.*s' may be the beginning of several options:%s", (int)len,
                  word, list);
}

/* What is wrong with WORD, the last one that ARGS took; it may be a command's
 * if the words of one stand before it. */
static bool refuse_word(const gpgrt_argparse_t *args, const char *word,
                        bool has_command)
{
    const int len = (int)strcspn(word, "=");
    const char *hint =
        has_command ? "; write '--' before a command that has options" : "";

    if (args->r_type == ARGPARSE_UNEXPECTED_ARG)
        return refuse("'%.*s' takes no value: leave out '%s'", len, word,
                      word + len);
    switch (args->r_opt) {
    case ARGPARSE_INVALID_OPTION:
        /* WORD is the one before if this one has other options in it. */
        if (str_has_prefix(word, "--") && args->r.ret_str == word + 2)
            return refuse("unknown option '%.*s'%s", len, word, hint);
        return refuse("unknown option '-%c'%s", args->r.ret_str[0], hint);
    case ARGPARSE_AMBIGUOUS_OPTION:
        return refuse_ambiguous(word);
    case ARGPARSE_MISSING_ARG:
        return refuse("'%.*s' needs a value", len, word);
    default:
        return refuse("'%s' cannot be used", word);
    }
}

static bool check(struct options *options)
{
    const bool is_server =
        options->mode == RUN_SERVER || options->mode == RUN_MULTI_SERVER;

    if (options->mode == RUN_NONE)
        return refuse("say what to do: --multi-server, as gpg-agent does, or "
                      "--server or --daemon");
    if (options->command != NULL && is_server) {
        /* 0.10 says nothing of it.  A forgotten --options is worth a word. */
        log_warning("'%s' is no option and is ignored: only --daemon takes a "
                    "command",
                    options->command[0]);
        options->command = NULL;
    }
    if (options->command != NULL && options->mode != RUN_DAEMON)
        return refuse("'%s' is no option: only --daemon takes a command",
                      options->command[0]);
    return true;
}

/* Without a table, it frees what it has. */
static void end_parsing(gpgrt_argparse_t *args)
{
    (void)gpgrt_argparse(NULL, args, NULL);
}

bool options_parse(int argc, char **argv, struct options *ret)
{
    const unsigned order =
        getenv("POSIXLY_CORRECT") != NULL ? 0 : ARGPARSE_FLAG_MIXED;
    char **end_of_command = argv + 1;
    uint64_t noted = 0;
    char **rest = argv;
    AUTO(end_parsing)
    gpgrt_argparse_t args = {
        .argc = &argc, .argv = &rest, .flags = ARGPARSE_FLAG_ALL | order};

    gpgrt_set_strusage(options_table_text);
    while (gpgrt_argparse(NULL, &args, options_table)) {
        const enum run_mode mode = mode_of(args.r_opt);

        if (args.r_opt == ARGPARSE_IS_ARG)
            *end_of_command++ = args.r.ret_str;
        else if (args.r_opt == ARGPARSE_OUT_OF_CORE)
            return refuse("out of memory");
        else if (args.r_opt < 0 || args.r_type < 0)
            return refuse_word(&args, rest[-1], end_of_command > argv + 1);
        else if (mode != RUN_NONE)
            ret->mode = mode;
        else if (!take_foreign(args.r_opt, &noted) && !take(&args, ret))
            return false;
    }
    if (end_of_command > argv + 1) {
        *end_of_command = NULL;
        ret->command = argv + 1;
    }
    return check(ret);
}
