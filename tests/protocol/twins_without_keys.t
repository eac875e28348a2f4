# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Tokens that tell the same names and have no key, or the same: the slot tells
# them apart.  One that gets a key has the serial number of that.
token one
token two
shim token-text * serial 00
shim token-text * label tpm
start
> GETINFO card_list
< S SERIALNO {a}
< S SERIALNO {b}
< OK
run test {a} != {b}
> SERIALNO --demand={b}
< S SERIALNO {b}
< OK
> GETATTR SERIALNO
< S SERIALNO {b}
< OK
shim reverse-slots
> GETINFO card_list
< S SERIALNO {a}
< S SERIALNO {b}
< OK
key rsa8192 01 same
let grip = keygrip same
> LEARN --force
<* OK
> KEYINFO {grip}
< S KEYINFO {grip} T {with} P15.01 {_}
< OK
> GETINFO card_list
<~ S SERIALNO {with}
<~ S SERIALNO {rest}
< OK
run test {rest} = {a} || test {rest} = {b}
run test {with} != {a} && test {with} != {b}
