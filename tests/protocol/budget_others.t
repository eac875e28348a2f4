# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# What the other commands cost, with one token and SoftHSM's empty slot: those that
# ask which tokens there are two lists and two looks.
token demo
key rsa2048 01 mykey cert
let grip = keygrip 01
let digest = hash sha256 616263
start
> SERIALNO
< S SERIALNO {sn}
< OK
> CHECKPIN
pin 123456
< OK
# Two lists, two looks; is it logged in, how near is it to being locked; C_Login;
# two searches and three objects.
calls C_GetSlotList 2
calls C_GetTokenInfo 3
calls C_GetSessionInfo 1
calls C_Login 1
calls C_FindObjectsInit 2
calls C_GetAttributeValue 3
calls-any 17
> CHECKPIN
< OK
calls-any 4
> SWITCHCARD
< S SERIALNO {sn}
< OK
calls-any 4
> SWITCHCARD {sn}
< S SERIALNO {sn}
< OK
calls-any 4
> LEARN
<* OK
calls-any 4
> LEARN --keypairinfo
< S KEYPAIRINFO {grip} {_...}
< OK
calls-any 4
> DEVINFO
<* OK
calls-any 4
> GETINFO card_list
< S SERIALNO {sn}
< OK
calls-any 4
> GETINFO all_active_apps
< S SERIALNO {sn} p15
< OK
calls-any 4
> GETINFO reader_list
<* OK
calls-any 4
> GETINFO status
<* OK
calls-any 4
# The first use of a key after LEARN --force, or of one that was not used: a search
# and a look at it.
> SETDATA {digest}
< OK
calls-any 0
> LEARN --force
<* OK
calls-any 13
> PKSIGN --hash=sha256 {grip}
data-verify 01 sha256 {digest}
< OK
calls C_FindObjectsInit 1
calls C_GetAttributeValue 1
calls-any 6
> PKSIGN --hash=sha256 {grip}
data-verify 01 sha256 {digest}
< OK
calls-any 2
> RANDOM 20
data-length 20
< OK
calls-any 1
> LOCK
< OK
calls-any 0
> UNLOCK
< OK
calls-any 0
> GENKEY 1
<* OK
calls-any 4
> PASSWD 1
pin 123456
pin 654321
< OK
calls C_SetPIN 1
> DISCONNECT
< OK
calls C_CloseSession 2
calls-any 2
> HELP PKSIGN
<* OK
calls-any 0
