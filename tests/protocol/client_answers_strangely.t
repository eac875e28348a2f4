# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Other lines than an answer while a PIN is asked for: the command ends with an
# error, no try is spent, and the next one works.
token demo
key rsa2048 01 mykey
let digest = hash sha256 616263
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
< INQUIRE NEEDPIN {_...}
> KEYINFO --list
< ERR {_} {_...}
calls-total C_Login 0
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
calls-total C_Login 1
