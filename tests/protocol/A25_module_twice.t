# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# The same library under two names is one module, and its tokens come once.
token demo
key rsa2048 01 mykey
config providers p, again
config provider-again-library {shim}
config provider-again-match-uri pkcs11:token=nowhere
start
> GETINFO card_list
< S SERIALNO {_}
< OK
> KEYINFO --list
< S KEYINFO {_} T {_} P15.01 {_}
< OK
log-has is loaded already, what counts is said of provider 'p'
calls-total C_Initialize 1
