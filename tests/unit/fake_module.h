/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* A PKCS#11 module with one token that behaves as the standard says, or as a
 * test says, and writes down each call. */
#ifndef FAKE_MODULE_H
#define FAKE_MODULE_H

#include "base/bytes.h"
#include "pkcs11/module.h"

#define FAKE_SLOT 7
#define FAKE_PIN "123456"
#define FAKE_SESSIONS 16
#define FAKE_OBJECTS 16
#define FAKE_ATTRIBUTES 12
#define FAKE_LOGINS 16

enum fake_function {
    FAKE_GET_TOKEN_INFO,
    FAKE_OPEN_SESSION,
    FAKE_CLOSE_SESSION,
    FAKE_GET_SESSION_INFO,
    FAKE_LOGIN,
    FAKE_LOGOUT,
    FAKE_SET_PIN,
    FAKE_RANDOM,
    FAKE_FIND_INIT,
    FAKE_FIND,
    FAKE_FIND_FINAL,
    FAKE_GET_ATTRIBUTE,
    FAKE_DESTROY,
    FAKE_SIGN_INIT,
    FAKE_SIGN,
    FAKE_DECRYPT_INIT,
    FAKE_DECRYPT,
    FAKE_DERIVE,
    FAKE_FUNCTIONS
};

struct fake_session {
    CK_SESSION_HANDLE handle; /* 0: not open */
    bool read_write;
    CK_OBJECT_HANDLE key; /* of the operation under way, or 0 */
    bool wants_key_login;
    CK_OBJECT_HANDLE found[FAKE_OBJECTS];
    size_t n_found;
};

struct fake_object {
    CK_ATTRIBUTE attributes[FAKE_ATTRIBUTES];
    size_t n;
    bool is_private; /* seen only when logged in, if the token wants a login */
    bool is_gone;
};

/* One C_Login or C_SetPIN, as it came. */
struct fake_login {
    CK_USER_TYPE user;
    bool by_pinpad;
    char pin[32];
    char new_pin[32];
};

struct fake_script {
    CK_RV answers[8];
    size_t n;
};

/* The one there is.  Tests change it between calls. */
extern struct fake {
    struct module module;
    struct library library;
    CK_FUNCTION_LIST functions;
    CK_TOKEN_INFO info;
    pthread_mutex_t lock;

    char pin[32]; /* the right one */
    unsigned tries_left;
    bool logged_in;
    size_t max_sessions;    /* really */
    bool set_pin_logs_out;  /* C_SetPIN ends the login */
    bool derive_wants_rw;   /* C_DeriveKey needs a read-write session */
    bool ignores_always;    /* CKA_ALWAYS_AUTHENTICATE is only stored */
    CK_OBJECT_HANDLE first; /* handle of the first object */
    struct span answer;     /* what C_Sign, C_Decrypt and C_DeriveKey give */
    CK_ULONG claimed;       /* length claimed instead of that, or 0 */

    struct fake_session sessions[FAKE_SESSIONS];
    CK_SESSION_HANDLE last_session;
    struct fake_object objects[FAKE_OBJECTS];
    size_t n_objects;

    struct fake_script scripts[FAKE_FUNCTIONS];
    unsigned calls[FAKE_FUNCTIONS];
    char trail[4096];
    struct fake_login logins[FAKE_LOGINS];
    size_t n_logins;
    CK_MECHANISM_TYPE mechanism; /* of the last operation */
    struct bytes input;          /* the data or the point it was given */
} fake;

/* For cmocka: once for a group; and before and after each test. */
int fake_set_up_group(void **state);
int fake_set_up(void **state);
int fake_tear_down(void **state);

/* The next call of FUNCTION that has no such answer yet gives RV and does
 * nothing; CKR_OK: it does what it should. */
void fake_answer(enum fake_function function, CK_RV rv);

/* What was called so far: "C_SignInit C_Sign"; and notes of other things that
 * must be seen in the same order. */
void fake_forget_calls(void);
void fake_note(const char *what);
#define assert_trail(expected) assert_string_equal(fake.trail, expected)

size_t fake_n_sessions(void);

/* All sessions are gone, and the login with them. */
void fake_lose_sessions(void);

/* Objects; values are copied. */
struct fake_object *fake_add_object(CK_OBJECT_CLASS class);
void fake_set(struct fake_object *object, CK_ATTRIBUTE_TYPE type,
              const void *value, size_t len);
void fake_set_flag(struct fake_object *object, CK_ATTRIBUTE_TYPE type,
                   bool value);
void fake_clear_object(struct fake_object *object);

/* For the functions themselves: begin writes the call down and gives what a
 * test wants it to answer; end is the last thing they do. */
CK_RV fake_begin(enum fake_function function);
CK_RV fake_end(CK_RV rv);
struct fake_session *fake_session(CK_SESSION_HANDLE handle);
void fake_install_operations(CK_FUNCTION_LIST *functions);

/* Wait until N waits for a condition have begun since the test began. */
void fake_await_waits(unsigned n);
void fake_reset_waits(void);
int __wrap_pthread_cond_wait(pthread_cond_t *cond, pthread_mutex_t *mutex);
int __real_pthread_cond_wait(pthread_cond_t *cond, pthread_mutex_t *mutex);

#endif
