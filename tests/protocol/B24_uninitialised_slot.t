# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A slot without an initialised token has no serial number and is left alone,
# and what comes behind it is found.
start
> SERIALNO
< ERR {ENODEV} {_...}
> GETINFO card_list
< OK
calls-total C_OpenSession 0
# SoftHSM's empty slot is the last one, so that it comes first now.
shim reverse-slots
token one
key p256 01 k1
token two
key p256 02 k2
let g1 = keygrip k1
let g2 = keygrip k2
eof
exit 0
start
> SERIALNO
< S SERIALNO {one}
< OK
> GETINFO card_list
< S SERIALNO {one}
< S SERIALNO {two}
< OK
> KEYINFO --list
< S KEYINFO {g1} T {one} P15.01 sca
< S KEYINFO {g2} T {two} P15.02 sca
< OK
> LEARN --keypairinfo --demand={two}
< S KEYPAIRINFO {g2} P15.02 {_...}
< OK
# Three slots were looked into, two sessions opened.
calls-total C_GetTokenInfo 9
calls-total C_OpenSession 2
# It is left alone by those who look for it in particular, too.
shim token-flags -CKF_TOKEN_INITIALIZED
> GETINFO card_list
< OK
> LEARN --force
< ERR {ENODEV} {_...}
> KEYINFO --list
< OK
