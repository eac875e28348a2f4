# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Every command by itself gets an answer, with or without a token to work on,
# and none costs a call of C_Login.
token demo
key rsa2048 01 mykey
start
> SERIALNO
< S SERIALNO {sn:[0-9A-F]{24}}
< OK
> READCERT
< ERR {PARAMETER} {_...}
> READKEY
< ERR {PARAMETER} {_...}
> KEYINFO
< ERR {PARAMETER} {_...}
> SETDATA
< ERR {PARAMETER} {_...}
> PKSIGN
< ERR {PARAMETER} {_...}
> PKAUTH
< ERR {PARAMETER} {_...}
> PKDECRYPT
< ERR {PARAMETER} {_...}
> GETATTR
< ERR {PARAMETER} {_...}
> SETATTR
< ERR {PARAMETER} {_...}
> GETINFO
< ERR {PARAMETER} {_...}
> OPTION
< ERR {_} {_...}
> DEVINFO
< S DEVINFO_START
< S DEVICE pkcs11 {sn} p15
< S DEVINFO_END
< OK
> SWITCHCARD
< S SERIALNO {sn}
< OK
> SWITCHAPP
< S SERIALNO {sn} p15
< OK
> GENKEY
< ERR {_} {_...}
> RANDOM
< ERR {_} {_...}
> WRITECERT
< ERR {_} {_...}
> WRITEKEY
< ERR {_} {_...}
> APDU
< ERR {_} {_...}
> UNLOCK
< ERR {NOT_LOCKED} {_...}
> LOCK
< OK
> UNLOCK
< OK
> DISCONNECT
< OK
> CHECKPIN
< INQUIRE NEEDPIN {_...}
> CAN
< ERR {CANCELED} {_...}
> LEARN
<* S SERIALNO {sn}
<* OK
> RESTART
< OK
> RESET
< OK{_...}
> NOP
< OK{_...}
> HELP
<* OK{_...}
calls-total C_Login 0
> BYE
< OK{_...}
<eof
