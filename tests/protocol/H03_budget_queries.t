# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Questions about what is known already reach no module, and the greeting waits
# for none.
token demo
key rsa2048 01 mykey cert
let grip = keygrip 01
start
> NOP
< OK{_...}
calls-total C_Initialize 0
> SERIALNO
< S SERIALNO {sn}
< OK
calls C_Initialize 1
> KEYINFO --list
< S KEYINFO {grip} {_...}
< OK
calls-any 0
> KEYINFO --list=sign
< S KEYINFO {grip} {_...}
< OK
calls-any 0
> KEYINFO {grip}
< S KEYINFO {grip} {_...}
< OK
calls-any 0
> READKEY {grip}
data-is-key 01
< OK
calls-any 0
> READKEY --info-only P15.01
< S KEYPAIRINFO {_...}
< OK
calls-any 0
> READCERT P15.01
data-is-cert 01
< OK
calls-any 0
> GETATTR $DISPSERIALNO {grip}
< S $DISPSERIALNO demo+{serial}/mykey
< OK
calls-any 0
> GETATTR $SIGNKEYID
< S $SIGNKEYID P15.01
< OK
calls-any 0
> GETATTR KEY-FPR
< OK
calls-any 0
> GETATTR CHV-STATUS
< S CHV-STATUS -2
< OK
calls-any 0
> GETATTR KEY-LABEL
< S KEY-LABEL P15.01 mykey
< OK
calls-any 0
> GETINFO active_apps
< S SERIALNO {sn} p15
< OK
calls-any 0
> GETINFO version
data-text {_}
< OK
calls-any 0
> SWITCHAPP
< S SERIALNO {sn} p15
< OK
calls-any 0
> SETDATA 00
< OK
calls-any 0
> RESTART
< OK
calls-any 0
2> KEYINFO --list
2< S KEYINFO {grip} {_...}
2< OK
calls-any 0
# SERIALNO looks at the slots, not at the objects.
> SERIALNO --all
< S SERIALNO {sn}
< OK
calls C_FindObjectsInit 0
calls C_OpenSession 0
calls C_GetAttributeValue 0
