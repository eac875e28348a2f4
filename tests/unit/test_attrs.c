/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Tests of pkcs11/attrs with modules that do not tell the truth. */
#include "fake_module.h"
#include "pkcs11/attrs.h"
#include "unit.h"

#define MINUS_ONE CK_UNAVAILABLE_INFORMATION

/* What the liar does about an attribute that it does not have. */
enum style {
    STANDARD,     /* -1 in its place, an error, the others filled in */
    SILENT,       /* -1 in its place, CKR_OK */
    STOPS,        /* an error at once, what follows untouched */
    REST_MISSING, /* an error, -1 from the first missing one on */
    ONLY_LENGTHS, /* an error, all lengths and no value */
    GIVES_NOTHING /* an error, and nothing filled in */
};

struct claim {
    CK_ATTRIBUTE_TYPE type;
    const char *value;
    CK_ULONG query_len; /* claimed when asked for the length */
    CK_ULONG read_len;  /* claimed when asked for the value */
};

static struct {
    enum style style;
    const struct claim *claims;
    size_t n;
    CK_RV missing_rv;
    CK_RV too_small_rv; /* for a buffer shorter than the claim: CKR_OK too */
    bool missing_wins;  /* a long and a missing one: that one is told of */
    unsigned calls;
    unsigned failing_call; /* this call, counted from 1, answers FAILS */
    CK_RV fails;
} liar;

static const CK_OBJECT_CLASS data_class = CKO_DATA;
static const struct claim class_claim = {CKA_CLASS, (const char *)&data_class,
                                         sizeof data_class, sizeof data_class};

static const struct claim *find_claim(CK_ATTRIBUTE_TYPE type)
{
    if (type == CKA_CLASS)
        return &class_claim;
    for (size_t i = 0; i < liar.n; i++)
        if (liar.claims[i].type == type)
            return &liar.claims[i];
    return NULL;
}

static CK_RV lie_about(CK_ATTRIBUTE *wanted)
{
    const struct claim *claim = find_claim(wanted->type);
    size_t len = 0;
    CK_ULONG room = wanted->ulValueLen;

    if (claim == NULL) {
        wanted->ulValueLen = MINUS_ONE;
        return liar.missing_rv;
    }
    if (wanted->pValue == NULL) {
        wanted->ulValueLen = claim->query_len;
        return CKR_OK;
    }
    len = claim == &class_claim ? sizeof data_class : strlen(claim->value);
    wanted->ulValueLen = claim->read_len;
    if (claim->read_len != MINUS_ONE && claim->read_len > room)
        return liar.too_small_rv;
    if (len != 0)
        memcpy(wanted->pValue, claim->value, len < room ? len : room);
    return CKR_OK;
}

static bool has_missing(const CK_ATTRIBUTE *template, CK_ULONG n)
{
    for (CK_ULONG i = 0; i < n; i++)
        if (find_claim(template[i].type) == NULL)
            return true;
    return false;
}

/* Is there one that is missing, or for which there is too little room? */
static bool has_bad(const CK_ATTRIBUTE *template, CK_ULONG n)
{
    for (CK_ULONG i = 0; i < n; i++) {
        const struct claim *claim = find_claim(template[i].type);

        if (claim == NULL || (template[i].pValue != NULL &&
                              claim->read_len > template[i].ulValueLen))
            return true;
    }
    return false;
}

static CK_RV give_lengths(CK_ATTRIBUTE *template, CK_ULONG n)
{
    CK_RV rv = CKR_OK;

    for (CK_ULONG i = 0; i < n; i++) {
        const struct claim *claim = find_claim(template[i].type);

        if (claim == NULL)
            rv = liar.missing_rv;
        else if (rv == CKR_OK && claim->read_len > template[i].ulValueLen)
            rv = liar.too_small_rv;
        template[i].ulValueLen = claim != NULL ? claim->query_len : MINUS_ONE;
    }
    return rv;
}

static CK_RV get_attribute(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object,
                           CK_ATTRIBUTE *template, CK_ULONG n)
{
    CK_RV rv = CKR_OK;

    assert_int_equal(session, 1);
    assert_int_equal(object, 2);
    if (++liar.calls == liar.failing_call)
        return liar.fails;
    if (liar.style == GIVES_NOTHING && has_missing(template, n))
        return liar.missing_rv;
    if (liar.style == ONLY_LENGTHS && has_bad(template, n))
        return give_lengths(template, n);
    for (CK_ULONG i = 0; i < n; i++) {
        CK_RV one = CKR_OK;

        assert_int_not_equal(template[i].type, CKA_VALUE); /* unwanted */

        if (liar.style == STOPS && find_claim(template[i].type) == NULL)
            return liar.missing_rv;
        if (liar.style == REST_MISSING && has_missing(template, i + 1)) {
            template[i].ulValueLen = MINUS_ONE;
            rv = liar.missing_rv;
            continue;
        }
        one = lie_about(&template[i]);
        if (liar.missing_wins && one == liar.too_small_rv)
            template[i].ulValueLen = MINUS_ONE;
        rv = one != CKR_OK ? one : rv;
    }
    return liar.style == SILENT ? CKR_OK : rv;
}

static void lie(enum style style, const struct claim *claims, size_t n)
{
    memset(&liar, 0, sizeof liar);
    liar.style = style;
    liar.claims = claims;
    liar.n = n;
    liar.missing_rv = CKR_ATTRIBUTE_TYPE_INVALID;
    liar.too_small_rv = CKR_BUFFER_TOO_SMALL;
    fake.functions.C_GetAttributeValue = get_attribute;
}

#define N_READ 5
static CK_RV read_three(struct attr a[N_READ])
{
    const CK_ATTRIBUTE_TYPE types[N_READ] = {CKA_ID, CKA_LABEL, CKA_MODULUS,
                                             CKA_VALUE, CKA_CLASS};

    for (size_t i = 0; i < N_READ; i++)
        a[i] =
            (struct attr){.type = types[i], .unwanted = types[i] == CKA_VALUE};
    return attrs_read(&fake.module, 1, 2, a, N_READ);
}

static void assert_value(const struct attr *attr, const char *value)
{
    assert_int_equal(attr->present, value != NULL);
    assert_span(span_of(&attr->value), value != NULL ? value : "",
                value != NULL ? strlen(value) : 0);
}

/* What the three attributes must be read as; NULL: absent. */
static void assert_read(const char *id, const char *label, const char *modulus)
{
    struct attr a[N_READ];

    assert_int_equal(read_three(a), CKR_OK);
    assert_value(&a[0], id);
    assert_value(&a[1], label);
    assert_value(&a[2], modulus);
    assert_value(&a[3], NULL);
    assert_span(span_of(&a[4].value), &data_class, sizeof data_class);
    attrs_clear(a, N_READ);
}

/* Longer than the room of the one call: such values are read in two more. */
#define LONG_LEN 600
static char long_label[LONG_LEN + 1];

static int set_up_group(void **state)
{
    memset(long_label, 'l', LONG_LEN);
    return fake_set_up_group(state);
}

static void usual_values_take_one_call(void **state)
{
    const struct claim all[] = {{CKA_ID, "1", 1, 1},
                                {CKA_LABEL, "label", 5, 5},
                                {CKA_MODULUS, "modulus", 7, 7}};

    (void)state;
    lie(STANDARD, all, 3);
    assert_read("1", "label", "modulus");
    assert_int_equal(liar.calls, 1);
}

static void an_absent_value_takes_no_other_call(void **state)
{
    const struct claim no_modulus[] = {{CKA_ID, "1", 1, 1},
                                       {CKA_LABEL, "label", 5, 5}};

    (void)state;
    lie(STANDARD, no_modulus, 2);
    assert_read("1", "label", NULL);
    assert_int_equal(liar.calls, 1);
    lie(SILENT, no_modulus, 2);
    assert_read("1", "label", NULL);
    assert_int_equal(liar.calls, 1);
    assert_false(atomic_load(&fake.module.gives_up_early));
    lie(STOPS, no_modulus, 2);
    assert_read("1", "label", NULL);
    assert_true(atomic_load(&fake.module.gives_up_early));
}

static void a_long_value_takes_two_more(void **state)
{
    const struct claim all[] = {{CKA_ID, "1", 1, 1},
                                {CKA_LABEL, long_label, LONG_LEN, LONG_LEN},
                                {CKA_MODULUS, "modulus", 7, 7}};

    (void)state;
    lie(STANDARD, all, 3);
    assert_read("1", long_label, "modulus");
    assert_int_equal(liar.calls, 3);
    /* It does not complain of the room, or that is not what it says. */
    lie(SILENT, all, 3);
    assert_read("1", long_label, "modulus");
    lie(STANDARD, all, 2);
    liar.missing_wins = true;
    assert_read("1", long_label, NULL);
}

/* Values just as long as the room, and one byte on either side of it. */
static void every_length_around_the_room_is_read_whole(void **state)
{
    char text[LONG_LEN];

    (void)state;
    memset(text, 'x', sizeof text);
    for (size_t len = 500; len < 520; len++) {
        const struct claim all[] = {{CKA_ID, "1", 1, 1},
                                    {CKA_LABEL, text, len, len},
                                    {CKA_MODULUS, "modulus", 7, 7}};

        text[len] = '\0';
        for (enum style style = STANDARD; style <= GIVES_NOTHING; style++) {
            lie(style, all, 3);
            assert_read("1", text, "modulus");
            lie(style, all, 2);
            assert_read("1", text, NULL);
        }
        text[len] = 'x';
    }
}

static void an_empty_value_is_present(void **state)
{
    const struct claim all[] = {{CKA_ID, "", 0, 0},
                                {CKA_LABEL, "label", 5, 5},
                                {CKA_MODULUS, "modulus", 7, 7}};

    (void)state;
    lie(STANDARD, all, 3);
    assert_read("", "label", "modulus");
}

static void missing_values_are_absent_in_every_style(void **state)
{
    const CK_RV rvs[] = {CKR_ATTRIBUTE_TYPE_INVALID,  CKR_ATTRIBUTE_SENSITIVE,
                         CKR_ATTRIBUTE_VALUE_INVALID, CKR_FUNCTION_FAILED,
                         CKR_GENERAL_ERROR,           CKR_ARGUMENTS_BAD};
    const struct claim no_id[] = {{CKA_LABEL, "label", 5, 5},
                                  {CKA_MODULUS, "modulus", 7, 7}};
    const struct claim no_label[] = {{CKA_ID, "1", 1, 1},
                                     {CKA_MODULUS, "modulus", 7, 7}};
    const struct claim no_modulus[] = {{CKA_ID, "1", 1, 1},
                                       {CKA_LABEL, "label", 5, 5}};

    (void)state;
    for (enum style style = STANDARD; style <= GIVES_NOTHING; style++) {
        for (size_t i = 0; i < N_ELEMENTS(rvs); i++) {
            lie(style, no_id, 2);
            liar.missing_rv = rvs[i];
            assert_read(NULL, "label", "modulus");
            lie(style, no_label, 2);
            liar.missing_rv = rvs[i];
            assert_read("1", NULL, "modulus");
            lie(style, no_modulus, 2);
            liar.missing_rv = rvs[i];
            assert_read("1", "label", NULL);
        }
    }
}

static void an_object_without_anything_is_read(void **state)
{
    (void)state;
    for (enum style style = STANDARD; style <= GIVES_NOTHING; style++) {
        lie(style, NULL, 0);
        assert_read(NULL, NULL, NULL);
    }
}

static void a_length_of_minus_one_with_ok_is_absent(void **state)
{
    const struct claim query[] = {{CKA_ID, "1", 1, 1},
                                  {CKA_LABEL, long_label, MINUS_ONE, LONG_LEN},
                                  {CKA_MODULUS, "modulus", 7, 7}};
    const struct claim read[] = {{CKA_ID, "1", 1, 1},
                                 {CKA_LABEL, "label", 5, MINUS_ONE},
                                 {CKA_MODULUS, "modulus", 7, 7}};

    (void)state;
    lie(SILENT, query, 3);
    assert_read("1", NULL, "modulus");
    lie(SILENT, read, 3);
    assert_read("1", NULL, "modulus");
}

static void absurd_lengths_are_not_believed(void **state)
{
    const CK_ULONG lengths[] = {(CK_ULONG)1 << 47, (CK_ULONG)1 << 32,
                                (CK_ULONG)1 << 63, MINUS_ONE - 1,
                                ATTRS_MAX_VALUE + 1};

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(lengths); i++) {
        const struct claim query[] = {
            {CKA_ID, "1", 1, 1},
            {CKA_LABEL, "label", lengths[i], lengths[i]},
            {CKA_MODULUS, "modulus", 7, 7}};
        const struct claim read[] = {{CKA_ID, "1", 1, 1},
                                     {CKA_LABEL, "label", 5, lengths[i]},
                                     {CKA_MODULUS, "modulus", 7, 7}};

        lie(STANDARD, query, 3);
        assert_read("1", NULL, "modulus");
        lie(SILENT, read, 3);
        assert_read("1", NULL, "modulus");
    }
}

static void the_longest_value_is_read_whole(void **state)
{
    char *text = malloc(ATTRS_MAX_VALUE + 1);
    struct claim all[] = {{CKA_ID, "1", 1, 1},
                          {CKA_LABEL, text, ATTRS_MAX_VALUE, ATTRS_MAX_VALUE},
                          {CKA_MODULUS, "modulus", 7, 7}};

    (void)state;
    assert_non_null(text);
    memset(text, 'x', ATTRS_MAX_VALUE);
    text[ATTRS_MAX_VALUE] = '\0';
    lie(STANDARD, all, 3);
    assert_read("1", text, "modulus");
    free(text);
}

static void a_value_that_grew_is_absent(void **state)
{
    const struct claim longer[] = {
        {CKA_ID, "1", 1, 1},
        {CKA_LABEL, long_label, LONG_LEN - 2, LONG_LEN},
        {CKA_MODULUS, "modulus", 7, 7}};
    const struct claim was_empty[] = {{CKA_ID, "1", 1, 1},
                                      {CKA_LABEL, long_label, 0, LONG_LEN},
                                      {CKA_MODULUS, "modulus", 7, 7}};

    (void)state;
    /* It admits that the room was too small, or it does not. */
    lie(STANDARD, longer, 3);
    assert_read("1", NULL, "modulus");
    lie(SILENT, longer, 3);
    assert_read("1", NULL, "modulus");
    lie(STANDARD, was_empty, 3);
    assert_read("1", NULL, "modulus");
    lie(SILENT, was_empty, 3);
    assert_read("1", NULL, "modulus");
}

static void a_value_that_shrank_is_read(void **state)
{
    const struct claim shorter[] = {
        {CKA_ID, "1", 1, 1},
        {CKA_LABEL, long_label, LONG_LEN + 50, LONG_LEN},
        {CKA_MODULUS, "modulus", 7, 7}};

    (void)state;
    lie(STANDARD, shorter, 3);
    assert_read("1", long_label, "modulus");
}

static void errors_of_the_session_are_passed_on(void **state)
{
    const CK_RV rvs[] = {CKR_SESSION_HANDLE_INVALID, CKR_SESSION_CLOSED,
                         CKR_OBJECT_HANDLE_INVALID,  CKR_DEVICE_REMOVED,
                         CKR_DEVICE_ERROR,           CKR_HOST_MEMORY};
    const struct claim no_label[] = {{CKA_ID, "1", 1, 1},
                                     {CKA_MODULUS, "modulus", 7, 7}};

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rvs); i++) {
        unsigned n_calls = 0;

        lie(GIVES_NOTHING, no_label, 2);
        assert_read("1", NULL, "modulus");
        n_calls = liar.calls;
        assert_true(n_calls >= 4);
        for (unsigned call = 1; call <= n_calls; call++) {
            struct attr a[N_READ];

            lie(GIVES_NOTHING, no_label, 2);
            liar.failing_call = call;
            liar.fails = rvs[i];
            assert_int_equal(read_three(a), rvs[i]);
            attrs_clear(a, N_READ);
        }
    }
}

static void a_module_without_the_function_is_an_error(void **state)
{
    struct attr a = {.type = CKA_ID};

    (void)state;
    fake.functions.C_GetAttributeValue = NULL;
    assert_int_equal(attrs_read(&fake.module, 1, 2, &a, 1),
                     CKR_FUNCTION_NOT_SUPPORTED);
    attrs_clear(&a, 1);
}

/* An attribute with a copy of LEN bytes at VALUE. */
static struct attr with_value(const void *value, size_t len)
{
    struct attr attr = {.present = true};

    assert_ok(bytes_set(&attr.value, span_make(value, len)));
    return attr;
}

static void numbers_have_the_size_of_a_ulong(void **state)
{
    const CK_ULONG value = CKK_EC;
    const uint32_t half = CKK_EC;
    struct attr good = with_value(&value, sizeof value);
    struct attr bad = with_value(&half, sizeof half);
    struct attr empty = with_value("", 0);
    const struct attr absent = {0};
    CK_ULONG number = 99;

    (void)state;
    assert_false(attr_number(&bad, &number));
    assert_false(attr_number(&empty, &number));
    assert_false(attr_number(&absent, &number));
    assert_int_equal(number, 99);
    assert_true(attr_number(&good, &number));
    assert_int_equal(number, CKK_EC);
    attrs_clear(&good, 1);
    attrs_clear(&bad, 1);
    attrs_clear(&empty, 1);
}

static void booleans_have_three_states(void **state)
{
    struct attr yes = with_value("\x01", 1);
    struct attr odd_yes = with_value("\xff", 1);
    struct attr no = with_value("\x00", 1);
    struct attr too_long = with_value("\x01\x00\x00\x00", 4);
    const struct attr absent = {0};

    (void)state;
    assert_int_equal(attr_boolean(&yes), YES);
    assert_int_equal(attr_boolean(&odd_yes), YES);
    assert_int_equal(attr_boolean(&no), NO);
    assert_int_equal(attr_boolean(&too_long), UNKNOWN);
    assert_int_equal(attr_boolean(&absent), UNKNOWN);
    attrs_clear(&yes, 1);
    attrs_clear(&odd_yes, 1);
    attrs_clear(&no, 1);
    attrs_clear(&too_long, 1);
}

#define TEST(name) \
    cmocka_unit_test_setup_teardown(name, fake_set_up, fake_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(usual_values_take_one_call),
        TEST(an_absent_value_takes_no_other_call),
        TEST(a_long_value_takes_two_more),
        TEST(every_length_around_the_room_is_read_whole),
        TEST(an_empty_value_is_present),
        TEST(missing_values_are_absent_in_every_style),
        TEST(an_object_without_anything_is_read),
        TEST(a_length_of_minus_one_with_ok_is_absent),
        TEST(absurd_lengths_are_not_believed),
        TEST(the_longest_value_is_read_whole),
        TEST(a_value_that_grew_is_absent),
        TEST(a_value_that_shrank_is_read),
        TEST(errors_of_the_session_are_passed_on),
        TEST(a_module_without_the_function_is_an_error),
        TEST(numbers_have_the_size_of_a_ulong),
        TEST(booleans_have_three_states),
    };

    return cmocka_run_group_tests_name("attrs", tests, set_up_group, NULL);
}
