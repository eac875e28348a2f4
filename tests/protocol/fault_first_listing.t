# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A listing that failed at first is made again at the next look.
token demo
key rsa2048 01 mykey
let grip = keygrip 01
shim fail C_FindObjects 1 CKR_DEVICE_ERROR
start
> SERIALNO
<* OK
> SERIALNO
<* OK
> KEYINFO --list
< S KEYINFO {grip} {_...}
< OK
