/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The fake module's token as a struct token. */
#include "fake_token.h"

#include "unit.h"

struct token *token;
struct person person;
struct key_locator locator;
struct fake_object *private_key;

void fake_token_remake(void)
{
    token_unref(token);
    token = NULL;
    assert_ok(token_new(&fake.module, FAKE_SLOT, &fake.info, true, &token));
}

int fake_token_set_up(void **state)
{
    (void)fake_set_up(state);
    memset(&person, 0, sizeof person);
    fake.answer = span_str(FAKE_ANSWER);
    private_key = fake_add_object(CKO_PRIVATE_KEY);
    fake_set(private_key, CKA_ID, "\x01", 1);
    fake_set(private_key, CKA_LABEL, "Raw label", 9);
    fake_set(private_key, CKA_MODULUS, FAKE_MODULUS, strlen(FAKE_MODULUS));
    locator = (struct key_locator){.name = "twenty bytes of name",
                                   .label = "Signing key"};
    if (bytes_set(&locator.id, span_make("\x01", 1)) != 0 ||
        bytes_set(&locator.raw_label, span_str("Raw label")) != 0 ||
        bytes_set(&locator.modulus, span_str(FAKE_MODULUS)) != 0)
        return -1;
    return token_new(&fake.module, FAKE_SLOT, &fake.info, true, &token) == 0
               ? 0
               : -1;
}

int fake_token_tear_down(void **state)
{
    token_unref(token);
    token = NULL;
    bytes_clear(&locator.id);
    bytes_clear(&locator.raw_label);
    bytes_clear(&locator.modulus);
    bytes_clear(&locator.ec_point);
    return fake_tear_down(state);
}

void fake_token_person(const char *first, const char *second, const char *third)
{
    memset(&person, 0, sizeof person);
    person.types[0] = first;
    person.types[1] = second;
    person.types[2] = third;
}

gpg_error_t fake_token_perform(enum token_action action, size_t max_output,
                               struct secret *ret)
{
    static const enum mech mechs[] = {[TOKEN_SIGN] = MECH_RSA_PKCS,
                                      [TOKEN_DECRYPT] = MECH_RSA_X_509,
                                      [TOKEN_DERIVE] = MECH_ECDH};
    const struct prompter prompter = person_prompter(&person);
    const struct token_request request = {.action = action,
                                          .mech = mechs[action],
                                          .input = span_str(FAKE_INPUT),
                                          .max_output = max_output,
                                          .derived_len = max_output};
    enum mech mech = MECH_NONE;

    return token_perform(token, &locator, &request, &prompter, ret, &mech);
}

gpg_error_t fake_token_sign(void)
{
    AUTO_SECRET answer = {0};
    gpg_error_t err =
        fake_token_perform(TOKEN_SIGN, strlen(FAKE_ANSWER), &answer);

    if (err == 0)
        assert_span(secret_span(&answer), FAKE_ANSWER, strlen(FAKE_ANSWER));
    else
        assert_int_equal(answer.len, 0);
    return err;
}

void fake_token_warm_up(void)
{
    fake_token_person(FAKE_PIN, NULL, NULL);
    assert_ok(fake_token_sign());
    fake_token_person(NULL, NULL, NULL);
    fake_forget_calls();
}
