/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Providers while their configuration is being read: the lines that speak of
 * one come in any order. */
#ifndef BASE_CONFIG_PROVIDERS_H
#define BASE_CONFIG_PROVIDERS_H

#include "base/bytes.h"
#include "base/config_report.h"

/* A provider that some line speaks of, in "providers" or not. */
struct config_draft {
    struct provider_config provider;
    unsigned line;        /* the first one that speaks of it */
    bool in_names;        /* "providers" has it */
    bool listed;          /* its turn there has come, or it needs none */
    bool library_refused; /* its line was complained about */
    uint64_t seen;        /* a bit for each attribute that was set */
};

/* {0} is empty. */
struct config_providers {
    char *names;         /* the value of "providers", NULL without */
    unsigned names_line; /* where that was */
    struct config_draft *drafts;
    size_t n_drafts;
    struct provider_config *items; /* what NAMES comes to, at last */
    size_t n_items;
    bool named; /* NAMES has at least one */
    bool full;  /* it has more than can be used */
};

void config_providers_free(struct provider_config *providers, size_t n);
void config_providers_clear(struct config_providers *p);

/* The draft of provider NAME, a new one with LINE if need be.
 * GPG_ERR_TOO_MANY: there is none and no room for one. */
NODISCARD gpg_error_t config_providers_draft(struct config_providers *p,
                                             struct span name, unsigned line,
                                             struct config_draft **ret);

/* All lines are read: put what P holds into CONFIG and REPORT what does not
 * fit together.  Without NAMES the providers of CONFIG stay.  A provider whose
 * lines have another name, as 0.10 allowed, is renamed in CONFIG's origins. */
NODISCARD gpg_error_t config_providers_finish(struct config_providers *p,
                                              struct config_report *report,
                                              struct config *config);

#endif
