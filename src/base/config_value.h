/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* How the values of configuration keywords are read and shown. */
#ifndef BASE_CONFIG_VALUE_H
#define BASE_CONFIG_VALUE_H

#include <gpg-error.h>
#include <stdbool.h>

#include "base/cleanup.h"
#include "base/str.h"

struct config;

/* Each replaces what TARGET holds by what VALUE says, or adds to the list that
 * TARGET is.  VALUE is NULL for a flag.  GPG_ERR_INV_VALUE: VALUE is not what
 * it should be; GPG_ERR_TOO_MANY: the list has CONFIG_MAX_ITEMS already. */
typedef gpg_error_t config_value_fn(const char *value, void *target);

config_value_fn config_value_flag;        /* bool */
config_value_fn config_value_text;        /* char * */
config_value_fn config_value_library;     /* char *: full path or bare name */
config_value_fn config_value_log_file;    /* char *: file or socket */
config_value_fn config_value_seconds;     /* int, -1: no limit */
config_value_fn config_value_mask;        /* unsigned, 0 to 15 */
config_value_fn config_value_grip;        /* char *: 40 hex digits */
config_value_fn config_value_fingerprint; /* char *: 40 or 64 hex digits */
config_value_fn config_value_card_type;   /* enum card_type */
config_value_fn config_value_debug_level; /* enum log_level */
config_value_fn config_value_item;        /* struct config_list */
config_value_fn config_value_uri;         /* list: RFC 7512 without a PIN */
config_value_fn config_value_pin_uri;     /* list: the same with pin-source */
config_value_fn config_value_pin_source;  /* char * */
config_value_fn config_value_env;         /* list: NAME=VALUE */

/* What GnuPG calls levels of debugging, as a message tells it. */
#define CONFIG_DEBUG_LEVELS \
    "'none', 'basic', 'advanced', 'expert', 'guru' or a number from 0 to 9"

/* The other way: each adds the I-th value that TARGET holds to TEXT as a file
 * would have it, nothing for a flag that is set.  False if there is no such
 * value; only a list has more than one.  TARGET belongs to CONFIG. */
typedef bool config_show_fn(const struct config *config, const void *target,
                            size_t i, struct strbuf *text);

config_show_fn config_show_flag;
config_show_fn config_show_text;
config_show_fn config_show_log_file; /* NULL is "stderr" */
config_show_fn config_show_seconds;
config_show_fn config_show_mask;
config_show_fn config_show_debug_level;
config_show_fn config_show_card_type; /* also one that follows from others */
config_show_fn config_show_item;

/* "file:/...", "command:/..." or "credential:NAME"? */
bool config_value_is_pin_source(const char *value);

#endif
