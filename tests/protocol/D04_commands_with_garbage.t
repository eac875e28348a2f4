# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Arguments that make no sense get an error, and the daemon goes on.
token demo
key rsa2048 01 mykey
let long = repeat Z 900
let many = repeat "a " 400
start
> SERIALNO --demand=xyz
< ERR {INV_VALUE} {_...}
> SERIALNO --demand=
< ERR {INV_VALUE} {_...}
> SERIALNO --demand
< ERR {PARAMETER} {_...}
> SERIALNO --all=yes
< ERR {PARAMETER} {_...}
> SERIALNO {many}
< ERR {PARAMETER} {_...}
> LEARN --force=1
< ERR {PARAMETER} {_...}
> READCERT {long}
< ERR {_:100663323|100663414} {_...}
> READCERT P15.01 P15.01
< ERR {PARAMETER} {_...}
> READKEY {long}
< ERR {_:100663323|100663414} {_...}
> READKEY P15.01 P15.01
< ERR {PARAMETER} {_...}
> READKEY --format=pem P15.01
< ERR {PARAMETER} {_...}
> READKEY --format P15.01
< ERR {PARAMETER} {_...}
> KEYINFO {long}
< ERR {PARAMETER} {_...}
> KEYINFO --list=nonsense
< ERR {PARAMETER} {_...}
> KEYINFO --list=
< ERR {PARAMETER} {_...}
> SETDATA 0g
< ERR {PARAMETER} {_...}
> SETDATA 012
< ERR {PARAMETER} {_...}
> SETDATA 00 00
< ERR {PARAMETER} {_...}
> SETDATA --nonsense 00
< ERR {PARAMETER} {_...}
> SETDATA 00
< OK
> PKSIGN --hash=sha257 P15.01
< ERR {PARAMETER} {_...}
> PKSIGN --hash P15.01
< ERR {PARAMETER} {_...}
> PKSIGN --nonsense P15.01
< ERR {PARAMETER} {_...}
> PKSIGN P15.01 P15.01
< ERR {PARAMETER} {_...}
> PKSIGN {long}
< ERR {_:100663323|100663414} {_...}
> PKAUTH --hash=sha256 P15.01
< ERR {PARAMETER} {_...}
> PKAUTH P15.01 P15.01
< ERR {PARAMETER} {_...}
> PKDECRYPT --nonsense P15.01
< ERR {PARAMETER} {_...}
> PKDECRYPT P15.01 P15.01
< ERR {PARAMETER} {_...}
> GETATTR {long}
< ERR {INV_NAME} {_...}
> GETATTR SERIALNO P15.01 P15.01
< ERR {PARAMETER} {_...}
> GETATTR SERIALNO {long}
< ERR {_:100663323|100663414} {_...}
> CHECKPIN {long}
< ERR {_:100663323|100663414} {_...}
> GETINFO {long}
< ERR {PARAMETER} {_...}
> GETINFO cmd_has_option
< ERR {MISSING_VALUE} {_...}
> OPTION event-signal=x
< ERR {INV_VALUE} {_...}
> OPTION event-signal=99999999999999999999
< ERR {INV_VALUE} {_...}
> OPTION =
< ERR {_} {_...}
> DEVINFO --nonsense
< ERR {PARAMETER} {_...}
> LOCK --nonsense
< ERR {PARAMETER} {_...}
> SWITCHCARD {long}
< ERR {NOT_FOUND} {_...}
> SWITCHAPP {long}
< ERR {NOT_FOUND} {_...}
> GENKEY {long}
< ERR {_} {_...}
> RANDOM {long}
< ERR {_} {_...}
> RANDOM -1
< ERR {_} {_...}
> PASSWD {many}
< ERR {_} {_...}
> WRITECERT {long}
< ERR {_} {_...}
> WRITEKEY {many}
< ERR {_} {_...}
> APDU {long}
< ERR {_} {_...}
> SETATTR {long}
< ERR {_} {_...}
> UNLOCK {many}
< ERR {_} {_...}
> DISCONNECT {many}
< {_:(OK|ERR).*}
> RESTART {many}
< {_:(OK|ERR).*}
> HELP {long}
<* {_:(OK|ERR)( .*)?}
# Nothing of that needed the PIN, and everything still works.
calls-total C_Login 0
> READKEY P15.01
data-is-key 01
< OK
