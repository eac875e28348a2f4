/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Gives a target what files contain, where there is no libFuzzer. */
#include <stdio.h>
#include <string.h>

#include "target.h"

static void replay(const char *name)
{
    static uint8_t data[1024 * 1024];
    FILE *file = fopen(name, "rb");
    size_t n = 0;

    if (file == NULL) {
        perror(name);
        exit(1);
    }
    n = fread(data, 1, sizeof data, file);
    (void)fclose(file);
    (void)LLVMFuzzerTestOneInput(data, n);
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fputs("replay: no file was named\n", stderr);
        return 2;
    }
    for (int i = 1; i < argc; i++)
        replay(argv[i]);
    return 0;
}
