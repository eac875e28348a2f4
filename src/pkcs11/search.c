/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Searching for objects in a session: their handles, with the fewest calls that
 * the module can be trusted with. */
#include "pkcs11/search.h"

#include "base/log.h"
#include "pkcs11/call.h"

/* So many handles at a time are asked for, and more once more were met. */
#define BATCH ((size_t)1024)

void handles_clear(struct handles *h)
{
    free(h->list);
    *h = (struct handles){0};
}

/* Are N objects, fewer than were asked for, all of them?  PKCS#11 says only
 * that none is the end.  A module that has given as many at once and then ended
 * is believed; one that gives one at a time, or in pages, has not. */
static bool are_all(struct module *m, size_t n)
{
    return !atomic_load(&m->gives_in_parts) && n <= atomic_load(&m->n_at_once);
}

static void note_at_once(struct module *m, size_t n)
{
    /* Of one object it is not known whether it came as the only one. */
    if (n > 1 && n > atomic_load(&m->n_at_once))
        atomic_store(&m->n_at_once, n);
}

/* The search itself, between C_FindObjectsInit and C_FindObjectsFinal; it ends
 * when there are MAX. */
static CK_RV collect(struct module *m, CK_SESSION_HANDLE session, size_t max,
                     struct handles *h)
{
    size_t ask = BATCH + atomic_load(&m->n_at_once);
    bool was_short = false;
    CK_ULONG found = 0;

    do {
        CK_OBJECT_HANDLE *more = NULL;
        CK_RV rv = CKR_OK;

        ask = ask < max - h->n ? ask : max - h->n;
        more = realloc(h->list, (h->n + ask) * sizeof *h->list);
        if (more == NULL)
            return CKR_HOST_MEMORY;
        h->list = more;
        found = 0;
        rv = call_find_objects(m, session, more + h->n, ask, &found);
        if (rv != CKR_OK)
            return rv;
        if (found > ask)
            return CKR_GENERAL_ERROR;
        if (was_short && found > 0)
            atomic_store(&m->gives_in_parts, true);
        h->n += found;
        if (h->n == max)
            return CKR_OK;
        was_short = found < ask;
        if (found > 0 && was_short && are_all(m, h->n))
            return CKR_OK;
        ask *= 2;
    } while (found > 0);
    note_at_once(m, h->n);
    return CKR_OK;
}

CK_RV search_objects(struct module *m, CK_SESSION_HANDLE session,
                     CK_ATTRIBUTE *attrs, size_t n, size_t max,
                     struct handles *ret)
{
    AUTO_HANDLES handles = {0};
    CK_RV final = CKR_OK;
    CK_RV rv = call_find_objects_init(m, session, attrs, n);

    if (rv != CKR_OK)
        return rv;
    rv = collect(m, session, max, &handles);
    final = call_find_objects_final(m, session);
    if (rv == CKR_OK)
        rv = final;
    if (rv != CKR_OK)
        return rv;
    if (handles.n == SEARCH_MAX)
        log_warning("%s: %zu objects or more: the rest is left out", m->name,
                    SEARCH_MAX);
    *ret = handles;
    handles = (struct handles){0};
    return CKR_OK;
}
