# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Slots that cannot be listed or read for a moment: what was known is not
# forgotten for good.
token demo
key rsa2048 01 mykey
let grip = keygrip 01
start
shim fail C_GetSlotList 1 CKR_GENERAL_ERROR *
> SERIALNO
< ERR {ENODEV} {_...}
log-has its slots cannot be listed: CKR_GENERAL_ERROR
unshim fail C_GetSlotList 1 CKR_GENERAL_ERROR *
> SERIALNO
< S SERIALNO {sn}
< OK
shim fail C_GetTokenInfo 1 CKR_DEVICE_ERROR *
> SERIALNO
< S SERIALNO {sn}
< OK
unshim fail C_GetTokenInfo 1 CKR_DEVICE_ERROR *
shim fail C_GetTokenInfo 1 CKR_TOKEN_NOT_RECOGNIZED *
> SERIALNO
< ERR {ENODEV} {_...}
unshim fail C_GetTokenInfo 1 CKR_TOKEN_NOT_RECOGNIZED *
> SERIALNO
< S SERIALNO {sn}
< OK
> KEYINFO --list
< S KEYINFO {grip} {_...}
< OK
