/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of base/config_dump: every keyword with its place, and a file that
 * reads the same. */
#include "base/config_dump.h"
#include "base/config_keyword.h"
#include "base/str.h"
#include "unit.h"

#define GRIP "5C661B8C07CFD957F7D98D5B9A0F31D236BFAC2A"
#define P1 "providers p1\nprovider-p1-library /lib/p.so\n"

static void read_text(struct config *config, const char *text)
{
    AUTO_FREE char *copy = strdup(text);
    FILE *stream = NULL;
    struct config_result result = {0};

    assert_non_null(copy);
    stream = text[0] != '\0' ? fmemopen(copy, strlen(copy), "r")
                             : fopen("/dev/null", "r");
    assert_non_null(stream);
    config_clear(config);
    assert_ok(config_read_stream(config, stream, "t.conf", &result));
    (void)fclose(stream);
}

static char *dump(const struct config *config)
{
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);

    assert_non_null(out);
    assert_ok(config_dump(config, out));
    (void)fclose(out);
    assert_non_null(text);
    return text;
}

/* Is LINE one of the lines of TEXT? */
static void assert_line(const char *text, const char *line)
{
    const size_t len = strlen(line);

    for (const char *p = text; (p = strstr(p, line)) != NULL; p++)
        if ((p == text || p[-1] == '\n') && p[len] == '\n')
            return;
    fail_msg("no line \"%s\" in:\n%s", line, text);
}

/* A line 3 for each keyword, after P1, and what becomes of it; NULL: the
 * same. */
static const struct {
    const char *keyword;
    const char *line;
    const char *shown;
} cases[] = {
    {"log-file", "log-file /var/log/scd", NULL},
    {"verbose", "verbose", NULL},
    {"debug-all", "debug-all", NULL},
    {"debug", "debug", NULL},
    {"debug-level", "debug-level guru", NULL},
    {"pin-cache", "pin-cache 20", NULL},
    {"use-gnupg-pin-cache", "use-gnupg-pin-cache", NULL},
    {"session-timeout", "session-timeout 0", NULL},
    {"match-uri", "match-uri pkcs11:token=a%20b", NULL},
    {"pin-source", "pin-source pkcs11:?pin-source=file:/a", NULL},
    {"use-p11-kit", "use-p11-kit", NULL},
    {"no-verify-signatures", "no-verify-signatures", NULL},
    {"card-type", "card-type pkcs11", NULL},
    {"openpgp-sign", "openpgp-sign " GRIP, NULL},
    {"openpgp-encr", "openpgp-encr " GRIP, NULL},
    {"openpgp-auth", "openpgp-auth " GRIP, NULL},
    {"openpgp-sign-fpr", "openpgp-sign-fpr " GRIP, NULL},
    {"openpgp-encr-fpr", "openpgp-encr-fpr " GRIP, NULL},
    {"openpgp-auth-fpr", "openpgp-auth-fpr " GRIP, NULL},
    {"providers", "providers\tp1 ,", "providers p1 ,"},
    {"provider-NAME-library", "provider-p1-library /PKCS#11/a  b.so", NULL},
    {"provider-NAME-allow-protected-auth", "provider-p1-allow-protected-auth",
     NULL},
    {"provider-NAME-cert-private", "provider-p1-cert-private", NULL},
    {"provider-NAME-private-mask", "provider-p1-private-mask 0xa",
     "provider-p1-private-mask A"},
    {"provider-NAME-match-uri", "provider-p1-match-uri pkcs11:id=%01", NULL},
    {"provider-NAME-pin-source", "provider-p1-pin-source credential:a", NULL},
    {"provider-NAME-env", "provider-p1-env A=hunter2", "#provider-p1-env A="},
    {"provider-NAME-init-args", "provider-p1-init-args a='b' c", NULL},
    {"provider-NAME-serialize", "provider-p1-serialize", NULL},
};

static void every_keyword_has_a_case(void **state)
{
    const struct config_keyword *row = NULL;

    (void)state;
    for (size_t i = 0; (row = config_keyword_row(i)) != NULL; i++) {
        bool found = row->scope == CONFIG_SCOPE_REMOVED;

        for (size_t j = 0; j < N_ELEMENTS(cases); j++)
            found = found || str_equal(cases[j].keyword, row->name);
        if (!found)
            fail_msg("no test for keyword %s", row->name);
    }
}

static void every_value_is_shown_with_its_place(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        AUTO_CONFIG config = {0};
        AUTO_STRBUF text = {0};
        AUTO_STRBUF line = {0};
        AUTO_FREE char *dumped = NULL;
        const char *shown = cases[i].shown;

        strbuf_printf(&text, P1 "%s # comment\n", cases[i].line);
        read_text(&config, text.text);
        dumped = dump(&config);
        strbuf_printf(&line, "%s  # t.conf:3%s",
                      shown != NULL ? shown : cases[i].line,
                      strstr(cases[i].line, "hunter2") == NULL
                          ? ""
                          : "; the rest is not shown, it may be secret");
        assert_line(dumped, line.text);
    }
}

static void every_keyword_is_shown_without_a_file_too(void **state)
{
    const struct config_keyword *row = NULL;
    AUTO_CONFIG config = {0};
    AUTO_FREE char *dumped = NULL;

    (void)state;
    config_init(&config);
    dumped = dump(&config);
    for (size_t i = 0; (row = config_keyword_row(i)) != NULL; i++) {
        AUTO_STRBUF line = {0};

        strbuf_printf(&line, "\n#%s ", row->name);
        if ((strstr(dumped, line.text) != NULL) ==
            (row->scope == CONFIG_SCOPE_REMOVED))
            fail_msg("%s:\n%s", row->name, dumped);
    }
    assert_line(dumped, "#log-file stderr  # default");
    assert_line(dumped, "#verbose  # default");
    assert_line(dumped, "#pin-cache -1  # default");
    assert_line(dumped, "#card-type p15  # default");
    assert_line(dumped, "#match-uri  # default");
    assert_line(dumped, "# no file was looked for");
    assert_line(dumped, "# the modules of p11-kit's registry: used");
}

/* TEXT without comments: what a reader sees. */
static char *without_comments(const char *text)
{
    AUTO_STRBUF out = {0};
    char *ret = NULL;

    strbuf_puts(&out, "");
    while (*text != '\0') {
        const size_t len = strcspn(text, "\n");
        const char *comment = strstr(text, "  # ");

        if (text[0] != '#' && len != 0) {
            const bool has_one = comment != NULL && comment < text + len;

            strbuf_put(&out, text, has_one ? (size_t)(comment - text) : len);
            strbuf_putc(&out, '\n');
        }
        text += len + (text[len] == '\n');
    }
    assert_ok(strbuf_take(&out, &ret));
    return ret;
}

/* Everything at once, with repetitions, names that need care, and lines that
 * cannot be used but keep others out. */
static const char full[] = "verbose\n"
                           "verbose\n"
                           "debug\n"
                           "log-file /1\n"
                           "log-file /2#3\n"
                           "pin-cache 20s\n"
                           "session-timeout -1\n"
                           "match-uri pkcs11:token=a\n"
                           "match-uri nonsense\n"
                           "match-uri pkcs11:token=b\n"
                           "pin-source pkcs11:?pin-source=file:/a\n"
                           "use-p11-kit\n"
                           "openpgp-sign " GRIP "\n"
                           "provider-old-library /old\n"
                           "provider-old-serialize\n"
                           "providers my-hsm, absent, my-hsm-env,new\n"
                           "provider-absent-cert-private\n"
                           "provider-my-hsm-env-library x.so\n"
                           "provider-my-hsm-library /PKCS#11/x  y.so\n"
                           "provider-my-hsm-match-uri pin-value\n"
                           "provider-my-hsm-private-mask 0xA\n"
                           "provider-my-hsm-env-pin-source command:/bin/pin\n";

static void what_is_dumped_reads_the_same(void **state)
{
    AUTO_CONFIG first = {0};
    AUTO_CONFIG second = {0};
    AUTO_FREE char *dumped = NULL;
    AUTO_FREE char *again = NULL;
    AUTO_FREE char *a = NULL;
    AUTO_FREE char *b = NULL;

    (void)state;
    read_text(&first, full);
    dumped = dump(&first);
    read_text(&second, dumped);
    again = dump(&second);
    a = without_comments(dumped);
    b = without_comments(again);
    assert_string_equal(a, b);
    assert_string_equal(second.log_file, "/2#3");
    assert_true(second.debug && second.match_uris.refused);
    assert_int_equal(second.match_uris.n, 2);
    assert_int_equal(second.pin_cache, 20);
    assert_int_equal(second.n_providers, 3);
    assert_string_equal(second.providers[0].library, "/PKCS#11/x  y.so");
    assert_true(second.providers[0].match_uris.refused);
    assert_int_equal(second.providers[0].private_mask, 10);
    assert_string_equal(second.providers[1].name, "my-hsm-env");
    assert_string_equal(second.providers[2].library, "/old");
    assert_true(second.providers[2].serialize);
}

static void the_last_place_counts_and_lists_have_all(void **state)
{
    AUTO_CONFIG config = {0};
    AUTO_FREE char *dumped = NULL;

    (void)state;
    read_text(&config, full);
    dumped = dump(&config);
    assert_line(dumped, "log-file /2#3  # t.conf:5");
    assert_line(dumped, "debug  # t.conf:3");
    assert_line(dumped, "#debug-all  # the same as debug");
    assert_line(dumped, "match-uri pkcs11:token=a  # t.conf:8");
    assert_line(dumped, "match-uri ?  # t.conf:9");
    assert_line(dumped, "match-uri pkcs11:token=b  # t.conf:10");
    assert_line(dumped, "#card-type openpgp  # default");
    assert_line(dumped, "provider-new-library /old  # t.conf:14");
    assert_line(dumped, "# the modules of p11-kit's registry: used");
}

static void secrets_are_not_shown(void **state)
{
    AUTO_CONFIG config = {0};
    AUTO_FREE char *dumped = NULL;

    (void)state;
    read_text(&config,
              P1 "provider-p1-env A=1=hunter2\n"
                 "provider-p1-pin-source command:/bin/echo hunter2\n"
                 "pin-source pkcs11:?pin-source=command:/bin/echo%20hunter2\n"
                 "pin-source "
                 "pkcs11:token=command?pin-source=command%3A/bin/e%09hunter2\n"
                 "match-uri pkcs11:token=x?pin-value=hunter2\n");
    dumped = dump(&config);
    assert_null(strstr(dumped, "hunter2"));
    assert_line(dumped, "#provider-p1-pin-source command:/bin/echo  # "
                        "t.conf:4; the rest is not shown, it may be secret");
    assert_line(dumped,
                "#pin-source pkcs11:token=command?pin-source=command%3A/bin/e"
                "  # t.conf:6; the rest is not shown, it may be secret");
}

static void the_command_line_is_a_place(void **state)
{
    static const char *const bad[] = {"",           " a",   "a ",
                                      "a\nverbose", "a #b", "#a"};
    AUTO_CONFIG config = {0};

    (void)state;
    read_text(&config, "log-file /1\n");
    assert_ok(config_from_command_line(&config, "log-file"));
    for (size_t i = 0; i <= N_ELEMENTS(bad); i++) {
        AUTO_FREE char *dumped = NULL;
        AUTO_FREE char *seen = NULL;

        free(config.log_file);
        config.log_file = strdup(i < N_ELEMENTS(bad) ? bad[i] : "a#b");
        dumped = dump(&config);
        seen = without_comments(dumped);
        assert_string_equal(seen, i < N_ELEMENTS(bad) ? "" : "log-file a#b\n");
        assert_non_null(strstr(dumped, "  # command line"));
    }
}

static void a_line_keeps_its_limit(void **state)
{
    AUTO_CONFIG config = {0};
    AUTO_CONFIG second = {0};
    AUTO_STRBUF text = {0};
    AUTO_FREE char *dumped = NULL;

    (void)state;
    strbuf_puts(&text, "log-file /");
    while (text.len < 65536)
        strbuf_putc(&text, 'x');
    read_text(&config, text.text);
    dumped = dump(&config);
    read_text(&second, dumped);
    assert_non_null(second.log_file);
    assert_string_equal(second.log_file, config.log_file);
    assert_line(dumped, "# t.conf:1");
}

static void mistakes_are_known_afterwards(void **state)
{
    AUTO_CONFIG config = {0};
    struct config_result result = {0};
    AUTO_FREE char *dumped = NULL;
    bool bad = false;

    (void)state;
    config_init(&config);
    assert_code(config_read(&config, "/nonexistent/t.conf", &result),
                GPG_ERR_ENOENT);
    bad = config_has_mistakes(&config);
    assert_false(bad);
    assert_code(config_read(&config, "/", &result), GPG_ERR_EISDIR);
    bad = config_has_mistakes(&config);
    assert_true(bad);
    dumped = dump(&config);
    assert_line(dumped, "# not there: /nonexistent/t.conf");
    assert_line(dumped, "# cannot be read: /: Is a directory");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_keyword_has_a_case),
        cmocka_unit_test(every_value_is_shown_with_its_place),
        cmocka_unit_test(every_keyword_is_shown_without_a_file_too),
        cmocka_unit_test(what_is_dumped_reads_the_same),
        cmocka_unit_test(the_last_place_counts_and_lists_have_all),
        cmocka_unit_test(secrets_are_not_shown),
        cmocka_unit_test(the_command_line_is_a_place),
        cmocka_unit_test(a_line_keeps_its_limit),
        cmocka_unit_test(mistakes_are_known_afterwards),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
