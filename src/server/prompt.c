/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Asking the client: for a PIN, or to show that one is typed on a PIN pad. */
#include "server/prompt.h"

#include <string.h>

#include "base/log.h"
#include "base/str.h"
#include "commands/client.h"
#include "server/assuan_io.h"
#include "server/inquire.h"

/* gpg-agent always sends a buffer of this size. */
#define AGENT_ANSWER 90

/* More than any PIN. */
#define MAX_ANSWER 1024

/* A name longer than this is cut: an Assuan line has 1000 bytes. */
#define MAX_NAME 64

/* NAME, which a token chose, for a dialog: no control characters, no escapes
 * of its own. */
static void put_name(struct strbuf *text, const char *name)
{
    AUTO_FREE char *printable = str_printable(span_str(name));
    size_t len = 0;

    if (printable == NULL)
        return;
    for (const char *p = printable; *p != '\0'; p++, len++) {
        /* Not within a character of several bytes. */
        if (len >= MAX_NAME && ((unsigned char)*p & 0xc0) != 0x80) {
            strbuf_puts(text, "...");
            return;
        }
        if (*p == '%') {
            strbuf_puts(text, "%25");
            len += 2;
        } else {
            strbuf_putc(text, *p);
        }
    }
}

static void put_line(struct strbuf *text, const char *name, const char *value)
{
    if (value == NULL || value[0] == '\0')
        return;
    strbuf_printf(text, "%%0A%s: ", name);
    put_name(text, value);
}

static const char *wrong_text(const struct pin_request *r)
{
    switch (r->wrong_origin) {
    case PIN_FROM_CACHE:
        return "The remembered PIN was wrong.";
    case PIN_FROM_SOURCE:
        return "The PIN from the configuration was wrong.";
    case PIN_TYPED:
        break;
    }
    return "That PIN was wrong.";
}

/* What went before, and how near the token is to being locked. */
static void put_warning(struct strbuf *text, const struct pin_request *r)
{
    const char *near = "";

    if (r->tries == PIN_TRIES_LAST)
        near = "1 try is left: one more wrong PIN locks the token!";
    else if (r->tries == PIN_TRIES_FEW && r->was_wrong)
        near = "Few tries may be left.";
    else if (r->tries == PIN_TRIES_FEW)
        near = "A wrong PIN was entered before.";
    if (r->was_wrong)
        strbuf_puts(text, wrong_text(r));
    if (r->was_wrong && r->was_length)
        strbuf_puts(text, "  ");
    if (r->was_length)
        strbuf_printf(text,
                      "That PIN was not %s: this token's PIN has %zu to "
                      "%zu characters.",
                      r->purpose == PIN_NEW ? "set" : "tried", r->min_len,
                      r->max_len);
    if (near[0] != '\0' && (r->was_wrong || r->was_length))
        strbuf_puts(text, "  ");
    strbuf_puts(text, near);
    if (near[0] != '\0' || r->was_wrong || r->was_length)
        strbuf_puts(text, "%0A%0A");
}

static const char *action_text(const struct pin_request *r)
{
    if (r->purpose == PIN_NEW)
        return "Please enter a new PIN for the token.";
    if (r->purpose == PIN_BOTH)
        return "Please enter the current PIN and then the new one.";
    switch (r->reason.action) {
    case PIN_TO_SIGN:
        return r->purpose == PIN_FOR_KEY
                   ? "Please enter the PIN for this one signature."
                   : "Please enter the PIN to sign.";
    case PIN_TO_DECRYPT:
        return r->purpose == PIN_FOR_KEY
                   ? "Please enter the PIN for this one decryption."
                   : "Please enter the PIN to decrypt.";
    case PIN_TO_CHANGE:
        return "Please enter the current PIN to change it.";
    case PIN_TO_UNLOCK:
        break;
    }
    return "Please enter the PIN to unlock the token.";
}

gpg_error_t prompt_text(const struct pin_request *request, char **ret)
{
    AUTO_STRBUF text = {0};

    /* For "N" gpg-agent asks twice and compares. */
    strbuf_puts(&text, request->purpose == PIN_NEW ? "|N|" : "||");
    put_warning(&text, request);
    strbuf_printf(&text, "%s%%0A", action_text(request));
    put_line(&text, "Token", request->token_label);
    put_line(&text, "Serial", request->token_serial);
    put_line(&text, "Reader", request->reader);
    put_line(&text, "Slot", request->slot);
    put_line(&text, "Key", request->reason.key_label);
    return strbuf_take(&text, ret);
}

static gpg_error_t make_inquiry(const char *keyword,
                                const struct pin_request *request, char **ret)
{
    AUTO_STRBUF line = {0};
    AUTO_FREE char *text = NULL;
    gpg_error_t err = prompt_text(request, &text);

    if (err != 0)
        return err;
    strbuf_printf(&line, "%s %s", keyword, text);
    return strbuf_take(&line, ret);
}

/* What an inquiry came to.  A client that says CAN does not want to.  The rest
 * of a line that was too long, perhaps a PIN, must not be taken for the next
 * command. */
static gpg_error_t answer_error(assuan_context_t ctx, gpg_error_t err)
{
    if (gpg_err_code(err) == GPG_ERR_ASS_CANCELED)
        return gpg_error(GPG_ERR_CANCELED);
    if (gpg_err_code(err) == GPG_ERR_ASS_LINE_TOO_LONG &&
        assuan_io_skip_line(ctx) != 0)
        return gpg_error(GPG_ERR_EOF);
    return err;
}

/* libassuan's own way to ask waits for ever if an answer ends with a percent
 * sign. */
static gpg_error_t ask(assuan_context_t ctx, const char *inquiry,
                       struct secret *ret)
{
    return answer_error(ctx, inquire_secret(ctx, inquiry, MAX_ANSWER, ret));
}

/* The PIN is what comes before the first NUL.  gpg-agent pads it with bytes
 * that mean nothing; from anybody else more behind a NUL is a mistake that
 * must not cost a try. */
static gpg_error_t cut_to_pin(struct secret *answer)
{
    size_t len = 0;

    while (len < answer->len && answer->data[len] != '\0')
        len++;
    for (size_t i = len; i < answer->len && answer->len != AGENT_ANSWER; i++)
        if (answer->data[i] != '\0')
            return gpg_error(GPG_ERR_INV_VALUE);
    if (len < answer->len)
        secret_truncate(answer, len);
    return 0;
}

static gpg_error_t get_pin(void *context, const struct pin_request *request,
                           struct secret *ret)
{
    assuan_context_t ctx = context;
    AUTO_FREE char *inquiry = NULL;
    AUTO_SECRET answer = {0};
    gpg_error_t err = make_inquiry("NEEDPIN", request, &inquiry);

    if (err != 0)
        return err;
    err = ask(ctx, inquiry, &answer);
    if (err == 0)
        err = cut_to_pin(&answer);
    if (err != 0)
        return err;
    secret_clear(ret);
    *ret = answer;
    answer = (struct secret){0};
    return 0;
}

static gpg_error_t inquire_nothing(assuan_context_t ctx, const char *inquiry)
{
    AUTO_SECRET answer = {0};

    return ask(ctx, inquiry, &answer);
}

static gpg_error_t pinpad_show(void *context, const struct pin_request *request)
{
    AUTO_FREE char *inquiry = NULL;
    gpg_error_t err = make_inquiry("POPUPPINPADPROMPT", request, &inquiry);

    return err != 0 ? err : inquire_nothing(context, inquiry);
}

static void pinpad_hide(void *context)
{
    gpg_error_t err = inquire_nothing(context, "DISMISSPINPADPROMPT");

    if (err != 0)
        log_verbose("the client did not take the PIN pad message away: %s",
                    gpg_strerror(err));
}

/* GnuPG before 2.3 does not know the inquiry and fails the whole operation
 * because of it: a client has to show that it is newer. */
static bool has_cache(void *context)
{
    const struct client *client = assuan_get_pointer(context);

    return client->has_pin_cache;
}

static gpg_error_t cache_get(void *context, const char *key, struct bytes *ret)
{
    assuan_context_t ctx = context;
    struct client *client = assuan_get_pointer(ctx);
    AUTO_FREE char *inquiry = NULL;
    AUTO_STRBUF text = {0};
    AUTO_SECRET answer = {0};
    gpg_error_t err = 0;

    strbuf_printf(&text, "PINCACHE_GET %s", key);
    err = strbuf_take(&text, &inquiry);
    if (err == 0)
        err = ask(ctx, inquiry, &answer);
    if (gpg_err_code(err) == GPG_ERR_CANCELED) {
        client->has_pin_cache = false;
        err = 0;
    }
    if (err == 0 && answer.len != 0)
        err = bytes_set(ret, secret_span(&answer));
    return err;
}

static void cache_put(void *context, const char *key, const char *value)
{
    AUTO_STRBUF text = {0};
    AUTO_FREE char *line = NULL;
    gpg_error_t err = 0;

    strbuf_puts(&text, key);
    if (value != NULL)
        strbuf_printf(&text, " %s", value);
    err = strbuf_take(&text, &line);
    if (err == 0)
        err = assuan_write_status(context, "PINCACHE_PUT", line);
    if (err != 0)
        log_verbose("the client did not take a PIN to remember: %s",
                    gpg_strerror(err));
}

struct prompter prompt_make(assuan_context_t ctx, int stop_fd)
{
    return (struct prompter){.context = ctx,
                             .stop_fd = stop_fd,
                             .get_pin = get_pin,
                             .pinpad_show = pinpad_show,
                             .pinpad_hide = pinpad_hide,
                             .has_cache = has_cache,
                             .cache_get = cache_get,
                             .cache_put = cache_put};
}
