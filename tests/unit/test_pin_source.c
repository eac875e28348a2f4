/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of token/pin_source: what is taken for a PIN, and from where. */
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "token/pin_source.h"
#include "unit.h"

static char folder[64];

static int set_up_group(void **state)
{
    (void)state;
    (void)umask(077);
    return secret_setup() == 0 && log_open(NULL) == 0 ? 0 : -1;
}

static int set_up(void **state)
{
    (void)state;
    (void)snprintf(folder, sizeof folder, "/tmp/test_pin_source.XXXXXX");
    return mkdtemp(folder) != NULL ? 0 : -1;
}

static int remove_one(const char *path, const struct stat *st, int type,
                      struct FTW *at)
{
    (void)st;
    (void)type;
    (void)at;
    return remove(path);
}

static int tear_down(void **state)
{
    (void)state;
    return nftw(folder, remove_one, 4, FTW_DEPTH | FTW_PHYS);
}

/* FORMAT with the folder in it. */
static const char *in_folder(const char *name)
{
    static char path[2][128];
    static unsigned i;

    i = 1 - i;
    (void)snprintf(path[i], sizeof path[i], "%s/%s", folder, name);
    return path[i];
}

static void put(const char *name, const char *data, size_t len, mode_t mode)
{
    int fd = open(in_folder(name), O_WRONLY | O_CREAT | O_TRUNC, 0600);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, data, len), (ssize_t)len);
    assert_int_equal(fchmod(fd, mode), 0);
    (void)close(fd);
}

static gpg_error_t read_named(const char *kind, const char *name,
                              struct secret *ret)
{
    char source[256];

    (void)snprintf(source, sizeof source, "%s:%s", kind, in_folder(name));
    return pin_source_read(source, -1, ret);
}

static void assert_pin(const char *text, size_t len, const char *pin)
{
    AUTO_SECRET got = {0};

    put("pin", text, len, 0600);
    assert_ok(read_named("file", "pin", &got));
    assert_span(secret_span(&got), pin, strlen(pin));
}

static void assert_no_pin(const char *text, size_t len, gpg_err_code_t code)
{
    AUTO_SECRET got = {0};

    put("pin", text, len, 0600);
    assert_code(read_named("file", "pin", &got), code);
    assert_int_equal(got.len, 0);
}

#define LITERAL(text) (text), sizeof(text) - 1

static void one_line_is_a_pin(void **state)
{
    (void)state;
    assert_pin(LITERAL("123456"), "123456");
    assert_pin(LITERAL("123456\n"), "123456");
    assert_pin(LITERAL(" 12 34 \n"), " 12 34 ");
    assert_pin(LITERAL("p\303\244ss%41\n"), "p\303\244ss%41");
}

static void anything_else_is_none(void **state)
{
    (void)state;
    assert_no_pin(LITERAL(""), GPG_ERR_INV_VALUE);
    assert_no_pin(LITERAL("\n"), GPG_ERR_INV_VALUE);
    assert_no_pin(LITERAL("123456\n\n"), GPG_ERR_INV_VALUE);
    assert_no_pin(LITERAL("123456\n654321\n"), GPG_ERR_INV_VALUE);
    assert_no_pin(LITERAL("123456\r\n"), GPG_ERR_INV_VALUE);
    assert_no_pin(LITERAL("1234\00056"), GPG_ERR_INV_VALUE);
}

static void more_than_any_pin_is_none(void **state)
{
    char text[1025];

    (void)state;
    memset(text, '1', sizeof text);
    assert_no_pin(text, sizeof text, GPG_ERR_TOO_LARGE);
    text[1023] = '\n';
    put("pin", text, 1024, 0600);
    {
        AUTO_SECRET got = {0};

        assert_ok(read_named("file", "pin", &got));
        assert_int_equal(got.len, 1023);
    }
}

static void what_others_can_reach_is_refused(void **state)
{
    static const mode_t modes[] = {0640, 0604, 0620, 0602, 0610, 0601, 0777};

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(modes); i++) {
        AUTO_SECRET got = {0};

        put("pin", LITERAL("123456"), modes[i]);
        assert_code(read_named("file", "pin", &got), GPG_ERR_EPERM);
        assert_int_equal(got.len, 0);
    }
}

static void what_is_no_file_is_refused(void **state)
{
    AUTO_SECRET got = {0};

    (void)state;
    assert_int_equal(mkdir(in_folder("folder"), 0700), 0);
    assert_code(read_named("file", "folder", &got), GPG_ERR_INV_VALUE);
    /* And does not keep us waiting for somebody who writes. */
    assert_int_equal(mkfifo(in_folder("fifo"), 0600), 0);
    assert_code(read_named("file", "fifo", &got), GPG_ERR_INV_VALUE);
    put("pin", LITERAL("123456"), 0600);
    assert_int_equal(symlink(in_folder("pin"), in_folder("link")), 0);
    assert_code(read_named("file", "link", &got), GPG_ERR_ELOOP);
    assert_code(read_named("file", "nothing", &got), GPG_ERR_ENOENT);
    assert_code(read_named("file", "nowhere/pin", &got), GPG_ERR_ENOENT);
    assert_code(pin_source_read("nonsense", -1, &got), GPG_ERR_INV_VALUE);
    assert_int_equal(got.len, 0);
}

static void somebody_elses_file_is_refused(void **state)
{
    AUTO_SECRET got = {0};

    (void)state;
    if (geteuid() != 0)
        skip();
    put("pin", LITERAL("123456"), 0600);
    assert_int_equal(chown(in_folder("pin"), 65534, (gid_t)-1), 0);
    assert_code(read_named("file", "pin", &got), GPG_ERR_EPERM);
}

static void a_folder_that_anybody_can_write_to_is_refused(void **state)
{
    AUTO_SECRET got = {0};

    (void)state;
    put("pin", LITERAL("123456"), 0600);
    assert_int_equal(chmod(folder, 0707), 0);
    assert_code(read_named("file", "pin", &got), GPG_ERR_EPERM);
    assert_int_equal(chmod(folder, 01707), 0);
    assert_ok(read_named("file", "pin", &got));
}

static void a_credential_is_found_in_its_folder(void **state)
{
    AUTO_SECRET got = {0};

    (void)state;
    assert_int_equal(unsetenv("CREDENTIALS_DIRECTORY"), 0);
    assert_code(pin_source_read("credential:pin", -1, &got), GPG_ERR_NOT_FOUND);
    assert_int_equal(setenv("CREDENTIALS_DIRECTORY", folder, 1), 0);
    assert_code(pin_source_read("credential:pin", -1, &got), GPG_ERR_ENOENT);
    /* The group's bits are the mask of an access list. */
    put("pin", LITERAL("123456\n"), 0440);
    assert_ok(pin_source_read("credential:pin", -1, &got));
    assert_span(secret_span(&got), "123456", 6);
    put("open", LITERAL("123456\n"), 0444);
    assert_code(pin_source_read("credential:open", -1, &got), GPG_ERR_EPERM);
    assert_code(pin_source_read("credential:..", -1, &got), GPG_ERR_INV_VALUE);
    assert_int_equal(unsetenv("CREDENTIALS_DIRECTORY"), 0);
}

static gpg_error_t run_script(const char *script, int64_t timeout_ms,
                              struct secret *ret)
{
    put("script", script, strlen(script), 0700);
    return pin_source_run(in_folder("script"), -1, timeout_ms, ret);
}

#define LONG 60000

static void what_a_command_writes_is_a_pin(void **state)
{
    AUTO_SECRET got = {0};

    (void)state;
    put("script", LITERAL("#!/bin/sh\nprintf '%s|' \"$@\"\n"), 0700);
    assert_ok(read_named("command", "script one \t two  \"three", &got));
    assert_span(secret_span(&got), "one|two|\"three|", 15);
}

static void a_command_that_fails_has_none(void **state)
{
    AUTO_SECRET got = {0};

    (void)state;
    assert_code(run_script("#!/bin/sh\necho 123456\nexit 1\n", LONG, &got),
                GPG_ERR_GENERAL);
    assert_code(run_script("#!/bin/sh\necho 123456\nkill -9 $$\n", LONG, &got),
                GPG_ERR_GENERAL);
    assert_code(run_script("#!/nonexistent\n", LONG, &got), GPG_ERR_ENOENT);
    put("script", LITERAL("#!/bin/sh\necho 123456\n"), 0600);
    assert_code(pin_source_run(in_folder("script"), -1, LONG, &got),
                GPG_ERR_EACCES);
    assert_code(pin_source_run(in_folder("nothing"), -1, LONG, &got),
                GPG_ERR_ENOENT);
    assert_int_equal(got.len, 0);
}

static void a_command_that_others_can_change_is_not_run(void **state)
{
    AUTO_SECRET got = {0};
    struct stat info = {0};

    (void)state;
    put("script", LITERAL("#!/bin/sh\ntouch \"$0.ran\"\n"), 0702);
    assert_code(pin_source_run(in_folder("script"), -1, LONG, &got),
                GPG_ERR_EPERM);
    assert_int_equal(stat(in_folder("script.ran"), &info), -1);
}

static void a_command_that_writes_too_much_is_ended(void **state)
{
    AUTO_SECRET got = {0};

    (void)state;
    assert_code(
        run_script("#!/bin/sh\nwhile echo 123456; do :; done\n", LONG, &got),
        GPG_ERR_TOO_LARGE);
}

/* With what it started: otherwise the end of its output would not come. */
static void a_command_that_takes_too_long_is_ended(void **state)
{
    static const char *const scripts[] = {
        "#!/bin/sh\nsleep 1000\n", "#!/bin/sh\nsleep 1000 &\nwait\n",
        "#!/bin/sh\ntrap '' TERM INT HUP\nexec sleep 1000\n"};

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(scripts); i++) {
        AUTO_SECRET got = {0};

        assert_code(run_script(scripts[i], 100, &got), GPG_ERR_TIMEOUT);
    }
}

/* The end of a FIFO's last writer shows that what it left behind is gone. */
static void what_a_command_leaves_behind_is_ended(void **state)
{
    AUTO_SECRET got = {0};
    struct pollfd fifo = {.events = POLLIN};

    (void)state;
    assert_int_equal(mkfifo(in_folder("script.fifo"), 0600), 0);
    fifo.fd = open(in_folder("script.fifo"), O_RDONLY | O_NONBLOCK);
    assert_true(fifo.fd >= 0);
    assert_code(run_script("#!/bin/sh\n"
                           "exec 3>\"$0.fifo\"\n"
                           "echo >&3\n"
                           "sleep 60 &\n",
                           1000, &got),
                GPG_ERR_TIMEOUT);
    /* In case that it did not come to open it. */
    (void)close(open(in_folder("script.fifo"), O_WRONLY | O_NONBLOCK));
    do {
        char c = 0;

        fifo.revents = 0;
        (void)!read(fifo.fd, &c, 1);
        assert_int_equal(poll(&fifo, 1, 10000), 1);
    } while ((fifo.revents & POLLHUP) == 0);
    (void)close(fifo.fd);
}

static void a_command_that_does_not_end_is_ended(void **state)
{
    AUTO_SECRET got = {0};

    (void)state;
    assert_code(
        run_script("#!/bin/sh\necho 1\nexec >&-\nsleep 1000\n", 1000, &got),
        GPG_ERR_GENERAL);
}

/* This program is such a command too: it leaves its process group for ours,
 * and does not end soon. */
#define LEAVE_GROUP "leave-group"

static int leave_group(const char *outlived)
{
    int fd = -1;

    if (setpgid(0, getpgid(getppid())) != 0)
        return 1;
    (void)sleep(10);
    fd = open(outlived, O_WRONLY | O_CREAT, 0600);
    return fd < 0;
}

static void a_command_that_leaves_its_group_is_ended(void **state)
{
    AUTO_SECRET got = {0};
    char command[256];

    (void)state;
    (void)snprintf(command, sizeof command, "/proc/self/exe " LEAVE_GROUP " %s",
                   in_folder("outlived"));
    assert_code(pin_source_run(command, -1, 1000, &got), GPG_ERR_TIMEOUT);
    assert_int_equal(access(in_folder("outlived"), F_OK), -1);
}

static void a_log_has_no_arguments(void **state)
{
    static const struct {
        const char *source;
        const char *name;
    } rows[] = {{"command:/bin/ask --key 4711", "command:/bin/ask"},
                {"command:/bin/ask\t4711", "command:/bin/ask"},
                {"file:/a b", "file:/a b"},
                {"credential:pin", "credential:pin"}};

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        AUTO_FREE char *name = pin_source_name(rows[i].source);

        assert_string_equal(name, rows[i].name);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        TEST(one_line_is_a_pin),
        TEST(anything_else_is_none),
        TEST(more_than_any_pin_is_none),
        TEST(what_others_can_reach_is_refused),
        TEST(what_is_no_file_is_refused),
        TEST(somebody_elses_file_is_refused),
        TEST(a_folder_that_anybody_can_write_to_is_refused),
        TEST(a_credential_is_found_in_its_folder),
        TEST(what_a_command_writes_is_a_pin),
        TEST(a_command_that_fails_has_none),
        TEST(a_command_that_others_can_change_is_not_run),
        TEST(a_command_that_writes_too_much_is_ended),
        TEST(a_command_that_takes_too_long_is_ended),
        TEST(what_a_command_leaves_behind_is_ended),
        TEST(a_command_that_does_not_end_is_ended),
        TEST(a_command_that_leaves_its_group_is_ended),
        TEST(a_log_has_no_arguments),
    };

    if (argc == 3 && strcmp(argv[1], LEAVE_GROUP) == 0)
        return leave_group(argv[2]);
    return cmocka_run_group_tests(tests, set_up_group, NULL);
}
