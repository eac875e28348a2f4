# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# "session-timeout N": that long after the last use no session is open, so that
# other programs can have the card; the next use opens one and logs in.
token demo
key rsa2048 01 mykey
config session-timeout 1
let digest = hash sha256 616263
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
log-has token 'demo': idle: all sessions closed
run test "$(grep -c ^C_OpenSession calls)" = "$(grep -c ^C_CloseSession calls)"
> KEYINFO --list
<* OK
calls-any 0
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
calls-total C_Login 2
