/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The command line: what of 0.10's and of scdaemon's is understood, and how. */
#include <pwd.h>
#include <stdlib.h>
#include <unistd.h>

#include "options.h"
#include "options_table.h"
#include "unit.h"

#define MAX_WORDS 16

/* A command line, and what came of it. */
struct line {
    char text[256];
    char *words[MAX_WORDS + 1];
    int n_words;
    struct options options;
    bool good;
};

/* Parse TEXT, the words after the name of the program; "''" is an empty one. */
static void parse(struct line *line, const char *text)
{
    static char program[] = "gnupg-pkcs11-scd";
    static char empty[] = "";
    char *rest = NULL;

    *line = (struct line){.words = {program}, .n_words = 1};
    assert_true(strlen(text) < sizeof line->text);
    memcpy(line->text, text, strlen(text) + 1);
    for (char *word = strtok_r(line->text, " ", &rest); word != NULL;
         word = strtok_r(NULL, " ", &rest)) {
        assert_true(line->n_words < MAX_WORDS);
        line->words[line->n_words++] = strcmp(word, "''") == 0 ? empty : word;
    }
    line->good = options_parse(line->n_words, line->words, &line->options);
}

static const char *shown(const char *text)
{
    return text != NULL ? text : "-";
}

/* All that the options say, to be compared. */
static void describe(const struct line *line, char *ret, size_t size)
{
    const struct options *o = &line->options;
    int len = snprintf(
        ret, size,
        "good %d mode %d home %s config %s %d log %s verbose %d debug %d %d "
        "csh %d no-detach %d acl %d %lu command",
        line->good, (int)o->mode, shown(o->homedir), shown(o->config),
        o->no_config, shown(o->log_file), o->verbose, o->has_debug_level,
        (int)o->debug_level, o->csh, o->no_detach, o->has_uid_acl,
        (unsigned long)o->uid_acl);

    for (char **word = o->command; word != NULL && *word != NULL; word++)
        len += snprintf(ret + len, size - (size_t)len, " [%s]", *word);
    assert_true((size_t)len < size);
}

/* Both command lines mean the same, and something. */
static void assert_same(const char *text, const char *as)
{
    struct line line = {0};
    struct line other = {0};
    char actual[512];
    char expected[512];

    parse(&line, text);
    parse(&other, as);
    describe(&line, actual, sizeof actual);
    describe(&other, expected, sizeof expected);
    if (!line.good || strcmp(actual, expected) != 0)
        fail_msg("'%s' is %s, but '%s' is %s", text, actual, as, expected);
}

static void assert_refused(const char *text)
{
    struct line line = {0};

    parse(&line, text);
    if (line.good)
        fail_msg("'%s' was taken", text);
}

/* The long options of 0.10; those that print and exit are not parsed here. */
static const struct old_option {
    const char *name;
    const char *value; /* NULL: it has none */
    bool exits;
} old_options[] = {
    {"server", NULL, false},    {"multi-server", NULL, false},
    {"daemon", NULL, false},    {"homedir", "/h", false},
    {"uid-acl", "7", false},    {"verbose", NULL, false},
    {"quiet", NULL, false},     {"sh", NULL, false},
    {"csh", NULL, false},       {"options", "/o", false},
    {"no-detach", NULL, false}, {"log-file", "/l", false},
    {"version", NULL, true},    {"help", NULL, true},
};

/* Could 0.10 have meant another option than OPTION by its first LEN letters? */
static bool was_ambiguous(const struct old_option *option, size_t len)
{
    if (option->name[len] == '\0')
        return false;
    for (size_t i = 0; i < N_ELEMENTS(old_options); i++)
        if (&old_options[i] != option &&
            strncmp(old_options[i].name, option->name, len) == 0)
            return true;
    return false;
}

static void check_abbreviation(const struct old_option *option, int len)
{
    char text[128];
    char full[128];

    if (option->value == NULL) {
        (void)snprintf(text, sizeof text, "--server --%.*s", len, option->name);
        (void)snprintf(full, sizeof full, "--server --%s", option->name);
        assert_same(text, full);
        return;
    }
    (void)snprintf(full, sizeof full, "--server --%s %s", option->name,
                   option->value);
    (void)snprintf(text, sizeof text, "--server --%.*s %s", len, option->name,
                   option->value);
    assert_same(text, full);
    (void)snprintf(text, sizeof text, "--server --%.*s=%s", len, option->name,
                   option->value);
    assert_same(text, full);
}

static void abbreviations_of_0_10_mean_what_they_meant(void **state)
{
    unsigned n = 0;

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(old_options); i++)
        for (size_t len = 1; len <= strlen(old_options[i].name); len++)
            if (!old_options[i].exits && !was_ambiguous(&old_options[i], len)) {
                check_abbreviation(&old_options[i], (int)len);
                n++;
            }
    /* Counted once from the list above, in another way. */
    assert_int_equal(n, 73);
}

static void ambiguous_abbreviations_are_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(old_options); i++)
        for (size_t len = 1; len < strlen(old_options[i].name); len++) {
            char text[64];

            (void)snprintf(text, sizeof text, "--daemon --%.*s x", (int)len,
                           old_options[i].name);
            if (was_ambiguous(&old_options[i], len))
                assert_refused(text);
        }
    assert_refused("--server --de");
    assert_refused("--server --debug-");
    assert_same("--server --dump-c", "--dump-config");
}

static void short_forms(void **state)
{
    (void)state;
    assert_same("--server -v", "--server --verbose");
    assert_same("--server -q", "--server --quiet");
    assert_same("--daemon -c", "--daemon --csh");
    assert_same("--daemon -c -s", "--daemon --sh");
    assert_same("--daemon -vqc", "--daemon --verbose --csh");
    assert_refused("--server -x");
    assert_refused("--server -vx");
}

static void the_last_mode_counts(void **state)
{
    static const struct {
        const char *text;
        enum run_mode mode;
    } modes[] = {
        {"--server", RUN_SERVER},
        {"--multi-server", RUN_MULTI_SERVER},
        {"--daemon", RUN_DAEMON},
        {"--dump-config", RUN_DUMP_CONFIG},
        {"--dump-options", RUN_DUMP_OPTIONS},
        {"--gpgconf-list", RUN_GPGCONF_LIST},
        {"--gpgconf-test", RUN_GPGCONF_TEST},
        {"--server --daemon", RUN_DAEMON},
        {"--daemon --multi-server", RUN_MULTI_SERVER},
        {"--multi-server --daemon --server", RUN_SERVER},
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(modes); i++) {
        struct line line = {0};

        parse(&line, modes[i].text);
        assert_true(line.good);
        assert_int_equal(line.options.mode, modes[i].mode);
    }
    assert_refused("");
    assert_refused("--verbose");
}

static void unknown_options_and_wrong_values_are_refused(void **state)
{
    (void)state;
    assert_refused("--server --nonsense");
    assert_refused("--server --nonsense=1");
    assert_refused("--nonsense --server");
    assert_refused("--server --homedir");
    assert_refused("--server --homedir=");
    assert_refused("--server=1");
    assert_refused("--server --verbose=1");
    assert_refused("--server --debug-level");
    assert_refused("--server --card-timeout");
    assert_refused("--server --deny-admin=1");
}

static void operands_are_a_command_for_daemon(void **state)
{
    struct line line = {0};

    (void)state;
    parse(&line, "--daemon -v prog --homedir /h arg '' - -- --csh -c --");
    assert_true(line.good);
    assert_string_equal(line.options.homedir, "/h");
    assert_false(line.options.csh);
    assert_true(line.options.command != NULL);
    for (size_t i = 0; i < 8 && line.options.command != NULL; i++) {
        static const char *const expected[] = {"prog",  "arg", "",   "-",
                                               "--csh", "-c",  "--", NULL};

        if (expected[i] == NULL)
            assert_null(line.options.command[i]);
        else
            assert_string_equal(line.options.command[i], expected[i]);
    }
    parse(&line, "prog --daemon");
    assert_true(line.good);
    assert_non_null(line.options.command);
    assert_string_equal(line.options.command[0], "prog");
    assert_null(line.options.command[1]);
    parse(&line, "--daemon --");
    assert_true(line.good);
    assert_null(line.options.command);
    assert_refused("--gpgconf-test -- prog");
    assert_refused("--dump-config prog");
}

static void a_server_ignores_operands_as_release_0_10_does(void **state)
{
    static const char *const lines[] = {"--server prog", "prog --server",
                                        "--multi-server -- prog -v",
                                        "--daemon prog --server"};

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(lines); i++) {
        struct line line = {0};

        parse(&line, lines[i]);
        assert_true(line.good);
        assert_null(line.options.command);
        assert_false(line.options.verbose);
    }
}

/* The rule of POSIX: options come before the first operand. */
static void posixly_correct_ends_options_at_the_first_operand(void **state)
{
    struct line line = {0};

    (void)state;
    assert_int_equal(setenv("POSIXLY_CORRECT", "", 1), 0);
    parse(&line, "--daemon prog --csh -- x");
    assert_int_equal(unsetenv("POSIXLY_CORRECT"), 0);
    assert_true(line.good);
    assert_false(line.options.csh);
    assert_string_equal(line.options.command[0], "prog");
    assert_string_equal(line.options.command[1], "--csh");
    assert_string_equal(line.options.command[2], "--");
    assert_string_equal(line.options.command[3], "x");
    assert_null(line.options.command[4]);
}

static void check_uid(const char *text, bool has_one, unsigned long uid)
{
    struct line line = {0};

    parse(&line, text);
    assert_true(line.good);
    assert_int_equal(line.options.has_uid_acl, has_one);
    if (has_one)
        assert_int_equal(line.options.uid_acl, uid);
}

static void uid_acl_is_a_number_or_a_name(void **state)
{
    const struct passwd *user = getpwuid(0);
    char text[128];

    (void)state;
    check_uid("--server", false, 0);
    check_uid("--server --uid-acl 0", true, 0);
    check_uid("--server --uid-acl 01000", true, 1000);
    check_uid("--server --uid-acl=4294967294", true, 4294967294);
    check_uid("--server --uid-acl -1", false, 0);
    check_uid("--server --uid-acl 5 --uid-acl=-1", false, 0);
    check_uid("--server --uid-acl -1 --uid-acl=5", true, 5);
    if (user != NULL) {
        (void)snprintf(text, sizeof text, "--server --uid-acl %s",
                       user->pw_name);
        check_uid(text, true, 0);
    }
    assert_refused("--server --uid-acl");
    assert_refused("--server --uid-acl=");
    assert_refused("--server --uid-acl ''");
    assert_refused("--server --uid-acl 4294967295");
    assert_refused("--server --uid-acl 99999999999999999999999999");
    assert_refused("--server --uid-acl -2");
    assert_refused("--server --uid-acl 1x");
    assert_refused("--server --uid-acl no/such/user");
}

static void check_level(const char *text, int level)
{
    struct line line = {0};

    parse(&line, text);
    if (!line.good || line.options.has_debug_level != (level >= 0) ||
        (level >= 0 && (int)line.options.debug_level != level))
        fail_msg("'%s': good %d, level %d %d", text, line.good,
                 line.options.has_debug_level, (int)line.options.debug_level);
}

static void debug_options_are_gnupgs(void **state)
{
    (void)state;
    check_level("--server --verbose", -1);
    check_level("--server --debug-level none", LOG_LEVEL_NORMAL);
    check_level("--server --debug-level 0", LOG_LEVEL_NORMAL);
    check_level("--server --debug-level basic", LOG_LEVEL_VERBOSE);
    check_level("--server --debug-level 1", LOG_LEVEL_VERBOSE);
    check_level("--server --debug-level 2", LOG_LEVEL_VERBOSE);
    check_level("--server --debug-level advanced", LOG_LEVEL_DEBUG);
    check_level("--server --debug-level 3", LOG_LEVEL_DEBUG);
    check_level("--server --debug-level=expert", LOG_LEVEL_DEBUG);
    check_level("--server --debug-level=guru", LOG_LEVEL_DEBUG);
    check_level("--server --debug-level=9", LOG_LEVEL_DEBUG);
    check_level("--server --debug-level=100", LOG_LEVEL_DEBUG);
    check_level("--server --debug-all", LOG_LEVEL_DEBUG);
    check_level("--server --debug", LOG_LEVEL_DEBUG);
    check_level("--debug --server", LOG_LEVEL_DEBUG);
    check_level("--server --debug ipc,cardio", LOG_LEVEL_DEBUG);
    check_level("--server --debug=0x0400", LOG_LEVEL_DEBUG);
    check_level("--server --debug 1", LOG_LEVEL_DEBUG);
    check_level("--server --debug 0", LOG_LEVEL_NORMAL);
    check_level("--server --debug=0x0", LOG_LEVEL_NORMAL);
    check_level("--server --debug none", LOG_LEVEL_NORMAL);
    check_level("--server --debug ipc,none", LOG_LEVEL_NORMAL);
    check_level("--server --debug none,ipc", LOG_LEVEL_DEBUG);
    check_level("--server --debug-all --debug-level none", LOG_LEVEL_NORMAL);
    assert_refused("--server --debug-level nonsense");
    assert_refused("--server --debug-level -1");
    assert_refused("--server --debug-level 1x");
    assert_refused("--server --debug-level ''");
}

/* With a value where scdaemon's has one. */
static void options_of_scdaemon_change_nothing(void **state)
{
    static const char *const lines[] = {"--allow-admin",
                                        "--application-priority=openpgp,piv",
                                        "--card-timeout 5",
                                        "--compatibility-flags help",
                                        "--ctapi-driver x",
                                        "--debug-allow-core-dump",
                                        "--debug-allow-pin-logging",
                                        "--debug-assuan-log-cats 3",
                                        "--debug-ccid-driver",
                                        "--debug-log-tid",
                                        "--debug-wait 1",
                                        "--deny-admin",
                                        "--disable-application openpgp",
                                        "--disable-ccid",
                                        "--disable-keypad",
                                        "--disable-opensc",
                                        "--disable-pinpad",
                                        "--enable-pinpad-varlen",
                                        "--listen-backlog 64",
                                        "--pcsc-driver=libpcsclite.so.1",
                                        "--pcsc-shared",
                                        "--reader-port 0"};
    size_t n = 0;

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(lines); i++) {
        char text[128];

        (void)snprintf(text, sizeof text, "--server %s --homedir /h", lines[i]);
        assert_same(text, "--server --homedir /h");
    }
    for (const gpgrt_opt_t *row = options_table; row->short_opt != 0; row++)
        n += row->short_opt >= OPT_FIRST_FOREIGN;
    assert_int_equal(n, N_ELEMENTS(lines));
}

static void log_file_takes_a_socket(void **state)
{
    struct line line = {0};

    (void)state;
    parse(&line, "--server --log-file socket:///run/log.S");
    assert_true(line.good);
    assert_string_equal(line.options.log_file, "socket:///run/log.S");
    parse(&line, "--server --log-file -");
    assert_true(line.good);
    assert_string_equal(line.options.log_file, "-");
}

static void names_are_those_that_may_be_typed(void **state)
{
    const char *name = NULL;
    unsigned n_daemon = 0;
    size_t n = 0;

    (void)state;
    for (; (name = options_table_name(n)) != NULL; n++) {
        assert_true(strlen(name) > 1 && strcmp(name, "no-") != 0 &&
                    strcmp(name, "no") != 0);
        n_daemon += strcmp(name, "daemon") == 0;
    }
    assert_int_equal(n_daemon, 1);
    for (size_t i = 0; i < N_ELEMENTS(old_options); i++) {
        bool found = false;

        for (size_t j = 0; j < n; j++)
            found = found ||
                    strcmp(options_table_name(j), old_options[i].name) == 0;
        assert_true(found);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(abbreviations_of_0_10_mean_what_they_meant),
        cmocka_unit_test(ambiguous_abbreviations_are_refused),
        cmocka_unit_test(short_forms),
        cmocka_unit_test(the_last_mode_counts),
        cmocka_unit_test(unknown_options_and_wrong_values_are_refused),
        cmocka_unit_test(operands_are_a_command_for_daemon),
        cmocka_unit_test(a_server_ignores_operands_as_release_0_10_does),
        cmocka_unit_test(posixly_correct_ends_options_at_the_first_operand),
        cmocka_unit_test(uid_acl_is_a_number_or_a_name),
        cmocka_unit_test(debug_options_are_gnupgs),
        cmocka_unit_test(options_of_scdaemon_change_nothing),
        cmocka_unit_test(log_file_takes_a_socket),
        cmocka_unit_test(names_are_those_that_may_be_typed),
    };

    /* The caller's may have it. */
    (void)unsetenv("POSIXLY_CORRECT");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
