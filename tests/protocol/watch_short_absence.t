# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A token goes after the slots were listed and before it is asked for its name,
# and is back before they are listed again: who is told that it went is told that
# it came.
token one
start
2> DEVINFO --watch
2< S DEVINFO_START
2< S DEVICE pkcs11 {one} p15
2< S DEVINFO_END
shim fail C_GetTokenInfo 1 CKR_TOKEN_NOT_PRESENT
> DEVINFO
< ERR {NOT_FOUND} {_...}
2< S DEVINFO_STATUS removal
2< S DEVINFO_START
2< S DEVINFO_END
2< S DEVINFO_STATUS new
2< S DEVINFO_START
2< S DEVICE pkcs11 {one} p15
2< S DEVINFO_END
2> NOP
2< OK
2< OK
