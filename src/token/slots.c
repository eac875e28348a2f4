/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The slots of all modules, and the tokens in them. */
#include "token/slots.h"

#include "base/log.h"
#include "token/look.h"
#include "token/token_private.h"

struct slots {
    const struct config *config;
    struct modules modules;
    bool loaded;
    struct token_list present;
    struct housekeeping *housekeeping;
    struct watch_caller watcher;
};

gpg_error_t slots_new(const struct config *config, struct libraries *libraries,
                      const struct watch_caller *watcher, struct slots **ret)
{
    AUTO_FREE struct slots *slots = calloc(1, sizeof *slots);
    gpg_error_t err = 0;

    if (slots == NULL)
        return gpg_error_from_syserror();
    slots->config = config;
    slots->modules.libraries = libraries;
    slots->watcher = *watcher;
    err = housekeeping_new(&slots->housekeeping);
    if (err == 0)
        *ret = TAKE(slots);
    return err;
}

void slots_free(struct slots *slots)
{
    token_list_clear(&slots->present);
    housekeeping_free(slots->housekeeping);
    modules_unload(&slots->modules);
    free(slots);
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
    if (slots->modules.n == 0)
        log_error("no PKCS#11 module could be loaded: name one in the "
                  "configuration, or register it with p11-kit");
    slots->loaded = true;
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
    if (atomic_load(slots->watcher.n_wanting) == 0)
        return;
    for (size_t i = 0; i < slots->modules.n; i++) {
        const struct module *module = slots->modules.list[i];
        gpg_error_t err = watch_start(module->library, &slots->watcher);

        if (err != 0)
            log_error("provider '%s' cannot be watched: %s", module->name,
                      gpg_strerror(err));
    }
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

gpg_error_t slots_update(struct slots *slots, bool *ret_changed)
{
    struct look look = {.config = slots->config,
                        .housekeeping = slots->housekeeping,
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
