/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* What the configuration leaves out, for the log. */
#include "token/left_out.h"

#include "base/log.h"
#include "base/str.h"

void left_out_clear(struct left_out *list)
{
    for (size_t i = 0; i < list->n; i++)
        free(list->texts[i]);
    free(list->texts);
    *list = (struct left_out){0};
}

/* Is TEXT on LIST?  It mostly has the place I. */
static bool has(const struct left_out *list, size_t i, const char *text)
{
    if (i < list->n && str_equal(list->texts[i], text))
        return true;
    for (i = 0; i < list->n; i++)
        if (str_equal(list->texts[i], text))
            return true;
    return false;
}

/* The text field NAME of a token, if it is not empty. */
static void put_field(struct strbuf *b, const char *name,
                      const unsigned char *field, size_t size)
{
    AUTO_FREE char *raw = str_from_field(field, size);
    AUTO_FREE char *text = raw != NULL ? str_printable(span_str(raw)) : NULL;

    if (text != NULL && text[0] != '\0')
        strbuf_printf(b, ", %s '%s'", name, text);
}

static gpg_error_t describe(const struct module *module, CK_SLOT_ID slot,
                            const CK_TOKEN_INFO *info, char **ret)
{
    AUTO_STRBUF text = {0};

    strbuf_printf(&text, "provider '%s'", module->name);
    if (slot != LEFT_OUT_ALL_SLOTS)
        strbuf_printf(&text, ", slot 0x%lx", slot);
    if (info != NULL) {
        put_field(&text, "token", info->label, sizeof info->label);
        put_field(&text, "serial", info->serialNumber,
                  sizeof info->serialNumber);
    }
    return strbuf_take(&text, ret);
}

gpg_error_t left_out_add(struct left_out *list, const struct left_out *before,
                         const struct module *module, CK_SLOT_ID slot,
                         const CK_TOKEN_INFO *info)
{
    char **texts = realloc(list->texts, (list->n + 1) * sizeof *texts);
    gpg_error_t err = 0;

    if (texts == NULL)
        return gpg_error_from_syserror();
    list->texts = texts;
    err = describe(module, slot, info, &texts[list->n]);
    if (err != 0)
        return err;
    if (!has(before, list->n, texts[list->n]))
        log_verbose("%s: left out, no match-uri fits", texts[list->n]);
    list->n++;
    return 0;
}
