/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The configuration file: its keywords, and what they set. */
#ifndef BASE_CONFIG_H
#define BASE_CONFIG_H

#include <gpg-error.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/cleanup.h"
#include "base/config_origins.h"
#include "base/log.h"

/* The values of a keyword of which each line adds one. */
struct config_list {
    char **items;
    size_t n;
    bool refused; /* a line of the file could not be used */
};
#define CONFIG_MAX_ITEMS 64

/* A PKCS#11 library named in the configuration. */
struct provider_config {
    char *name;
    char *library; /* a full path or a bare name; never NULL */
    bool allow_protected_auth;
    bool cert_private;
    bool serialize;
    unsigned private_mask; /* 0: what the keys' attributes say */
    struct config_list
        match_uris;         /* tokens and keys that are used; none: all */
    struct config_list env; /* NAME=VALUE, for the module */
    char *init_args;        /* of C_Initialize, or NULL */
    char *pin_source;       /* for all its tokens, or NULL */
};

/* How a token presents itself to GnuPG (keyword card-type). */
enum card_type {
    CARD_TYPE_AUTO,    /* not configured: one of the others follows from it */
    CARD_TYPE_P15,     /* our own serial numbers and P15.<id> references */
    CARD_TYPE_OPENPGP, /* three of its keys are those of an OpenPGP card */
    CARD_TYPE_PKCS11   /* as gnupg-pkcs11-scd 0.10 did */
};

/* What OPENPGP.1, .2 and .3 are for, in this order. */
enum openpgp_slot { OPENPGP_SIGN, OPENPGP_ENCR, OPENPGP_AUTH, OPENPGP_SLOTS };

#define CONFIG_MAX_PROVIDERS 64

struct config {
    char *home;     /* GnuPG's; no keyword: the program sets it, or NULL */
    char *log_file; /* NULL: standard error */
    bool verbose;
    bool debug;
    enum log_level debug_level; /* may ask for more than the two above */
    int pin_cache;              /* seconds, -1: until the token is removed */
    bool use_gnupg_pin_cache;
    int session_timeout; /* seconds, -1: no limit */
    struct config_list
        match_uris; /* tokens and keys that are used; none: all */
    struct config_list pin_sources; /* URIs of tokens, with "pin-source" */
    bool use_p11_kit;
    bool no_verify_signatures;
    enum card_type card_type;
    char *openpgp_grip[OPENPGP_SLOTS]; /* 40 upper-case hex digits or NULL */
    char *openpgp_fpr[OPENPGP_SLOTS];  /* 40 or 64 of them or NULL */
    struct provider_config *providers; /* in the order of "providers" */
    size_t n_providers;
    char *provider_names; /* "providers" as the file has it, or NULL */
    bool providers_named; /* it named one, usable or not */
    struct config_origins origins;
};

void config_list_clear(struct config_list *list);

/* Was there a line of LIST in the file, usable or not? */
bool config_list_is_given(const struct config_list *list);

/* The defaults; everything that a file sets is allocated. */
void config_init(struct config *config);
void config_clear(struct config *config);
#define AUTO_CONFIG AUTO(config_clear) struct config

/* What the command line says over the files, once their lines count: KEYWORD
 * of the table was set by it. */
NODISCARD gpg_error_t config_from_command_line(struct config *config,
                                               const char *keyword);

/* The lines with KEYWORD count no more. */
void config_forget_lines(struct config *config, const char *keyword);

/* Read FILE over CONFIG, and keep in its origins that it was looked for and
 * where each value is from.  A line that cannot be used is logged as
 * "FILE:LINE: what is wrong and what to write" and the others still count; a
 * provider without a usable library is left out.
 * Errors: what open(2) or read(2) said (ENOENT for an absent file) or
 * GPG_ERR_TOO_LARGE (more than 1 MiB): nothing was set then. */
NODISCARD gpg_error_t config_read(struct config *config, const char *file,
                                  struct config_result *ret_result);

/* The same from an open stream; NAME stands for the file in messages. */
NODISCARD gpg_error_t config_read_stream(struct config *config, FILE *stream,
                                         const char *name,
                                         struct config_result *ret_result);

/* How its tokens present themselves, never CARD_TYPE_AUTO: as an OpenPGP card
 * if its keys were named and nothing else was asked for. */
enum card_type config_card_type(const struct config *config);

/* Do the modules of p11-kit's registry belong to this configuration?  Yes
 * with "use-p11-kit", and if no provider is named: one that is named but
 * cannot be used does not open the door for all the others. */
bool config_wants_registry(const struct config *config);

/* The I-th keyword of the table as it is written in a file ("provider-NAME-
 * library" for an attribute of providers, '*' at the end for any ending), NULL
 * past the last: for tests and documentation checks. */
const char *config_keyword(size_t i);

#endif
