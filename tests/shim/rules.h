/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The script that the shim obeys: one rule a line, "#" begins a comment.  A
 * copy of the shim obeys the file of its own name with ".script" behind, if
 * there is one: so there can be two modules with different tokens.
 *
 *   fail FUNCTION NTH RV [COUNT]  the NTH call of FUNCTION since this rule
 *                         was read, and COUNT - 1 after it, give RV and do
 *                         not reach the module; COUNT "*" is for ever
 *   delay FUNCTION MS     each call waits first
 *   print TEXT            each call prints TEXT to standard output
 *   token-flags +N -N...  flags set and cleared in C_GetTokenInfo
 *   slot-flags +N -N...   the same in C_GetSlotInfo
 *   mechanism-flags +N -N...  the same in C_GetMechanismInfo of all of them
 *   attr CLASS ATTRIBUTE HOW   what C_GetAttributeValue says:
 *        unavailable      CKR_ATTRIBUTE_TYPE_INVALID, length -1
 *        silent           CKR_OK, length -1
 *        length=N         the right value, but N as its length
 *        hex=DIGITS       this value
 *   max-sessions N        of a token at a time
 *   cannot-lock           C_Initialize refuses CKF_OS_LOCKING_OK; calls that
 *                         overlap abort the program
 *   info MANUFACTURER; DESCRIPTION   what C_GetInfo says that the module is
 *   absent [LABEL]        all tokens, or that one, are not there; sessions
 *                         with them are lost
 *   reverse-slots         C_GetSlotList gives the slots the other way round
 *   late-slots            those of "more-slots" are in its list from the next
 *                         time on that it is asked for their number only
 *   token-text LABEL FIELD [TEXT]   what C_GetTokenInfo says: FIELD is
 *                         manufacturer, model, serial or label.  Other rules
 *                         go on knowing the token by the module's LABEL
 *   slot-events           C_WaitForSlotEvent reports tokens that come and go
 *   suspend               once: the sessions that are open now, their objects
 *                         and the logins are gone
 *   log-out               once: nobody is logged in any more
 *   pinpad PIN            claim a protected authentication path; C_Login
 *                         without PIN uses this one
 *   pinpad-new PIN        C_SetPIN without PINs changes that one to this
 *   write-protected       claim so, and open no read-write session
 *   mechanisms -M...      hide and refuse mechanism M
 *   corrupt-signature [NTH [COUNT]]   as "fail", but C_Sign succeeds and the
 *                         last bit of the signature is wrong; each time if no
 *                         NTH is given
 *   ecdsa HOW             what C_Sign gives for an elliptic curve:
 *        der              DER instead of two halves
 *        zero             a signature of which r or s begins with a zero byte
 *        short            one of which both do, without these bytes
 *   padded-plaintext HOW  C_Decrypt for RSA_PKCS gives the whole block
 *                         (full), or all of it but its first byte (short)
 *   more-slots N          N slots behind the others, from number 0x80000000 on:
 *                         in "More reader I" is token "more I" with serial
 *                         "I", else the same as the first one with its keys
 *   init-args [TEXT]      C_Initialize refuses another pReserved
 *   no-overlap            calls that overlap abort the program
 *   gather FUNCTION N     each call waits until N of them are under way at
 *                         once; after 60 seconds it is CKR_GENERAL_ERROR
 *   exchange ID ID        the private keys with these CKA_IDs have each
 *                         other's handles
 *
 * FUNCTION, CLASS and the LABEL of token-text may be "*".  Constants are
 * numbers or their names.  A line of the script that stays as it is when others
 * change keeps its count.
 *
 * All functions need the caller to hold shim_lock. */
#ifndef SHIM_RULES_H
#define SHIM_RULES_H

#include <p11-kit/pkcs11.h>
#include <stdbool.h>
#include <stddef.h>

enum rule_kind {
    RULE_FAIL,
    RULE_DELAY,
    RULE_PRINT,
    RULE_TOKEN_FLAGS,
    RULE_SLOT_FLAGS,
    RULE_MECHANISM_FLAGS,
    RULE_ATTR,
    RULE_MAX_SESSIONS,
    RULE_CANNOT_LOCK,
    RULE_INFO,
    RULE_ABSENT,
    RULE_REVERSE_SLOTS,
    RULE_LATE_SLOTS,
    RULE_TOKEN_TEXT,
    RULE_SLOT_EVENTS,
    RULE_SUSPEND,
    RULE_LOG_OUT,
    RULE_PINPAD,
    RULE_PINPAD_NEW,
    RULE_WRITE_PROTECTED,
    RULE_MECHANISMS,
    RULE_CORRUPT_SIGNATURE,
    RULE_ECDSA,
    RULE_PADDED_PLAINTEXT,
    RULE_EXCHANGE,
    RULE_MORE_SLOTS,
    RULE_INIT_ARGS,
    RULE_NO_OVERLAP,
    RULE_GATHER
};

enum attr_answer { ATTR_UNAVAILABLE, ATTR_SILENT, ATTR_LENGTH, ATTR_VALUE };

#define MAX_LINE 1024
#define MAX_LIST 16
#define ANY_CLASS CK_UNAVAILABLE_INFORMATION

struct rule {
    enum rule_kind kind;
    unsigned number; /* its line in the script */
    char line[MAX_LINE];
    char text[MAX_LINE];  /* FUNCTION, TEXT, LABEL or PIN */
    char field[MAX_LINE]; /* FIELD and TEXT of "token-text" */
    char new_text[MAX_LINE];
    unsigned long value; /* RV, MS, N, or flags to set */
    unsigned long clear; /* flags to clear */
    unsigned long nth;
    unsigned long count;
    unsigned long n_calls; /* counted for "fail", and what happens once */
    CK_OBJECT_CLASS class;
    CK_ATTRIBUTE_TYPE attribute;
    enum attr_answer answer;
    unsigned char bytes[MAX_LINE / 2];
    size_t n_bytes;
    CK_MECHANISM_TYPE list[MAX_LIST];
    size_t n_list;
};

/* Read the script again if it changed; true if it did.  Aborts on a rule
 * that makes no sense. */
bool rules_refresh(void);

/* The first rule of KIND after PREVIOUS (NULL: from the start), or NULL. */
struct rule *rules_next(enum rule_kind kind, const struct rule *previous);
bool rules_has(enum rule_kind kind);

/* The rule for this attribute of an object of CLASS, or NULL. */
const struct rule *rules_attribute(CK_OBJECT_CLASS class,
                                   CK_ATTRIBUTE_TYPE attribute);

bool rules_hide_mechanism(CK_MECHANISM_TYPE mechanism);

#endif
