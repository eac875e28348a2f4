# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# If no module is meant, the errors say so as if no token were; a module that
# does not say what it is has no description.
token demo
key p256 02 mykey
shim fail C_GetInfo 1 CKR_FUNCTION_NOT_SUPPORTED *
config match-uri pkcs11:library-manufacturer=SoftHSM
start
> SERIALNO
< ERR {ENODEV} {_...} - no token matches match-uri
log-has provider 'p': left out, no match-uri fits
calls C_GetSlotList 0
