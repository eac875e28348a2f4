/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of base/gnupg_dir: where GnuPG's home is, and its sockets. */
#include <pwd.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/gnupg_dir.h"
#include "base/secret.h"
#include "base/str.h"
#include "unit.h"

static int set_up(void **state)
{
    (void)state;
    return secret_setup() == 0 ? 0 : -1;
}

/* What gpgconf says of these. */
static void the_name_is_that_of_gpgconf(void **state)
{
    static const struct {
        const char *home;
        const char *name;
    } cases[] = {
        {"/tmp/xhome", "d.q39tcmhp6jia377h48xm8wot"},
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        AUTO_FREE char *name = NULL;

        assert_ok(gnupg_dir_name(cases[i].home, &name));
        assert_string_equal(name, cases[i].name);
    }
}

static void without_a_directory_of_its_own_it_is_the_home(void **state)
{
    static const struct {
        const char *home;
        const char *directory;
    } cases[] = {
        {"/nonexistent/a", "/nonexistent/a"},
        {"/nonexistent/a///", "/nonexistent/a"},
        {"/", "/"},
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        AUTO_FREE char *directory = NULL;

        assert_ok(gnupg_dir_of_sockets(cases[i].home, &directory));
        assert_string_equal(directory, cases[i].directory);
    }
}

static void a_relative_home_is_taken_from_here(void **state)
{
    AUTO_FREE char *directory = NULL;

    (void)state;
    assert_int_equal(chdir("/"), 0);
    assert_ok(gnupg_dir_of_sockets("nonexistent", &directory));
    assert_true(str_has_prefix(directory, "/"));
    assert_true(strstr(directory, "/nonexistent") != NULL);
}

static void the_standard_home_is_the_users(void **state)
{
    static const struct {
        const char *variable;
        const char *home;
    } cases[] = {
        {"/nonexistent/me", "/nonexistent/me/.gnupg"},
        {"/", "/.gnupg"},
    };
    AUTO_FREE char *home = NULL;
    char expected[512];
    const struct passwd *user = getpwuid(getuid());
    const char *origin = NULL;

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        AUTO_FREE char *named = NULL;

        assert_int_equal(setenv("HOME", cases[i].variable, 1), 0);
        assert_ok(gnupg_dir_standard_home(&named, &origin));
        assert_string_equal(named, cases[i].home);
        assert_string_equal(origin, "from HOME");
    }
    assert_int_equal(unsetenv("HOME"), 0);
    (void)snprintf(expected, sizeof expected, "%s/.gnupg",
                   user != NULL ? user->pw_dir : "");
    assert_ok(gnupg_dir_standard_home(&home, &origin));
    assert_string_equal(home, expected);
    assert_string_equal(
        origin, user != NULL
                    ? "from the list of users, as HOME is not set"
                    : "as HOME is not set, and the list of users has no such "
                      "user: set HOME or GNUPGHOME");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_name_is_that_of_gpgconf),
        cmocka_unit_test(without_a_directory_of_its_own_it_is_the_home),
        cmocka_unit_test(a_relative_home_is_taken_from_here),
        cmocka_unit_test(the_standard_home_is_the_users),
    };

    return cmocka_run_group_tests(tests, set_up, NULL);
}
