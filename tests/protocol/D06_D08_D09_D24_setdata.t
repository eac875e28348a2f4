# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# SETDATA replaces or appends; RESTART and RESET forget; what is no hex changes
# nothing.
token demo
key rsa2048 01 mykey
let d1 = hash sha256 01
let head = run echo {d1} | cut -c1-10
let tail = run echo {d1} | cut -c11-
let big = random 450
start
> PKSIGN --hash=sha256 P15.01
< ERR {NO_DATA} {_...}
> PKAUTH P15.01
< ERR {NO_DATA} {_...}
> PKDECRYPT P15.01
< ERR {NO_DATA} {_...}
> SETDATA --append {head}
< OK
> SETDATA {tail} --append
< OK
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {d1}
< OK
# The data can be used again.
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {d1}
< OK
> SETDATA zz
< ERR {PARAMETER} {_...}
> SETDATA 0
< ERR {PARAMETER} {_...}
> SETDATA --append 0
< ERR {PARAMETER} {_...}
> SETDATA --append
< ERR {PARAMETER} {_...}
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {d1}
< OK
> SETDATA 00
< OK
> PKSIGN --hash=sha256 P15.01
< ERR {INV_LENGTH} {_...}
> RESTART
< OK
> PKSIGN --hash=sha256 P15.01
< ERR {NO_DATA} {_...}
> SETDATA {d1}
< OK
> RESET
< OK{_...}
> PKSIGN --hash=sha256 P15.01
< ERR {NO_DATA} {_...}
# Each client has its own.
> SETDATA {d1}
< OK
2> PKSIGN --hash=sha256 P15.01
2< ERR {NO_DATA} {_...}
calls-total C_Login 1
