/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* One look into the slots: which tokens are there, and which of them are the
 * same as before. */
#include "token/look.h"

#include <string.h>

#include "base/log.h"
#include "base/str.h"
#include "pkcs11/call.h"
#include "pkcs11/rv.h"
#include "pkcs11/watch.h"
#include "token/token_private.h"

void token_list_clear(struct token_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        token_unref(list->tokens[i]);
    free(list->tokens);
    left_out_clear(&list->left_out);
    *list = (struct token_list){0};
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

static bool allows_pinpad(const struct module *module)
{
    /* The registry has no such setting: what the token says counts. */
    return module->provider == NULL || module->provider->allow_protected_auth;
}

static struct token *find_known(const struct look *look,
                                const struct module *module, CK_SLOT_ID slot,
                                const CK_TOKEN_INFO *info)
{
    for (size_t i = 0; i < look->before->n; i++) {
        struct token *token = look->before->tokens[i];

        if (!atomic_load(&token->removed) &&
            token_is_same(token, module, slot, info))
            return token_ref(token);
    }
    return NULL;
}

static gpg_error_t new_token(const struct look *look, struct module *module,
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
                  : token_configure(token, look->config, &slot_info,
                                    look->housekeeping);
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
static gpg_error_t keep_known(struct look *look, const struct module *module,
                              bool all, CK_SLOT_ID slot)
{
    for (size_t i = 0; i < look->before->n; i++) {
        struct token *token = look->before->tokens[i];
        gpg_error_t err = 0;

        if (token->module != module || (!all && token->slot != slot) ||
            atomic_load(&token->removed))
            continue;
        err = token_list_add(&look->found, token_ref(token));
        if (err != 0)
            return err;
    }
    return 0;
}

static bool had_token(const struct look *look, const struct module *module,
                      CK_SLOT_ID slot)
{
    for (size_t i = 0; i < look->before->n; i++)
        if (look->before->tokens[i]->module == module &&
            look->before->tokens[i]->slot == slot)
            return true;
    return false;
}

/* FUNCTION gave RV for SLOT, and we cannot look further.  If its token went
 * since the slots were listed, the list is wrong by now.  (If it had none, the
 * module may be one that lists empty slots too.) */
static gpg_error_t look_failed(struct look *look, const struct module *module,
                               CK_SLOT_ID slot, const char *function, CK_RV rv)
{
    if (is_no_token(rv)) {
        if (had_token(look, module, slot))
            watch_note_gone(module->library, slot);
        return 0;
    }
    log_warning("provider '%s', slot 0x%lx: %s: %s", module->name, slot,
                function, rv_name(rv));
    return keep_known(look, module, false, slot);
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

/* Look into one slot and take its token, if there is a usable one. */
static gpg_error_t look_into(struct look *look, struct module *module,
                             CK_SLOT_ID slot)
{
    CK_TOKEN_INFO info = {0};
    struct token *token = NULL;
    uint64_t matching = 0;
    CK_RV rv = match_slot(module, slot, &matching);

    if (rv != CKR_OK)
        return look_failed(look, module, slot, "C_GetSlotInfo", rv);
    if (matching == 0)
        return left_out_add(&look->found.left_out, &look->before->left_out,
                            module, slot, NULL);
    rv = call_get_token_info(module, slot, &info);
    if (rv != CKR_OK)
        return look_failed(look, module, slot, "C_GetTokenInfo", rv);
    if ((info.flags & CKF_TOKEN_INITIALIZED) == 0)
        return 0;
    matching = selection_match(&module->selection, matching, slot, NULL, &info);
    if (matching == 0)
        return left_out_add(&look->found.left_out, &look->before->left_out,
                            module, slot, &info);
    token = find_known(look, module, slot, &info);
    if (token != NULL) {
        login_note_info(&token->login, &info);
    } else {
        gpg_error_t err = new_token(look, module, slot, &info, &token);

        if (err != 0)
            return err;
        token->matching = matching;
        look->has_new = true;
    }
    return token_list_add(&look->found, token);
}

static gpg_error_t walk(struct look *look, struct module *module)
{
    AUTO_FREE CK_SLOT_ID *ids = NULL;
    CK_ULONG n = 0;
    CK_RV rv = CKR_OK;

    if (module->selection.is_limited && module->selection.n == 0)
        return left_out_add(&look->found.left_out, &look->before->left_out,
                            module, LEFT_OUT_ALL_SLOTS, NULL);
    rv = slot_list_get(module, look->anew, &ids, &n);
    if (rv != CKR_OK) {
        log_error("provider '%s': its slots cannot be listed: %s", module->name,
                  rv_name(rv));
        return is_no_token(rv) ? 0 : keep_known(look, module, true, 0);
    }
    watch_note(module->library, ids, n);
    for (CK_ULONG i = 0; i < n; i++) {
        gpg_error_t err = look_into(look, module, ids[i]);

        if (err != 0)
            return err;
    }
    return 0;
}

gpg_error_t look_at_module(struct look *look, struct module *module)
{
    struct token_list *found = &look->found;
    const size_t n = found->n;
    gpg_error_t err = walk(look, module);

    if (err == 0 && found->n > n)
        qsort(found->tokens + n, found->n - n, sizeof *found->tokens,
              compare_tokens);
    return err;
}
