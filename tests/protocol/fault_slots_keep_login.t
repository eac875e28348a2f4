# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Slots that cannot be listed once do not cost a login.
token demo
key rsa2048 01 mykey
let digest = hash sha256 616263
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
shim fail C_GetSlotList 1 CKR_GENERAL_ERROR
> SERIALNO
< S SERIALNO {sn}
< OK
shim fail C_GetTokenInfo 1 CKR_DEVICE_ERROR
> SERIALNO
< S SERIALNO {sn}
< OK
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
calls-total C_Login 1
