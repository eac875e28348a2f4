/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Does the shim sign and decrypt as its rules say?  Run by test-shim.sh, as
 * test_shim is. */
#include <stdio.h>
#include <string.h>

#include "fixture.h"

#define RSA_ID 1
#define EC_ID 2
#define EC_LEN 64

static CK_BYTE message[] = {1, 2, 3, 4};

/* Sign it with the key of this CKA_ID. */
static CK_RV sign(CK_MECHANISM_TYPE type, unsigned char id, CK_BYTE *signature,
                  CK_ULONG *len)
{
    CK_MECHANISM mechanism = {type, NULL, 0};
    CK_RV rv = p11->C_SignInit(session, &mechanism, find(CKO_PRIVATE_KEY, id));

    return rv != CKR_OK
               ? rv
               : p11->C_Sign(session, message, sizeof message, signature, len);
}

static void one_signature_of_several_is_corrupted(void **state)
{
    CK_BYTE right[256] = {0};
    CK_ULONG right_len = sizeof right;

    (void)state;
    assert_int_equal(login(PIN), CKR_OK);
    assert_int_equal(sign(CKM_RSA_PKCS, RSA_ID, right, &right_len), CKR_OK);
    script("corrupt-signature 2 2\n");
    for (int i = 1; i <= 4; i++) {
        CK_BYTE signature[256] = {0};
        CK_ULONG len = sizeof signature;

        assert_int_equal(sign(CKM_RSA_PKCS, RSA_ID, signature, &len), CKR_OK);
        assert_int_equal(signature[255] ^ right[255], i == 2 || i == 3);
        assert_memory_equal(signature, right, 255);
    }
}

static void signing_with_recovery_gives_the_same_signature(void **state)
{
    CK_MECHANISM mechanism = {CKM_RSA_PKCS, NULL, 0};
    CK_BYTE right[256] = {0};
    CK_BYTE signature[256] = {0};
    CK_ULONG len = sizeof right;

    (void)state;
    assert_int_equal(login(PIN), CKR_OK);
    assert_int_equal(sign(CKM_RSA_PKCS, RSA_ID, right, &len), CKR_OK);
    script("fail C_SignRecover 2 CKR_DEVICE_ERROR\n");
    for (int i = 1; i <= 2; i++) {
        assert_int_equal(p11->C_SignRecoverInit(session, &mechanism,
                                                find(CKO_PRIVATE_KEY, RSA_ID)),
                         CKR_OK);
        len = sizeof signature;
        assert_int_equal(
            p11->C_Sign(session, message, sizeof message, signature, &len),
            CKR_OPERATION_NOT_INITIALIZED);
        assert_int_equal(p11->C_SignRecover(session, message, sizeof message,
                                            signature, &len),
                         i == 1 ? CKR_OK : CKR_DEVICE_ERROR);
    }
    assert_memory_equal(signature, right, sizeof right);
    assert_int_equal(logged("C_SignRecoverInit 0x0"), 2);
    assert_int_equal(logged("C_SignRecover 0x0"), 1);
}

static void ecdsa_comes_as_der(void **state)
{
    CK_BYTE signature[128] = {0};
    CK_ULONG len = EC_LEN;

    (void)state;
    assert_int_equal(login(PIN), CKR_OK);
    script("ecdsa der\n");
    assert_int_equal(sign(CKM_ECDSA, EC_ID, signature, &len),
                     CKR_BUFFER_TOO_SMALL);
    assert_true(len > EC_LEN && len <= sizeof signature);
    assert_int_equal(
        p11->C_Sign(session, message, sizeof message, signature, &len), CKR_OK);
    assert_int_equal(signature[0], 0x30);
    assert_int_equal(signature[1], len - 2);
    assert_int_equal(signature[2], 0x02);
    assert_int_equal(signature[4 + signature[3]], 0x02);
    assert_int_equal(4 + signature[3] + 2 + signature[5 + signature[3]], len);
    assert_true(signature[4] < 0x80);
}

static void ecdsa_begins_with_a_zero_byte(void **state)
{
    (void)state;
    assert_int_equal(login(PIN), CKR_OK);
    script("ecdsa zero\n");
    for (int i = 0; i < 3; i++) {
        CK_BYTE signature[EC_LEN];
        CK_ULONG len = sizeof signature;

        memset(signature, 0xff, sizeof signature);
        assert_int_equal(sign(CKM_ECDSA, EC_ID, signature, &len), CKR_OK);
        assert_int_equal(len, EC_LEN);
        assert_true(signature[0] == 0 || signature[EC_LEN / 2] == 0);
    }
}

/* The key 03 is on a curve where every fourth signature can be shortened. */
static void ecdsa_is_shortened(void **state)
{
    CK_BYTE signature[132] = {0};
    CK_ULONG len = sizeof signature;

    (void)state;
    assert_int_equal(login(PIN), CKR_OK);
    script("ecdsa short\n");
    assert_int_equal(sign(CKM_ECDSA, 3, signature, &len), CKR_OK);
    assert_true(len < sizeof signature && len % 2 == 0);
    assert_true(signature[0] != 0 || signature[len / 2] != 0);
}

/* 00 02 FF ... FF 00 "plain" as a ciphertext. */
static void encrypt(CK_BYTE ciphertext[256], CK_BYTE block[256])
{
    CK_MECHANISM raw = {CKM_RSA_X_509, NULL, 0};
    CK_ULONG len = 256;

    memset(block, 0xff, 256);
    block[0] = 0;
    block[1] = 2;
    memcpy(block + 250, "\0plain", 6);
    assert_int_equal(
        p11->C_EncryptInit(session, &raw, find(CKO_PUBLIC_KEY, RSA_ID)),
        CKR_OK);
    assert_int_equal(p11->C_Encrypt(session, block, 256, ciphertext, &len),
                     CKR_OK);
}

static void plaintexts_keep_their_padding(void **state)
{
    CK_MECHANISM rsa = {CKM_RSA_PKCS, NULL, 0};
    const char *const scripts[] = {"", "padded-plaintext full\n",
                                   "padded-plaintext short\n"};
    const CK_ULONG lengths[] = {5, 256, 255};
    CK_BYTE ciphertext[256];
    CK_BYTE block[256];

    (void)state;
    assert_int_equal(login(PIN), CKR_OK);
    encrypt(ciphertext, block);
    for (int i = 0; i < 3; i++) {
        CK_BYTE plain[256];
        CK_ULONG len = sizeof plain;

        script(scripts[i]);
        assert_int_equal(
            p11->C_DecryptInit(session, &rsa, find(CKO_PRIVATE_KEY, RSA_ID)),
            CKR_OK);
        assert_int_equal(p11->C_Decrypt(session, ciphertext, 256, plain, &len),
                         CKR_OK);
        assert_int_equal(len, lengths[i]);
        assert_memory_equal(plain, block + 256 - len, len);
    }
}

static void handles_are_exchanged(void **state)
{
    CK_OBJECT_HANDLE first = 0;
    CK_OBJECT_HANDLE second = 0;
    CK_OBJECT_HANDLE other = 0;
    CK_BYTE id = 0;
    CK_ATTRIBUTE get_id = {CKA_ID, &id, sizeof id};

    (void)state;
    assert_int_equal(login(PIN), CKR_OK);
    first = find(CKO_PRIVATE_KEY, RSA_ID);
    second = find(CKO_PRIVATE_KEY, EC_ID);
    other = find(CKO_PUBLIC_KEY, RSA_ID);
    script("exchange 01 02\n");
    assert_int_equal(find(CKO_PRIVATE_KEY, RSA_ID), second);
    assert_int_equal(find(CKO_PRIVATE_KEY, EC_ID), first);
    assert_int_equal(find(CKO_PUBLIC_KEY, RSA_ID), other);
    assert_int_equal(p11->C_GetAttributeValue(session, first, &get_id, 1),
                     CKR_OK);
    assert_int_equal(id, EC_ID);
    /* The handle is the other key's for operations, too. */
    {
        CK_MECHANISM ecdsa = {CKM_ECDSA, NULL, 0};
        CK_BYTE signature[EC_LEN];
        CK_ULONG len = sizeof signature;

        assert_int_equal(p11->C_SignInit(session, &ecdsa, first), CKR_OK);
        assert_int_equal(
            p11->C_Sign(session, message, sizeof message, signature, &len),
            CKR_OK);
    }
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        CASE(one_signature_of_several_is_corrupted),
        CASE(signing_with_recovery_gives_the_same_signature),
        CASE(ecdsa_comes_as_der),
        CASE(ecdsa_begins_with_a_zero_byte),
        CASE(ecdsa_is_shortened),
        CASE(plaintexts_keep_their_padding),
        CASE(handles_are_exchanged),
    };

    if (argc != 2 || !load(argv[1])) {
        fputs("usage: test_operations SHIM\n", stderr);
        return 2;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
