/* SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
 * SPDX-License-Identifier: BSD-3-Clause */
/* Public keys of every kind. */
#include "sample_keys.h"

#include <string.h>

#include "base/hex.h"

const struct sample_key sample_keys[SAMPLES] = {
    [SAMPLE_RSA] =
        {
            .algo = "rsa1024",
            .spki =
                "30819f300d06092a864886f70d010101050003818d0030818902818100b2"
                "b4eb1e8ac79cfa641b97841e4cbec9a0010af45f344625f60111c892620a"
                "367f8f85e30eb38a548174aa383102ea484ed7849820196c2e510936a16d"
                "24fede117de1f24aa8fd857203be10515cb0334717e94386f155336ed69c"
                "08894a32a982644727e2ebd4adcd68f4fe48f6c379ef6eaca383ad75ae8a"
                "e65975393be3b50203010001",
            .n = "b2b4eb1e8ac79cfa641b97841e4cbec9a0010af45f344625f60111c89262"
                 "0a367f8f85e30eb38a548174aa383102ea484ed7849820196c2e510936a1"
                 "6d24fede117de1f24aa8fd857203be10515cb0334717e94386f155336ed6"
                 "9c08894a32a982644727e2ebd4adcd68f4fe48f6c379ef6eaca383ad75ae"
                 "8ae65975393be3b5",
            .e = "010001",
            .ssh =
                "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQCytOseisec+mQbl4QeTL7J"
                "oAEK9F80RiX2ARHIkmIKNn+PheMOs4pUgXSqODEC6khO14SYIBlsLlEJNqFt"
                "JP7eEX3h8kqo/YVyA74QUVywM0cX6UOG8VUzbtacCIlKMqmCZEcn4uvUrc1o"
                "9P5I9sN5726so4Otda6K5ll1OTvjtQ==",
        },
    [SAMPLE_RSA_OTHER] =
        {
            .algo = "rsa1024",
            .spki =
                "30819f300d06092a864886f70d010101050003818d0030818902818100d1"
                "ad909503cd2b436fa54f327221697da38a68afa8e472d4fc2b4ee3d6cba9"
                "49bc36760f984300ae1fb0a48d6a7ac8814a5e795ddb7dc37fe8c2b5aa5b"
                "b88b6d7defab516cc33349f0dd0964a1812943292e0cf1b82f0be9c775c5"
                "d196619deff1ffc83883640f314d5c9bf19c95e6cd1250a923295cf8a1e6"
                "b2420617a0ae1b0203010001",
            .n = "d1ad909503cd2b436fa54f327221697da38a68afa8e472d4fc2b4ee3d6cb"
                 "a949bc36760f984300ae1fb0a48d6a7ac8814a5e795ddb7dc37fe8c2b5aa"
                 "5bb88b6d7defab516cc33349f0dd0964a1812943292e0cf1b82f0be9c775"
                 "c5d196619deff1ffc83883640f314d5c9bf19c95e6cd1250a923295cf8a1"
                 "e6b2420617a0ae1b",
            .e = "010001",
            .ssh =
                "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQDRrZCVA80rQ2+lTzJyIWl9"
                "o4por6jkctT8K07j1supSbw2dg+YQwCuH7CkjWp6yIFKXnld233Df+jCtapb"
                "uIttfe+rUWzDM0nw3QlkoYEpQykuDPG4Lwvpx3XF0ZZhne/x/8g4g2QPMU1c"
                "m/GclebNElCpIylc+KHmskIGF6CuGw==",
        },
    [SAMPLE_P256] =
        {
            .algo = "nistp256",
            .spki =
                "3059301306072a8648ce3d020106082a8648ce3d030107034200041486f6"
                "b73af8a5aa9b7e58e00897dd6d2856a77196a669c6f7ba2005daad67027e"
                "dcad1c9554996c42bb072f00b3271e1e02b24481fd8eeb0fcc641e75fd95"
                "7a",
            .params = "06082a8648ce3d030107",
            .point =
                "041486f6b73af8a5aa9b7e58e00897dd6d2856a77196a669c6f7ba2005da"
                "ad67027edcad1c9554996c42bb072f00b3271e1e02b24481fd8eeb0fcc64"
                "1e75fd957a",
            .ssh =
                "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlz"
                "dHAyNTYAAABBBBSG9rc6+KWqm35Y4AiX3W0oVqdxlqZpxve6IAXarWcCftyt"
                "HJVUmWxCuwcvALMnHh4CskSB/Y7rD8xkHnX9lXo=",
        },
    [SAMPLE_P256_OTHER] =
        {
            .algo = "nistp256",
            .spki =
                "3059301306072a8648ce3d020106082a8648ce3d03010703420004683771"
                "956356af5c3c2c72e007419a8dc7eca1cdc678da53d4272ce43a3326c9bd"
                "4b087e876412177c8a8dbcc9a01c4f39385504dffae25cf97e4ed9d81f79"
                "b9",
            .params = "06082a8648ce3d030107",
            .point =
                "04683771956356af5c3c2c72e007419a8dc7eca1cdc678da53d4272ce43a"
                "3326c9bd4b087e876412177c8a8dbcc9a01c4f39385504dffae25cf97e4e"
                "d9d81f79b9",
            .ssh =
                "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlz"
                "dHAyNTYAAABBBGg3cZVjVq9cPCxy4AdBmo3H7KHNxnjaU9QnLOQ6MybJvUsI"
                "fodkEhd8io28yaAcTzk4VQTf+uJc+X5O2dgfebk=",
        },
    [SAMPLE_P384] =
        {
            .algo = "nistp384",
            .spki =
                "3076301006072a8648ce3d020106052b8104002203620004cf442611a77c"
                "bd7fb1d01806548453c3ab2ac543c83b6098f77c1f601f74ec6c42e63464"
                "2666a8e71800b49f9751af33b155e852286492ead0d6d18819be6d1554c8"
                "674e9762a60e8def5a1f0ae5436708967b2702c8d1dec569dc337e72a667",
            .params = "06052b81040022",
            .point =
                "04cf442611a77cbd7fb1d01806548453c3ab2ac543c83b6098f77c1f601f"
                "74ec6c42e634642666a8e71800b49f9751af33b155e852286492ead0d6d1"
                "8819be6d1554c8674e9762a60e8def5a1f0ae5436708967b2702c8d1dec5"
                "69dc337e72a667",
            .ssh =
                "ecdsa-sha2-nistp384 AAAAE2VjZHNhLXNoYTItbmlzdHAzODQAAAAIbmlz"
                "dHAzODQAAABhBM9EJhGnfL1/sdAYBlSEU8OrKsVDyDtgmPd8H2AfdOxsQuY0"
                "ZCZmqOcYALSfl1GvM7FV6FIoZJLq0NbRiBm+bRVUyGdOl2KmDo3vWh8K5UNn"
                "CJZ7JwLI0d7FadwzfnKmZw==",
        },
    [SAMPLE_P521] =
        {
            .algo = "nistp521",
            .spki =
                "30819b301006072a8648ce3d020106052b81040023038186000400f41df9"
                "8c0f93d2f2bae2c664c25cae522275ead9fddf5cb9de97d127ae1947d35f"
                "f577f5f1068f624ddc087d0614cab6882c17583c8b57fd0cc56cc52760b5"
                "4dd601e473ab6e2ce1bd5d82ba9926ab3a4de00f0f32141c054762677a97"
                "31e4954a12134ff450336f0746a3b648f03284366c5aa69ce4a263878504"
                "66d3945957cd5b58",
            .params = "06052b81040023",
            .point =
                "0400f41df98c0f93d2f2bae2c664c25cae522275ead9fddf5cb9de97d127"
                "ae1947d35ff577f5f1068f624ddc087d0614cab6882c17583c8b57fd0cc5"
                "6cc52760b54dd601e473ab6e2ce1bd5d82ba9926ab3a4de00f0f32141c05"
                "4762677a9731e4954a12134ff450336f0746a3b648f03284366c5aa69ce4"
                "a26387850466d3945957cd5b58",
            .ssh =
                "ecdsa-sha2-nistp521 AAAAE2VjZHNhLXNoYTItbmlzdHA1MjEAAAAIbmlz"
                "dHA1MjEAAACFBAD0HfmMD5PS8rrixmTCXK5SInXq2f3fXLnel9EnrhlH01/1"
                "d/XxBo9iTdwIfQYUyraILBdYPItX/QzFbMUnYLVN1gHkc6tuLOG9XYK6mSar"
                "Ok3gDw8yFBwFR2Jnepcx5JVKEhNP9FAzbwdGo7ZI8DKENmxappzkomOHhQRm"
                "05RZV81bWA==",
        },
    [SAMPLE_BRAINPOOL] =
        {
            .algo = "brainpoolP256r1",
            .spki =
                "305a301406072a8648ce3d020106092b2403030208010107034200049a5b"
                "2b8dcd2c91aafd8c8566fa46c8986ed90c5b4f54a6afb2766ec15173e4d7"
                "6f88950095c3af67cde66d17b0f8dbd528047406a400cd9e7cdcfdf7bec2"
                "948e",
            .params = "06092b2403030208010107",
            .point =
                "049a5b2b8dcd2c91aafd8c8566fa46c8986ed90c5b4f54a6afb2766ec151"
                "73e4d76f88950095c3af67cde66d17b0f8dbd528047406a400cd9e7cdcfd"
                "f7bec2948e",
        },
    [SAMPLE_ED25519] =
        {
            .algo = "ed25519",
            .spki =
                "302a300506032b6570032100f0ef6a2e19e2833600e10ef9947a4380a16d"
                "fc6b42a86071f991a2b976293e42",
            .params = "06032b6570",
            .point =
                "f0ef6a2e19e2833600e10ef9947a4380a16dfc6b42a86071f991a2b97629"
                "3e42",
            .ssh =
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPDvai4Z4oM2AOEO+ZR6Q4Ch"
                "bfxrQqhgcfmRorl2KT5C",
        },
    [SAMPLE_X25519] =
        {
            .algo = "cv25519",
            .spki =
                "302a300506032b656e03210019a3038f315eb7f9ff28903a927861c26d46"
                "b3beaf49c05bec6ffb99634ac20c",
            .params = "06032b656e",
            .point =
                "19a3038f315eb7f9ff28903a927861c26d46b3beaf49c05bec6ffb99634a"
                "c20c",
        },
};

void sample_bytes(const char *hex, struct bytes *ret)
{
    bytes_clear(ret);
    if (hex != NULL && hex_decode_append(hex, strlen(hex), ret) != 0)
        abort();
}

static enum object_key_type type_of(enum sample which)
{
    switch (which) {
    case SAMPLE_RSA:
    case SAMPLE_RSA_OTHER:
        return KEY_TYPE_RSA;
    case SAMPLE_ED25519:
        return KEY_TYPE_EDWARDS;
    case SAMPLE_X25519:
        return KEY_TYPE_MONTGOMERY;
    default:
        return KEY_TYPE_EC;
    }
}

struct object *sample_object(struct object_list *list, enum object_class class,
                             enum sample which, const char *id)
{
    struct object *objects =
        realloc(list->objects, (list->n + 1) * sizeof *objects);
    struct object *o = NULL;

    if (objects == NULL)
        abort();
    list->objects = objects;
    o = &list->objects[list->n++];
    *o = (struct object){.class = class,
                         .key_type = type_of(which),
                         .sign = USE_UNKNOWN,
                         .sign_recover = USE_UNKNOWN,
                         .decrypt = USE_UNKNOWN,
                         .derive = USE_UNKNOWN,
                         .is_private = class == OBJECT_PRIVATE_KEY};
    if (bytes_set(&o->id, span_str(id)) != 0)
        abort();
    return o;
}

struct object *sample_full_object(struct object_list *list,
                                  enum object_class class, enum sample which,
                                  const char *id)
{
    const struct sample_key *key = &sample_keys[which];
    struct object *o = sample_object(list, class, which, id);

    sample_bytes(key->n, &o->modulus);
    sample_bytes(key->e, &o->exponent);
    sample_bytes(key->params, &o->ec_params);
    sample_bytes(key->point, &o->ec_point);
    return o;
}
