# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Readers by their names; a name that cannot be read just now changes nothing.
token demo
key p256 02 mykey
shim more-slots 10
config match-uri pkcs11:slot-description=More%20reader%204
start
> KEYINFO --list
< S KEYINFO {grip} T {sn} P15.02 {_}
< OK
calls C_GetSlotInfo 13
calls C_GetTokenInfo 1
calls C_OpenSession 1
shim fail C_GetSlotInfo 1 CKR_FUNCTION_FAILED *
> SERIALNO
< S SERIALNO {sn}
< OK
log-has slot 0x80000004: C_GetSlotInfo: CKR_FUNCTION_FAILED
> READKEY P15.02
data-is-key 02
< OK
unshim fail C_GetSlotInfo 1 CKR_FUNCTION_FAILED *
> SERIALNO
< S SERIALNO {sn}
< OK
calls C_OpenSession 0
