/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Who uses a slot of a library: one record for all configurations. */
#include "pkcs11/slot_use.h"

static struct slot_use *find_locked(const struct library *library,
                                    CK_SLOT_ID slot)
{
    for (struct slot_use *use = library->uses; use != NULL; use = use->next)
        if (use->slot == slot)
            return use;
    return NULL;
}

static struct slot_use *add_locked(struct library *library, CK_SLOT_ID slot)
{
    struct slot_use *use = calloc(1, sizeof *use);

    if (use == NULL)
        return NULL;
    use->slot = slot;
    (void)pthread_mutex_init(&use->lock, NULL);
    (void)pthread_cond_init(&use->rested, NULL);
    use->next = library->uses;
    library->uses = use;
    return use;
}

gpg_error_t slot_use_get(struct library *library, CK_SLOT_ID slot,
                         struct slot_use **ret)
{
    struct slot_use *use = NULL;

    (void)pthread_mutex_lock(&library->lock);
    use = find_locked(library, slot);
    if (use == NULL)
        use = add_locked(library, slot);
    if (use != NULL)
        use->n_holders++;
    (void)pthread_mutex_unlock(&library->lock);
    if (use == NULL)
        return gpg_error(GPG_ERR_ENOMEM);
    *ret = use;
    return 0;
}

void slot_use_put(struct library *library, struct slot_use *use)
{
    struct slot_use **at = &library->uses;
    bool last = false;

    if (use == NULL)
        return;
    (void)pthread_mutex_lock(&library->lock);
    last = --use->n_holders == 0;
    if (last) {
        while (*at != use)
            at = &(*at)->next;
        *at = use->next;
    }
    (void)pthread_mutex_unlock(&library->lock);
    if (!last)
        return;
    (void)pthread_cond_destroy(&use->rested);
    (void)pthread_mutex_destroy(&use->lock);
    free(use);
}
