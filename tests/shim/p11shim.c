/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* A PKCS#11 module that passes every call on to a real one, counts it, and
 * misbehaves as a script says.
 *
 * P11SHIM_MODULE is the real module, P11SHIM_LOG a file that gets a line
 * "C_Name 0xRV" for each call, P11SHIM_SCRIPT the script (see rules.h). */
#include <dlfcn.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "rules.h"
#include "sessions.h"
#include "shim.h"

pthread_mutex_t shim_lock = PTHREAD_MUTEX_INITIALIZER;
CK_FUNCTION_LIST *shim_real;

/* What runs now, to notice calls that overlap. */
static atomic_int n_running;

/* A single write, so that lines of different threads and processes do not
 * mix. */
static void log_call(const char *function, CK_RV rv)
{
    const char *name = getenv("P11SHIM_LOG");
    char line[64];
    int len = snprintf(line, sizeof line, "%s 0x%lx\n", function, rv);
    int fd = -1;

    if (name == NULL)
        return;
    fd = open(name, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0 || write(fd, line, (size_t)len) != len) {
        perror("p11shim: cannot write to P11SHIM_LOG");
        abort();
    }
    close(fd);
}

static bool names_function(const struct rule *rule, const char *function)
{
    return strcmp(rule->text, function) == 0 || strcmp(rule->text, "*") == 0;
}

/* Count the call for the "fail" rules; does one of them answer it? */
static bool fails(const char *function, CK_RV *ret_rv)
{
    struct rule *rule = NULL;
    bool failed = false;

    while ((rule = rules_next(RULE_FAIL, rule)) != NULL) {
        if (!names_function(rule, function))
            continue;
        rule->n_calls++;
        if (failed || rule->n_calls < rule->nth ||
            rule->n_calls - rule->nth >= rule->count)
            continue;
        *ret_rv = rule->value;
        failed = true;
    }
    return failed;
}

static unsigned long delay_of(const char *function)
{
    const struct rule *rule = NULL;
    unsigned long ms = 0;

    while ((rule = rules_next(RULE_DELAY, rule)) != NULL)
        if (names_function(rule, function))
            ms += rule->value;
    return ms;
}

static void wait_ms(unsigned long ms)
{
    struct timespec rest = {(time_t)(ms / 1000), (long)(ms % 1000) * 1000000};

    while (nanosleep(&rest, &rest) != 0)
        continue;
}

#define GATHER_SECONDS 60

/* Wait until as many calls of FUNCTION are here as its rule says; false if they
 * do not come.  shim_lock is held. */
static bool gather_locked(const char *function)
{
    static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
    static unsigned long n_here, n_meetings;
    const struct rule *rule = NULL;
    const unsigned long meeting = n_meetings;
    struct timespec until = {0};
    int rc = 0;

    do
        rule = rules_next(RULE_GATHER, rule);
    while (rule != NULL && !names_function(rule, function));
    if (rule == NULL)
        return true;
    if (++n_here >= rule->value) {
        n_here = 0;
        n_meetings++;
        pthread_cond_broadcast(&changed);
        return true;
    }
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += GATHER_SECONDS;
    while (meeting == n_meetings && rc == 0)
        rc = pthread_cond_timedwait(&changed, &shim_lock, &until);
    if (meeting == n_meetings)
        n_here--;
    return meeting != n_meetings;
}

/* Calls that are in the module now, and whether no more may enter. */
static struct {
    pthread_cond_t changed;
    unsigned n;
    bool is_closed;
} inside = {.changed = PTHREAD_COND_INITIALIZER};

static bool is_waiting(const char *function)
{
    return strcmp(function, "C_WaitForSlotEvent") == 0;
}

static void enter(const char *function)
{
    if (is_waiting(function))
        return;
    pthread_mutex_lock(&shim_lock);
    while (inside.is_closed)
        pthread_cond_wait(&inside.changed, &shim_lock);
    inside.n++;
    pthread_mutex_unlock(&shim_lock);
}

static void leave(const char *function)
{
    if (is_waiting(function))
        return;
    pthread_mutex_lock(&shim_lock);
    inside.n--;
    pthread_cond_broadcast(&inside.changed);
    pthread_mutex_unlock(&shim_lock);
}

void shim_refresh_locked(void)
{
    if (!rules_refresh())
        return;
    while (inside.is_closed)
        pthread_cond_wait(&inside.changed, &shim_lock);
    inside.is_closed = true;
    while (inside.n > 0)
        pthread_cond_wait(&inside.changed, &shim_lock);
    sessions_lose_absent();
    sessions_obey();
    inside.is_closed = false;
    pthread_cond_broadcast(&inside.changed);
}

static void print_rules(void)
{
    const struct rule *rule = NULL;

    while ((rule = rules_next(RULE_PRINT, rule)) != NULL) {
        puts(rule->text);
        fflush(stdout);
    }
}

/* What every call begins with.  False: it is answered with *RET_RV and the
 * module does not see it. */
static bool begin(const char *function, CK_RV *ret_rv)
{
    int n_others = atomic_fetch_add(&n_running, 1);
    unsigned long ms = 0;
    bool failed = false;

    pthread_mutex_lock(&shim_lock);
    shim_refresh_locked();
    if (n_others > 0 &&
        (rules_has(RULE_CANNOT_LOCK) || rules_has(RULE_NO_OVERLAP))) {
        fprintf(stderr, "p11shim: %s overlaps another call\n", function);
        abort();
    }
    print_rules();
    failed = fails(function, ret_rv);
    ms = delay_of(function);
    if (!failed && !gather_locked(function)) {
        *ret_rv = CKR_GENERAL_ERROR;
        failed = true;
    }
    pthread_mutex_unlock(&shim_lock);
    if (ms > 0)
        wait_ms(ms);
    if (!failed)
        enter(function);
    return !failed;
}

static void end(const char *function, CK_RV rv)
{
    atomic_fetch_sub(&n_running, 1);
    log_call(function, rv);
}

static CK_RV check_session(CK_SESSION_HANDLE session)
{
    CK_RV rv = CKR_OK;

    pthread_mutex_lock(&shim_lock);
    rv = sessions_check(session);
    pthread_mutex_unlock(&shim_lock);
    return rv;
}

CK_RV shim_check_mechanism(CK_SESSION_HANDLE session,
                           const CK_MECHANISM *mechanism)
{
    CK_RV rv = check_session(session);

    if (rv != CKR_OK || mechanism == NULL)
        return rv;
    pthread_mutex_lock(&shim_lock);
    if (rules_hide_mechanism(mechanism->mechanism))
        rv = CKR_MECHANISM_INVALID;
    pthread_mutex_unlock(&shim_lock);
    return rv;
}

#define PARAMS1(A) (A a)
#define PARAMS2(A, B) (A a, B b)
#define PARAMS3(A, B, C) (A a, B b, C c)
#define PARAMS4(A, B, C, D) (A a, B b, C c, D d)
#define PARAMS5(A, B, C, D, E) (A a, B b, C c, D d, E e)
#define PARAMS6(A, B, C, D, E, F) (A a, B b, C c, D d, E e, F f)
#define PARAMS8(A, B, C, D, E, F, G, H) (A a, B b, C c, D d, E e, F f, G g, H h)
#define ARGS1 (a)
#define ARGS2 (a, b)
#define ARGS3 (a, b, c)
#define ARGS4 (a, b, c, d)
#define ARGS5 (a, b, c, d, e)
#define ARGS6 (a, b, c, d, e, f)
#define ARGS8 (a, b, c, d, e, f, g, h)

#define DEFINE(name, check, target, params, args) \
    static CK_RV shim_##name params               \
    {                                             \
        CK_RV rv = CKR_OK;                        \
                                                  \
        if (begin(#name, &rv)) {                  \
            rv = check;                           \
            if (rv == CKR_OK)                     \
                rv = target args;                 \
            leave(#name);                         \
        }                                         \
        end(#name, rv);                           \
        return rv;                                \
    }
#define OWN(n, name, ...) \
    DEFINE(name, CKR_OK, own_##name, PARAMS##n(__VA_ARGS__), ARGS##n)
#define PLAIN(n, name, ...) \
    DEFINE(name, CKR_OK, shim_real->name, PARAMS##n(__VA_ARGS__), ARGS##n)
#define SESSION(n, name, ...)                                               \
    DEFINE(name, check_session(a), shim_real->name, PARAMS##n(__VA_ARGS__), \
           ARGS##n)
#define MECH(n, name, ...)                                    \
    DEFINE(name, shim_check_mechanism(a, b), shim_real->name, \
           PARAMS##n(__VA_ARGS__), ARGS##n)
#include "functions.def"
#undef OWN
#undef PLAIN
#undef SESSION
#undef MECH

#define OWN(n, name, ...) .name = shim_##name,
#define PLAIN(n, name, ...) .name = shim_##name,
#define SESSION(n, name, ...) .name = shim_##name,
#define MECH(n, name, ...) .name = shim_##name,
CK_FUNCTION_LIST shim_functions = {
    .version = {CRYPTOKI_VERSION_MAJOR, CRYPTOKI_VERSION_MINOR},
#include "functions.def"
};

/* The function list of the module that P11SHIM_MODULE names, or NULL. */
static CK_FUNCTION_LIST *load_real(void)
{
    const char *path = getenv("P11SHIM_MODULE");
    void *library = path == NULL ? NULL : dlopen(path, RTLD_NOW | RTLD_LOCAL);
    void *symbol = library == NULL ? NULL : dlsym(library, "C_GetFunctionList");
    CK_C_GetFunctionList get_list = NULL;
    CK_FUNCTION_LIST *list = NULL;

    if (symbol == NULL) {
        fprintf(stderr, "p11shim: cannot load P11SHIM_MODULE: %s\n",
                path == NULL ? "not set" : dlerror());
        return NULL;
    }
    memcpy(&get_list, &symbol, sizeof get_list);
    return get_list(&list) == CKR_OK ? list : NULL;
}

__attribute__((visibility("default"))) CK_RV
C_GetFunctionList(CK_FUNCTION_LIST **list)
{
    pthread_mutex_lock(&shim_lock);
    if (shim_real == NULL)
        shim_real = load_real();
    pthread_mutex_unlock(&shim_lock);
    if (shim_real == NULL)
        return CKR_GENERAL_ERROR;
    return shim_C_GetFunctionList(list);
}
