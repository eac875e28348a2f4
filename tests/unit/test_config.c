/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of base/config: what each keyword sets, what each mistake is told. */
#include <errno.h>
#include <unistd.h>

#include "base/config.h"
#include "base/log.h"
#include "base/str.h"
#include "unit.h"

#define GRIP "5C661B8C07CFD957F7D98D5B9A0F31D236BFAC2A"

/* A file that was read, and what was logged meanwhile. */
struct reading {
    struct config config;
    struct config_result result;
    char *log;
};

static void reading_clear(struct reading *r)
{
    config_clear(&r->config);
    free(r->log);
    r->log = NULL;
}
#define AUTO_READING AUTO(reading_clear) struct reading

/* Standard error goes to FILE until capture_end. */
static int capture_begin(FILE *file)
{
    int saved = dup(STDERR_FILENO);
    int fd = dup2(fileno(file), STDERR_FILENO);

    assert_true(saved >= 0);
    assert_int_equal(fd, STDERR_FILENO);
    return saved;
}

static char *capture_end(FILE *file, int saved)
{
    AUTO_STRBUF log = {0};
    char *text = NULL;
    char part[512] = "";
    size_t len = 0;

    (void)gpgrt_fflush(gpgrt_log_get_stream());
    (void)dup2(saved, STDERR_FILENO);
    (void)close(saved);
    rewind(file);
    while ((len = fread(part, 1, sizeof part, file)) > 0)
        strbuf_put(&log, part, len);
    assert_ok(strbuf_take(&log, &text));
    return text;
}

/* Read TEXT as the file "t.conf" over what R holds.  The heap copy shows a
 * sanitizer each byte read past the end. */
static void read_over(struct reading *r, const char *text, size_t len)
{
    FILE *log = tmpfile();
    FILE *stream = NULL;
    AUTO_FREE char *copy = malloc(len + 1);
    int saved = -1;
    gpg_error_t err = 0;

    assert_non_null(log);
    assert_non_null(copy);
    memcpy(copy, text, len);
    stream = len != 0 ? fmemopen(copy, len, "r") : fopen("/dev/null", "r");
    assert_non_null(stream);
    saved = capture_begin(log);
    err = config_read_stream(&r->config, stream, "t.conf", &r->result);
    free(r->log);
    r->log = capture_end(log, saved);
    (void)fclose(stream);
    (void)fclose(log);
    assert_ok(err);
}

static void read_bytes(struct reading *r, const char *text, size_t len)
{
    *r = (struct reading){0};
    config_init(&r->config);
    read_over(r, text, len);
}

static void read_text(struct reading *r, const char *text)
{
    read_bytes(r, text, strlen(text));
}

static void assert_logged(const struct reading *r, const char *message)
{
    if (strstr(r->log, message) == NULL)
        fail_msg("\"%s\" is not in the log:\n%s", message, r->log);
}

static void assert_counts(const struct reading *r, unsigned n_errors,
                          unsigned n_notices)
{
    if (r->result.n_errors != n_errors || r->result.n_notices != n_notices)
        fail_msg("%u errors and %u notices, not %u and %u:\n%s",
                 r->result.n_errors, r->result.n_notices, n_errors, n_notices,
                 r->log);
}

/* The keyword table, one effect each. */

static bool log_file_is_set(const struct config *c)
{
    return c->log_file != NULL && str_equal(c->log_file, "/var/log/scd");
}

static bool verbose_is_set(const struct config *c)
{
    return c->verbose;
}

static bool debug_is_set(const struct config *c)
{
    return c->debug;
}

static bool debug_level_is_set(const struct config *c)
{
    return c->debug_level == LOG_LEVEL_DEBUG;
}

static bool pin_cache_is_set(const struct config *c)
{
    return c->pin_cache == 20;
}

static bool gnupg_pin_cache_is_set(const struct config *c)
{
    return c->use_gnupg_pin_cache;
}

static bool p11_kit_is_set(const struct config *c)
{
    return c->use_p11_kit;
}

static bool no_verify_is_set(const struct config *c)
{
    return c->no_verify_signatures;
}

static bool card_type_is_set(const struct config *c)
{
    return c->card_type == CARD_TYPE_PKCS11;
}

static bool has_grip(const struct config *c, enum openpgp_slot slot)
{
    for (int i = 0; i < OPENPGP_SLOTS; i++)
        if ((c->openpgp_grip[i] != NULL) != (i == (int)slot))
            return false;
    return str_equal(c->openpgp_grip[slot], GRIP);
}

static bool sign_is_set(const struct config *c)
{
    return has_grip(c, OPENPGP_SIGN);
}

static bool encr_is_set(const struct config *c)
{
    return has_grip(c, OPENPGP_ENCR);
}

static bool auth_is_set(const struct config *c)
{
    return has_grip(c, OPENPGP_AUTH);
}

static bool has_fpr(const struct config *c, enum openpgp_slot slot)
{
    for (int i = 0; i < OPENPGP_SLOTS; i++)
        if ((c->openpgp_fpr[i] != NULL) != (i == (int)slot))
            return false;
    return str_equal(c->openpgp_fpr[slot], GRIP);
}

static bool sign_fpr_is_set(const struct config *c)
{
    return has_fpr(c, OPENPGP_SIGN);
}

static bool encr_fpr_is_set(const struct config *c)
{
    return has_fpr(c, OPENPGP_ENCR);
}

static bool auth_fpr_is_set(const struct config *c)
{
    return has_fpr(c, OPENPGP_AUTH);
}

static bool has_provider(const struct config *c)
{
    return c->n_providers == 1 && str_equal(c->providers[0].name, "p1") &&
           str_equal(c->providers[0].library, "/lib/p.so");
}

static bool protected_auth_is_set(const struct config *c)
{
    return has_provider(c) && c->providers[0].allow_protected_auth;
}

static bool cert_private_is_set(const struct config *c)
{
    return has_provider(c) && c->providers[0].cert_private;
}

static bool private_mask_is_set(const struct config *c)
{
    return has_provider(c) && c->providers[0].private_mask == 10;
}

static bool is_list(const struct config_list *list, const char *first,
                    const char *second)
{
    return list->n == 2 && str_equal(list->items[0], first) &&
           str_equal(list->items[1], second);
}

static bool session_timeout_is_set(const struct config *c)
{
    return c->session_timeout == 60;
}

#define URI_A "pkcs11:token=A%20card"
#define URI_B "pkcs11:serial=01;id=%01?module-name=b"

static bool match_uri_is_set(const struct config *c)
{
    return is_list(&c->match_uris, URI_A, URI_B);
}

#define PIN_A "pkcs11:token=A?pin-source=file:/a"
#define PIN_B "pkcs11:?pin-source=credential:b"

static bool pin_source_is_set(const struct config *c)
{
    return is_list(&c->pin_sources, PIN_A, PIN_B);
}

static bool provider_uri_is_set(const struct config *c)
{
    return has_provider(c) &&
           is_list(&c->providers[0].match_uris, URI_A, URI_B) &&
           c->match_uris.n == 0;
}

static bool provider_pin_source_is_set(const struct config *c)
{
    return has_provider(c) &&
           str_equal(c->providers[0].pin_source, "command:/bin/pin -a");
}

static bool env_is_set(const struct config *c)
{
    return has_provider(c) && is_list(&c->providers[0].env, "A=1 2", "B=");
}

static bool init_args_are_set(const struct config *c)
{
    return has_provider(c) &&
           str_equal(c->providers[0].init_args, "configdir='/nss' flags=");
}

static bool serialize_is_set(const struct config *c)
{
    return has_provider(c) && c->providers[0].serialize;
}

static bool nothing_is_set(const struct config *c)
{
    return c->log_file == NULL && !c->verbose && !c->debug &&
           c->pin_cache == -1 && !c->use_gnupg_pin_cache && !c->use_p11_kit &&
           c->card_type == CARD_TYPE_AUTO && c->openpgp_grip[0] == NULL &&
           c->openpgp_grip[1] == NULL && c->openpgp_grip[2] == NULL &&
           c->openpgp_fpr[0] == NULL && c->openpgp_fpr[1] == NULL &&
           c->openpgp_fpr[2] == NULL && c->n_providers == 0 &&
           !c->providers_named && c->session_timeout == -1 &&
           c->match_uris.n == 0 && c->pin_sources.n == 0;
}

#define P1 "providers p1\nprovider-p1-library /lib/p.so\n"

static const struct keyword_case {
    const char *keyword;
    const char *text;
    bool (*has_effect)(const struct config *c);
    const char *message; /* the one notice, or NULL */
} keyword_cases[] = {
    {"log-file", "log-file /var/log/scd\n", log_file_is_set, NULL},
    {"verbose", "verbose\n", verbose_is_set, NULL},
    {"debug-all", "debug-all\n", debug_is_set, NULL},
    {"debug", "debug\n", debug_is_set, NULL},
    {"debug-level", "debug-level guru\n", debug_level_is_set, NULL},
    {"pin-cache", "pin-cache 20\n", pin_cache_is_set, NULL},
    {"use-gnupg-pin-cache", "use-gnupg-pin-cache\n", gnupg_pin_cache_is_set,
     NULL},
    {"use-p11-kit", "use-p11-kit\n", p11_kit_is_set, NULL},
    {"no-verify-signatures", "no-verify-signatures\n", no_verify_is_set, NULL},
    {"card-type", "card-type pkcs11\n", card_type_is_set, NULL},
    {"openpgp-sign", "openpgp-sign " GRIP "\n", sign_is_set, NULL},
    {"openpgp-encr", "openpgp-encr " GRIP "\n", encr_is_set, NULL},
    {"openpgp-auth", "openpgp-auth " GRIP "\n", auth_is_set, NULL},
    {"openpgp-sign-fpr", "openpgp-sign-fpr " GRIP "\n", sign_fpr_is_set, NULL},
    {"openpgp-encr-fpr", "openpgp-encr-fpr " GRIP "\n", encr_fpr_is_set, NULL},
    {"openpgp-auth-fpr", "openpgp-auth-fpr " GRIP "\n", auth_fpr_is_set, NULL},
    {"providers", P1, has_provider, NULL},
    {"provider-NAME-library", P1, has_provider, NULL},
    {"provider-NAME-allow-protected-auth",
     P1 "provider-p1-allow-protected-auth\n", protected_auth_is_set, NULL},
    {"provider-NAME-cert-private", P1 "provider-p1-cert-private\n",
     cert_private_is_set, NULL},
    {"provider-NAME-private-mask", P1 "provider-p1-private-mask a\n",
     private_mask_is_set, NULL},
    {"session-timeout", "session-timeout 60\n", session_timeout_is_set, NULL},
    {"match-uri", "match-uri " URI_A "\nmatch-uri " URI_B "\n",
     match_uri_is_set, NULL},
    {"pin-source", "pin-source " PIN_A "\npin-source " PIN_B "\n",
     pin_source_is_set, NULL},
    {"provider-NAME-match-uri",
     P1 "provider-p1-match-uri " URI_A "\nprovider-p1-match-uri " URI_B "\n",
     provider_uri_is_set, NULL},
    {"provider-NAME-pin-source",
     P1 "provider-p1-pin-source command:/bin/pin -a\n",
     provider_pin_source_is_set, NULL},
    {"provider-NAME-env", P1 "provider-p1-env A=1 2\nprovider-p1-env B=\n",
     env_is_set, NULL},
    {"provider-NAME-init-args",
     P1 "provider-p1-init-args configdir='/nss' flags=\n", init_args_are_set,
     NULL},
    {"provider-NAME-serialize", P1 "provider-p1-serialize\n", serialize_is_set,
     NULL},
    {"provider-NAME-sign-mode", "provider-p1-sign-mode auto\n", nothing_is_set,
     "t.conf:1: 'provider-p1-sign-mode' does nothing in this version: the "
     "line may be deleted"},
    {"emulate-openpg*", "emulate-openpgpg\n", nothing_is_set,
     "t.conf:1: 'emulate-openpgpg' does nothing in this version: the line may "
     "be deleted"},
};

static void every_keyword_has_a_case(void **state)
{
    size_t n_keywords = 0;

    (void)state;
    for (const char *keyword = NULL;
         (keyword = config_keyword(n_keywords)) != NULL; n_keywords++) {
        bool found = false;

        for (size_t i = 0; i < N_ELEMENTS(keyword_cases); i++)
            found = found || str_equal(keyword_cases[i].keyword, keyword);
        if (!found)
            fail_msg("no test for keyword %s", keyword);
    }
    assert_int_equal(n_keywords, N_ELEMENTS(keyword_cases));
}

static void every_keyword_has_its_effect(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(keyword_cases); i++) {
        const struct keyword_case *c = &keyword_cases[i];
        AUTO_READING nothing = {0};
        AUTO_READING r = {0};

        read_text(&nothing, "");
        read_text(&r, c->text);
        assert_counts(&r, 0, c->message != NULL ? 1 : 0);
        if (c->message != NULL)
            assert_logged(&r, c->message);
        else
            assert_string_equal(r.log, "");
        if (!c->has_effect(&r.config))
            fail_msg("%s: no effect", c->keyword);
        if (c->has_effect != nothing_is_set && c->has_effect(&nothing.config))
            fail_msg("%s: this is the default", c->keyword);
    }
}

static void without_lines_the_defaults_hold(void **state)
{
    static const char *const texts[] = {
        "",
        "\n",
        "\r\n\r\n",
        "# verbose\n",
        "  \t # verbose",
        "\t#verbose",
        "\xEF\xBB\xBF",
        "\xEF\xBB\xBF# x",
        "\n\n \t\r\n",
    };
    bool is_default = false;

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(texts); i++) {
        AUTO_READING r = {0};

        read_text(&r, texts[i]);
        assert_counts(&r, 0, 0);
        is_default = nothing_is_set(&r.config);
        assert_true(is_default);
    }
}

/* What is wrong in each is told with the line, and the last line counts. */
static const struct {
    const char *text;
    const char *message;
} mistakes[] = {
    /* values that are missing, superfluous or wrong */
    {"log-file\n", ":1: 'log-file' needs a value: write the full path of "
                   "a file"},
    {"log-file ~/scd.log\n",
     ":1: 'log-file' cannot be '~/scd.log': write the full path of a file (a "
     "'~' is not replaced)"},
    {"log-file ~carol/scd.log\n", ":1: 'log-file' cannot be '~carol/scd.log'"},
    {"log-file tcp://localhost:4711\n",
     ":1: 'log-file' cannot be 'tcp://localhost:4711'"},
    {"log-file tcp://127.0.0.1\n", ":1: 'log-file' cannot be 'tcp://127"},
    {"log-file file:///var/log/scd\n", ":1: 'log-file' cannot be 'file:///"},
    {"log-file # x\n", ":1: 'log-file' needs a value"},
    {"openpgp-sign\n", ":1: 'openpgp-sign' needs a value: write the keygrip"},
    {"providers\n", ":1: 'providers' needs a value: write the names"},
    {"providers a\nprovider-a-library\n",
     ":2: 'provider-a-library' needs a value: write the full path"},
    {"verbose yes\n", ":1: 'verbose' takes no value: leave out 'yes'"},
    {"\n\ndebug 1 2\n", ":3: 'debug' takes no value: leave out '1 2'"},
    {"pin-cache\n", ":1: 'pin-cache' needs a value: write a number"},
    {"pin-cache x\n", ":1: 'pin-cache' cannot be 'x': write a number"},
    {"pin-cache -\n", ":1: 'pin-cache' cannot be '-'"},
    {"pin-cache -2\n", ":1: 'pin-cache' cannot be '-2'"},
    {"pin-cache -11\n", ":1: 'pin-cache' cannot be '-11'"},
    {"pin-cache +1\n", ":1: 'pin-cache' cannot be '+1'"},
    {"pin-cache 2147483648\n", ":1: 'pin-cache' cannot be '2147483648'"},
    {"pin-cache 99999999999999999999999\n", "from 0 to 2147483647"},
    {"card-type piv\n",
     ":1: 'card-type' cannot be 'piv': write 'p15', 'openpgp' or 'pkcs11'"},
    {"openpgp-sign-fpr 5C66\n", "'openpgp-sign-fpr' cannot be '5C66': write "
                                "the fingerprint of an OpenPGP key"},
    {"card-type P15\n", ":1: 'card-type' cannot be 'P15': write 'p15'"},
    {"openpgp-auth " GRIP "0\n", ":1: 'openpgp-auth' cannot be '5C66"},
    {"openpgp-encr 5C66\n", "'openpgp-encr' cannot be '5C66': write the "
                            "keygrip of a key: 40 hex digits"},
    {"openpgp-sign xC661B8C07CFD957F7D98D5B9A0F31D236BFAC2A\n",
     ":1: 'openpgp-sign' cannot be 'xC66"},
    /* whole lines */
    {"vrebose\n", ":1: unknown keyword 'vrebose', did you mean 'verbose'?"},
    {"Verbose\n", ":1: unknown keyword 'Verbose', did you mean 'verbose'?"},
    {"provider p1\n", ":1: unknown keyword 'provider', did you mean "
                      "'providers'?"},
    {"provider-a-b-libary /x\n", ":1: unknown keyword 'provider-a-b-libary', "
                                 "did you mean 'provider-a-b-library'?"},
    {"Provider-a-LIBRARY /x\n", "did you mean 'provider-a-library'?"},
    {"provider--library /x\n", ":1: unknown keyword 'provider--library'"},
    {"provider-library /x\n", ":1: unknown keyword 'provider-library'"},
    {"provider-a\n", ":1: unknown keyword 'provider-a'"},
    {"frobnicate\n", ":1: unknown keyword 'frobnicate': delete the line, or "
                     "look the keyword up in gnupg-pkcs11-scd.conf(5)"},
    {"x\n", ":1: unknown keyword 'x': delete"},
    {"dbug\n", ":1: unknown keyword 'dbug', did you mean 'debug'?"},
    {"dxbxg\n", ":1: unknown keyword 'dxbxg': delete"},
    {"usegnupgpincache\n", ":1: unknown keyword 'usegnupgpincache': delete"},
    {"\x1b[31m\xff\n", ":1: unknown keyword '?[31m?'"},
    {"log-file=/x\n", ":1: unknown keyword 'log-file=/x'"},
    /* providers */
    {"providers a\n", ":1: provider 'a' has no library: add a line "
                      "'provider-a-library' with the full path"},
    {"provider-a-library /x\n", ":1: there is no provider 'a': add the name "
                                "to the line 'providers'"},
    {"\nprovider-a-allow-protected-auth\nprovider-a-library /x\n",
     ":2: there is no provider 'a'"},
    {"providers a\nprovider-a-library ./lib.so\n",
     ":2: 'provider-a-library' cannot be './lib.so': write the full path of "
     "the "
     "PKCS#11 module, or its bare file name"},
    {"providers a,b,a\nprovider-a-library /x\nprovider-b-library /y\n",
     ":1: provider 'a' is named twice: delete one"},
    {"providers a b\nprovider-a-library /x\nprovider-b-library /y\n",
     ":1: there is no comma before 'b': separate the names"},
    {"providers , ,\n", ":1: 'providers' names none: write at least one name"},
    {P1 "provider-p1-private-mask g\n",
     ":3: 'provider-p1-private-mask' cannot be 'g': write a hexadecimal"},
    {"match-uri token=x\n",
     ":1: 'match-uri' cannot be 'token=x': write a URI "},
    {"match-uri pkcs11:tokn=x\n", "cannot be 'pkcs11:tokn=x'"},
    {"match-uri pkcs11:token=a?object=b\n", "cannot be 'pkcs11:token=a?object"},
    {"match-uri pkcs11:token=a;id=%01;token=b\n", "cannot be 'pkcs11:token=a;"},
    {"match-uri pkcs11:token=a?module-name=b&id=%01\n", "cannot be 'pkcs11:"},
    {"pin-source pkcs11:?pin-source=file:/a&token=b\n",
     "'pin-source' cannot be that"},
    {"match-uri pkcs11:token=%zz\n", "cannot be 'pkcs11:token=%zz'"},
    {"match-uri " PIN_A "\n", "cannot be '" PIN_A "'"},
    {"match-uri pkcs11:token=x?pin-value=4321\n",
     ":1: 'match-uri' has a PIN in it, which does not belong into this file"},
    {"pin-source pkcs11:token=x\n",
     ":1: 'pin-source' cannot be that: write a URI of RFC 7512 "
     "that tells the source"},
    {"pin-source pkcs11:?pin-source=file:pin\n", "'pin-source' cannot be that"},
    {P1 "provider-p1-pin-source 4321\n",
     ":3: 'provider-p1-pin-source' cannot be that: write 'file:' or "
     "'command:' "
     "and a full path, or 'credential:' and a name"},
    {P1 "provider-p1-pin-source file:pin\n",
     "'provider-p1-pin-source' cannot be that"},
    {P1 "provider-p1-pin-source file:\n",
     "'provider-p1-pin-source' cannot be that"},
    {P1 "provider-p1-pin-source credential:../x\n",
     "'provider-p1-pin-source' cannot be that"},
    {P1 "provider-p1-pin-source fiel:/x\n",
     "'provider-p1-pin-source' cannot be that"},
    {P1 "provider-p1-env A\n",
     ":3: 'provider-p1-env' cannot be that: write NAME=VALUE"},
    {P1 "provider-p1-env =A\n", "'provider-p1-env' cannot be that"},
    {P1 "provider-p1-env A B=1\n", "'provider-p1-env' cannot be that"},
    {P1 "provider-p1-env 1A=1\n", "'provider-p1-env' cannot be that"},
    {P1 "provider-p1-env A-B=1\n", "'provider-p1-env' cannot be that"},
    {P1 "provider-p1-env\n", ":3: 'provider-p1-env' needs a value"},
    {P1 "provider-p1-init-args\n",
     ":3: 'provider-p1-init-args' needs a value: write what the module's"},
    {P1 "provider-p1-serialize yes\n",
     ":3: 'provider-p1-serialize' takes no value: leave out 'yes'"},
    {P1 "provider-p1-match-uri pkcs11:id=1;id\n",
     ":3: 'provider-p1-match-uri' cannot be 'pkcs11:id=1;id'"},
    {P1 "provider-p1-private-mask 10\n", "cannot be '10'"},
    {P1 "provider-p1-private-mask 0x\n", "cannot be '0x'"},
    {P1 "provider-p1-private-mask -1\n", "cannot be '-1'"},
    {P1 "provider-p1-cert-private no\n",
     ":3: 'provider-p1-cert-private' takes no value: leave out 'no'"},
};

static void every_mistake_is_told_and_the_rest_counts(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(mistakes); i++) {
        AUTO_READING r = {0};
        AUTO_STRBUF text = {0};

        strbuf_puts(&text, mistakes[i].text);
        strbuf_puts(&text, "log-file /var/log/scd");
        read_text(&r, text.text);
        if (r.result.n_errors != 1 || r.result.n_notices > 1)
            fail_msg("%s: %u errors, %u notices:\n%s", mistakes[i].text,
                     r.result.n_errors, r.result.n_notices, r.log);
        assert_logged(&r, mistakes[i].message);
        assert_logged(&r, "t.conf:");
        if (!log_file_is_set(&r.config))
            fail_msg("%s: the line after it does not count", mistakes[i].text);
    }
}

static void a_bad_line_leaves_the_value_alone(void **state)
{
    AUTO_READING r = {0};

    (void)state;
    read_text(&r, "pin-cache 20\npin-cache x\ncard-type pkcs11\ncard-type\n"
                  "openpgp-sign " GRIP "\nopenpgp-sign 00\n");
    assert_counts(&r, 3, 0);
    assert_int_equal(r.config.pin_cache, 20);
    assert_int_equal(r.config.card_type, CARD_TYPE_PKCS11);
    assert_string_equal(r.config.openpgp_grip[OPENPGP_SIGN], GRIP);
}

static void blanks_comments_and_line_ends_are_taken_as_they_come(void **state)
{
    static const char *const texts[] = {
        "log-file /var/log/scd",
        "log-file /var/log/scd\r\n",
        "log-file /var/log/scd\r",
        "\xEF\xBB\xBFlog-file /var/log/scd\n",
        " \tlog-file \t /var/log/scd \t \n",
        "log-file\t/var/log/scd # a comment\n",
        "log-file /var/log/scd\t#a comment\r\n",
        "#\n\n  # log-file /x\nlog-file /var/log/scd\n#log-file /x",
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(texts); i++) {
        AUTO_READING r = {0};

        read_text(&r, texts[i]);
        assert_counts(&r, 0, 0);
        assert_string_equal(r.config.log_file, "/var/log/scd");
    }
}

static void a_byte_order_mark_stands_at_the_start_only(void **state)
{
    AUTO_READING r = {0};

    (void)state;
    read_text(&r, "verbose\n\xEF\xBB\xBF"
                  "debug\n");
    assert_counts(&r, 1, 0);
    assert_logged(&r, "t.conf:2: unknown keyword");
    assert_false(r.config.debug);
}

static void a_path_may_contain_number_signs_and_blanks(void **state)
{
    AUTO_READING r = {0};

    (void)state;
    read_text(&r, "providers p\n"
                  "provider-p-library /opt/PKCS#11/my  modules/x#.so #1\n");
    assert_counts(&r, 0, 0);
    assert_string_equal(r.config.providers[0].library,
                        "/opt/PKCS#11/my  modules/x#.so");
}

static void number_values_have_their_limits(void **state)
{
    static const struct {
        const char *text;
        int pin_cache;
    } cases[] = {
        {"pin-cache 0", 0},
        {"pin-cache -1", -1},
        {"pin-cache 007", 7},
        {"pin-cache 2147483647", 2147483647},
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        AUTO_READING r = {0};

        read_text(&r, cases[i].text);
        assert_counts(&r, 0, 0);
        assert_int_equal(r.config.pin_cache, cases[i].pin_cache);
    }
}

static void masks_are_hexadecimal(void **state)
{
    static const struct {
        const char *text;
        unsigned mask;
    } cases[] = {
        {P1 "provider-p1-private-mask 0", 0},
        {P1 "provider-p1-private-mask 5", 5},
        {P1 "provider-p1-private-mask F", 15},
        {P1 "provider-p1-private-mask 0xf", 15},
        {P1 "provider-p1-private-mask 00000008", 8},
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        AUTO_READING r = {0};

        read_text(&r, cases[i].text);
        assert_counts(&r, 0, 0);
        assert_int_equal(r.config.providers[0].private_mask, cases[i].mask);
    }
}

/* As release 0.10 read them, with a notice. */
static void numbers_end_where_no_digit_follows(void **state)
{
    AUTO_READING r = {0};

    (void)state;
    read_text(&r, "pin-cache 20s\nsession-timeout 30 seconds\n" P1
                  "provider-p1-private-mask 0x5 7\n");
    assert_counts(&r, 0, 3);
    assert_logged(&r, "t.conf:1: 'pin-cache' is taken as '20', not '20s'");
    assert_int_equal(r.config.pin_cache, 20);
    assert_int_equal(r.config.session_timeout, 30);
    assert_int_equal(r.config.providers[0].private_mask, 5);
}

/* As for release 0.10. */
static void a_comment_may_begin_right_behind_a_word(void **state)
{
    AUTO_READING r = {0};

    (void)state;
    read_text(&r, "verbose#x\n"
                  "debug-all#x y\n"
                  "debug-level basic#x\n"
                  "pin-cache 20#x\n"
                  "card-type pkcs11#x y\n"
                  "openpgp-sign " GRIP "#x\n"
                  "providers p#x,y\n"
                  "provider-p-library /lib#x # y\n"
                  "provider-p-private-mask 5#x\n"
                  "provider-p-cert-private#x\n");
    assert_counts(&r, 0, 1);
    assert_true(r.config.verbose && r.config.debug);
    assert_int_equal(r.config.debug_level, LOG_LEVEL_VERBOSE);
    assert_int_equal(r.config.pin_cache, 20);
    assert_int_equal(r.config.card_type, CARD_TYPE_PKCS11);
    assert_string_equal(r.config.openpgp_grip[OPENPGP_SIGN], GRIP);
    assert_int_equal(r.config.n_providers, 1);
    assert_string_equal(r.config.providers[0].name, "p");
    assert_int_equal(r.config.providers[0].private_mask, 5);
    assert_true(r.config.providers[0].cert_private);
    /* Not in a path, unless only the file without it is there. */
    assert_logged(&r, "t.conf:8: 'provider-p-library' is taken as '/lib'");
    assert_string_equal(r.config.providers[0].library, "/lib");
    reading_clear(&r);
    read_text(&r, "providers p\nprovider-p-library /nonexistent/lib#x\n");
    assert_counts(&r, 0, 0);
    assert_string_equal(r.config.providers[0].library, "/nonexistent/lib#x");
}

static void keygrips_are_stored_in_upper_case(void **state)
{
    AUTO_READING r = {0};

    (void)state;
    read_text(&r, "openpgp-sign 5c661b8c07cfd957f7d98d5b9a0f31d236bfac2a");
    assert_counts(&r, 0, 0);
    assert_string_equal(r.config.openpgp_grip[OPENPGP_SIGN], GRIP);
}

static void providers_keep_their_order_whatever_the_lines_do(void **state)
{
    AUTO_READING r = {0};

    (void)state;
    read_text(&r, "provider-b-library /b\n"
                  "providers  a , ,b,, my-token \n"
                  "provider-my-token-allow-protected-auth\n"
                  "provider-a-library /a\n"
                  "provider-my-token-library /c\n");
    assert_counts(&r, 0, 0);
    assert_int_equal(r.config.n_providers, 3);
    assert_string_equal(r.config.providers[0].name, "a");
    assert_string_equal(r.config.providers[0].library, "/a");
    assert_false(r.config.providers[0].allow_protected_auth);
    assert_string_equal(r.config.providers[1].name, "b");
    assert_string_equal(r.config.providers[1].library, "/b");
    assert_string_equal(r.config.providers[2].name, "my-token");
    assert_string_equal(r.config.providers[2].library, "/c");
    assert_true(r.config.providers[2].allow_protected_auth);
}

static void each_attribute_goes_with_a_name_that_has_hyphens(void **state)
{
    AUTO_READING r = {0};
    const struct provider_config *p = NULL;

    (void)state;
    read_text(&r, "provider-my-hsm-1-serialize\n"
                  "provider-my-hsm-1-env B=2\n"
                  "provider-my-hsm-1-match-uri " URI_A "\n"
                  "provider-my-hsm-env C=3\n"
                  "providers my-hsm-1, my-hsm\n"
                  "provider-my-hsm-1-env A=1\n"
                  "provider-my-hsm-1-init-args x=y # z\n"
                  "provider-my-hsm-library /2\n"
                  "provider-my-hsm-1-match-uri " URI_B "\n"
                  "provider-my-hsm-1-library /1\n");
    assert_counts(&r, 0, 0);
    assert_int_equal(r.config.n_providers, 2);
    p = &r.config.providers[0];
    assert_string_equal(p->library, "/1");
    assert_true(p->serialize);
    assert_true(is_list(&p->env, "B=2", "A=1"));
    assert_true(is_list(&p->match_uris, URI_A, URI_B));
    assert_string_equal(p->init_args, "x=y");
    p = &r.config.providers[1];
    assert_string_equal(p->library, "/2");
    assert_false(p->serialize);
    assert_int_equal(p->env.n, 1);
    assert_string_equal(p->env.items[0], "C=3");
    assert_int_equal(p->match_uris.n, 0);
    assert_null(p->init_args);
}

static void a_list_has_a_limit(void **state)
{
    AUTO_READING r = {0};
    AUTO_STRBUF text = {0};

    (void)state;
    for (int i = 0; i <= CONFIG_MAX_ITEMS; i++)
        strbuf_printf(&text, "match-uri pkcs11:slot-id=%d\n", i);
    read_text(&r, text.text);
    assert_counts(&r, 1, 0);
    assert_logged(&r, "t.conf:65: there are more than 64 lines with "
                      "'match-uri': delete some");
    assert_int_equal(r.config.match_uris.n, CONFIG_MAX_ITEMS);
}

static void the_environment_is_not_logged(void **state)
{
    AUTO_READING r = {0};

    (void)state;
    read_text(&r, P1 "provider-p1-env PASSWORD=hunter2\n"
                     "provider-p1-env PASS WORD=hunter2\n"
                     "provider-p1-env hunter2\n");
    assert_counts(&r, 2, 0);
    assert_null(strstr(r.log, "hunter2"));
}

static void names_may_look_like_attributes(void **state)
{
    AUTO_READING r = {0};

    (void)state;
    read_text(&r, "providers library,a-library,-\n"
                  "provider-library-library /1\n"
                  "provider-a-library-library /2\n"
                  "provider----library /3\n"
                  "provider----x-library /4\n");
    assert_counts(&r, 3, 0);
    assert_int_equal(r.config.n_providers, 2);
    assert_string_equal(r.config.providers[0].library, "/1");
    assert_string_equal(r.config.providers[1].library, "/2");
    assert_logged(&r, "t.conf:1: provider '-' has no library");
    assert_logged(&r, "t.conf:4: there is no provider '--'");
}

/* As for release 0.10, where lines before "providers" were those of its first
 * name. */
static void lines_under_another_name_are_those_of_the_one_without(void **state)
{
    AUTO_READING r = {0};

    (void)state;
    read_text(&r, "provider-old-library /x\n"
                  "provider-old-cert-private\n"
                  "providers a,new\n"
                  "provider-a-library /a\n");
    assert_counts(&r, 0, 1);
    assert_logged(&r, "t.conf:1: there is no provider 'old': its lines are "
                      "taken for those of 'new'");
    assert_int_equal(r.config.n_providers, 2);
    assert_string_equal(r.config.providers[1].name, "new");
    assert_string_equal(r.config.providers[1].library, "/x");
    assert_true(r.config.providers[1].cert_private);
}

/* Unless it is not clear which are meant. */
static void lines_under_another_name_are_not_guessed_at(void **state)
{
    static const char *const texts[] = {
        /* two that could be meant */
        "provider-x-library /x\nprovider-y-library /y\nproviders a\n",
        /* two that could mean it */
        "provider-x-library /x\nproviders a,b\n",
        /* one that has lines of its own */
        "provider-x-library /x\nproviders a\nprovider-a-cert-private\n",
        /* one whose library was a mistake */
        "provider-x-library /x\nproviders a\nprovider-a-library ./a\n",
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(texts); i++) {
        AUTO_READING r = {0};

        read_text(&r, texts[i]);
        assert_logged(&r, "there is no provider 'x': add the name");
        assert_int_equal(r.config.n_providers, 0);
        assert_true(r.config.providers_named);
    }
}

static void the_last_of_several_lines_counts(void **state)
{
    AUTO_READING r = {0};

    (void)state;
    read_text(&r, "providers a,b\n"
                  "log-file /1\n"
                  "provider-c-library /1\n"
                  "providers c\n"
                  "log-file /2\n"
                  "provider-c-library /2\n"
                  "verbose\n"
                  "verbose\n");
    assert_counts(&r, 0, 3);
    assert_logged(&r, "t.conf:4: 'providers' replaces the value of an "
                      "earlier line");
    assert_logged(&r, "t.conf:5: 'log-file' replaces");
    assert_logged(&r, "t.conf:6: 'provider-c-library' replaces");
    assert_int_equal(r.config.n_providers, 1);
    assert_string_equal(r.config.providers[0].name, "c");
    assert_string_equal(r.config.providers[0].library, "/2");
    assert_string_equal(r.config.log_file, "/2");
}

static void removed_keywords_take_any_value(void **state)
{
    AUTO_READING r = {0};
    bool is_default = false;

    (void)state;
    read_text(&r, "emulate-openpgp\n"
                  "emulate-openpgpg 1 2 3\n"
                  "provider-x-y-sign-mode\n"
                  "provider-z-sign-mode recover\n");
    assert_counts(&r, 0, 4);
    is_default = nothing_is_set(&r.config);
    assert_true(is_default);
}

static void there_can_be_many_providers_but_not_any_number(void **state)
{
    AUTO_STRBUF text = {0};
    AUTO_READING r = {0};

    (void)state;
    for (int n = CONFIG_MAX_PROVIDERS; n <= CONFIG_MAX_PROVIDERS + 1; n++) {
        strbuf_clear(&text);
        strbuf_puts(&text, "providers");
        for (int i = 0; i < n; i++)
            strbuf_printf(&text, "%c p%d", i == 0 ? ' ' : ',', i);
        for (int i = 0; i < n; i++)
            strbuf_printf(&text, "\nprovider-p%d-library /lib/%d", i, i);
        reading_clear(&r);
        read_text(&r, text.text);
        assert_int_equal(r.config.n_providers, CONFIG_MAX_PROVIDERS);
        assert_string_equal(r.config.providers[63].library, "/lib/63");
        assert_counts(&r, n > CONFIG_MAX_PROVIDERS ? 1 : 0, 0);
    }
    assert_logged(&r, "t.conf:1: there are more than 64 providers");
}

static void attributes_of_strangers_are_not_kept_without_end(void **state)
{
    AUTO_STRBUF text = {0};
    AUTO_READING r = {0};

    (void)state;
    for (int i = 0; i < 300; i++)
        strbuf_printf(&text, "provider-p%d-library /lib\n", i);
    read_text(&r, text.text);
    assert_counts(&r, 300, 0);
    assert_logged(&r, "t.conf:257: 'provider-p256-library' is for one "
                      "provider too many");
    assert_logged(&r, "t.conf:256: there is no provider 'p255'");
}

static void lines_have_a_limit(void **state)
{
    (void)state;
    for (size_t len = 65536; len <= 65537; len++) {
        AUTO_STRBUF text = {0};
        AUTO_READING r = {0};

        strbuf_puts(&text, "log-file /");
        while (text.len < len)
            strbuf_putc(&text, 'x');
        strbuf_puts(&text, "\nverbose\n");
        read_text(&r, text.text);
        assert_true(r.config.verbose);
        if (len == 65536) {
            assert_counts(&r, 0, 0);
            assert_int_equal(strlen(r.config.log_file), len - 9);
        } else {
            assert_counts(&r, 1, 0);
            assert_logged(&r, "t.conf:1: the line is longer than 65536 bytes");
            assert_null(r.config.log_file);
        }
    }
}

static void long_words_are_cut_in_messages(void **state)
{
    AUTO_STRBUF text = {0};
    AUTO_READING r = {0};

    (void)state;
    strbuf_puts(&text, "provider-");
    while (text.len < 60000)
        strbuf_puts(&text, "-librar");
    read_text(&r, text.text);
    assert_counts(&r, 1, 0);
    assert_logged(&r, "t.conf:1: unknown keyword 'provider--librar-librar");
    assert_logged(&r, "...'");
    assert_true(strlen(r.log) < 500);
}

static void a_nul_byte_is_told(void **state)
{
    static const char text[] = "verbose\ndebug\0 x\nuse-p11-kit\n";
    AUTO_READING r = {0};

    (void)state;
    read_bytes(&r, text, sizeof text - 1);
    assert_counts(&r, 1, 0);
    assert_logged(&r, "t.conf:2: the line contains a NUL byte: save the file "
                      "as plain text in UTF-8");
    assert_true(r.config.verbose);
    assert_false(r.config.debug);
    assert_true(r.config.use_p11_kit);
}

static void a_file_is_read_over_what_is_there(void **state)
{
    AUTO_READING r = {0};

    (void)state;
    read_text(&r, P1 "verbose\nlog-file /1\n");
    read_over(&r, "log-file /2\ndebug\n", 18);
    assert_counts(&r, 0, 0);
    assert_true(r.config.verbose);
    assert_true(r.config.debug);
    assert_string_equal(r.config.log_file, "/2");
    assert_int_equal(r.config.n_providers, 1);
    read_over(&r, "providers q\nprovider-q-library /q\n", 34);
    assert_counts(&r, 0, 0);
    assert_int_equal(r.config.n_providers, 1);
    assert_string_equal(r.config.providers[0].name, "q");
}

static void the_registry_belongs_to_a_configuration_without_names(void **state)
{
    static const struct {
        const char *text;
        bool wanted;
    } cases[] = {
        {"", true},
        {P1, false},
        {P1 "use-p11-kit\n", true},
        {"use-p11-kit\n", true},
        /* A provider that cannot be used still says which are wanted. */
        {"providers a\n", false},
        {"providers ,\n", true},
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        AUTO_READING r = {0};
        bool wanted = false;

        read_text(&r, cases[i].text);
        wanted = config_wants_registry(&r.config);
        assert_int_equal(wanted, cases[i].wanted);
    }
}

static void a_file_that_cannot_be_read_says_why(void **state)
{
    AUTO_CONFIG config = {0};
    struct config_result result = {7, 7};

    (void)state;
    config_init(&config);
    assert_code(config_read(&config, "/nonexistent/t.conf", &result),
                GPG_ERR_ENOENT);
    assert_code(config_read(&config, "/", &result), GPG_ERR_EISDIR);
    assert_int_equal(result.n_errors, 7);
    assert_int_equal(result.n_notices, 7);
}

/* A stream that breaks after a good line. */
static ssize_t read_and_break(void *cookie, char *buffer, size_t size)
{
    static const char text[] = "verbose\n";
    bool *began = cookie;

    if (*began || size < sizeof text) {
        errno = EIO;
        return -1;
    }
    *began = true;
    memcpy(buffer, text, sizeof text - 1);
    return sizeof text - 1;
}

static void after_a_read_error_nothing_is_set(void **state)
{
    AUTO_CONFIG config = {0};
    struct config_result result = {0};
    bool began = false;
    FILE *stream = fopencookie(&began, "r",
                               (cookie_io_functions_t){.read = read_and_break});
    gpg_error_t err = 0;

    (void)state;
    assert_non_null(stream);
    config_init(&config);
    err = config_read_stream(&config, stream, "t.conf", &result);
    (void)fclose(stream);
    assert_code(err, GPG_ERR_EIO);
    assert_true(began);
    assert_false(config.verbose);
}

static void an_endless_file_is_refused(void **state)
{
    AUTO_CONFIG config = {0};
    struct config_result result = {0};

    (void)state;
    config_init(&config);
    assert_code(config_read(&config, "/dev/zero", &result), GPG_ERR_TOO_LARGE);
}

static void a_file_is_read_by_name(void **state)
{
    char name[] = "/tmp/test_config.XXXXXX";
    AUTO_CONFIG config = {0};
    struct config_result result = {7, 7};
    int fd = mkstemp(name);
    ssize_t written = 0;
    gpg_error_t err = 0;

    (void)state;
    assert_true(fd >= 0);
    written = write(fd, "verbose\n", 8);
    (void)close(fd);
    config_init(&config);
    err = config_read(&config, name, &result);
    (void)unlink(name);
    assert_ok(err);
    assert_int_equal(written, 8);
    assert_int_equal(result.n_errors, 0);
    assert_int_equal(result.n_notices, 0);
    assert_true(config.verbose);
}

/* A file with every keyword in it, damaged in all sorts of ways. */
static void no_bytes_do_any_harm(void **state)
{
    static const char special[] = "\n\r \t,#-/0\xff";
    struct dice dice = {3};
    AUTO_STRBUF whole = {0};
    unsigned n_good = 0;
    unsigned n_bad = 0;

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(keyword_cases); i++)
        strbuf_puts(&whole, keyword_cases[i].text);
    for (size_t round = 0; round < 1500; round++) {
        AUTO_READING r = {0};
        size_t len = dice_roll(&dice, (unsigned)whole.len + 1);
        AUTO_FREE char *text = malloc(len + 1);

        assert_non_null(text);
        memcpy(text,
               whole.text + dice_roll(&dice, (unsigned)(whole.len - len) + 1),
               len);
        for (unsigned n = dice_roll(&dice, 8); n > 0 && len > 0; n--) {
            size_t at = dice_roll(&dice, (unsigned)len);

            text[at] = (char)dice_roll(&dice, 256);
            if (dice_roll(&dice, 2) != 0)
                text[at] = special[dice_roll(&dice, sizeof special)];
        }
        read_bytes(&r, text, len);
        for (size_t i = 0; i < r.config.n_providers; i++) {
            assert_true(r.config.providers[i].name[0] != '\0');
            assert_true(r.config.providers[i].library[0] == '/' ||
                        strchr(r.config.providers[i].library, '/') == NULL);
        }
        assert_true((r.log[0] == '\0') ==
                    (r.result.n_errors + r.result.n_notices == 0));
        n_good += r.result.n_errors == 0;
        n_bad += r.result.n_errors != 0;
    }
    assert_true(n_good > 2);
    assert_true(n_bad > 500);
}

static int open_log(void **state)
{
    (void)state;
    return log_open(NULL) == 0 ? 0 : -1;
}

static void the_card_type_follows_from_what_is_configured(void **state)
{
    static const struct {
        const char *text;
        enum card_type type;
    } cases[] = {
        {"", CARD_TYPE_P15},
        {"card-type p15\n", CARD_TYPE_P15},
        {"card-type openpgp\n", CARD_TYPE_OPENPGP},
        {"card-type pkcs11\n", CARD_TYPE_PKCS11},
        {"openpgp-sign " GRIP "\n", CARD_TYPE_OPENPGP},
        {"openpgp-encr " GRIP "\n", CARD_TYPE_OPENPGP},
        {"openpgp-auth " GRIP "\n", CARD_TYPE_OPENPGP},
        {"openpgp-sign-fpr " GRIP "\n", CARD_TYPE_P15},
        {"openpgp-sign " GRIP "\ncard-type p15\n", CARD_TYPE_P15},
        {"card-type pkcs11\nopenpgp-auth " GRIP "\n", CARD_TYPE_PKCS11},
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        AUTO_READING r = {0};

        read_text(&r, cases[i].text);
        assert_counts(&r, 0, 0);
        assert_int_equal(config_card_type(&r.config), cases[i].type);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_card_type_follows_from_what_is_configured),
        cmocka_unit_test(every_keyword_has_a_case),
        cmocka_unit_test(every_keyword_has_its_effect),
        cmocka_unit_test(without_lines_the_defaults_hold),
        cmocka_unit_test(every_mistake_is_told_and_the_rest_counts),
        cmocka_unit_test(a_bad_line_leaves_the_value_alone),
        cmocka_unit_test(blanks_comments_and_line_ends_are_taken_as_they_come),
        cmocka_unit_test(a_byte_order_mark_stands_at_the_start_only),
        cmocka_unit_test(a_path_may_contain_number_signs_and_blanks),
        cmocka_unit_test(number_values_have_their_limits),
        cmocka_unit_test(masks_are_hexadecimal),
        cmocka_unit_test(numbers_end_where_no_digit_follows),
        cmocka_unit_test(a_comment_may_begin_right_behind_a_word),
        cmocka_unit_test(keygrips_are_stored_in_upper_case),
        cmocka_unit_test(providers_keep_their_order_whatever_the_lines_do),
        cmocka_unit_test(each_attribute_goes_with_a_name_that_has_hyphens),
        cmocka_unit_test(a_list_has_a_limit),
        cmocka_unit_test(the_environment_is_not_logged),
        cmocka_unit_test(names_may_look_like_attributes),
        cmocka_unit_test(lines_under_another_name_are_those_of_the_one_without),
        cmocka_unit_test(lines_under_another_name_are_not_guessed_at),
        cmocka_unit_test(the_last_of_several_lines_counts),
        cmocka_unit_test(removed_keywords_take_any_value),
        cmocka_unit_test(there_can_be_many_providers_but_not_any_number),
        cmocka_unit_test(attributes_of_strangers_are_not_kept_without_end),
        cmocka_unit_test(lines_have_a_limit),
        cmocka_unit_test(long_words_are_cut_in_messages),
        cmocka_unit_test(a_nul_byte_is_told),
        cmocka_unit_test(a_file_is_read_over_what_is_there),
        cmocka_unit_test(the_registry_belongs_to_a_configuration_without_names),
        cmocka_unit_test(a_file_that_cannot_be_read_says_why),
        cmocka_unit_test(after_a_read_error_nothing_is_set),
        cmocka_unit_test(an_endless_file_is_refused),
        cmocka_unit_test(a_file_is_read_by_name),
        cmocka_unit_test(no_bytes_do_any_harm),
    };

    return cmocka_run_group_tests_name("config", tests, open_log, NULL);
}
