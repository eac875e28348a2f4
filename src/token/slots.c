/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The slots of all modules, and the tokens in them. */
#include "token/slots.h"

#include "base/log.h"
#include "pkcs11/call.h"
#include "token/look.h"
#include "token/quirks.h"
#include "token/token_private.h"

/* A module that claims more slots is not believed. */
#define MAX_SLOTS 4096

struct slots {
    const struct config *config;
    struct modules modules;
    bool loaded;
    struct token_list present;
    struct housekeeping *housekeeping;
    struct watch_caller watcher;
    struct watch *watch; /* NULL until the watcher wants it */
};

gpg_error_t slots_new(const struct config *config,
                      const struct watch_caller *watcher, struct slots **ret)
{
    AUTO_FREE struct slots *slots = calloc(1, sizeof *slots);
    gpg_error_t err = 0;

    if (slots == NULL)
        return gpg_error_from_syserror();
    slots->config = config;
    slots->watcher = *watcher;
    err = housekeeping_new(&slots->housekeeping);
    if (err == 0)
        *ret = TAKE(slots);
    return err;
}

bool slots_unwatch(struct slots *slots)
{
    return slots->watch == NULL || watch_stop(slots->watch);
}

bool slots_free(struct slots *slots)
{
    bool unloaded = false;

    token_list_clear(&slots->present);
    housekeeping_free(slots->housekeeping);
    watch_free(slots->watch);
    unloaded = modules_unload(&slots->modules);
    free(slots);
    return unloaded;
}

static void load(struct slots *slots)
{
    const struct config *config = slots->config;

    for (size_t i = 0; i < config->n_providers; i++) {
        const struct provider_config *provider = &config->providers[i];

        /* What went wrong is in the log; the other providers still work. */
        (void)!module_add(&slots->modules, config, provider);
    }
    if (config_wants_registry(config))
        modules_add_registry(&slots->modules, config);
    for (size_t i = 0; i < slots->modules.n; i++)
        quirks_apply(slots->modules.list[i]);
    if (slots->modules.n == 0)
        log_error("no PKCS#11 module could be loaded: name one in the "
                  "configuration, or register it with p11-kit");
    slots->loaded = true;
}

/* Room for slots that get a token from one listing to the next. */
#define MORE_SLOTS 16

/* The slots, ROOM of them at most. */
static CK_RV list_slots(struct module *module, CK_ULONG room, CK_SLOT_ID **ret,
                        CK_ULONG *ret_n)
{
    AUTO_FREE CK_SLOT_ID *ids = NULL;
    CK_ULONG n = room;
    CK_RV rv = CKR_OK;

    ids = calloc(room != 0 ? room : 1, sizeof *ids);
    if (ids == NULL)
        return CKR_HOST_MEMORY;
    if (room != 0)
        rv = call_get_slot_list(module, ids, &n);
    if (rv != CKR_OK)
        return rv;
    if (n > room)
        return CKR_GENERAL_ERROR;
    *ret = TAKE(ids);
    *ret_n = n;
    return CKR_OK;
}

static CK_RV count_and_list(struct module *module, CK_SLOT_ID **ret,
                            CK_ULONG *ret_n)
{
    CK_ULONG room = 0;
    CK_RV rv = call_get_slot_list(module, NULL, &room);

    if (rv != CKR_OK)
        return rv;
    if (room > MAX_SLOTS)
        return CKR_GENERAL_ERROR;
    return list_slots(module, room, ret, ret_n);
}

CK_RV slots_list(struct module *module, bool anew, CK_SLOT_ID **ret,
                 CK_ULONG *ret_n)
{
    const CK_ULONG room = atomic_load(&module->slots_room);
    CK_RV rv = CKR_BUFFER_TOO_SMALL;

    if (!anew && room != 0)
        rv = list_slots(module, room, ret, ret_n);
    for (int i = 0; i < 3 && rv == CKR_BUFFER_TOO_SMALL; i++)
        rv = count_and_list(module, ret, ret_n);
    atomic_store(&module->slots_room, rv == CKR_OK ? *ret_n + MORE_SLOTS : 0);
    return rv;
}

/* Mark those of OLD that are not in NEW. */
static bool mark_removed(const struct token_list *old,
                         const struct token_list *new)
{
    bool any = false;

    for (size_t i = 0; i < old->n; i++) {
        bool still = false;

        for (size_t j = 0; j < new->n; j++)
            still = still || new->tokens[j] == old->tokens[i];
        if (still)
            continue;
        log_verbose("token '%s' is gone", old->tokens[i]->printable_label);
        token_set_removed(old->tokens[i]);
        any = true;
    }
    return any;
}

/* Before the slots are walked: what changes meanwhile is seen by one or the
 * other. */
static void watch_if_wanted(struct slots *slots)
{
    gpg_error_t err = 0;

    if (slots->watch != NULL || atomic_load(slots->watcher.n_wanting) == 0)
        return;
    err = watch_start(&slots->modules, &slots->watcher, &slots->watch);
    if (err != 0)
        log_error("tokens that come and go are not noticed: %s",
                  gpg_strerror(err));
}

/* Once, when it begins: all that is there is left out. */
static void warn_if_none(const struct token_list *old,
                         const struct token_list *new)
{
    if (new->n == 0 && new->left_out.n != 0 &&
        (old->n != 0 || old->left_out.n == 0))
        log_warning("no token matches match-uri; with 'verbose' the log says "
                    "what was left out");
}

gpg_error_t slots_update(struct slots *slots, bool anew, bool *ret_changed)
{
    struct look look = {.config = slots->config,
                        .housekeeping = slots->housekeeping,
                        .anew = anew,
                        .before = &slots->present};
    bool changed = false;

    if (!slots->loaded)
        load(slots);
    watch_if_wanted(slots);
    for (size_t i = 0; i < slots->modules.n; i++) {
        gpg_error_t err = look_at_module(&look, slots->modules.list[i]);

        if (err != 0) {
            token_list_clear(&look.found);
            return err;
        }
    }
    changed = mark_removed(&slots->present, &look.found) || look.has_new;
    warn_if_none(&slots->present, &look.found);
    token_list_clear(&slots->present);
    slots->present = look.found;
    *ret_changed = changed;
    return 0;
}

struct token *const *slots_tokens(const struct slots *slots, size_t *ret_n)
{
    *ret_n = slots->present.n;
    return slots->present.tokens;
}

size_t slots_left_out(const struct slots *slots)
{
    return slots->present.left_out.n;
}
