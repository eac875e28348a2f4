/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Says a great number of odd lines to a daemon, over many connections: it has
 * to answer each, to live on, and to do its work afterwards.
 *
 *   fuzz_lines DAEMON HOME PIN LINES [SEED]
 *
 * The same SEED (a number) makes the same clients say the same lines; when
 * each of them is heard is up to the system.  What a sanitizer reports is for
 * the caller to look at. */
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "daemon.h"
#include "talk.h"

#define DEFAULT_SEED 26
/* At the same time, the first client among them. */
#define N_TALKS 5

struct fuzz {
    struct daemon daemon;
    struct grammar grammar;
    const char *pin;
    char *socket_name;
    uint64_t seed;
    size_t n_wanted; /* lines */
    unsigned n_clients;
    struct talk talks[N_TALKS];
    struct counts counts;
    size_t progress;
    time_t progress_at;
};

/* --- What can be said ----------------------------------------------------- */

/* Call TAKE for each line of the answer to COMMAND; an ERR has none. */
static bool learn(struct fuzz *fuzz, const char *command,
                  void (*take)(struct fuzz *, const char *, const char *),
                  const char *about)
{
    struct text answer = {0};
    char *rest = NULL;
    bool is_ok = false;
    const bool good =
        daemon_ask(&fuzz->daemon, command, fuzz->pin, &answer, &is_ok);

    if (is_ok)
        for (char *line = strtok_r(answer.data, "\n", &rest); line != NULL;
             line = strtok_r(NULL, "\n", &rest))
            take(fuzz, about, line);
    text_free(&answer);
    return good;
}

static void take_command(struct fuzz *fuzz, const char *about, const char *line)
{
    (void)about;
    if (strncmp(line, "# ", 2) == 0)
        grammar_add_command(&fuzz->grammar, line + 2);
}

static void take_help(struct fuzz *fuzz, const char *command, const char *line)
{
    if (strncmp(line, "# ", 2) == 0)
        grammar_add_help(&fuzz->grammar, command, line + 2);
}

/* The words of a status line, but for its keyword: whatever names something. */
static void take_names(struct fuzz *fuzz, const char *about, const char *line)
{
    (void)about;
    if (strncmp(line, "S ", 2) != 0)
        return;
    line += 2;
    line += strcspn(line, " ");
    while (*line != '\0') {
        size_t len = 0;

        line += strspn(line, " ");
        len = strcspn(line, " ");
        if (len > 1)
            words_add(&fuzz->grammar.names, line, len);
        line += len;
    }
}

static void take_socket(struct fuzz *fuzz, const char *about, const char *line)
{
    (void)about;
    if (strncmp(line, "D ", 2) == 0 && fuzz->socket_name == NULL)
        fuzz->socket_name = strdup(line + 2);
}

static bool learn_all(struct fuzz *fuzz)
{
    bool good = learn(fuzz, "GETINFO socket_name", take_socket, NULL) &&
                learn(fuzz, "SERIALNO", take_names, NULL) &&
                learn(fuzz, "KEYINFO --list", take_names, NULL) &&
                learn(fuzz, "LEARN --force", take_names, NULL) &&
                learn(fuzz, "HELP", take_command, NULL);

    for (size_t i = 0; i < fuzz->grammar.n_commands && good; i++) {
        const char *name = fuzz->grammar.commands[i].name;
        struct text help = {0};

        text_puts(&help, "HELP ");
        text_puts(&help, name);
        text_putc(&help, '\0');
        good = learn(fuzz, help.data, take_help, name);
        text_free(&help);
    }
    if (good && (fuzz->grammar.n_commands < 20 || fuzz->grammar.names.n < 10 ||
                 fuzz->socket_name == NULL)) {
        fputs("fuzz: the daemon tells too little of itself\n", stderr);
        good = false;
    }
    return good;
}

/* --- The clients ---------------------------------------------------------- */

static struct rng next_rng(struct fuzz *fuzz)
{
    return rng_make(fuzz->seed, fuzz->n_clients);
}

static void begin_first(struct fuzz *fuzz, struct talk *talk)
{
    talk_begin(talk, fuzz->daemon.in, fuzz->daemon.out, fuzz->n_clients,
               next_rng(fuzz), &fuzz->grammar);
    talk->is_first = true;
    talk->was_greeted = true;
    talk->leaves = false;
    fuzz->n_clients++;
}

static bool begin_next(struct fuzz *fuzz, struct talk *talk)
{
    const int fd = daemon_connect(fuzz->socket_name);

    if (fd < 0)
        return false;
    talk_begin(talk, fd, fd, fuzz->n_clients, next_rng(fuzz), &fuzz->grammar);
    /* The last tenth is for what only works with the PIN. */
    talk->with_pin = fuzz->counts.lines >= fuzz->n_wanted / 10 * 9;
    fuzz->n_clients++;
    return true;
}

static void end_talk(struct fuzz *fuzz, struct talk *talk)
{
    fuzz->counts.lines += talk->counts.lines;
    fuzz->counts.ok += talk->counts.ok;
    fuzz->counts.errors += talk->counts.errors;
    fuzz->counts.questions += talk->counts.questions;
    talk_end(talk);
}

/* Let the clients say more, and others come for those that leave.  RET_ANY:
 * there are some. */
static bool refresh(struct fuzz *fuzz, bool *ret_any)
{
    *ret_any = false;
    for (size_t i = 0; i < N_TALKS; i++) {
        struct talk *talk = &fuzz->talks[i];

        if (talk->in >= 0 && !talk_say(talk))
            end_talk(fuzz, talk);
        if (talk->in < 0 && fuzz->counts.lines < fuzz->n_wanted &&
            !begin_next(fuzz, talk))
            return false;
        *ret_any = *ret_any || talk->in >= 0;
    }
    return true;
}

static bool report_all(struct fuzz *fuzz)
{
    for (size_t i = 0; i < N_TALKS; i++)
        if (fuzz->talks[i].in >= 0)
            talk_report(&fuzz->talks[i], "waited long enough");
    return false;
}

/* How far the clients have come; progress messages do not count. */
static size_t progress(const struct fuzz *fuzz)
{
    size_t n = fuzz->counts.lines + fuzz->n_clients;

    for (size_t i = 0; i < N_TALKS; i++)
        n += fuzz->talks[i].counts.lines + (size_t)fuzz->talks[i].sent;
    return n;
}

/* False: it is as it was for too long. */
static bool comes_along(struct fuzz *fuzz)
{
    const time_t now = time(NULL);
    const size_t n = progress(fuzz);

    if (n != fuzz->progress) {
        fuzz->progress = n;
        fuzz->progress_at = now;
    }
    return now - fuzz->progress_at <= PATIENCE_MS / 1000 || report_all(fuzz);
}

static bool exchange(struct fuzz *fuzz)
{
    struct pollfd fds[2 * N_TALKS];

    for (size_t i = 0; i < N_TALKS; i++) {
        const struct talk *talk = &fuzz->talks[i];

        fds[2 * i] = (struct pollfd){.fd = talk->in, .events = POLLIN};
        fds[2 * i + 1] = (struct pollfd){
            .fd = talk->in >= 0 && talk_has_unsent(talk) ? talk->out : -1,
            .events = POLLOUT};
    }
    (void)poll(fds, 2 * N_TALKS, 1000);
    for (size_t i = 0; i < N_TALKS; i++) {
        if (fds[2 * i].revents != 0 && !talk_read(&fuzz->talks[i]))
            return false;
        if (fds[2 * i + 1].revents != 0)
            talk_write(&fuzz->talks[i]);
    }
    return comes_along(fuzz);
}

static bool run_clients(struct fuzz *fuzz)
{
    bool good = true;
    bool any = true;

    for (size_t i = 0; i < N_TALKS; i++)
        fuzz->talks[i].in = -1;
    begin_first(fuzz, &fuzz->talks[0]);
    while (good && any)
        good = refresh(fuzz, &any) && (!any || exchange(fuzz));
    return good;
}

/* --- Afterwards ----------------------------------------------------------- */

/* It signs, as if nothing had been; after the last client that had the lock,
 * who may just be leaving. */
static bool works(struct fuzz *fuzz)
{
    static const char setdata[] = "SETDATA BA7816BF8F01CFEA414140DE5DAE2223"
                                  "B00361A396177A9CB410FF61F20015AD";
    static const char *const commands[] = {
        "RESET",         "LOCK --wait", "UNLOCK", "SERIALNO",
        "LEARN --force", "DISCONNECT",  setdata,  "PKSIGN --hash=sha256 P15.01",
    };
    struct text answer = {0};
    bool good = true;

    for (size_t i = 0; i < sizeof commands / sizeof commands[0] && good; i++)
        good = daemon_ask(&fuzz->daemon, commands[i], fuzz->pin, &answer, NULL);
    if (good && strstr(answer.data, "D ") == NULL) {
        fprintf(stderr, "fuzz: no signature but %s\n", answer.data);
        good = false;
    }
    text_free(&answer);
    return good;
}

/* Something of every kind has been: else it is the fuzzing that is broken. */
static bool was_worth_it(const struct counts *counts)
{
    const bool good = counts->ok > counts->lines / 20 &&
                      counts->errors > counts->lines / 20 &&
                      counts->questions > counts->lines / 1000;

    if (!good)
        fputs("fuzz: too little of one kind of answer\n", stderr);
    return good;
}

/* What the daemon sends us after OPTION event-signal does no harm; it has been
 * started before, and has not inherited that. */
static bool block_signals(void)
{
    sigset_t all;

    return sigfillset(&all) == 0 && sigprocmask(SIG_BLOCK, &all, NULL) == 0;
}

int main(int argc, char **argv)
{
    static struct fuzz fuzz;
    bool good = false;

    if (argc < 5 || argc > 6) {
        fputs("usage: fuzz_lines DAEMON HOME PIN LINES [SEED]\n", stderr);
        return 2;
    }
    (void)signal(SIGPIPE, SIG_IGN);
    fuzz.pin = fuzz.grammar.pin = argv[3];
    fuzz.n_wanted = strtoul(argv[4], NULL, 10);
    fuzz.seed = argc > 5 ? strtoull(argv[5], NULL, 10) : DEFAULT_SEED;
    printf("seed %llu\n", (unsigned long long)fuzz.seed);
    (void)fflush(stdout);
    good = daemon_start(&fuzz.daemon, argv[1], argv[2]) && block_signals() &&
           learn_all(&fuzz) && run_clients(&fuzz);
    printf("%zu lines of %u clients: %zu OK, %zu ERR, %zu questions\n",
           fuzz.counts.lines, fuzz.n_clients, fuzz.counts.ok,
           fuzz.counts.errors, fuzz.counts.questions);
    good = good && was_worth_it(&fuzz.counts) && works(&fuzz) &&
           daemon_end(&fuzz.daemon);
    if (!good && fuzz.daemon.pid > 0)
        (void)kill(fuzz.daemon.pid, SIGKILL);
    grammar_free(&fuzz.grammar);
    free(fuzz.socket_name);
    return good ? 0 : 1;
}
