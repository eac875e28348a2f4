/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Target: the line of a command as options and operands. */
#include "commands/args.h"

#include <string.h>

#include "target.h"

/* Within the LEN characters long LINE? */
static void must_be_in(const char *word, const char *line, size_t len)
{
    TARGET_ASSERT(word >= line && word + strlen(word) <= line + len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO_FREE char *line = target_string(data, size);
    const size_t len = strlen(line);
    const char *value = NULL;
    const char *both = NULL;
    bool flag = false;
    bool is_both = false;
    const struct args_option options[] = {{"--flag", &flag, NULL},
                                          {"--value", NULL, &value},
                                          {"--both", &is_both, &both}};
    struct args args = {0};

    if (args_parse(line, options, ARGS_COUNT(options), size % 2 == 0, &args) !=
        0)
        return 0;
    TARGET_ASSERT(args.n <= ARGS_MAX_OPERANDS);
    for (size_t i = 0; i < args.n; i++) {
        TARGET_ASSERT(strpbrk(args.operands[i], " \t") == NULL);
        must_be_in(args.operands[i], line, len);
    }
    if (value != NULL)
        must_be_in(value, line, len);
    TARGET_ASSERT(both == NULL || is_both);
    return 0;
}
