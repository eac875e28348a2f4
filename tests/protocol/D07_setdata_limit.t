# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# 64 KiB of data are taken, more is an error, and the daemon goes on.
token demo
key rsa2048 01 mykey
let data = random 65536
start
setdata {data}
> SETDATA --append 00
< ERR {TOO_LARGE} {_...}
> PKSIGN --hash=none P15.01
< ERR {TOO_LARGE} {_...}
> PKDECRYPT P15.01
< ERR {_} {_...}
calls-total C_Login 0
> SETDATA 00
< OK
