/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Telling what is wrong with a configuration file, and where. */
#include "base/config_report.h"

#include <stdarg.h>
#include <string.h>

#include "base/log.h"
#include "base/str.h"

#define SHOWN_LEN 80

void config_report_error(struct config_report *report, unsigned line,
                         const char *format, ...)
{
    AUTO_FREE char *message = NULL;
    va_list args;

    va_start(args, format);
    if (vasprintf(&message, format, args) < 0)
        message = NULL;
    va_end(args);
    log_error("%s:%u: %s", report->file, line,
              message != NULL ? message : gpg_strerror(GPG_ERR_ENOMEM));
    report->result.n_errors++;
}

void config_report_notice(struct config_report *report, unsigned line,
                          const char *format, ...)
{
    AUTO_FREE char *message = NULL;
    va_list args;

    va_start(args, format);
    if (vasprintf(&message, format, args) < 0)
        message = NULL;
    va_end(args);
    log_warning("%s:%u: %s", report->file, line,
                message != NULL ? message : gpg_strerror(GPG_ERR_ENOMEM));
    report->result.n_notices++;
}

struct config_shown config_report_show(const char *word)
{
    struct config_shown shown = {""};
    size_t len = strlen(word);
    size_t shown_len = len < SHOWN_LEN ? len : SHOWN_LEN;
    AUTO_FREE char *text = str_printable(span_make(word, shown_len));

    _Static_assert(sizeof shown.text > SHOWN_LEN + 3, "room for the dots");
    (void)snprintf(shown.text, sizeof shown.text, "%s%s",
                   text != NULL ? text : "?", shown_len < len ? "..." : "");
    return shown;
}
