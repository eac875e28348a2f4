/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* A person before a PIN dialog. */
#include "fake_person.h"

#include <stdio.h>
#include <string.h>

#include "fake_module.h"

static gpg_error_t get_pin(void *context, const struct pin_request *request,
                           struct secret *ret)
{
    struct person *person = context;
    const char *pin = NULL;

    fake_note("ask");
    if (person->n_asked == PERSON_MAX)
        abort();
    pin = person->types[person->n_asked];
    person->requests[person->n_asked++] = *request;
    if (person->before_typing != NULL)
        person->before_typing(person->context);
    if (pin == NULL)
        return gpg_error(GPG_ERR_CANCELED);
    return secret_set(ret, span_str(pin));
}

static gpg_error_t pinpad_show(void *context, const struct pin_request *request)
{
    struct person *person = context;

    fake_note("show");
    person->shown = *request;
    person->n_shown++;
    return person->refuses_pinpad;
}

static void pinpad_hide(void *context)
{
    struct person *person = context;

    fake_note("hide");
    person->n_hidden++;
}

static bool has_cache(void *context)
{
    const struct person *person = context;

    return person->has_cache;
}

static gpg_error_t cache_get(void *context, const char *key, struct bytes *ret)
{
    struct person *person = context;

    fake_note("get");
    person->n_cache_asked++;
    if (person->refuses_cache != 0)
        return person->refuses_cache;
    if (strcmp(person->cached_key, key) != 0)
        return 0;
    return bytes_set(ret, span_str(person->cached));
}

static void cache_put(void *context, const char *key, const char *value)
{
    struct person *person = context;

    fake_note(value != NULL ? "put" : "drop");
    (void)snprintf(person->cached_key, sizeof person->cached_key, "%s", key);
    (void)snprintf(person->cached, sizeof person->cached, "%s",
                   value != NULL ? value : "");
}

struct prompter person_prompter(struct person *person)
{
    return (struct prompter){.context = person,
                             .stop_fd = -1,
                             .get_pin = get_pin,
                             .pinpad_show = pinpad_show,
                             .pinpad_hide = pinpad_hide,
                             .has_cache = has_cache,
                             .cache_get = cache_get,
                             .cache_put = cache_put};
}
