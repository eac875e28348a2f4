# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A session that does not close stays in use: a token that has only one would
# have none any more.
token demo
key rsa2048 01 mykey
config session-timeout 1
shim max-sessions 1
shim fail C_CloseSession 1 CKR_DEVICE_ERROR *
let digest = hash sha256 616263
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
log-has token 'demo': a session does not close
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
calls-total C_OpenSession 1
# It was tried once, not without end.
run test "$(grep -c ^C_CloseSession calls)" -le 2
