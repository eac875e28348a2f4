/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Asking the client a question whose answer is secret. */
#include "server/inquire.h"

#include <string.h>
#include <strings.h>

#include "base/hex.h"
#include "base/str.h"
#include "server/assuan_io.h"

/* Append what the LEN characters of a D line stand for; a percent sign without
 * two digits behind it is one. */
static gpg_error_t append(struct secret *answer, const char *text, size_t len)
{
    AUTO_SECRET longer = {0};
    size_t n = answer->len;
    gpg_error_t err = secret_alloc(&longer, n + len);

    if (err != 0)
        return err;
    if (n != 0)
        memcpy(longer.data, answer->data, n);
    for (size_t i = 0; i < len; n++) {
        int high = text[i] == '%' && len - i > 2 ? hex_digit(text[i + 1]) : -1;
        int low = high >= 0 ? hex_digit(text[i + 2]) : -1;

        longer.data[n] = (uint8_t)(low >= 0 ? high << 4 | low : text[i]);
        i += low >= 0 ? 3 : 1;
    }
    secret_truncate(&longer, n);
    secret_clear(answer);
    *answer = longer;
    longer = (struct secret){0};
    return 0;
}

/* Is the line WORD, in either case and with anything behind it? */
static bool line_is(const char *line, const char *word)
{
    size_t len = strlen(word);

    return strncasecmp(line, word, len) == 0 &&
           (line[len] == '\0' || line[len] == ' ');
}

/* Lines up to the one that ends the answer.  Of one that is too large the rest
 * is read too: it must not be taken for commands. */
static gpg_error_t read_answer(assuan_context_t ctx, size_t max,
                               struct secret *answer)
{
    gpg_error_t result = 0;

    for (;;) {
        char *line = NULL;
        size_t len = 0;
        gpg_error_t err = assuan_read_line(ctx, &line, &len);

        if (err != 0)
            return err;
        if (len == 0 || line[0] == '#')
            continue;
        if (line_is(line, "END"))
            return result;
        if (line_is(line, "CAN"))
            return gpg_error(GPG_ERR_ASS_CANCELED);
        if (!line_is(line, "D"))
            return gpg_error(GPG_ERR_ASS_UNEXPECTED_CMD);
        if (result == 0 && len > 2)
            result = append(answer, line + 2, len - 2);
        if (answer->len > max)
            result = gpg_error(GPG_ERR_TOO_LARGE);
        if (result != 0)
            secret_clear(answer);
        assuan_io_wipe_secret();
    }
}

gpg_error_t inquire_secret(assuan_context_t ctx, const char *question,
                           size_t max, struct secret *ret)
{
    AUTO_SECRET answer = {0};
    AUTO_STRBUF text = {0};
    AUTO_FREE char *line = NULL;
    gpg_error_t err = 0;

    strbuf_printf(&text, "INQUIRE %s", question);
    err = strbuf_take(&text, &line);
    if (err == 0)
        err = assuan_write_line(ctx, line);
    if (err != 0)
        return err;
    /* The answer may be there already, and what is asked for a message that
     * somebody has to read while the token waits. */
    assuan_io_flush();
    assuan_io_begin_secret(ctx);
    err = read_answer(ctx, max, &answer);
    assuan_io_end_secret(ctx);
    if (err != 0)
        return err;
    secret_clear(ret);
    *ret = answer;
    answer = (struct secret){0};
    return 0;
}
