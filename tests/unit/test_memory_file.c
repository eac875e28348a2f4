/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of keyring/memory_file: what is kept in a home, and which files are not
 * believed. */
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "base/secret.h"
#include "keyring/memory_file.h"
#include "unit.h"

#define SERIAL "FF500B00112233445566"

static char home[] = "/tmp/test_memory.XXXXXX";
static char folder[64];
static char file[128];
static char elsewhere[128];

static int set_up_group(void **state)
{
    (void)state;
    if (mkdtemp(home) == NULL)
        return -1;
    (void)snprintf(folder, sizeof folder, "%s/gnupg-pkcs11-scd.d", home);
    (void)snprintf(file, sizeof file, "%s/" SERIAL, folder);
    (void)snprintf(elsewhere, sizeof elsewhere, "%s/elsewhere", home);
    return log_open(NULL) == 0 && secret_setup() == 0 ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    (void)chmod(home, 0700);
    (void)unlink(file);
    (void)rmdir(file);
    (void)unlink(folder);
    (void)unlink(elsewhere);
    return rmdir(folder) == 0 || access(folder, F_OK) != 0 ? 0 : -1;
}

static int tear_down_group(void **state)
{
    (void)state;
    return rmdir(home);
}

static void fill(struct memory *memory, char id)
{
    struct object object = {.class = OBJECT_PRIVATE_KEY,
                            .key_type = KEY_TYPE_RSA};

    assert_ok(bytes_set(&object.id, span_make(&id, 1)));
    assert_ok(memory_add_object(memory, &object));
    object_clear(&object);
}

static void store(char id)
{
    AUTO_MEMORY memory = {0};

    fill(&memory, id);
    memory_store(home, SERIAL, &memory);
}

/* The only object that is remembered has this ID; 0: nothing is. */
static void assert_remembered(char id)
{
    AUTO_MEMORY memory = {0};

    memory_load(home, SERIAL, &memory);
    assert_int_equal(memory.objects.n, id != 0 ? 1 : 0);
    if (id != 0)
        assert_span(span_of(&memory.objects.objects[0].id), &id, 1);
}

static ino_t inode(void)
{
    struct stat st = {0};

    assert_int_equal(lstat(file, &st), 0);
    assert_true(S_ISREG(st.st_mode));
    assert_int_equal(st.st_mode & 07777, 0600);
    return st.st_ino;
}

static size_t n_files(void)
{
    DIR *dir = opendir(folder);
    size_t n = 0;

    assert_non_null(dir);
    while (readdir(dir) != NULL)
        n++;
    (void)closedir(dir);
    return n - 2;
}

static void write_file(const char *name, const char *text, size_t len)
{
    int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, len), len);
    (void)close(fd);
}

static void what_is_stored_is_loaded(void **state)
{
    struct stat st = {0};

    (void)state;
    assert_remembered(0);
    store('a');
    assert_remembered('a');
    assert_int_equal(lstat(folder, &st), 0);
    assert_int_equal(st.st_mode & 07777, 0700);
    assert_int_equal(n_files(), 1);
    store('b');
    assert_remembered('b');
    assert_int_equal(n_files(), 1);
}

static void the_same_is_not_written_again(void **state)
{
    ino_t before = 0;

    (void)state;
    store('a');
    before = inode();
    store('a');
    assert_int_equal(inode(), before);
    store('b');
    assert_int_not_equal(inode(), before);
}

static void nothing_to_remember_is_no_file(void **state)
{
    const struct memory nothing = {0};

    (void)state;
    memory_store(home, SERIAL, &nothing);
    assert_int_not_equal(access(folder, F_OK), 0);
    store('a');
    memory_store(home, SERIAL, &nothing);
    assert_int_equal(n_files(), 0);
    assert_remembered(0);
}

static void without_a_home_nothing_is_remembered(void **state)
{
    AUTO_MEMORY memory = {0};

    (void)state;
    fill(&memory, 'a');
    memory_store(NULL, SERIAL, &memory);
    memory_store("/nonexistent", SERIAL, &memory);
    memory_store("/dev/null", SERIAL, &memory);
    memory_clear(&memory);
    memory_load(NULL, SERIAL, &memory);
    memory_load("/nonexistent", SERIAL, &memory);
    memory_load("/dev/null", SERIAL, &memory);
    assert_true(memory_is_empty(&memory));
}

/* Each is written anew by the next login. */
static void a_damaged_file_is_replaced(void **state)
{
    static const char *const texts[] = {
        "", "\n", "nonsense", "gnupg-pkcs11-scd memory 1\n",
        ("gnupg-pkcs11-scd memory 1\ntoken " SERIAL "\nsha256 00\n")};
    AUTO_FREE char *large = calloc(1, MEMORY_MAX_SIZE + 1);

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(texts); i++) {
        store('a');
        write_file(file, texts[i], strlen(texts[i]));
        assert_remembered(0);
        store('a');
        assert_remembered('a');
    }
    assert_non_null(large);
    write_file(file, large, MEMORY_MAX_SIZE + 1);
    assert_remembered(0);
    store('a');
    assert_remembered('a');
}

static void no_link_is_followed(void **state)
{
    (void)state;
    store('a');
    assert_int_equal(rename(file, elsewhere), 0);
    assert_int_equal(symlink(elsewhere, file), 0);
    assert_remembered(0);
    store('b');
    (void)inode();
    assert_remembered('b');
    /* What the link pointed to is as it was. */
    assert_int_equal(unlink(file), 0);
    assert_int_equal(rename(elsewhere, file), 0);
    assert_remembered('a');
}

static void a_folder_that_is_a_link_is_not_used(void **state)
{
    (void)state;
    assert_int_equal(mkdir(elsewhere, 0700), 0);
    assert_int_equal(symlink(elsewhere, folder), 0);
    store('a');
    assert_remembered(0);
    assert_int_equal(rmdir(elsewhere), 0);
}

static void what_others_can_write_is_not_believed(void **state)
{
    (void)state;
    store('a');
    assert_int_equal(chmod(file, 0620), 0);
    assert_remembered(0);
    assert_int_equal(chmod(file, 0602), 0);
    assert_remembered(0);
    store('a');
    (void)inode();
    assert_remembered('a');
    assert_int_equal(chmod(folder, 0777), 0);
    assert_remembered(0);
    store('b');
    assert_int_equal(chmod(folder, 0700), 0);
    assert_remembered('a');
}

static void only_a_file_is_a_file(void **state)
{
    (void)state;
    assert_int_equal(mkdir(folder, 0700), 0);
    assert_int_equal(mkfifo(file, 0600), 0);
    assert_remembered(0);
    store('a');
    assert_remembered('a');
    assert_int_equal(unlink(file), 0);
    assert_int_equal(mkdir(file, 0700), 0);
    assert_remembered(0);
    store('a');
    assert_remembered(0);
    assert_int_equal(n_files(), 1);
}

/* Two daemons at once: the one or the other, never a mixture. */
static void writers_do_not_mix(void **state)
{
    enum { WRITERS = 4, ROUNDS = 50 };
    pid_t children[WRITERS];
    AUTO_MEMORY memory = {0};

    (void)state;
    for (int i = 0; i < WRITERS; i++) {
        children[i] = fork();
        assert_true(children[i] >= 0);
        if (children[i] == 0) {
            for (int j = 0; j < ROUNDS; j++)
                store((char)('a' + i));
            _exit(0);
        }
    }
    for (int i = 0; i < WRITERS; i++) {
        int status = -1;

        assert_int_equal(waitpid(children[i], &status, 0), children[i]);
        assert_int_equal(status, 0);
    }
    memory_load(home, SERIAL, &memory);
    assert_int_equal(memory.objects.n, 1);
    assert_int_equal(n_files(), 1);
}

#define FILE_TEST(name) cmocka_unit_test_teardown(name, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FILE_TEST(what_is_stored_is_loaded),
        FILE_TEST(the_same_is_not_written_again),
        FILE_TEST(nothing_to_remember_is_no_file),
        FILE_TEST(without_a_home_nothing_is_remembered),
        FILE_TEST(a_damaged_file_is_replaced),
        FILE_TEST(no_link_is_followed),
        FILE_TEST(a_folder_that_is_a_link_is_not_used),
        FILE_TEST(what_others_can_write_is_not_believed),
        FILE_TEST(only_a_file_is_a_file),
        FILE_TEST(writers_do_not_mix),
    };

    return cmocka_run_group_tests_name("memory_file", tests, set_up_group,
                                       tear_down_group);
}
