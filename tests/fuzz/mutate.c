/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* A line that was changed a little, or more. */
#include "mutate.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* A place in LINE, its end among them. */
static size_t somewhere(struct rng *rng, const struct text *line)
{
    return rng_below(rng, line->len + 1);
}

static void flip_bit(struct rng *rng, struct text *line)
{
    const unsigned bit = 1U << rng_below(rng, 8);
    char *c = NULL;

    if (line->len == 0)
        return;
    c = &line->data[rng_below(rng, line->len)];
    *c = (char)((unsigned char)*c ^ bit);
}

static void cut(struct rng *rng, struct text *line)
{
    line->len = somewhere(rng, line);
}

static void remove_part(struct rng *rng, struct text *line)
{
    const size_t at = somewhere(rng, line);

    text_remove(line, at, rng_below(rng, line->len - at + 1));
}

/* A part of it once more, several times. */
static void repeat_part(struct rng *rng, struct text *line)
{
    char part[16];
    const size_t at = somewhere(rng, line);
    size_t len = rng_below(rng, line->len - at + 1);

    len = len < sizeof part ? len : sizeof part;
    if (len == 0)
        return;
    memcpy(part, line->data + at, len);
    for (size_t n = rng_below(rng, 8) + 1; n > 0; n--)
        text_insert(line, at, part, len);
}

static void insert_odd(struct rng *rng, struct text *line)
{
    static const struct {
        const char *bytes;
        size_t len;
    } odd[] = {{"\0", 1},          {"\r", 1},      {"\n", 1},   {"\t", 1},
               {" ", 1},           {"%", 1},       {"%00", 3},  {"%0A", 3},
               {"%4", 2},          {"%%", 2},      {"\x80", 1}, {"\xff", 1},
               {"\xc3\xa4", 2},    {"\x1b[2J", 4}, {"\x7f", 1}, {"=", 1},
               {"--", 2},          {" -- ", 4},    {"\"", 1},   {"'", 1},
               {"&", 1},           {"%n%s", 4},    {"../", 3},  {"+", 1},
               {"/", 1},           {";", 1},       {"\r\n", 2}, {"\nOK\n", 4},
               {"\nD x\n", 5},     {"\nEND\n", 5}, {"\b", 1},   {"99999", 5},
               {"\xef\xbb\xbf", 3}};
    const size_t i = rng_below(rng, COUNT(odd));

    text_insert(line, somewhere(rng, line), odd[i].bytes, odd[i].len);
}

static void change_byte(struct rng *rng, struct text *line)
{
    if (line->len > 0)
        line->data[rng_below(rng, line->len)] = (char)rng_below(rng, 256);
}

/* Up to a length near that which a line may have, or far beyond. */
static void lengthen(struct rng *rng, struct text *line)
{
    static const char fill[] = " A0%\t";
    const char c = fill[rng_below(rng, sizeof fill - 1)];
    size_t len = 990 + rng_below(rng, 20);

    if (rng_one_in(rng, 4))
        len = 1000 + rng_below(rng, 2000);
    if (rng_one_in(rng, 500))
        len = 70000;
    while (line->len < len)
        text_putc(line, c);
}

void mutate(struct rng *rng, struct text *line)
{
    static void (*const changes[])(struct rng *, struct text *) = {
        flip_bit,   flip_bit,   cut,        remove_part, repeat_part,
        insert_odd, insert_odd, insert_odd, change_byte, change_byte};

    do
        changes[rng_below(rng, COUNT(changes))](rng, line);
    while (rng_one_in(rng, 2));
    if (rng_one_in(rng, 80))
        lengthen(rng, line);
}
