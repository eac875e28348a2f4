/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* The slots of all modules, and the tokens in them. */
#include "token/slots.h"

#include <string.h>

#include "base/log.h"
#include "base/str.h"
#include "pkcs11/call.h"
#include "pkcs11/rv.h"
#include "token/left_out.h"
#include "token/quirks.h"
#include "token/token_private.h"

/* A module that claims more slots is not believed. */
#define MAX_SLOTS 4096

struct token_list {
    struct token **tokens;
    size_t n;
    struct left_out left_out;
};

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

static void token_list_clear(struct token_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        token_unref(list->tokens[i]);
    free(list->tokens);
    left_out_clear(&list->left_out);
    *list = (struct token_list){0};
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

/* Takes over the caller's reference; on failure too. */
static gpg_error_t token_list_add(struct token_list *list, struct token *token)
{
    struct token **tokens =
        realloc(list->tokens, (list->n + 1) * sizeof *tokens);

    if (tokens == NULL) {
        token_unref(token);
        return gpg_error_from_syserror();
    }
    list->tokens = tokens;
    list->tokens[list->n++] = token;
    return 0;
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

static bool allows_pinpad(const struct module *module)
{
    /* The registry has no such setting: what the token says counts. */
    return module->provider == NULL || module->provider->allow_protected_auth;
}

/* The query for the number makes modules look again (PKCS#11 2.40, section
 * 5.5.1). */
CK_RV slots_list(struct module *module, CK_SLOT_ID **ret, CK_ULONG *ret_n)
{
    AUTO_FREE CK_SLOT_ID *ids = NULL;
    CK_RV rv = CKR_BUFFER_TOO_SMALL;
    CK_ULONG n = 0;

    for (int attempt = 0; attempt < 3 && rv == CKR_BUFFER_TOO_SMALL;
         attempt++) {
        CK_ULONG room = 0;

        rv = call_get_slot_list(module, NULL, &room);
        if (rv != CKR_OK)
            return rv;
        if (room > MAX_SLOTS)
            return CKR_GENERAL_ERROR;
        free(TAKE(ids));
        ids = calloc(room != 0 ? room : 1, sizeof *ids);
        if (ids == NULL)
            return CKR_HOST_MEMORY;
        n = room;
        if (room != 0)
            rv = call_get_slot_list(module, ids, &n);
        if (rv == CKR_OK && n > room)
            return CKR_GENERAL_ERROR;
    }
    if (rv == CKR_OK) {
        *ret = TAKE(ids);
        *ret_n = n;
    }
    return rv;
}

static struct token *find_present(const struct slots *slots,
                                  const struct module *module, CK_SLOT_ID slot,
                                  const CK_TOKEN_INFO *info)
{
    for (size_t i = 0; i < slots->present.n; i++) {
        struct token *token = slots->present.tokens[i];

        if (!atomic_load(&token->removed) &&
            token_is_same(token, module, slot, info))
            return token_ref(token);
    }
    return NULL;
}

static gpg_error_t new_token(const struct slots *slots, struct module *module,
                             CK_SLOT_ID slot, const CK_TOKEN_INFO *info,
                             struct token **ret)
{
    CK_SLOT_INFO slot_info = {0};
    struct token *token = NULL;
    AUTO_FREE char *description = NULL;
    AUTO_STRBUF number = {0};
    gpg_error_t err =
        token_new(module, slot, info, allows_pinpad(module), &token);

    if (err != 0)
        return err;
    if (module->provider != NULL) {
        token->private_mask = module->provider->private_mask;
        token->cert_private = module->provider->cert_private;
    }
    if (call_get_slot_info(module, slot, &slot_info) == CKR_OK)
        description = str_from_field(slot_info.slotDescription,
                                     sizeof slot_info.slotDescription);
    else
        slot_info = (CK_SLOT_INFO){0};
    token->text.reader =
        str_printable(span_str(description != NULL ? description : ""));
    strbuf_printf(&number, "0x%lx of provider %s", slot, module->name);
    err = strbuf_take(&number, &token->text.slot);
    if (err == 0)
        err = token->text.reader == NULL
                  ? gpg_error(GPG_ERR_ENOMEM)
                  : token_configure(token, slots->config, &slot_info,
                                    slots->housekeeping);
    if (err != 0) {
        token_unref(token);
        return err;
    }
    token->login.reader = token->text.reader;
    token->login.slot = token->text.slot;
    log_verbose("provider '%s', slot 0x%lx: token '%s'", module->name, slot,
                token->printable_label);
    *ret = token;
    return 0;
}

/* Does RV say that there is no token to be had, rather than that something
 * went wrong just now? */
static bool is_no_token(CK_RV rv)
{
    return rv == CKR_TOKEN_NOT_PRESENT || rv == CKR_TOKEN_NOT_RECOGNIZED ||
           rv == CKR_DEVICE_REMOVED || rv == CKR_SLOT_ID_INVALID;
}

/* By what the tokens say of themselves, so that the order does not change with
 * the numbers of slots; these decide only if there is no other difference. */
static int compare_tokens(const void *a, const void *b)
{
    const struct token *ta = *(struct token *const *)a;
    const struct token *tb = *(struct token *const *)b;
    int order = strcmp(ta->text.label, tb->text.label);

    if (order == 0)
        order = strcmp(ta->text.serial, tb->text.serial);
    if (order == 0)
        order = strcmp(ta->text.model, tb->text.model);
    if (order == 0)
        order = strcmp(ta->text.manufacturer, tb->text.manufacturer);
    if (order == 0)
        order = (ta->slot > tb->slot) - (ta->slot < tb->slot);
    return order;
}

/* Something went wrong with MODULE: its tokens that were there (in SLOT, or
 * with ALL in any) count as there still.  Their next use shows. */
static gpg_error_t keep_present(const struct slots *slots,
                                const struct module *module, bool all,
                                CK_SLOT_ID slot, struct token_list *list)
{
    for (size_t i = 0; i < slots->present.n; i++) {
        struct token *token = slots->present.tokens[i];
        gpg_error_t err = 0;

        if (token->module != module || (!all && token->slot != slot) ||
            atomic_load(&token->removed))
            continue;
        err = token_list_add(list, token_ref(token));
        if (err != 0)
            return err;
    }
    return 0;
}

/* FUNCTION gave RV for SLOT, and we cannot look further. */
static gpg_error_t look_failed(const struct slots *slots,
                               const struct module *module, CK_SLOT_ID slot,
                               const char *function, CK_RV rv,
                               struct token_list *list)
{
    if (is_no_token(rv))
        return 0;
    log_warning("provider '%s', slot 0x%lx: %s: %s", module->name, slot,
                function, rv_name(rv));
    return keep_present(slots, module, false, slot, list);
}

/* Which URIs may mean the token in SLOT, in RET: nothing is asked of a token
 * whose slot is not meant. */
static CK_RV match_slot(struct module *module, CK_SLOT_ID slot, uint64_t *ret)
{
    const struct selection *selection = &module->selection;
    uint64_t matching =
        selection_match(selection, SELECTION_ALL, slot, NULL, NULL);
    CK_SLOT_INFO info = {0};

    if (selection_names_slot(selection, matching)) {
        CK_RV rv = call_get_slot_info(module, slot, &info);

        if (rv != CKR_OK)
            return rv;
        matching = selection_match(selection, matching, slot, &info, NULL);
    }
    *ret = matching;
    return CKR_OK;
}

/* Look into one slot and put its token, if there is a usable one, on LIST. */
static gpg_error_t look_into(const struct slots *slots, struct module *module,
                             CK_SLOT_ID slot, struct token_list *list,
                             bool *changed)
{
    CK_TOKEN_INFO info = {0};
    struct token *token = NULL;
    uint64_t matching = 0;
    CK_RV rv = match_slot(module, slot, &matching);

    if (rv != CKR_OK)
        return look_failed(slots, module, slot, "C_GetSlotInfo", rv, list);
    if (matching == 0)
        return left_out_add(&list->left_out, &slots->present.left_out, module,
                            slot, NULL);
    rv = call_get_token_info(module, slot, &info);
    if (rv != CKR_OK)
        return look_failed(slots, module, slot, "C_GetTokenInfo", rv, list);
    if ((info.flags & CKF_TOKEN_INITIALIZED) == 0)
        return 0;
    matching = selection_match(&module->selection, matching, slot, NULL, &info);
    if (matching == 0)
        return left_out_add(&list->left_out, &slots->present.left_out, module,
                            slot, &info);
    token = find_present(slots, module, slot, &info);
    if (token != NULL) {
        login_set_info(&token->login, &info);
    } else {
        gpg_error_t err = new_token(slots, module, slot, &info, &token);

        if (err != 0)
            return err;
        token->matching = matching;
        *changed = true;
    }
    return token_list_add(list, token);
}

static gpg_error_t walk(const struct slots *slots, struct module *module,
                        struct token_list *list, bool *changed)
{
    AUTO_FREE CK_SLOT_ID *ids = NULL;
    CK_ULONG n = 0;
    CK_RV rv = CKR_OK;

    if (module->selection.is_limited && module->selection.n == 0)
        return left_out_add(&list->left_out, &slots->present.left_out, module,
                            LEFT_OUT_ALL_SLOTS, NULL);
    rv = slots_list(module, &ids, &n);
    if (rv != CKR_OK) {
        log_error("provider '%s': its slots cannot be listed: %s", module->name,
                  rv_name(rv));
        return is_no_token(rv) ? 0 : keep_present(slots, module, true, 0, list);
    }
    for (CK_ULONG i = 0; i < n; i++) {
        gpg_error_t err = look_into(slots, module, ids[i], list, changed);

        if (err != 0)
            return err;
    }
    return 0;
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

gpg_error_t slots_update(struct slots *slots, bool *ret_changed)
{
    struct token_list list = {0};
    bool changed = false;

    if (!slots->loaded)
        load(slots);
    watch_if_wanted(slots);
    for (size_t i = 0; i < slots->modules.n; i++) {
        const size_t before = list.n;
        gpg_error_t err = walk(slots, slots->modules.list[i], &list, &changed);

        if (err != 0) {
            token_list_clear(&list);
            return err;
        }
        if (list.n > before)
            qsort(list.tokens + before, list.n - before, sizeof *list.tokens,
                  compare_tokens);
    }
    if (mark_removed(&slots->present, &list))
        changed = true;
    if (list.n == 0 && list.left_out.n != 0 &&
        (slots->present.n != 0 || slots->present.left_out.n == 0))
        log_warning("no token matches match-uri; with 'verbose' the log says "
                    "what was left out");
    token_list_clear(&slots->present);
    slots->present = list;
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
