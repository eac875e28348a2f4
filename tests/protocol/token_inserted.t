# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Tokens come and go: SERIALNO looks for them, and KEYINFO knows what it saw.
token one
key rsa2048 01 k1
token two
key rsa2048 01 k2
let g1 = keygrip k1
let g2 = keygrip k2
shim absent two
shim absent one
start
> SERIALNO
< ERR {ENODEV} {_...}
unshim absent one
> SERIALNO
< S SERIALNO {one}
< OK
> KEYINFO --list
< S KEYINFO {g1} T {one} P15.01 {_}
< OK
> KEYINFO {g2}
< ERR {NOT_FOUND} {_...}
unshim absent two
> SERIALNO
< S SERIALNO {_}
< OK
> KEYINFO {g2}
< S KEYINFO {g2} T {two} P15.01 {_}
< OK
> SERIALNO --demand={two}
< S SERIALNO {two}
< OK
# The chosen one goes: other commands say so and do not take another.
shim absent two
> SERIALNO --demand={two}
< ERR {CARD_NOT_PRESENT} {_...}
> LEARN --force
< ERR {CARD_NOT_PRESENT} {_...}
> GETATTR SERIALNO
< ERR {CARD_NOT_PRESENT} {_...}
> READKEY P15.01
< ERR {CARD_NOT_PRESENT} {_...}
> KEYINFO --list
< S KEYINFO {g1} T {one} P15.01 {_}
< OK
# SERIALNO without a choice takes what there is.
> SERIALNO
< S SERIALNO {one}
< OK
unshim absent two
> SERIALNO --demand={two}
< S SERIALNO {two}
< OK
