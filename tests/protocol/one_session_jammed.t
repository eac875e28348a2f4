# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# An operation that fails and stays active jams the only session there is: the
# next command gets another one, which may cost a PIN.
token demo
key rsa2048 01 mykey
let digest = hash sha256 616263
shim max-sessions 1
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
shim fail C_Sign 1 CKR_DEVICE_ERROR
> PKSIGN --hash=sha256 P15.01
< ERR {CARD} {_...}
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
> LEARN --force
<* OK
calls-total C_Login 2
# A search that stayed active, too.
shim fail C_FindObjectsInit 1 CKR_OPERATION_ACTIVE
> LEARN --force
<* OK
calls C_CloseSession 1
> LEARN --force
<* OK
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
