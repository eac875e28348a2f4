# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A provider's line that cannot be used is still its own: those for all modules
# do not take its place.
token demo
key p256 02 mykey
config match-uri pkcs11:token=demo
config provider-p-match-uri
start
> SERIALNO
< ERR {ENODEV} {_...} - no token matches match-uri
> KEYINFO --list
< OK
calls C_OpenSession 0
log-has 'provider-p-match-uri' needs a value
