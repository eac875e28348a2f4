# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Objects that cannot be listed: the card is there, without keys, and whole
# again with the next look.
token demo
key rsa2048 01 mykey
let grip = keygrip 01
shim fail C_FindObjects 1 CKR_DEVICE_ERROR
start
> LEARN --force
<* S SERIALNO {sn}
<! S KEYPAIRINFO {_...}
<* OK
> LEARN --force
<* S KEYPAIRINFO {grip} {_...}
<* OK
shim fail C_OpenSession 1 CKR_GENERAL_ERROR *
> DISCONNECT
< OK
> LEARN --force
<* OK
> SETDATA 00
< OK
> PKSIGN --hash=none {grip}
< ERR {_} {_...}
calls C_Login 0
unshim fail C_OpenSession 1 CKR_GENERAL_ERROR *
> LEARN --force
<* S KEYPAIRINFO {grip} {_...}
<* OK
shim fail C_FindObjectsInit 1 CKR_SESSION_HANDLE_INVALID
> LEARN --force
<* S KEYPAIRINFO {grip} {_...}
<* OK
