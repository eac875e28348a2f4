# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Names of providers with '-', also such that end like a keyword or begin like
# another provider's name: each line is that of its provider.
token demo
key rsa2048 01 mykey
key p256 02 second
let grip = keygrip 01
let digest = hash sha256 616263
let cipher = rsa-encrypt 01 0000112233
run for name in my-hsm my-hsm-env library-2; do cp "$SHIM" "$DIR/$name.so"; touch "$DIR/$name.so.script"; done
run printf 'more-slots 60\ninit-args for-my-hsm\nno-overlap\ndelay C_FindObjects 1\n' >"$DIR/my-hsm.so.script"
run printf 'absent\ninit-args for-env\n' >"$DIR/my-hsm-env.so.script"
run printf 'absent\ninit-args\n' >"$DIR/library-2.so.script"
run umask 077; echo 123456 >"$DIR/pin"
no-provider
env SOFTHSM2_CONF=/nowhere
config provider-my-hsm-env-library {dir}/my-hsm-env.so
config provider-my-hsm-env-env BY_THE_SECOND=yes
config provider-my-hsm-env-init-args for-env
config provider-my-hsm-library {dir}/my-hsm.so
config provider-my-hsm-env SOFTHSM2_CONF={dir}/softhsm2.conf
config provider-my-hsm-init-args for-my-hsm
config provider-my-hsm-serialize
config provider-my-hsm-match-uri pkcs11:token=demo;id=%01
config provider-my-hsm-match-uri pkcs11:token=more%2057;id=%02
config provider-my-hsm-pin-source file:{dir}/pin
config provider-my-hsm-private-mask 5
config provider-my-hsm-cert-private
config provider-my-hsm-allow-protected-auth
config provider-library-2-library {dir}/library-2.so
config providers my-hsm,my-hsm-env, library-2
start
# Of 61 slots with a token two are opened, and only the keys that are meant are
# listed; nobody looks for certificates.
> GETINFO card_list
< S SERIALNO {sn}
< S SERIALNO {more}
< OK
calls C_OpenSession 2
calls C_FindObjectsInit 4
> KEYINFO --list
< S KEYINFO {grip} T {sn} P15.01 scae
< S KEYINFO {_} T {more} P15.02 sca
< OK
log-has , its calls are serialised
log-excludes C_Initialize failed
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 {grip}
data-verify 01 sha256 {digest}
< OK
log-has PIN from file:{dir}/pin used to sign
calls-total C_Login 1
