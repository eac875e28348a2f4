/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of token/pins: which PIN comes after which, and which never again. */
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fake_token.h"
#include "token/pins.h"
#include "unit.h"

static char source_file[64];

static const struct pin_reason reason = {PIN_TO_SIGN, "Signing key"};

static int set_up(void **state)
{
    (void)umask(077);
    (void)snprintf(source_file, sizeof source_file, "/tmp/test_pins.XXXXXX");
    if (fake_token_set_up(state) != 0)
        return -1;
    (void)close(mkstemp(source_file));
    token->login.use_cache = true;
    return 0;
}

static int tear_down(void **state)
{
    (void)unlink(source_file);
    return fake_token_tear_down(state);
}

/* The configuration names a source with PIN. */
static void have_source(const char *pin)
{
    char source[128];
    FILE *stream = fopen(source_file, "w");

    assert_non_null(stream);
    (void)fprintf(stream, "%s\n", pin);
    (void)fclose(stream);
    (void)snprintf(source, sizeof source, "file:%s", source_file);
    free(token->login.pin_source);
    token->login.pin_source = strdup(source);
}

static void make_source_right(void *context)
{
    (void)context;
    have_source(FAKE_PIN);
}

static gpg_error_t ensure(void)
{
    const struct prompter prompter = person_prompter(&person);

    return login_ensure(&token->login, &prompter, &reason, NULL);
}

static void log_out_again(void)
{
    fake.logged_in = false;
    login_set_state(&token->login, LOGIN_OUT);
    fake_forget_calls();
    person.n_asked = 0;
    person.n_cache_asked = 0;
}

/* Log in with a typed PIN, which the client remembers; then out. */
static void remember(const char *pin)
{
    fake_token_person(pin, NULL, NULL);
    person.has_cache = true;
    assert_ok(ensure());
    assert_int_not_equal(person.cached[0], '\0');
    assert_null(strstr(person.cached, pin));
    log_out_again();
}

static void the_source_comes_first(void **state)
{
    (void)state;
    remember(FAKE_PIN);
    have_source(FAKE_PIN);
    assert_ok(ensure());
    assert_int_equal(person.n_cache_asked, 0);
    assert_int_equal(person.n_asked, 0);
    assert_int_equal(fake.n_logins, 1);
}

/* Nobody who types is there to see tries go: one is spent so, not two. */
static void one_pin_that_nobody_typed_is_tried(void **state)
{
    (void)state;
    fake.tries_left = 10;
    remember(FAKE_PIN);
    have_source("1111");
    (void)snprintf(fake.pin, sizeof fake.pin, "654321");
    person.types[0] = "654321";
    assert_ok(ensure());
    assert_int_equal(fake.n_logins, 2);
    assert_string_equal(fake.logins[0].pin, "1111");
    assert_string_equal(fake.logins[1].pin, "654321");
    assert_int_equal(person.requests[0].wrong_origin, PIN_FROM_SOURCE);
}

static void a_wrong_source_is_not_used_again(void **state)
{
    (void)state;
    fake.tries_left = 10;
    have_source("1111");
    for (int i = 0; i < 3; i++) {
        fake_token_person(FAKE_PIN, NULL, NULL);
        assert_ok(ensure());
        assert_int_equal(fake.n_logins, i == 0 ? 2 : 1);
        assert_true(person.requests[0].was_wrong);
        assert_int_equal(person.requests[0].wrong_origin, PIN_FROM_SOURCE);
        log_out_again();
    }
    /* Not even when it is right: somebody has to look at it. */
    have_source(FAKE_PIN);
    fake_token_person(NULL, NULL, NULL);
    assert_code(ensure(), GPG_ERR_CANCELED);
    assert_int_equal(fake.n_logins, 0);
}

static CK_RV count_and_fail(CK_SESSION_HANDLE session, CK_USER_TYPE user,
                            CK_UTF8CHAR *pin, CK_ULONG len)
{
    (void)session;
    (void)user;
    (void)pin;
    (void)len;
    fake.n_logins++;
    fake.info.flags |= CKF_USER_PIN_COUNT_LOW;
    return CKR_GENERAL_ERROR;
}

/* Not all modules tell what is wrong, and not all flags are kept. */
static void a_source_that_cost_a_try_is_not_used_again(void **state)
{
    (void)state;
    have_source(FAKE_PIN);
    fake.functions.C_Login = count_and_fail;
    fake_token_person(NULL, NULL, NULL);
    assert_code(ensure(), GPG_ERR_CARD);
    assert_code(ensure(), GPG_ERR_CANCELED);
    assert_int_equal(fake.n_logins, 1);
}

static void nor_one_that_locked_the_token(void **state)
{
    (void)state;
    have_source(FAKE_PIN);
    fake_answer(FAKE_LOGIN, CKR_PIN_LOCKED);
    assert_code(ensure(), GPG_ERR_PIN_BLOCKED);
    fake_token_person(NULL, NULL, NULL);
    assert_code(ensure(), GPG_ERR_CANCELED);
    assert_int_equal(fake.n_logins, 1);
}

static void nor_for_a_key(void **state)
{
    (void)state;
    fake_set_flag(private_key, CKA_ALWAYS_AUTHENTICATE, true);
    fake_token_warm_up();
    have_source(FAKE_PIN);
    fake_answer(FAKE_LOGIN, CKR_PIN_LOCKED);
    assert_code(fake_token_sign(), GPG_ERR_PIN_BLOCKED);
    fake_token_person(NULL, NULL, NULL);
    assert_code(fake_token_sign(), GPG_ERR_CANCELED);
    assert_int_equal(fake.n_logins, 1);
}

/* A reader that fails for a moment says nothing of the PIN. */
static void a_source_is_used_again_after_another_error(void **state)
{
    (void)state;
    have_source(FAKE_PIN);
    fake_answer(FAKE_LOGIN, CKR_DEVICE_ERROR);
    assert_code(ensure(), GPG_ERR_CARD);
    assert_ok(ensure());
    assert_int_equal(fake.n_logins, 2);
}

static void a_wrong_source_is_good_for_the_token_that_comes_back(void **state)
{
    (void)state;
    have_source("1111");
    fake_token_person(FAKE_PIN, NULL, NULL);
    assert_ok(ensure());
    log_out_again();
    fake_token_remake();
    have_source(FAKE_PIN);
    fake_token_person(NULL, NULL, NULL);
    assert_ok(ensure());
}

/* Both have the same wrong PIN: it is sent once. */
static void no_pin_is_sent_twice_from_two_places(void **state)
{
    (void)state;
    fake.tries_left = 10;
    remember(FAKE_PIN);
    have_source(FAKE_PIN);
    (void)snprintf(fake.pin, sizeof fake.pin, "654321");
    person.types[0] = FAKE_PIN;
    person.types[1] = "654321";
    assert_ok(ensure());
    assert_int_equal(fake.n_logins, 2);
    assert_string_equal(fake.logins[1].pin, "654321");
}

static void a_remembered_pin_is_used_and_kept(void **state)
{
    (void)state;
    remember(FAKE_PIN);
    for (int i = 0; i < 2; i++) {
        assert_ok(ensure());
        assert_int_equal(person.n_cache_asked, 1);
        assert_int_equal(person.n_asked, 0);
        assert_int_equal(fake.n_logins, 1);
        log_out_again();
    }
}

static void a_pin_from_the_source_is_not_given_away(void **state)
{
    (void)state;
    person.has_cache = true;
    have_source(FAKE_PIN);
    assert_ok(ensure());
    assert_string_equal(person.cached, "");
}

static void a_pin_that_was_not_looked_at_is_not_remembered(void **state)
{
    (void)state;
    person.has_cache = true;
    person.types[0] = "4711";
    fake_answer(FAKE_LOGIN, CKR_USER_ALREADY_LOGGED_IN);
    assert_ok(ensure());
    assert_string_equal(person.cached, "");
}

static void a_refused_pin_is_forgotten_everywhere(void **state)
{
    char old[sizeof person.cached];

    (void)state;
    fake.tries_left = 10;
    remember(FAKE_PIN);
    memcpy(old, person.cached, sizeof old);
    (void)snprintf(fake.pin, sizeof fake.pin, "654321");
    person.types[0] = NULL;
    assert_code(ensure(), GPG_ERR_CANCELED);
    assert_string_equal(person.cached, "");
    assert_int_equal(fake.n_logins, 1);
    /* Another client, that does not know that, still has it. */
    remember("654321");
    memcpy(person.cached, old, sizeof old);
    person.types[0] = NULL;
    assert_code(ensure(), GPG_ERR_CANCELED);
    assert_int_equal(person.n_cache_asked, 1);
    assert_int_equal(fake.n_logins, 0);
}

static void at_the_last_try_only_a_typed_pin_will_do(void **state)
{
    (void)state;
    remember(FAKE_PIN);
    have_source(FAKE_PIN);
    fake.info.flags |= CKF_USER_PIN_FINAL_TRY;
    person.types[0] = NULL;
    assert_code(ensure(), GPG_ERR_CANCELED);
    assert_int_equal(person.n_asked, 1);
    assert_int_equal(person.n_cache_asked, 0);
    assert_int_equal(fake.n_logins, 0);
}

static void a_locked_token_is_not_offered_any(void **state)
{
    (void)state;
    remember(FAKE_PIN);
    have_source(FAKE_PIN);
    fake.info.flags |= CKF_USER_PIN_LOCKED;
    assert_code(ensure(), GPG_ERR_PIN_BLOCKED);
    assert_int_equal(person.n_cache_asked, 0);
    assert_int_equal(fake.n_logins, 0);
}

static void lengths_are_checked_wherever_it_comes_from(void **state)
{
    (void)state;
    have_source("123456789");
    fake_token_person(NULL, NULL, NULL);
    assert_code(ensure(), GPG_ERR_CANCELED);
    assert_int_equal(fake.n_logins, 0);
    assert_false(person.requests[0].was_wrong);
    /* It did not cost a try: it may be used when it is right. */
    have_source(FAKE_PIN);
    assert_ok(ensure());
}

/* A command may take long, and nobody types faster for it. */
static void the_source_is_read_once_in_a_login(void **state)
{
    (void)state;
    fake.tries_left = 10;
    have_source("1");
    fake_token_person("0000", "1111", FAKE_PIN);
    person.before_typing = make_source_right;
    assert_ok(ensure());
    assert_int_equal(person.n_asked, 3);
    assert_int_equal(fake.n_logins, 3);
    assert_string_equal(fake.logins[1].pin, "1111");
}

/* The person has no keyboard for this PIN. */
static void without_a_source_that_helps_it_is_the_pinpad(void **state)
{
    (void)state;
    fake.info.flags |= CKF_PROTECTED_AUTHENTICATION_PATH;
    fake_token_remake();
    have_source("1");
    fake_token_person(NULL, NULL, NULL);
    assert_ok(ensure());
    assert_int_equal(person.n_asked, 0);
    assert_int_equal(person.n_shown, 1);
    assert_true(fake.logins[0].by_pinpad);
    log_out_again();
    have_source(FAKE_PIN);
    fake.info.flags |= CKF_USER_PIN_FINAL_TRY;
    assert_ok(ensure());
    assert_int_equal(person.n_asked, 0);
    assert_true(fake.logins[0].by_pinpad);
}

/* Nor of a key's own login. */
static void the_same_for_a_key_of_its_own_pin(void **state)
{
    (void)state;
    fake.info.flags |= CKF_PROTECTED_AUTHENTICATION_PATH;
    fake_set_flag(private_key, CKA_ALWAYS_AUTHENTICATE, true);
    fake_token_remake();
    fake_token_warm_up();
    have_source("1");
    assert_ok(fake_token_sign());
    assert_int_equal(person.n_asked, 0);
    assert_true(fake.logins[0].by_pinpad);
}

static void one_tokens_pin_is_nothing_to_another(void **state)
{
    const struct prompter prompter = person_prompter(&person);
    struct pin_cache other;
    AUTO_SECRET pin = {0};

    (void)state;
    remember(FAKE_PIN);
    pin_cache_init(&other);
    assert_string_not_equal(other.name, token->login.cache.name);
    /* Nothing of it was ever remembered: the client is not asked. */
    assert_ok(pin_cache_get(&other, &prompter, &pin));
    assert_int_equal(person.n_cache_asked, 0);
    {
        AUTO_SECRET typed = {0};
        char value[sizeof person.cached];

        memcpy(value, person.cached, sizeof value);
        assert_ok(secret_set(&typed, span_str("9999")));
        pin_cache_put(&other, &prompter, &typed);
        memcpy(person.cached, value, sizeof value);
    }
    assert_ok(pin_cache_get(&other, &prompter, &pin));
    assert_int_equal(person.n_cache_asked, 1);
    assert_int_equal(pin.len, 0);
    pin_cache_done(&other);
}

static void pins_of_all_lengths_come_back(void **state)
{
    const struct prompter prompter = person_prompter(&person);
    char text[256];

    (void)state;
    person.has_cache = true;
    memset(text, 'x', sizeof text);
    for (size_t len = 1; len < sizeof text; len++) {
        AUTO_SECRET pin = {0};
        AUTO_SECRET back = {0};

        assert_ok(secret_set(&pin, span_make(text, len)));
        pin_cache_put(&token->login.cache, &prompter, &pin);
        assert_ok(pin_cache_get(&token->login.cache, &prompter, &back));
        assert_span(secret_span(&back), text, len);
    }
    {
        AUTO_SECRET pin = {0};

        assert_ok(secret_set(&pin, span_make(text, sizeof text)));
        person.cached[0] = '\0';
        pin_cache_put(&token->login.cache, &prompter, &pin);
        assert_string_equal(person.cached, "");
    }
}

static void a_client_that_is_gone_ends_it(void **state)
{
    (void)state;
    remember(FAKE_PIN);
    person.refuses_cache = gpg_error(GPG_ERR_EOF);
    assert_code(ensure(), GPG_ERR_EOF);
    assert_int_equal(person.n_asked, 0);
    assert_int_equal(fake.n_logins, 0);
}

static void a_key_of_its_own_pin_wants_a_person(void **state)
{
    (void)state;
    fake_set_flag(private_key, CKA_ALWAYS_AUTHENTICATE, true);
    remember(FAKE_PIN);
    person.types[0] = FAKE_PIN;
    assert_ok(fake_token_sign());
    /* The login's was remembered. */
    assert_int_equal(person.n_cache_asked, 1);
    assert_int_equal(person.n_asked, 1);
    assert_int_equal(person.requests[0].purpose, PIN_FOR_KEY);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_source_comes_first),
        TEST(one_pin_that_nobody_typed_is_tried),
        TEST(a_wrong_source_is_not_used_again),
        TEST(a_source_that_cost_a_try_is_not_used_again),
        TEST(nor_one_that_locked_the_token),
        TEST(nor_for_a_key),
        TEST(a_source_is_used_again_after_another_error),
        TEST(a_wrong_source_is_good_for_the_token_that_comes_back),
        TEST(no_pin_is_sent_twice_from_two_places),
        TEST(a_remembered_pin_is_used_and_kept),
        TEST(a_pin_from_the_source_is_not_given_away),
        TEST(a_pin_that_was_not_looked_at_is_not_remembered),
        TEST(a_refused_pin_is_forgotten_everywhere),
        TEST(at_the_last_try_only_a_typed_pin_will_do),
        TEST(a_locked_token_is_not_offered_any),
        TEST(lengths_are_checked_wherever_it_comes_from),
        TEST(the_source_is_read_once_in_a_login),
        TEST(without_a_source_that_helps_it_is_the_pinpad),
        TEST(the_same_for_a_key_of_its_own_pin),
        TEST(one_tokens_pin_is_nothing_to_another),
        TEST(pins_of_all_lengths_come_back),
        TEST(a_client_that_is_gone_ends_it),
        TEST(a_key_of_its_own_pin_wants_a_person),
    };

    return cmocka_run_group_tests_name("pins", tests, fake_set_up_group, NULL);
}
