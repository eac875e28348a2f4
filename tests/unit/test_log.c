/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of base/log: what a line is, where lines go, and that opening the log
 * again loses none. */
#include <fcntl.h>
#include <pthread.h>
#include <regex.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "base/str.h"
#include "unit.h"

/* A bound for what must not block at all. */
#define PATIENCE_SECONDS 120

#define PREFIX                               \
    "^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8} " \
    "gnupg-pkcs11-scd\\[[0-9]+\\] "

static char folder[] = "/tmp/test-log.XXXXXX";
static int real_stderr = -1;
/* The standard error that the log finds, and files for it. */
static char came_with[64];
static char file_a[64];
static char file_b[64];
static char socket_path[64];
static char socket_name[80];

static char *read_whole(const char *name)
{
    AUTO_STRBUF text = {0};
    char buffer[1024];
    char *ret = NULL;
    FILE *f = fopen(name, "r");

    if (f != NULL) {
        for (size_t n = 1; n > 0;) {
            n = fread(buffer, 1, sizeof buffer, f);
            strbuf_put(&text, buffer, n);
        }
        (void)fclose(f);
    }
    assert_ok(strbuf_take(&text, &ret));
    return ret;
}

static size_t count_lines(const char *text)
{
    size_t n = 0;

    for (; *text != '\0'; text++)
        n += *text == '\n';
    return n;
}

/* NAME has so many lines, the last of which PATTERN describes. */
static void assert_last_line(const char *name, size_t n, const char *pattern)
{
    AUTO_FREE char *text = read_whole(name);
    char *last = NULL;
    regex_t regex;
    int rc = 0;

    if (count_lines(text) != n)
        fail_msg("%s has other lines than %zu:\n%s", name, n, text);
    if (n == 0)
        return;
    text[strlen(text) - 1] = '\0';
    last = strrchr(text, '\n');
    last = last != NULL ? last + 1 : text;
    assert_int_equal(regcomp(&regex, pattern, REG_EXTENDED | REG_NOSUB), 0);
    rc = regexec(&regex, last, 0, NULL, 0);
    regfree(&regex);
    if (rc != 0)
        fail_msg("'%s' is not like '%s'", last, pattern);
}

static unsigned count_fds(void)
{
    unsigned n = 0;

    for (int fd = 0; fd < 256; fd++)
        n += fcntl(fd, F_GETFD) >= 0;
    return n;
}

static int listen_there(void)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    (void)unlink(socket_path);
    memcpy(address.sun_path, socket_path, strlen(socket_path) + 1);
    assert_true(fd >= 0);
    assert_int_equal(
        bind(fd, (const struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(fd, 8), 0);
    return fd;
}

/* What one connection brought so far; the bytes up to the end of a line. */
static void assert_received(int fd, const char *pattern)
{
    char buffer[1024] = "";
    size_t len = 0;
    regex_t regex;

    while (len == 0 || buffer[len - 1] != '\n') {
        ssize_t n = read(fd, buffer + len, sizeof buffer - 1 - len);

        if (n <= 0)
            fail_msg("the connection ended after '%s'", buffer);
        len += (size_t)n;
    }
    buffer[len - 1] = '\0';
    assert_int_equal(regcomp(&regex, pattern, REG_EXTENDED | REG_NOSUB), 0);
    if (regexec(&regex, buffer, 0, NULL, 0) != 0)
        fail_msg("'%s' is not like '%s'", buffer, pattern);
    regfree(&regex);
}

static int set_up_group(void **state)
{
    (void)state;
    (void)signal(SIGPIPE, SIG_IGN);
    (void)alarm(PATIENCE_SECONDS);
    if (mkdtemp(folder) == NULL)
        return -1;
    (void)snprintf(came_with, sizeof came_with, "%s/stderr", folder);
    (void)snprintf(file_a, sizeof file_a, "%s/a", folder);
    (void)snprintf(file_b, sizeof file_b, "%s/b", folder);
    (void)snprintf(socket_path, sizeof socket_path, "%s/S.log", folder);
    (void)snprintf(socket_name, sizeof socket_name, "socket://%s", socket_path);
    real_stderr = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 10);
    return 0;
}

static int set_up(void **state)
{
    int fd = open(came_with, O_RDWR | O_CREAT | O_TRUNC | O_APPEND, 0600);

    (void)state;
    (void)dup2(fd, STDERR_FILENO);
    (void)close(fd);
    log_set_level(LOG_LEVEL_NORMAL);
    return log_open(NULL) == 0 ? 0 : -1;
}

/* A failure is told on standard error, which was a file. */
static int tear_down(void **state)
{
    AUTO_FREE char *said = NULL;

    (void)state;
    (void)!log_open(NULL);
    (void)dup2(real_stderr, STDERR_FILENO);
    said = read_whole(came_with);
    (void)fputs(said, stderr);
    (void)unlink(file_a);
    (void)unlink(file_b);
    (void)unlink(socket_path);
    return 0;
}

static int tear_down_group(void **state)
{
    (void)state;
    (void)unlink(came_with);
    return rmdir(folder);
}

static void a_line_has_time_pid_level_and_topic(void **state)
{
    static const struct {
        enum log_kind kind;
        const char *source;
        const char *words;
    } cases[] = {
        {LOG_KIND_ERROR, "../src/token/login.c", "error token"},
        {LOG_KIND_WARNING, "../src/token/look.c", "warning token"},
        {LOG_KIND_INFO, "/usr/src/scd/src/pkcs11/call.c", "info module"},
        {LOG_KIND_VERBOSE, "src/keyring/key.c", "info key"},
        {LOG_KIND_DEBUG, "server/connection.c", "debug client"},
        {LOG_KIND_DEBUG, "./commands/client.c", "debug command"},
        {LOG_KIND_DEBUG, "../src/base/config_report.c", "debug config"},
        {LOG_KIND_DEBUG, "../src/settings.c", "debug config"},
        {LOG_KIND_DEBUG, "../src/main.c", "debug daemon"},
        {LOG_KIND_DEBUG, "main.c", "debug daemon"},
        {LOG_KIND_DEBUG, "/main.c", "debug daemon"},
        {LOG_KIND_DEBUG, "", "debug daemon"},
        {LOG_KIND_DEBUG, "token/", "debug token"},
        {LOG_KIND_DEBUG, "token", "debug token"},
    };

    (void)state;
    log_set_level(LOG_LEVEL_DEBUG);
    assert_ok(log_open(file_a));
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        char pattern[256];

        log_write(cases[i].kind, cases[i].source, "number %zu", i);
        (void)snprintf(pattern, sizeof pattern, PREFIX "%s: number %zu$",
                       cases[i].words, i);
        assert_last_line(file_a, i + 1, pattern);
    }
}

/* gmtime(3) and localtime(3) answer in the same place, and modules call them
 * in other threads. */
static void a_line_leaves_the_time_of_others_alone(void **state)
{
    const time_t long_ago = 0;
    const struct tm *answer = NULL;

    (void)state;
    answer = gmtime(&long_ago);
    log_error("later");
    assert_int_equal(answer->tm_year, 70);
    assert_last_line(came_with, 1, PREFIX "error daemon: later$");
}

static void a_plain_line_is_the_message(void **state)
{
    (void)state;
    log_open_plain();
    log_error("%s", "t.conf:1: a mistake");
    assert_last_line(came_with, 1, "^gnupg-pkcs11-scd: t.conf:1: a mistake$");
    assert_ok(log_open(NULL));
    log_error("x");
    assert_last_line(came_with, 2, PREFIX "error daemon: x$");
}

static void a_level_says_what_is_written(void **state)
{
    static const struct {
        enum log_level level;
        size_t n;
    } cases[] = {
        {LOG_LEVEL_DEBUG, 5},
        {LOG_LEVEL_VERBOSE, 4},
        {LOG_LEVEL_NORMAL, 3},
        {LOG_LEVEL_DEBUG, 5},
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        assert_ok(log_open(file_a));
        log_set_level(cases[i].level);
        assert_true(log_is_debug() == (cases[i].n == 5));
        log_error("x");
        log_warning("x");
        log_info("x");
        log_verbose("x");
        log_debug("x");
        assert_last_line(file_a, cases[i].n, "x$");
        (void)unlink(file_a);
    }
}

/* What others wrote into a message cannot look like a line of its own, nor do
 * anything to a terminal. */
static void nobody_can_forge_a_line(void **state)
{
    static const struct {
        const char *text;
        const char *pattern;
    } cases[] = {
        {"a\n2026-01-01 00:00:00 gnupg-pkcs11-scd[1] error token: b",
         "daemon: a[?]2026-01-01 00:00:00 gnupg-pkcs11-scd"},
        {"a\r\n\v\fb", "daemon: a[?][?][?][?]b$"},
        {"\033]0;title\a\033[2Jb", "daemon: [?]\\]0;title[?][?]\\[2Jb$"},
        {"\xc2\x9b\x32Jb", "daemon: [?]2Jb$"},
        {"\xe2\x80\xa8\xff\xfe\xc0\xaf", "daemon: [?]{5}$"},
        {"%s%n", "daemon: %s%n$"},
        {"\b", "daemon: [?]$"},
        {"", "daemon: $"},
        {"gr\xc3\xb6\xc3\x9f", "daemon: gr\xc3\xb6\xc3\x9f$"},
    };

    (void)state;
    assert_ok(log_open(file_a));
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        log_write(LOG_KIND_ERROR, "main.c", "%s", cases[i].text);
        assert_last_line(file_a, i + 1, cases[i].pattern);
    }
}

static void a_very_long_message_is_cut(void **state)
{
    AUTO_FREE char *text = malloc(1000001);
    struct stat info = {0};

    (void)state;
    assert_non_null(text);
    memset(text, '\\', 1000000);
    text[1000000] = '\0';
    assert_ok(log_open(file_a));
    log_error("%s", text);
    assert_last_line(file_a, 1, "error daemon: [\\]+ \\[cut\\]$");
    assert_int_equal(stat(file_a, &info), 0);
    /* A pipe takes it as a whole. */
    assert_true(info.st_size <= 4096);
}

static unsigned mode_of(const char *name)
{
    struct stat info = {0};

    assert_int_equal(stat(name, &info), 0);
    return info.st_mode & 07777;
}

static void a_file_is_for_its_user_alone(void **state)
{
    const mode_t mask = umask(0);
    int fd = -1;

    (void)state;
    assert_ok(log_open(file_a));
    assert_int_equal(mode_of(file_a), 0600);
    fd = open(file_b, O_WRONLY | O_CREAT, 0666);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, "old\n", 4), 4);
    (void)close(fd);
    assert_ok(log_open(file_b));
    assert_int_equal(mode_of(file_b), 0600);
    log_error("new");
    assert_last_line(file_b, 2, "new$");
    (void)umask(mask);
}

/* Neither a line nor a descriptor gets lost with what cannot be opened. */
static void what_cannot_be_opened_changes_nothing(void **state)
{
    static const struct {
        const char *name;
        gpg_err_code_t code;
    } cases[] = {
        {"/", GPG_ERR_EISDIR},
        {"/nonexistent/log", GPG_ERR_ENOENT},
        {"", GPG_ERR_ENOENT},
        {"socket://", GPG_ERR_BAD_URI},
        {"socket:///tmp/"
         "0123456789012345678901234567890123456789012345678901234567890123456"
         "789012345678901234567890123456789012345678901234567890123456789",
         GPG_ERR_ENAMETOOLONG},
        {"tcp://", GPG_ERR_BAD_URI},
        {"tcp://127.0.0.1", GPG_ERR_BAD_URI},
        {"tcp://127.0.0.1:", GPG_ERR_BAD_URI},
        {"tcp://127.0.0.1:0", GPG_ERR_BAD_URI},
        {"tcp://127.0.0.1:65536", GPG_ERR_BAD_URI},
        {"tcp://127.0.0.1:-1", GPG_ERR_BAD_URI},
        {"tcp://127.0.0.1:1x", GPG_ERR_BAD_URI},
        {"tcp://[::1:1", GPG_ERR_BAD_URI},
        {"tcp://[::1]", GPG_ERR_BAD_URI},
        {"tcp://example.org:1", GPG_ERR_BAD_URI},
    };
    unsigned n_fds = 0;

    (void)state;
    assert_ok(log_open(file_a));
    n_fds = count_fds();
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        assert_code(log_open(cases[i].name), cases[i].code);
        log_error("number %zu", i);
        assert_last_line(file_a, i + 1, "number [0-9]+$");
    }
    assert_int_equal(count_fds(), n_fds);
}

static void a_link_or_a_pipe_without_a_reader_is_refused(void **state)
{
    (void)state;
    assert_int_equal(symlink(file_a, file_b), 0);
    assert_code(log_open(file_b), GPG_ERR_ELOOP);
    assert_int_equal(access(file_a, F_OK), -1);
    (void)unlink(file_b);
    assert_int_equal(mkfifo(file_b, 0600), 0);
    assert_code(log_open(file_b), GPG_ERR_ENXIO);
    log_error("still here");
    assert_last_line(came_with, 1, "still here$");
}

static _Atomic bool is_over;
static _Atomic bool was_open_to_others;

/* Somebody who can write in the folder makes and removes a link, and looks
 * for a moment at which the file is open to others. */
static void *make_links(void *arg)
{
    struct stat info = {0};

    (void)arg;
    while (!atomic_load(&is_over)) {
        if (lstat(file_b, &info) == 0 && S_ISREG(info.st_mode) &&
            (info.st_mode & 077) != 0)
            atomic_store(&was_open_to_others, true);
        (void)unlink(file_b);
        (void)!symlink(file_a, file_b);
        (void)unlink(file_b);
    }
    return NULL;
}

static void nobody_gets_in_between(void **state)
{
    const mode_t mask = umask(0);
    pthread_t thread;
    unsigned n = 0;

    (void)state;
    assert_int_equal(pthread_create(&thread, NULL, make_links, NULL), 0);
    /* And longer, if the other thread did not let it come to that once. */
    for (unsigned i = 0; i < 5000 || (n == 0 && i < 5000000); i++)
        n += log_open(file_b) == 0;
    atomic_store(&is_over, true);
    (void)pthread_join(thread, NULL);
    (void)umask(mask);
    assert_true(n > 0);
    assert_false(atomic_load(&was_open_to_others));
    assert_int_equal(access(file_a, F_OK), -1);
}

static void a_renamed_file_is_left_when_it_is_opened_again(void **state)
{
    const char *text = "a module prints\n";
    const ssize_t len = (ssize_t)strlen(text);

    (void)state;
    assert_ok(log_open(file_a));
    log_error("one");
    assert_int_equal(rename(file_a, file_b), 0);
    log_error("two");
    assert_last_line(file_b, 2, "two$");
    assert_ok(log_open(file_a));
    log_error("three");
    assert_int_equal(write(STDERR_FILENO, text, strlen(text)), len);
    assert_last_line(file_a, 2, "^a module prints$");
    assert_last_line(file_b, 2, "two$");
    assert_int_equal(mode_of(file_a), 0600);
}

/* Each way from one place to another; what modules print follows. */
static void every_change_of_place_is_followed(void **state)
{
    int listener = listen_there();
    const unsigned n_fds = count_fds();
    unsigned round = 0;

    (void)state;
    for (; round < 3; round++) {
        int fd = -1;

        assert_ok(log_open(file_a));
        assert_int_equal(write(STDERR_FILENO, "module\n", 7), 7);
        assert_last_line(file_a, round * 2 + 1, "^module$");
        assert_int_equal(log_place(), LOG_IN_FILE);
        assert_ok(log_open(socket_name));
        assert_int_equal(log_place(), LOG_ON_SOCKET);
        log_error("to the socket");
        fd = accept(listener, NULL, NULL);
        assert_true(fd >= 0);
        assert_received(
            fd, "^gnupg-pkcs11-scd\\[[0-9]+\\]: error daemon: to the socket$");
        assert_int_equal(write(STDERR_FILENO, "module\n", 7), 7);
        assert_last_line(came_with, round * 2 + 1, "^module$");
        assert_ok(log_open(round == 0 ? NULL : round == 1 ? "stderr" : "-"));
        assert_int_equal(log_place(), LOG_ON_STDERR);
        log_error("to standard error");
        assert_last_line(came_with, round * 2 + 2,
                         PREFIX "error daemon: to standard error$");
        assert_ok(log_open(file_a));
        log_error("to the file");
        assert_last_line(file_a, round * 2 + 2, PREFIX ".*to the file$");
        (void)close(fd);
    }
    assert_int_equal(count_fds(), n_fds);
    (void)close(listener);
}

/* They are told of once; who listens later gets what comes later. */
static void lines_without_a_listener_are_lost(void **state)
{
    int listener = -1;

    (void)state;
    assert_ok(log_open(socket_name));
    for (int i = 0; i < 3; i++) {
        int fd = -1;

        log_error("lost");
        log_error("lost");
        assert_last_line(came_with, (size_t)i + 1,
                         "cannot write the log to socket://");
        listener = listen_there();
        log_error("round %d", i);
        fd = accept(listener, NULL, NULL);
        assert_true(fd >= 0);
        assert_received(fd, "error daemon: round [0-9]$");
        (void)close(fd);
        (void)close(listener);
    }
}

static void a_full_disk_is_told_of_once(void **state)
{
    (void)state;
    if (access("/dev/full", W_OK) != 0)
        skip();
    assert_ok(log_open("/dev/full"));
    for (int i = 0; i < 3000; i++)
        log_error("lost");
    assert_last_line(came_with, 1, "cannot write the log to /dev/full: ");
    assert_ok(log_open(file_a));
    log_error("written");
    assert_last_line(file_a, 1, "written$");
}

/* The alarm of set_up_group is for who waits for such a reader. */
static void a_reader_that_does_not_read_blocks_nobody(void **state)
{
    int listener = listen_there();
    int reader = -1;

    (void)state;
    assert_ok(log_open(socket_name));
    for (int i = 0; i < 2000; i++)
        log_error("%0800d", i);
    assert_last_line(came_with, 1, "cannot write the log to socket://");
    (void)close(listener);

    assert_int_equal(mkfifo(file_b, 0600), 0);
    reader = open(file_b, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    assert_true(reader >= 0);
    assert_ok(log_open(file_b));
    for (int i = 0; i < 2000; i++)
        log_error("%0800d", i);
    assert_last_line(came_with, 2, "cannot write the log to .*/b: ");
    (void)close(reader);
    assert_ok(log_open(file_a));
    log_error("written");
    assert_last_line(file_a, 1, "written$");
}

#define N_THREADS 4
#define N_LINES 2000

static _Atomic unsigned n_done;

static void *write_lines(void *arg)
{
    const unsigned id = *(const unsigned *)arg;

    for (unsigned i = 0; i < N_LINES; i++)
        log_error("thread %u line %u", id, i);
    atomic_fetch_add(&n_done, 1);
    return NULL;
}

/* Take the lines of TEXT into SEEN: each is whole, and new. */
static void take_lines(char *text, bool seen[N_THREADS][N_LINES])
{
    char *rest = NULL;
    regex_t regex;

    assert_int_equal(regcomp(&regex,
                             PREFIX "error daemon: thread [0-9]+ line [0-9]+$",
                             REG_EXTENDED | REG_NOSUB),
                     0);
    for (char *l = strtok_r(text, "\n", &rest); l != NULL;
         l = strtok_r(NULL, "\n", &rest)) {
        unsigned long id = 0;
        unsigned long i = 0;
        char *number = NULL;

        if (regexec(&regex, l, 0, NULL, 0) != 0)
            fail_msg("no whole line: '%s'", l);
        id = strtoul(strstr(l, "thread ") + strlen("thread "), &number, 10);
        i = strtoul(number + strlen(" line "), NULL, 10);
        assert_true(id < N_THREADS && i < N_LINES);
        if (seen[id][i])
            fail_msg("twice: '%s'", l);
        seen[id][i] = true;
    }
    regfree(&regex);
}

static void no_line_is_lost_while_it_is_opened_again(void **state)
{
    static bool seen[N_THREADS][N_LINES];
    const char *const places[] = {file_a, NULL, file_b, file_a};
    unsigned ids[N_THREADS] = {0, 1, 2, 3};
    pthread_t threads[N_THREADS];
    const char *const files[] = {file_a, file_b, came_with};

    (void)state;
    for (size_t i = 0; i < N_THREADS; i++)
        assert_int_equal(
            pthread_create(&threads[i], NULL, write_lines, &ids[i]), 0);
    for (size_t i = 0; atomic_load(&n_done) < N_THREADS; i++)
        assert_ok(log_open(places[i % N_ELEMENTS(places)]));
    for (size_t i = 0; i < N_THREADS; i++)
        (void)pthread_join(threads[i], NULL);
    for (size_t i = 0; i < N_ELEMENTS(files); i++) {
        AUTO_FREE char *text = read_whole(files[i]);

        take_lines(text, seen);
    }
    for (size_t i = 0; i < N_THREADS; i++)
        for (size_t j = 0; j < N_LINES; j++)
            if (!seen[i][j])
                fail_msg("thread %zu line %zu is lost", i, j);
}

/* In a process of its own: it takes the standard files away. */
static void run_alone(void (*function)(void))
{
    int status = 0;
    pid_t pid = fork();

    assert_true(pid >= 0);
    if (pid == 0) {
        function();
        _exit(0);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
}

static void print_both(const char *text)
{
    (void)!write(STDOUT_FILENO, text, strlen(text));
    (void)!write(STDERR_FILENO, text, strlen(text));
}

static void take_stdout(void)
{
    log_take_stdout();
    print_both("first\n");
    if (log_open(file_a) != 0)
        _exit(1);
    print_both("second\n");
    if (log_open(socket_name) != 0)
        _exit(2);
    print_both("third\n");
}

static void standard_output_follows_if_it_is_given(void **state)
{
    (void)state;
    run_alone(take_stdout);
    assert_last_line(came_with, 4, "^third$");
    assert_last_line(file_a, 2, "^second$");
}

static void give_up_stderr(void)
{
    log_error("before");
    log_give_up_stderr();
    log_error("lost");
    if (log_open(file_a) != 0)
        _exit(1);
    log_error("in a file");
    log_give_up_stderr();
    log_error("still in a file");
    if (log_open(NULL) != 0)
        _exit(2);
    log_error("lost");
    print_both("");
}

static void standard_error_can_be_given_up(void **state)
{
    (void)state;
    run_alone(give_up_stderr);
    assert_last_line(came_with, 1, "before$");
    assert_last_line(file_a, 2, "still in a file$");
}

/* So many bytes can be in a file; one more byte, and it is full. */
static void limit_files(rlim_t size)
{
    struct rlimit limit = {0};

    if (getrlimit(RLIMIT_FSIZE, &limit) != 0)
        _exit(1);
    limit.rlim_cur = size;
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
        _exit(2);
}

static void fill_and_clear(void)
{
    (void)signal(SIGXFSZ, SIG_IGN);
    if (log_open(file_a) != 0)
        _exit(3);
    log_error("whole");
    limit_files(100);
    log_error("this line is longer than what is left of a hundred bytes");
    log_error("lost");
    limit_files(RLIM_INFINITY);
    log_error("whole again");
    log_error("the last");
}

static void a_line_that_was_cut_off_gets_an_end(void **state)
{
    AUTO_FREE char *text = NULL;
    char *second = NULL;

    (void)state;
    run_alone(fill_and_clear);
    assert_last_line(file_a, 4, PREFIX "error daemon: the last$");
    text = read_whole(file_a);
    assert_null(strstr(text, "lost"));
    assert_non_null(strstr(text, "daemon: whole again\n"));
    second = strchr(text, '\n') + 1;
    assert_int_equal(strchr(second, '\n') - text, 100);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_line_has_time_pid_level_and_topic),
        TEST(a_line_leaves_the_time_of_others_alone),
        TEST(a_plain_line_is_the_message),
        TEST(a_level_says_what_is_written),
        TEST(nobody_can_forge_a_line),
        TEST(a_very_long_message_is_cut),
        TEST(a_file_is_for_its_user_alone),
        TEST(what_cannot_be_opened_changes_nothing),
        TEST(a_link_or_a_pipe_without_a_reader_is_refused),
        TEST(nobody_gets_in_between),
        TEST(a_renamed_file_is_left_when_it_is_opened_again),
        TEST(every_change_of_place_is_followed),
        TEST(lines_without_a_listener_are_lost),
        TEST(a_full_disk_is_told_of_once),
        TEST(a_reader_that_does_not_read_blocks_nobody),
        TEST(no_line_is_lost_while_it_is_opened_again),
        TEST(standard_output_follows_if_it_is_given),
        TEST(standard_error_can_be_given_up),
        TEST(a_line_that_was_cut_off_gets_an_end),
    };

    return cmocka_run_group_tests(tests, set_up_group, tear_down_group);
}
