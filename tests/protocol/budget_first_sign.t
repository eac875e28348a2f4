# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# The first signature after the start: the module is loaded, what is on the token
# is read, the PIN is asked for, and what the login shows is read once, for the
# signature and for the answers to come.
token demo
key rsa2048 01 mykey cert
let grip = keygrip 01
let digest = hash sha256 616263
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 {grip}
< INQUIRE NEEDPIN {_...}
# C_GetFunctionList, C_Initialize, C_GetInfo; the slots.
calls C_GetSlotList 2
# The two slots; the one with the token once more, before the PIN is asked for.
calls C_GetTokenInfo 3
calls C_GetSlotInfo 1
calls C_OpenSession 1
# When the objects are listed, and before the PIN is asked for.
calls C_GetSessionInfo 2
calls C_FindObjectsInit 2
calls C_FindObjects 4
calls C_FindObjectsFinal 2
calls C_GetAttributeValue 2
calls-any 22
> D 123456
> END
data-verify 01 sha256 {digest}
< OK
# The login, two searches, three objects, the signature.
calls C_Login 1
calls C_FindObjectsInit 4
calls C_FindObjects 7
calls C_FindObjectsFinal 4
calls C_GetAttributeValue 5
calls C_SignInit 1
calls C_Sign 1
calls-any 35
> KEYINFO --list
< S KEYINFO {grip} {_...}
< OK
calls-any 0
