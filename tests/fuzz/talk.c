/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* One client that says a lot, and knows what has to come back. */
#include "talk.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

/* What libassuan's buffer has room for, without the line's end. */
#define MAX_LINE 1001
#define MAX_ANSWER_LINE 1000

void talk_begin(struct talk *talk, int in, int out, unsigned number,
                struct rng rng, const struct grammar *grammar)
{
    *talk = (struct talk){
        .in = in, .out = out, .number = number, .rng = rng, .grammar = grammar};
    talk->n_left = 200 + rng_below(&talk->rng, 5000);
    talk->window = (size_t)2 << rng_below(&talk->rng, 7);
    talk->leaves = rng_one_in(&talk->rng, 3);
}

void talk_end(struct talk *talk)
{
    if (!talk->is_first) {
        (void)close(talk->in);
        if (talk->out != talk->in)
            (void)close(talk->out);
    }
    talk->in = talk->out = -1;
    text_free(&talk->unsent);
    text_free(&talk->unread);
}

static void print_start(const char *name, const struct said *line)
{
    const size_t len =
        line->len < sizeof line->start ? line->len : sizeof line->start;

    fprintf(stderr, "  %s (%zu bytes): ", name, line->len);
    for (size_t i = 0; i < len; i++) {
        const unsigned char c = (unsigned char)line->start[i];

        fprintf(stderr, c < ' ' || c >= 0x7f || c == '\\' ? "\\x%02x" : "%c",
                c);
    }
    fputc('\n', stderr);
}

void talk_report(const struct talk *talk, const char *what)
{
    static const char *const states[] = {"has no command", "was asked",
                                         "has answered", "said BYE"};

    fprintf(stderr, "client %u: %s\n  it %s; %zu lines under way\n",
            talk->number, what, states[talk->state], talk->n);
    if (talk->state == TALK_ASKED || talk->state == TALK_ANSWERED)
        print_start("command", &talk->command);
    for (size_t i = 0; i < talk->n && i < 5; i++)
        print_start("next line", &talk->lines[(talk->first + i) % TALK_LINES]);
}

/* --- What is said --------------------------------------------------------- */

/* Is the LEN bytes long LINE a command WORD, as libassuan reads it? */
static bool is_word(const char *line, size_t len, const char *word)
{
    const size_t n = strlen(word);

    return len >= n && strncasecmp(line, word, n) == 0 &&
           (len == n || line[n] == ' ' || line[n] == '\t' || line[n] == '\0');
}

/* What would end the daemon, or change the PIN. */
static bool is_forbidden(const struct talk *talk, const char *line, size_t len)
{
    if (is_word(line, len, "KILLSCD"))
        return true;
    if (talk->is_first && is_word(line, len, "BYE"))
        return true;
    return talk->with_pin && is_word(line, len, "PASSWD") &&
           memmem(line, len, " --clear", strlen(" --clear")) == NULL;
}

static void queue_line(struct talk *talk, char *line, size_t len, uint64_t end)
{
    struct said *said = &talk->lines[(talk->first + talk->n) % TALK_LINES];
    const size_t n = len > 0 && line[len - 1] == '\r' ? len - 1 : len;
    const bool fits = len <= MAX_LINE;

    if (is_forbidden(talk, line, n))
        line[0] = 'X';
    *said = (struct said){.end = end, .len = len};
    said->is_silent = fits && (n == 0 || line[0] == '#');
    said->is_data = fits && n > 0 && (line[0] == 'D' || line[0] == 'd') &&
                    (n == 1 || line[1] == ' ' || line[1] == '\0');
    said->waits = is_word(line, n, "DEVINFO");
    said->is_bye = fits && is_word(line, n, "BYE");
    memcpy(said->start, line,
           len < sizeof said->start ? len : sizeof said->start);
    talk->n++;
}

/* Lines of TEXT, the last of which has its end. */
static void queue(struct talk *talk, struct text *text)
{
    const uint64_t begin = talk->sent + talk->unsent.len;
    size_t at = 0;

    while (at < text->len && talk->n < TALK_LINES) {
        char *end = memchr(text->data + at, '\n', text->len - at);
        const size_t next = (size_t)(end - text->data) + 1;

        queue_line(talk, text->data + at, next - 1 - at, begin + next);
        at = next;
    }
    text_add(&talk->unsent, text->data, at);
}

/* Everything that was sent whole was answered, or waits for more. */
static bool is_settled(const struct talk *talk)
{
    if (talk->state == TALK_ANSWERED)
        return false;
    return talk->n == 0 || talk->lines[talk->first].waits ||
           talk->lines[talk->first].end > talk->sent;
}

/* Now and then the rest of a line comes when all before it is answered. */
static void choose_hold(struct talk *talk)
{
    size_t at = 0;

    if (talk->hold != 0 || talk->unsent.len < 4 || !rng_one_in(&talk->rng, 30))
        return;
    at = 1 + rng_below(&talk->rng, talk->unsent.len - 1);
    talk->hold = talk->sent + at;
}

bool talk_say(struct talk *talk)
{
    struct text text = {0};

    if (talk->n_left == 0)
        return !talk->leaves && (talk->n > 0 || talk->state == TALK_ANSWERED ||
                                 talk->state == TALK_BYE);
    while (talk->n_left > 0 && talk->n < talk->window) {
        grammar_say(talk->grammar, &talk->rng, talk->with_pin, &text);
        talk->n_left--;
        /* The first ends what waits for another line, be it an answer; the
         * second gives the lock back. */
        if (talk->n_left == 0)
            text_puts(&text, "NOP\nRESET\n");
        queue(talk, &text);
        text.len = 0;
    }
    text_free(&text);
    choose_hold(talk);
    return true;
}

bool talk_has_unsent(const struct talk *talk)
{
    return !talk->is_deaf && talk->unsent.len > 0 &&
           (talk->hold == 0 || talk->sent < talk->hold || is_settled(talk));
}

/* --- What comes back ------------------------------------------------------ */

static struct said take_line(struct talk *talk)
{
    const struct said said = talk->lines[talk->first];

    talk->first = (talk->first + 1) % TALK_LINES;
    talk->n--;
    talk->counts.lines++;
    return said;
}

/* Take away what the daemon has read, or will read, without a word. */
static void settle(struct talk *talk)
{
    while (talk->n > 0 && talk->lines[talk->first].end <= talk->sent) {
        const struct said *line = &talk->lines[talk->first];

        if (talk->state == TALK_ASKED && !line->is_silent && !line->is_data)
            talk->state = TALK_ANSWERED;
        else if (talk->state != TALK_ASKED &&
                 !(talk->state == TALK_COMMAND && line->is_silent))
            return;
        (void)take_line(talk);
        if (talk->state == TALK_ANSWERED)
            return;
    }
}

/* The command under way, if there is one. */
static const struct said *under_way(const struct talk *talk)
{
    if (talk->state == TALK_ANSWERED)
        return &talk->command;
    if (talk->state == TALK_COMMAND && talk->n > 0 &&
        talk->lines[talk->first].end <= talk->sent)
        return &talk->lines[talk->first];
    return NULL;
}

static void end_command(struct talk *talk, bool is_ok)
{
    bool is_bye = false;

    if (talk->state == TALK_COMMAND)
        is_bye = take_line(talk).is_bye;
    if (is_ok)
        talk->counts.ok++;
    else
        talk->counts.errors++;
    talk->state = is_bye ? TALK_BYE : TALK_COMMAND;
    settle(talk);
}

static void ask(struct talk *talk)
{
    if (talk->state == TALK_COMMAND)
        talk->command = take_line(talk);
    talk->counts.questions++;
    talk->state = TALK_ASKED;
    settle(talk);
}

static bool has_control(const char *line, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)line[i] < ' ' || line[i] == 0x7f)
            return true;
    return false;
}

static bool complain(const struct talk *talk, const char *what,
                     const char *line, size_t len)
{
    talk_report(talk, what);
    fprintf(stderr, "  the daemon says: %.*s\n", (int)(len < 200 ? len : 200),
            line);
    return false;
}

/* One line of the daemon, without its end. */
static bool hear(struct talk *talk, const char *line, size_t len)
{
    const bool is_data = len >= 2 && memcmp(line, "D ", 2) == 0;

    if (len > MAX_ANSWER_LINE)
        return complain(talk, "a line that is too long", line, len);
    if (!is_data && has_control(line, len))
        return complain(talk, "a control character", line, len);
    if (!talk->was_greeted) {
        talk->was_greeted = true;
        return is_word(line, len, "OK") ||
               complain(talk, "no greeting", line, len);
    }
    if (under_way(talk) == NULL)
        return complain(talk, "nothing was asked", line, len);
    if (is_word(line, len, "OK") || is_word(line, len, "ERR"))
        end_command(talk, line[0] == 'O');
    else if (is_word(line, len, "INQUIRE"))
        ask(talk);
    else if (!is_data && !is_word(line, len, "S") && line[0] != '#')
        return complain(talk, "that is no Assuan", line, len);
    return true;
}

static bool hear_all(struct talk *talk)
{
    size_t at = 0;
    bool good = true;

    while (good && at < talk->unread.len) {
        char *line = talk->unread.data + at;
        char *end = memchr(line, '\n', talk->unread.len - at);

        if (end == NULL)
            break;
        good = hear(talk, line, (size_t)(end - line));
        at = (size_t)(end - talk->unread.data) + 1;
    }
    text_remove(&talk->unread, 0, at);
    return good;
}

static bool would_block(void)
{
    return errno == EAGAIN || errno == EINTR;
}

void talk_write(struct talk *talk)
{
    size_t n = 1 + rng_below(&talk->rng, 8192);
    ssize_t written = 0;

    n = n < talk->unsent.len ? n : talk->unsent.len;
    if (talk->hold != 0 && talk->sent >= talk->hold)
        talk->hold = 0;
    if (talk->hold != 0 && n > talk->hold - talk->sent)
        n = (size_t)(talk->hold - talk->sent);
    written = write(talk->out, talk->unsent.data, n);
    if (written < 0 && would_block())
        return;
    if (written < 0) {
        /* What it said before it closed is still to be read. */
        talk->is_deaf = true;
        return;
    }
    talk->sent += (uint64_t)written;
    text_remove(&talk->unsent, 0, (size_t)written);
    settle(talk);
}

bool talk_read(struct talk *talk)
{
    static char buffer[65536];
    const ssize_t n = read(talk->in, buffer, sizeof buffer);

    if (n < 0 && would_block())
        return true;
    if (n > 0) {
        text_add(&talk->unread, buffer, (size_t)n);
        return hear_all(talk);
    }
    if (talk->state != TALK_BYE) {
        talk_report(talk, "the connection is closed");
        return false;
    }
    talk->leaves = true;
    talk->n_left = 0;
    return true;
}
