/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Reading the script of the shim and looking rules up. */
#include "rules.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "names.h"

#define MAX_RULES 64
#define MAX_WORDS (MAX_LIST + 1)

static struct rule rules[MAX_RULES];
static size_t n_rules;

/* The words of a rule after its name, and the rest of the line as it is. */
struct words {
    char buffer[MAX_LINE];
    char *word[MAX_WORDS];
    size_t n;
    const char *rest;
};

static bool parse_fail(struct rule *rule, const struct words *w)
{
    if (w->n < 3 || w->n > 4)
        return false;
    snprintf(rule->text, sizeof rule->text, "%s", w->word[0]);
    rule->count = 1;
    if (w->n == 4 && strcmp(w->word[3], "*") == 0)
        rule->count = (unsigned long)-1;
    else if (w->n == 4 && !name_value(w->word[3], &rule->count))
        return false;
    return name_value(w->word[1], &rule->nth) && rule->nth > 0 &&
           name_value(w->word[2], &rule->value);
}

static bool parse_delay(struct rule *rule, const struct words *w)
{
    if (w->n != 2)
        return false;
    snprintf(rule->text, sizeof rule->text, "%s", w->word[0]);
    return name_value(w->word[1], &rule->value);
}

static bool parse_text(struct rule *rule, const struct words *w)
{
    snprintf(rule->text, sizeof rule->text, "%s", w->rest);
    return w->n > 0;
}

static bool parse_optional_text(struct rule *rule, const struct words *w)
{
    parse_text(rule, w);
    return true;
}

static bool parse_flags(struct rule *rule, const struct words *w)
{
    for (size_t i = 0; i < w->n; i++) {
        unsigned long flag = 0;
        const char *word = w->word[i];

        if ((*word != '+' && *word != '-') || !name_value(word + 1, &flag))
            return false;
        if (*word == '+')
            rule->value |= flag;
        else
            rule->clear |= flag;
    }
    return w->n > 0;
}

static bool parse_bytes(struct rule *rule, const char *digits)
{
    size_t len = strlen(digits);

    if (len % 2 != 0 || strspn(digits, "0123456789abcdefABCDEF") != len)
        return false;
    for (size_t i = 0; i < len / 2; i++) {
        char pair[3] = {digits[2 * i], digits[2 * i + 1], '\0'};

        rule->bytes[i] = (unsigned char)strtoul(pair, NULL, 16);
    }
    rule->n_bytes = len / 2;
    return true;
}

static bool parse_attr(struct rule *rule, const struct words *w)
{
    if (w->n != 3)
        return false;
    rule->class = ANY_CLASS;
    if (strcmp(w->word[0], "*") != 0 && !name_value(w->word[0], &rule->class))
        return false;
    if (!name_value(w->word[1], &rule->attribute))
        return false;
    if (strcmp(w->word[2], "unavailable") == 0) {
        rule->answer = ATTR_UNAVAILABLE;
        return true;
    }
    if (strcmp(w->word[2], "silent") == 0) {
        rule->answer = ATTR_SILENT;
        return true;
    }
    if (strncmp(w->word[2], "length=", 7) == 0) {
        rule->answer = ATTR_LENGTH;
        return name_value(w->word[2] + 7, &rule->value);
    }
    rule->answer = ATTR_VALUE;
    return strncmp(w->word[2], "hex=", 4) == 0 &&
           parse_bytes(rule, w->word[2] + 4);
}

static bool parse_number(struct rule *rule, const struct words *w)
{
    return w->n == 1 && name_value(w->word[0], &rule->value);
}

static bool parse_corrupt(struct rule *rule, const struct words *w)
{
    rule->nth = 1;
    rule->count = w->n == 0 ? (unsigned long)-1 : 1;
    return w->n <= 2 && (w->n < 1 || name_value(w->word[0], &rule->nth)) &&
           (w->n < 2 || name_value(w->word[1], &rule->count)) && rule->nth > 0;
}

/* One of the words that the rule knows. */
static bool parse_choice(struct rule *rule, const struct words *w,
                         const char *const *choices)
{
    snprintf(rule->text, sizeof rule->text, "%s", w->rest);
    for (; *choices != NULL; choices++)
        if (strcmp(rule->text, *choices) == 0)
            return true;
    return false;
}

static bool parse_ecdsa(struct rule *rule, const struct words *w)
{
    static const char *const choices[] = {"der", "zero", "short", NULL};

    return parse_choice(rule, w, choices);
}

static bool parse_padded(struct rule *rule, const struct words *w)
{
    static const char *const choices[] = {"full", "short", NULL};

    return parse_choice(rule, w, choices);
}

/* Both IDs have the same length and stand behind each other. */
static bool parse_exchange(struct rule *rule, const struct words *w)
{
    char digits[MAX_LINE];

    if (w->n != 2 || strlen(w->word[0]) != strlen(w->word[1]) ||
        strlen(w->word[0]) % 2 != 0)
        return false;
    snprintf(digits, sizeof digits, "%s%s", w->word[0], w->word[1]);
    return parse_bytes(rule, digits);
}

static bool parse_info(struct rule *rule, const struct words *w)
{
    snprintf(rule->text, sizeof rule->text, "%s", w->rest);
    return strstr(rule->text, "; ") != NULL;
}

static bool parse_nothing(struct rule *rule, const struct words *w)
{
    (void)rule;
    return w->n == 0;
}

static bool parse_token_text(struct rule *rule, const struct words *w)
{
    if (w->n < 2)
        return false;
    snprintf(rule->text, sizeof rule->text, "%s", w->word[0]);
    snprintf(rule->field, sizeof rule->field, "%s", w->word[1]);
    snprintf(rule->new_text, sizeof rule->new_text, "%s",
             w->rest + (w->word[1] - w->buffer) + strlen(w->word[1]) +
                 (w->n > 2));
    return strcmp(rule->field, "manufacturer") == 0 ||
           strcmp(rule->field, "model") == 0 ||
           strcmp(rule->field, "serial") == 0 ||
           strcmp(rule->field, "label") == 0;
}

static bool parse_mechanisms(struct rule *rule, const struct words *w)
{
    for (size_t i = 0; i < w->n && i < MAX_LIST; i++)
        if (w->word[i][0] != '-' ||
            !name_value(w->word[i] + 1, &rule->list[rule->n_list++]))
            return false;
    return w->n > 0 && w->n <= MAX_LIST;
}

static const struct {
    const char *name;
    enum rule_kind kind;
    bool (*parse)(struct rule *rule, const struct words *w);
} kinds[] = {
    {"fail", RULE_FAIL, parse_fail},
    {"delay", RULE_DELAY, parse_delay},
    {"print", RULE_PRINT, parse_text},
    {"token-flags", RULE_TOKEN_FLAGS, parse_flags},
    {"slot-flags", RULE_SLOT_FLAGS, parse_flags},
    {"mechanism-flags", RULE_MECHANISM_FLAGS, parse_flags},
    {"attr", RULE_ATTR, parse_attr},
    {"max-sessions", RULE_MAX_SESSIONS, parse_number},
    {"cannot-lock", RULE_CANNOT_LOCK, parse_nothing},
    {"info", RULE_INFO, parse_info},
    {"absent", RULE_ABSENT, parse_optional_text},
    {"reverse-slots", RULE_REVERSE_SLOTS, parse_nothing},
    {"late-slots", RULE_LATE_SLOTS, parse_nothing},
    {"token-text", RULE_TOKEN_TEXT, parse_token_text},
    {"slot-events", RULE_SLOT_EVENTS, parse_nothing},
    {"suspend", RULE_SUSPEND, parse_nothing},
    {"log-out", RULE_LOG_OUT, parse_nothing},
    {"pinpad", RULE_PINPAD, parse_text},
    {"pinpad-new", RULE_PINPAD_NEW, parse_text},
    {"write-protected", RULE_WRITE_PROTECTED, parse_nothing},
    {"mechanisms", RULE_MECHANISMS, parse_mechanisms},
    {"corrupt-signature", RULE_CORRUPT_SIGNATURE, parse_corrupt},
    {"ecdsa", RULE_ECDSA, parse_ecdsa},
    {"padded-plaintext", RULE_PADDED_PLAINTEXT, parse_padded},
    {"exchange", RULE_EXCHANGE, parse_exchange},
    {"more-slots", RULE_MORE_SLOTS, parse_number},
    {"init-args", RULE_INIT_ARGS, parse_optional_text},
    {"no-overlap", RULE_NO_OVERLAP, parse_nothing},
    {"gather", RULE_GATHER, parse_delay},
};

static void split(const char *line, struct words *ret)
{
    const char *rest = line + strcspn(line, " ");
    char *save = NULL;
    char *word = NULL;

    ret->rest = rest + strspn(rest, " ");
    ret->n = 0;
    snprintf(ret->buffer, sizeof ret->buffer, "%s", ret->rest);
    word = strtok_r(ret->buffer, " ", &save);
    for (; word != NULL && ret->n < MAX_WORDS;
         word = strtok_r(NULL, " ", &save))
        ret->word[ret->n++] = word;
}

/* Parse LINE into RULE. */
static bool parse_rule(struct rule *rule, const char *line)
{
    static struct words words;
    size_t len = strcspn(line, " ");

    split(line, &words);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strlen(kinds[i].name) != len ||
            strncmp(kinds[i].name, line, len) != 0)
            continue;
        rule->kind = kinds[i].kind;
        return kinds[i].parse(rule, &words);
    }
    return false;
}

/* Add the rule of one line, or keep the one that was there already. */
static void add_line(const char *line, unsigned number)
{
    static struct rule fresh;
    static const struct rule none;

    if (n_rules == MAX_RULES) {
        fputs("p11shim: too many rules\n", stderr);
        abort();
    }
    if (rules[n_rules].number == number &&
        strcmp(rules[n_rules].line, line) == 0) {
        n_rules++;
        return;
    }
    fresh = none;
    fresh.number = number;
    snprintf(fresh.line, sizeof fresh.line, "%s", line);
    if (!parse_rule(&fresh, line)) {
        fprintf(stderr, "p11shim: rule %u is not understood: %s\n", number,
                line);
        abort();
    }
    rules[n_rules++] = fresh;
}

static void read_script(const char *name)
{
    static const struct rule none;
    char line[MAX_LINE];
    unsigned number = 0;
    FILE *f = fopen(name, "re");

    n_rules = 0;
    while (f != NULL && fgets(line, sizeof line, f) != NULL) {
        number++;
        line[strcspn(line, "\n")] = '\0';
        if (line[0] != '\0' && line[0] != '#')
            add_line(line, number);
    }
    if (f != NULL)
        fclose(f);
    for (size_t i = n_rules; i < MAX_RULES; i++)
        rules[i] = none;
}

/* The file that P11SHIM_SCRIPT names or, for a copy of the shim with a script
 * of its own, that one. */
static const char *script_name(void)
{
    static char own[MAX_LINE];
    Dl_info info = {0};

    if (own[0] == '\0' && dladdr(own, &info) != 0)
        snprintf(own, sizeof own, "%s.script", info.dli_fname);
    return access(own, F_OK) == 0 ? own : getenv("P11SHIM_SCRIPT");
}

bool rules_refresh(void)
{
    static struct stat known;
    const char *name = script_name();
    struct stat now = {0};

    if (name == NULL || stat(name, &now) != 0)
        now = (struct stat){0};
    if (now.st_mtim.tv_sec == known.st_mtim.tv_sec &&
        now.st_mtim.tv_nsec == known.st_mtim.tv_nsec &&
        now.st_size == known.st_size && now.st_ino == known.st_ino)
        return false;
    known = now;
    read_script(name != NULL ? name : "");
    return true;
}

struct rule *rules_next(enum rule_kind kind, const struct rule *previous)
{
    size_t i = previous == NULL ? 0 : (size_t)(previous - rules) + 1;

    for (; i < n_rules; i++)
        if (rules[i].kind == kind)
            return &rules[i];
    return NULL;
}

bool rules_has(enum rule_kind kind)
{
    return rules_next(kind, NULL) != NULL;
}

const struct rule *rules_attribute(CK_OBJECT_CLASS class,
                                   CK_ATTRIBUTE_TYPE attribute)
{
    const struct rule *rule = NULL;

    while ((rule = rules_next(RULE_ATTR, rule)) != NULL)
        if ((rule->class == ANY_CLASS || rule->class == class) &&
            rule->attribute == attribute)
            return rule;
    return NULL;
}

bool rules_hide_mechanism(CK_MECHANISM_TYPE mechanism)
{
    const struct rule *rule = NULL;

    while ((rule = rules_next(RULE_MECHANISMS, rule)) != NULL)
        for (size_t i = 0; i < rule->n_list; i++)
            if (rule->list[i] == mechanism)
                return true;
    return false;
}
