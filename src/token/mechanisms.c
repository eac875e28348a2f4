/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* What a token's mechanisms can do: seldom asked, and for the person who
 * wonders why it cannot do what was wanted. */
#include "base/log.h"
#include "base/str.h"
#include "pkcs11/call.h"
#include "token/token_private.h"

/* No token has more. */
#define MAX_MECHANISMS 1024

/* "RSA_PKCS_OAEP SHA256_RSA_PKCS": those that work with a private key, as the
 * token lists them.  NULL if it does not. */
static char *list_mechanisms(struct token *token)
{
    AUTO_FREE CK_MECHANISM_TYPE *types =
        calloc(MAX_MECHANISMS, sizeof(CK_MECHANISM_TYPE));
    AUTO_STRBUF text = {0};
    CK_ULONG n = MAX_MECHANISMS;
    char *list = NULL;

    if (types == NULL || call_get_mechanism_list(token->module, token->slot,
                                                 types, &n) != CKR_OK)
        return NULL;
    for (CK_ULONG i = 0; i < n && i < MAX_MECHANISMS; i++) {
        const char *name = mech_type_name(types[i]);

        if (name != NULL)
            strbuf_printf(&text, " %s", name);
    }
    return strbuf_take(&text, &list) == 0 ? list : NULL;
}

bool token_recovers(struct token *token)
{
    CK_MECHANISM_INFO info = {0};
    int recovers = atomic_load(&token->recovers);

    CK_RV rv = CKR_OK;

    if (recovers >= 0)
        return recovers != 0;
    rv = call_get_mechanism_info(token->module, token->slot, CKM_RSA_PKCS,
                                 &info);
    recovers = rv == CKR_OK && (info.flags & CKF_SIGN_RECOVER) != 0;
    /* What went wrong for another reason is asked again. */
    if (rv == CKR_OK || rv == CKR_MECHANISM_INVALID ||
        rv == CKR_FUNCTION_NOT_SUPPORTED)
        atomic_store(&token->recovers, recovers);
    return recovers != 0;
}

void token_log_mechanisms(struct token *token, const struct key_locator *key,
                          const struct token_request *request)
{
    AUTO_FREE char *list = list_mechanisms(token);
    const bool has_other = request->other_mech != MECH_NONE;

    log_error("token '%s', key '%s': it cannot be used with %s%s%s, and there "
              "is no other way; the token says that it has:%s",
              token->printable_label, key->label, mech_name(request->mech),
              has_other ? " or " : "",
              has_other ? mech_name(request->other_mech) : "",
              list == NULL || list[0] == '\0' ? " nothing of use" : list);
}
