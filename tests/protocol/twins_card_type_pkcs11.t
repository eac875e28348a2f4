# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# With the names of 0.10, tokens that tell the same have serial numbers of that
# form, and the reference means the chosen one's key.
config card-type pkcs11
token one
key p256 01 k1
token two
key p256 01 k2
let g1 = keygrip k1
let g2 = keygrip k2
shim token-text * serial 00
shim token-text * label tpm
start
> KEYINFO {g1}
< S KEYINFO {g1} T {one} {ref} sca
< OK
> KEYINFO {g2}
< S KEYINFO {g2} T {two} {ref} sca
< OK
run test {one} != {two}
run echo {one} {two} | grep -Eqx 'D2760001240111503131[0-9A-F]*1111 D2760001240111503131[0-9A-F]*1111'
> SERIALNO --demand={two}
< S SERIALNO {two}
< OK
> GETATTR SERIALNO
< S SERIALNO {two}
< OK
> READKEY {ref}
data-is-key k2
< OK
> SERIALNO --demand={one}
< S SERIALNO {one}
< OK
> READKEY {ref}
data-is-key k1
< OK
> RESTART
< OK
> READKEY {ref}
< ERR {AMBIGUOUS_NAME} {_...}
