/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* What a client may say, by chance. */
#include "grammar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "mutate.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])
#define PICK(rng, array) (array)[rng_below(rng, COUNT(array))]

/* --- What the daemon knows ------------------------------------------------ */

static const char between_words[] = " \t[]|():;,.\"";

void grammar_add_command(struct grammar *grammar, const char *line)
{
    const size_t len = strcspn(line, between_words);
    struct command *more = NULL;

    if (len == 0)
        return;
    more = realloc(grammar->commands, (grammar->n_commands + 1) * sizeof *more);
    if (more == NULL)
        abort();
    more[grammar->n_commands] = (struct command){.name = strndup(line, len)};
    grammar->commands = more;
    grammar->n_commands++;
}

static void add_word(struct command *command, const char *word, size_t len)
{
    const char *angle = memchr(word, '<', len);

    if (len > 2 && strncmp(word, "--", 2) == 0)
        words_add(&command->options, word,
                  angle != NULL ? (size_t)(angle - word) : len);
    else
        words_add(&command->operands, word, len);
}

void grammar_add_help(struct grammar *grammar, const char *name,
                      const char *line)
{
    struct command *command = NULL;

    for (size_t i = 0; i < grammar->n_commands && command == NULL; i++)
        if (strcmp(grammar->commands[i].name, name) == 0)
            command = &grammar->commands[i];
    while (command != NULL && *line != '\0') {
        const size_t len = strcspn(line, between_words);

        if (len > 0)
            add_word(command, line, len);
        line += len;
        line += strspn(line, between_words);
    }
}

void grammar_free(struct grammar *grammar)
{
    for (size_t i = 0; i < grammar->n_commands; i++) {
        free(grammar->commands[i].name);
        words_free(&grammar->commands[i].options);
        words_free(&grammar->commands[i].operands);
    }
    free(grammar->commands);
    words_free(&grammar->names);
}

/* --- Words ---------------------------------------------------------------- */

static const char *pick_word(struct rng *rng, const struct words *words)
{
    return words->n > 0 ? words->list[rng_below(rng, words->n)] : "";
}

static void put_number(struct rng *rng, struct text *line)
{
    static const char *const numbers[] = {
        "0",           "1",          "-1",
        "255",         "256",        "1000",
        "65535",       "65536",      "65537",
        "2147483647",  "2147483648", "4294967295",
        "4294967296",  "1e9",        "18446744073709551615",
        "0x7fffffff",  "007",        "18446744073709551616",
        "-2147483648", "+1",         "99999999999999999999999999999999999"};

    text_puts(line, PICK(rng, numbers));
}

static void put_hex(struct rng *rng, struct text *line, size_t n_bytes)
{
    const char *digits =
        rng_one_in(rng, 4) ? "0123456789abcdef" : "0123456789ABCDEF";

    for (size_t i = 0; i < 2 * n_bytes; i++)
        text_putc(line, digits[rng_below(rng, 16)]);
}

static void put_bytes(struct rng *rng, struct text *line, size_t max)
{
    for (size_t n = rng_below(rng, max); n > 0; n--)
        text_putc(line, (char)rng_below(rng, 256));
}

static void put_operand(const struct grammar *grammar, struct rng *rng,
                        const struct command *command, struct text *line)
{
    switch (rng_below(rng, 9)) {
    case 0:
    case 1:
    case 2:
    case 3:
        text_puts(line, pick_word(rng, &grammar->names));
        break;
    case 4:
    case 5:
        text_puts(line, pick_word(rng, &command->operands));
        break;
    case 6:
        put_number(rng, line);
        break;
    case 7:
        put_hex(rng, line, rng_below(rng, 24));
        break;
    default:
        put_bytes(rng, line, 24);
        break;
    }
}

/* --- Lines ---------------------------------------------------------------- */

/* Commands that make the module work hard: a million of them would take hours.
 * And BYE.  One in so many that chance chooses is said. */
static bool is_too_dear(struct rng *rng, const char *line)
{
    static const struct {
        const char *name;
        unsigned one_in;
    } rows[] = {{"LEARN", 8},      {"SERIALNO", 4},  {"RELOADCONF", 50},
                {"SWITCHCARD", 4}, {"CHECKPIN", 4},  {"PASSWD", 4},
                {"PKSIGN", 2},     {"PKDECRYPT", 2}, {"PKAUTH", 2},
                {"RANDOM", 2},     {"HELP", 2},      {"BYE", 50}};

    for (size_t i = 0; i < COUNT(rows); i++)
        if (strcmp(line, rows[i].name) == 0)
            return !rng_one_in(rng, rows[i].one_in);
    return false;
}

static void put_command(const struct grammar *grammar, struct rng *rng,
                        struct text *line)
{
    const struct command *command = NULL;

    do
        command = &grammar->commands[rng_below(rng, grammar->n_commands)];
    while (is_too_dear(rng, command->name));
    text_puts(line, command->name);
    while (command->options.n > 0 && rng_below(rng, 3) != 0) {
        const char *option = pick_word(rng, &command->options);
        const size_t len = strlen(option);

        text_putc(line, ' ');
        text_puts(line, option);
        if (len > 0 && option[len - 1] == '=')
            put_operand(grammar, rng, command, line);
    }
    while (rng_below(rng, 3) != 0) {
        text_putc(line, ' ');
        put_operand(grammar, rng, command, line);
    }
}

/* Data as clients send it: a digest, or a DigestInfo, or just bytes. */
static void put_setdata(struct rng *rng, struct text *line)
{
    static const char *const starts[] = {
        "",
        "3031300D060960864801650304020105000420",
        "3021300906052B0E03021A05000414",
        "3051300D060960864801650304020305000440",
        "04",
        "00",
        "40"};
    static const size_t lens[] = {0, 1, 16, 20, 28, 32, 36, 48, 64, 65, 256};

    text_puts(line, rng_one_in(rng, 6) ? "SETDATA --append " : "SETDATA ");
    text_puts(line, PICK(rng, starts));
    put_hex(rng, line, PICK(rng, lens));
}

/* A command with all that it takes to work. */
static void put_good_command(const struct grammar *grammar, struct rng *rng,
                             struct text *line)
{
    static const char *const starts[] = {
        "READKEY ",
        "READKEY --format=ssh ",
        "READKEY --advanced ",
        "READKEY --info ",
        "READCERT ",
        "KEYINFO ",
        "KEYINFO --data ",
        "GETATTR KEY-FPR ",
        "LEARN --keypairinfo ",
        "SERIALNO --demand=",
        "PKSIGN --hash=sha256 ",
        "PKSIGN --hash=sha1 ",
        "PKSIGN --hash=none ",
        "PKSIGN ",
        "PKAUTH ",
        "PKDECRYPT ",
        "CHECKPIN ",
        "PASSWD ",
        "PASSWD --clear ",
    };
    const char *start = PICK(rng, starts);

    text_puts(line, start);
    text_puts(line, pick_word(rng, &grammar->names));
}

static void put_option(struct rng *rng, struct text *line)
{
    static const char *const names[] = {
        "event-signal", "display", "ttyname", "lc-ctype",
        "--putenv",     "",        "=",       "use-cache-for-signing"};

    text_puts(line, "OPTION ");
    text_puts(line, PICK(rng, names));
    text_puts(line, rng_one_in(rng, 4) ? " " : "=");
    if (rng_one_in(rng, 2))
        put_number(rng, line);
    else
        put_bytes(rng, line, 40);
}

static void put_garbage(struct rng *rng, struct text *line)
{
    static const char *const lines[] = {
        "",     "#",      "# a comment", "\r",      " ",    "\t",
        "OK",   "ERR 1",  "S X",         "INQUIRE", "NOP",  "RESET",
        "HELP", "CANCEL", "AUTH",        "END",     "CAN",  "D",
        "D ",   "D %0A%", "INPUT FD=0",  "OUTPUT",  "NOP x"};

    if (rng_one_in(rng, 2))
        text_puts(line, PICK(rng, lines));
    else
        put_bytes(rng, line, 80);
}

/* --- Answers -------------------------------------------------------------- */

static void put_data(const struct grammar *grammar, struct rng *rng,
                     bool with_pin, struct text *line)
{
    text_puts(line, "D ");
    switch (rng_below(rng, with_pin ? 10 : 5)) {
    case 0:
        put_number(rng, line);
        break;
    case 1:
        put_bytes(rng, line, 300);
        break;
    case 2:
        text_puts(line, "12345678");
        break;
    case 3:
        put_hex(rng, line, rng_below(rng, 100));
        break;
    case 4:
        text_puts(line, "%31%3%00%%41%zz%");
        break;
    default:
        text_puts(line, grammar->pin);
        break;
    }
}

static void end_line(struct rng *rng, struct text *line, struct text *text)
{
    if (rng_one_in(rng, 3))
        mutate(rng, line);
    text_add(text, line->data, line->len);
    text_putc(text, '\n');
    line->len = 0;
}

/* What is said to a question, whether it is asked or not. */
static void say_answer(const struct grammar *grammar, struct rng *rng,
                       bool with_pin, struct text *line, struct text *text)
{
    if (rng_one_in(rng, 3)) {
        text_puts(line, "CAN");
        end_line(rng, line, text);
        return;
    }
    do {
        put_data(grammar, rng, with_pin, line);
        end_line(rng, line, text);
    } while (rng_one_in(rng, with_pin ? 8 : 3));
    text_puts(line, "END");
    end_line(rng, line, text);
}

static bool may_ask(const struct text *line)
{
    static const char *const starts[] = {"PK", "CHECKPIN", "PASSWD"};

    for (size_t i = 0; i < COUNT(starts); i++)
        if (line->len > strlen(starts[i]) &&
            strncasecmp(line->data, starts[i], strlen(starts[i])) == 0)
            return true;
    return false;
}

void grammar_say(const struct grammar *grammar, struct rng *rng, bool with_pin,
                 struct text *text)
{
    struct text line = {0};
    const size_t kind = rng_below(rng, 100);
    bool asks = false;

    if (kind < 55)
        put_command(grammar, rng, &line);
    else if (kind < 70)
        put_good_command(grammar, rng, &line);
    else if (kind < 80)
        put_setdata(rng, &line);
    else if (kind < 86)
        put_option(rng, &line);
    else if (kind < 90)
        put_data(grammar, rng, with_pin, &line);
    else
        put_garbage(rng, &line);
    asks = may_ask(&line);
    end_line(rng, &line, text);
    if (asks && rng_one_in(rng, 2))
        say_answer(grammar, rng, with_pin, &line, text);
    text_free(&line);
}
