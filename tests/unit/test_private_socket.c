/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of server/private_socket and server/stale_sockets: where a socket is
 * made, who can reach it, and what is removed of others. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "server/private_socket.h"
#include "server/stale_sockets.h"
#include "unit.h"

#define OTHER_USER 65534

/* An empty directory for each test, which is the working directory too. */
static char scratch[] = "/tmp/scd-unit.XXXXXX";

static int set_up(void **state)
{
    (void)state;
    memcpy(scratch + sizeof scratch - 7, "XXXXXX", 6);
    if (mkdtemp(scratch) == NULL || chdir(scratch) != 0)
        return -1;
    return setenv("GNUPG_PKCS11_SOCKETDIR", scratch, 1) == 0 &&
                   unsetenv("TMPDIR") == 0
               ? 0
               : -1;
}

static int remove_one(const char *path, const struct stat *info, int kind,
                      struct FTW *level)
{
    (void)info;
    (void)kind;
    (void)level;
    return remove(path);
}

static int tear_down(void **state)
{
    (void)state;
    return chdir("/") == 0 &&
                   nftw(scratch, remove_one, 8, FTW_DEPTH | FTW_PHYS) == 0
               ? 0
               : -1;
}

static unsigned mode_of(const char *path)
{
    struct stat info = {0};

    assert_int_equal(lstat(path, &info), 0);
    return info.st_mode & 07777;
}

static bool is_there(const char *path)
{
    struct stat info = {0};

    return lstat(path, &info) == 0;
}

static unsigned n_files(const char *directory)
{
    DIR *d = opendir(directory);
    unsigned n = 0;

    assert_non_null(d);
    for (const struct dirent *e = readdir(d); e != NULL; e = readdir(d))
        n += e->d_name[0] != '.';
    (void)closedir(d);
    return n;
}

static struct sockaddr_un address_of(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};

    assert_true(strlen(path) < sizeof address.sun_path);
    memcpy(address.sun_path, path, strlen(path) + 1);
    return address;
}

static bool can_connect(const char *path)
{
    const struct sockaddr_un address = address_of(path);
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    int rc = connect(fd, (const struct sockaddr *)&address, sizeof address);

    (void)close(fd);
    return rc == 0;
}

static struct private_socket open_one(uid_t client)
{
    struct private_socket s = {.fd = -1};

    assert_int_equal(private_socket_open(client, &s), 0);
    return s;
}

static void end_one(struct private_socket *s)
{
    private_socket_remove(s);
    private_socket_close(s);
}

static void a_socket_is_for_its_user_alone(void **state)
{
    struct private_socket s = open_one(geteuid());

    (void)state;
    assert_int_equal(mode_of(s.directory), 0700);
    assert_int_equal(n_files(s.directory), 1);
    assert_memory_equal(s.path, scratch, strlen(scratch));
    assert_int_equal(s.client, geteuid());
    assert_true(can_connect(s.path));
    end_one(&s);
    assert_int_equal(n_files(scratch), 0);
}

static void another_user_can_reach_it(void **state)
{
    struct private_socket s = open_one(OTHER_USER);

    (void)state;
    assert_int_equal(mode_of(s.directory), 0755);
    assert_int_equal(mode_of(s.path), 0666);
    assert_int_equal(s.client, OTHER_USER);
    assert_true(can_connect(s.path));
    end_one(&s);
    assert_int_equal(n_files(scratch), 0);
}

static void places_are_taken_in_their_order(void **state)
{
    struct private_socket s = {.fd = -1};

    (void)state;
    assert_int_equal(mkdir("second", 0700), 0);
    assert_int_equal(setenv("TMPDIR", "second", 1), 0);
    s = open_one(geteuid());
    assert_int_equal(n_files("second"), 0);
    end_one(&s);
    assert_int_equal(setenv("GNUPG_PKCS11_SOCKETDIR", "/nonexistent", 1), 0);
    s = open_one(geteuid());
    assert_int_equal(n_files("second"), 1);
    /* Named relative to the working directory, it is known by its full name. */
    assert_memory_equal(s.path, scratch, strlen(scratch));
    assert_true(can_connect(s.path));
    end_one(&s);
    assert_int_equal(setenv("GNUPG_PKCS11_SOCKETDIR", "", 1), 0);
    s = open_one(geteuid());
    assert_int_equal(n_files("second"), 1);
    end_one(&s);
}

/* A parent so long that the socket's name has LEN bytes. */
static char *make_parent(size_t len)
{
    static char name[128];
    const size_t fixed =
        strlen("/" STALE_SOCKETS_PREFIX "XXXXXX/" STALE_SOCKETS_NAME);
    const size_t wanted = len - fixed;

    assert_true(wanted > strlen(scratch) + 1);
    memset(name, 'x', sizeof name);
    memcpy(name, scratch, strlen(scratch));
    name[strlen(scratch)] = '/';
    name[wanted] = '\0';
    assert_int_equal(mkdir(name, 0700), 0);
    return name;
}

static void the_longest_name_works(void **state)
{
    const size_t max = sizeof((struct sockaddr_un *)NULL)->sun_path - 1;
    struct private_socket s = {.fd = -1};
    char *parent = make_parent(max);

    (void)state;
    assert_int_equal(setenv("GNUPG_PKCS11_SOCKETDIR", parent, 1), 0);
    s = open_one(geteuid());
    assert_int_equal(strlen(s.path), max);
    assert_true(can_connect(s.path));
    end_one(&s);
    assert_int_equal(n_files(parent), 0);
}

static void a_name_too_long_is_passed_over(void **state)
{
    struct private_socket s = {.fd = -1};
    char *parent = make_parent(sizeof((struct sockaddr_un *)NULL)->sun_path);

    (void)state;
    assert_int_equal(setenv("GNUPG_PKCS11_SOCKETDIR", parent, 1), 0);
    assert_int_equal(setenv("TMPDIR", scratch, 1), 0);
    s = open_one(geteuid());
    assert_int_equal(n_files(parent), 0);
    assert_int_equal(n_files(scratch), 2);
    end_one(&s);
}

/* What a daemon makes, in the directory NAME. */
static int bind_in(const char *name)
{
    char path[128];
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
    struct sockaddr_un address;

    assert_int_equal(mkdir(name, 0700), 0);
    (void)snprintf(path, sizeof path, "%s/%s/agent.S", scratch, name);
    address = address_of(path);
    assert_int_equal(
        bind(fd, (const struct sockaddr *)&address, sizeof address), 0);
    return fd;
}

#define DEAD "gnupg-pkcs11-scd.dead00"
#define LIVE "gnupg-pkcs11-scd.live00"

static void a_dead_socket_is_removed_with_its_directory(void **state)
{
    struct private_socket s = {.fd = -1};

    (void)state;
    (void)close(bind_in(DEAD));
    s = open_one(geteuid());
    assert_false(is_there(DEAD));
    assert_int_equal(n_files(scratch), 1);
    assert_true(can_connect(s.path));
    end_one(&s);
}

static void a_live_socket_stays_and_sees_nobody(void **state)
{
    int fd = bind_in(LIVE);

    (void)state;
    /* Bound, but not listening yet. */
    stale_sockets_remove(scratch);
    assert_true(is_there(LIVE "/agent.S"));
    assert_int_equal(listen(fd, 0), 0);
    stale_sockets_remove(scratch);
    assert_true(is_there(LIVE "/agent.S"));
    assert_int_equal(accept(fd, NULL, NULL), -1);
    assert_int_equal(errno, EAGAIN);
    (void)close(fd);
    stale_sockets_remove(scratch);
    assert_int_equal(n_files(scratch), 0);
}

static void nothing_else_is_removed(void **state)
{
    (void)state;
    /* Something else is in its directory. */
    (void)close(bind_in(DEAD));
    assert_int_equal(mkdir(DEAD "/other", 0700), 0);
    /* Not a socket. */
    assert_int_equal(mkdir("gnupg-pkcs11-scd.file00", 0700), 0);
    assert_int_equal(mkdir("gnupg-pkcs11-scd.file00/agent.S", 0700), 0);
    /* Empty: a daemon may be about to fill it. */
    assert_int_equal(mkdir("gnupg-pkcs11-scd.empty0", 0700), 0);
    /* Other names. */
    (void)close(bind_in("gnupg-pkcs11-scd.dead000"));
    (void)close(bind_in("gnupg-pkcs11-scd-dead00"));
    stale_sockets_remove(scratch);
    assert_true(is_there(DEAD "/other"));
    assert_false(is_there(DEAD "/agent.S"));
    assert_true(is_there("gnupg-pkcs11-scd.file00/agent.S"));
    assert_true(is_there("gnupg-pkcs11-scd.empty0"));
    assert_true(is_there("gnupg-pkcs11-scd.dead000/agent.S"));
    assert_true(is_there("gnupg-pkcs11-scd-dead00/agent.S"));
}

static void no_link_is_followed(void **state)
{
    (void)state;
    (void)close(bind_in("elsewhere"));
    assert_int_equal(symlink("elsewhere", DEAD), 0);
    assert_int_equal(mkdir("gnupg-pkcs11-scd.link00", 0700), 0);
    assert_int_equal(
        symlink("../elsewhere/agent.S", "gnupg-pkcs11-scd.link00/agent.S"), 0);
    stale_sockets_remove(scratch);
    assert_true(is_there(DEAD));
    assert_true(is_there("elsewhere/agent.S"));
    assert_true(is_there("gnupg-pkcs11-scd.link00/agent.S"));
}

static void what_another_user_has_stays(void **state)
{
    (void)state;
    if (geteuid() != 0)
        skip();
    (void)close(bind_in(DEAD));
    (void)close(bind_in("gnupg-pkcs11-scd.dead01"));
    assert_int_equal(chown(DEAD, OTHER_USER, OTHER_USER), 0);
    assert_int_equal(
        chown("gnupg-pkcs11-scd.dead01/agent.S", OTHER_USER, OTHER_USER), 0);
    stale_sockets_remove(scratch);
    assert_true(is_there(DEAD "/agent.S"));
    assert_true(is_there("gnupg-pkcs11-scd.dead01/agent.S"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_socket_is_for_its_user_alone),
        TEST(another_user_can_reach_it),
        TEST(places_are_taken_in_their_order),
        TEST(the_longest_name_works),
        TEST(a_name_too_long_is_passed_over),
        TEST(a_dead_socket_is_removed_with_its_directory),
        TEST(a_live_socket_stays_and_sees_nobody),
        TEST(nothing_else_is_removed),
        TEST(no_link_is_followed),
        TEST(what_another_user_has_stays),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
