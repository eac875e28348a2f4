/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Telling what is wrong with a configuration file, and where. */
#ifndef BASE_CONFIG_REPORT_H
#define BASE_CONFIG_REPORT_H

#include "base/config.h"

struct config_report {
    const char *file; /* as it is shown; not owned */
    struct config_result result;
};

/* Log "FILE:LINE: ..." and count it: a line that cannot be used, and one that
 * can but should not be there. */
void config_report_error(struct config_report *report, unsigned line,
                         const char *format, ...) PRINTF_LIKE(3, 4);
void config_report_notice(struct config_report *report, unsigned line,
                          const char *format, ...) PRINTF_LIKE(3, 4);

/* A word of the file, which can be anything, as a message shows it. */
struct config_shown {
    char text[84];
};
struct config_shown config_report_show(const char *word);

#endif
