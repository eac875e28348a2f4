# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A client that asked for it is sent a signal when a token goes or comes, within
# two seconds, and without any command of its own.  The module has no events:
# its slots are looked at.
token one
token two
key rsa2048 01 mykey
let grip = keygrip 01
start
> OPTION event-signal=12
< OK
> SERIALNO --all
< S SERIALNO {_}
< OK
> KEYINFO {grip}
< S KEYINFO {grip} T {two} P15.01 {_...}
< OK
log-has looked at once a second
shim absent two
signals USR2 1
# What was found need not be looked for.
> KEYINFO --list
calls C_GetTokenInfo 0
calls C_FindObjectsInit 0
< OK
unshim absent two
signals USR2 2
> KEYINFO --list
calls C_GetTokenInfo 0
calls C_FindObjectsInit 0
< S KEYINFO {grip} T {two} P15.01 {_...}
< OK
shim absent two
signals USR2 3
fastest-signal 2000
signals USR1 0
calls-total C_Login 0
