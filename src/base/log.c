/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The log: what happened, for the person who has to find out. */
#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/log_sink.h"
#include "base/str.h"

#define NAME "gnupg-pkcs11-scd"

/* A message is cut after so many bytes: with all in front of it, and should
 * each of them be a backslash, which gpgrt doubles, a pipe takes it in one. */
#define MAX_MESSAGE 1500

#define TIME_SIZE 32

static _Atomic int current_level = LOG_LEVEL_NORMAL;

/* What is said before there is a log, the mistakes in the configuration that
 * names it for instance. */
#define MAX_EARLY 256

/* The rest of this file's variables. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static struct {
    enum log_kind kind;
    const char *topic;
    char *text;
} early[MAX_EARLY];
static size_t n_early;

static bool is_open;
static gpgrt_stream_t stream;             /* gpgrt writes its lines to it ... */
static struct strbuf line;                /* ... and they are here */
static struct log_sink sink = {.fd = -1}; /* where they go */
static char *sink_name; /* NULL: the standard error we came with */
static bool is_failing; /* and it was said */
static bool is_plain;   /* messages only */
static bool has_time;   /* lines begin with it */
static struct log_sink first = {.fd = -1}; /* the standard error we came with */
static bool has_stdout;                    /* standard output follows it */

static const char *const kind_words[] = {
    [LOG_KIND_ERROR] = "error", [LOG_KIND_WARNING] = "warning",
    [LOG_KIND_INFO] = "info",   [LOG_KIND_VERBOSE] = "info",
    [LOG_KIND_DEBUG] = "debug",
};

/* By the name of a source file, or else of its folder. */
static const struct {
    const char *name;
    const char *topic;
} topics[] = {
    {"settings.c", "config"}, {"environment.c", "config"}, {"base", "config"},
    {"pkcs11", "module"},     {"token", "token"},          {"keyring", "key"},
    {"commands", "command"},  {"server", "client"},
};

static const char *find_topic(const char *name, size_t len)
{
    for (size_t i = 0; i < sizeof topics / sizeof topics[0]; i++)
        if (strlen(topics[i].name) == len &&
            memcmp(topics[i].name, name, len) == 0)
            return topics[i].topic;
    return NULL;
}

/* SOURCE is as the compiler was told it: it ends in FOLDER/FILE. */
static const char *get_topic(const char *source)
{
    const char *file = strrchr(source, '/');
    const char *folder = file;
    const char *topic = NULL;

    file = file != NULL ? file + 1 : source;
    topic = find_topic(file, strlen(file));
    if (topic != NULL || folder == NULL)
        return topic != NULL ? topic : "daemon";
    while (folder > source && folder[-1] != '/')
        folder--;
    topic = find_topic(folder, (size_t)(file - 1 - folder));
    return topic != NULL ? topic : "daemon";
}

static gpgrt_ssize_t collect(void *unused, const void *text, size_t len)
{
    (void)unused;
    if (len > 0)
        strbuf_put(&line, text, len);
    return (gpgrt_ssize_t)len;
}

/* Once, until it gets better: to where a person may see it. */
static void tell_failure_locked(int error)
{
    AUTO_STRBUF text = {0};

    if (is_failing || sink_name == NULL)
        return;
    is_failing = true;
    strbuf_printf(&text,
                  NAME "[%ld]: cannot write the log to %s: %s; lines are lost "
                       "until that changes\n",
                  (long)getpid(), sink_name,
                  gpg_strerror(gpg_error_from_errno(error)));
    if (!text.failed)
        (void)log_sink_write(&first, text.text, text.len);
}

/* "2026-03-01 12:00:00 ", or nothing if the clock is out of its mind.  gpgrt
 * can do it, but by localtime(3), whose answer is in the same place as that of
 * gmtime(3): modules call these in other threads. */
static const char *show_time(char ret[TIME_SIZE])
{
    const time_t now = time(NULL);
    struct tm tm = {0};

    if (localtime_r(&now, &tm) == NULL ||
        strftime(ret, TIME_SIZE, "%Y-%m-%d %H:%M:%S ", &tm) == 0)
        ret[0] = '\0';
    return ret;
}

/* Nobody else uses gpgrt's log: its stream and its variables are ours under
 * our lock. */
static void emit_locked(enum log_kind kind, const char *topic, const char *text)
{
    char now[TIME_SIZE] = "";

    if (is_plain)
        gpgrt_log(GPGRT_LOGLVL_INFO, "%s\n", text);
    else if (has_time)
        gpgrt_log(GPGRT_LOGLVL_INFO, "%s" NAME "[%ld] %s %s: %s\n",
                  show_time(now), (long)getpid(), kind_words[kind], topic,
                  text);
    else
        gpgrt_log(GPGRT_LOGLVL_INFO, "%s %s: %s\n", kind_words[kind], topic,
                  text);
    (void)gpgrt_fflush(stream);
    if (line.failed)
        strbuf_clear(&line);
    else if (line.len == 0 || log_sink_write(&sink, line.text, line.len))
        is_failing = false;
    else
        tell_failure_locked(errno);
    line.len = 0;
}

/* The log goes to FRESH, and what modules print too if that is possible. */
static void use_locked(struct log_sink *fresh)
{
    if (sink.is_socket)
        log_sink_close(&sink);
    sink = *fresh;
    (void)dup2(sink.is_socket ? first.fd : sink.fd, STDERR_FILENO);
    if (has_stdout)
        (void)dup2(STDERR_FILENO, STDOUT_FILENO);
    if (!sink.is_socket) {
        log_sink_close(fresh);
        sink.fd = STDERR_FILENO;
    }
}

static gpg_error_t prepare_locked(void)
{
    gpg_error_t err = 0;

    if (stream != NULL)
        return 0;
    log_sink_close(&first);
    err = log_sink_open_fd(STDERR_FILENO, &first);
    if (err != 0)
        return err;
    stream = gpgrt_fopencookie(
        NULL, "w", (gpgrt_cookie_io_functions_t){.func_write = collect});
    if (stream == NULL) {
        err = gpg_error_from_syserror();
        log_sink_close(&first);
        return err;
    }
    gpgrt_log_set_sink(NULL, stream, -1);
    return 0;
}

static gpg_error_t open_sink_locked(const char *file, struct log_sink *ret)
{
    if (file == NULL)
        return log_sink_open_fd(first.fd, ret);
    return log_sink_is_socket(file) ? log_sink_open_socket(file, ret)
                                    : log_sink_open_file(file, ret);
}

/* Lines go to FRESH, whose name is handed over, and so do those that wait. */
static void start_locked(struct log_sink *fresh, char *name, bool plain)
{
    unsigned flags = GPGRT_LOG_WITH_PREFIX;

    use_locked(fresh);
    free(sink_name);
    sink_name = name;
    is_failing = false;
    is_plain = plain;
    has_time = !plain && !sink.is_socket;
    /* What begins with the time is ours. */
    if (has_time)
        flags = 0;
    else if (!plain)
        flags |= GPGRT_LOG_WITH_PID;
    gpgrt_log_set_prefix(NAME, flags);
    is_open = true;
    for (size_t i = 0; i < n_early; i++) {
        emit_locked(early[i].kind, early[i].topic, early[i].text);
        free(early[i].text);
    }
    n_early = 0;
}

static gpg_error_t open_locked(const char *file, bool plain)
{
    struct log_sink fresh = LOG_SINK_NONE;
    char *name = NULL;
    gpg_error_t err = prepare_locked();

    if (err != 0)
        return err;
    err = open_sink_locked(file, &fresh);
    if (err == 0 && file != NULL) {
        err = str_copy(file, &name);
        if (err != 0)
            log_sink_close(&fresh);
    }
    if (err != 0 && (is_open || open_sink_locked(NULL, &fresh) != 0))
        return err;
    start_locked(&fresh, name, plain);
    return err;
}

static bool is_standard_error(const char *file)
{
    return str_equal(file, "stderr") || str_equal(file, "-") ||
           str_equal(file, "/dev/stderr");
}

gpg_error_t log_open(const char *file)
{
    gpg_error_t err = 0;

    if (file != NULL && is_standard_error(file))
        file = NULL;
    (void)pthread_mutex_lock(&lock);
    err = open_locked(file, false);
    (void)pthread_mutex_unlock(&lock);
    return err;
}

void log_open_plain(void)
{
    (void)pthread_mutex_lock(&lock);
    (void)!open_locked(NULL, true);
    (void)pthread_mutex_unlock(&lock);
}

bool log_is_file_name(const char *file)
{
    return file != NULL && !log_sink_is_socket(file) &&
           !is_standard_error(file);
}

enum log_place log_place(void)
{
    enum log_place place = LOG_ON_STDERR;

    (void)pthread_mutex_lock(&lock);
    if (sink.is_socket)
        place = LOG_ON_SOCKET;
    else if (sink_name != NULL)
        place = LOG_IN_FILE;
    (void)pthread_mutex_unlock(&lock);
    return place;
}

void log_take_stdout(void)
{
    (void)pthread_mutex_lock(&lock);
    has_stdout = true;
    (void)dup2(STDERR_FILENO, STDOUT_FILENO);
    (void)pthread_mutex_unlock(&lock);
}

void log_give_up_stderr(void)
{
    struct log_sink nowhere = LOG_SINK_NONE;

    if (log_sink_open_file("/dev/null", &nowhere) != 0)
        return;
    (void)pthread_mutex_lock(&lock);
    log_sink_close(&first);
    first = nowhere;
    /* Unless it is a file by now. */
    if (sink_name == NULL || sink.is_socket) {
        (void)dup2(first.fd, STDERR_FILENO);
        if (has_stdout)
            (void)dup2(STDERR_FILENO, STDOUT_FILENO);
    }
    (void)pthread_mutex_unlock(&lock);
}

void log_set_level(enum log_level level)
{
    atomic_store(&current_level, (int)level);
}

bool log_is_debug(void)
{
    return atomic_load(&current_level) >= LOG_LEVEL_DEBUG;
}

static bool is_wanted(enum log_kind kind)
{
    const int level = atomic_load(&current_level);

    return kind == LOG_KIND_DEBUG     ? level >= LOG_LEVEL_DEBUG
           : kind == LOG_KIND_VERBOSE ? level >= LOG_LEVEL_VERBOSE
                                      : true;
}

/* The message as one line that nobody's text can leave.  NULL if out of
 * memory. */
static char *PRINTF_LIKE(1, 0) make_text(const char *format, va_list args)
{
    AUTO_STRBUF message = {0};
    AUTO_FREE char *whole = NULL;
    struct span start = {0};
    char *text = NULL;

    strbuf_vprintf(&message, format, args);
    if (strbuf_take(&message, &whole) != 0)
        return NULL;
    start = str_cut(whole, MAX_MESSAGE);
    text = str_printable(start);
    if (text == NULL || start.len == strlen(whole))
        return text;
    strbuf_printf(&message, "%s [cut]", text);
    free(text);
    return strbuf_take(&message, &text) == 0 ? text : NULL;
}

void log_write(enum log_kind kind, const char *source, const char *format, ...)
{
    AUTO_FREE char *text = NULL;
    va_list args;

    if (!is_wanted(kind))
        return;
    va_start(args, format);
    text = make_text(format, args);
    va_end(args);
    if (text == NULL)
        return;
    (void)pthread_mutex_lock(&lock);
    if (is_open) {
        emit_locked(kind, get_topic(source), text);
    } else if (n_early < MAX_EARLY) {
        early[n_early].kind = kind;
        early[n_early].topic = get_topic(source);
        early[n_early++].text = TAKE(text);
    }
    (void)pthread_mutex_unlock(&lock);
}
