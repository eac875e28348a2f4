# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# What a module prints to standard output does not get into the conversation.
token demo
key rsa2048 01 mykey
shim print OK I am the module
let digest = hash sha256 616263
start
> SERIALNO
< S SERIALNO {_}
< OK
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
log-has OK I am the module
