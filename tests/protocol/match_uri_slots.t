# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# What a URI says of slots is decided before their tokens are asked anything.
token demo
key p256 02 mykey
shim more-slots 58
config match-uri pkcs11:slot-id=2147483655
config match-uri pkcs11:slot-id=2147483656;token=more%208
config match-uri pkcs11:slot-id=2147483657;token=more%208
start
> GETINFO card_list
< S SERIALNO {seven}
< S SERIALNO {eight}
< OK
calls C_GetTokenInfo 3
calls C_GetSlotInfo 2
calls C_OpenSession 2
log-has provider 'p', slot 0x80000006: left out, no match-uri fits
log-has provider 'p', slot 0x80000009, token 'more 9', serial '9': left out
> SERIALNO
< S SERIALNO {seven}
< OK
calls C_GetTokenInfo 3
calls C_GetSlotInfo 0
