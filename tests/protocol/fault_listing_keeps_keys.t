# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A listing that fails once does not empty the keyring.
token demo
key rsa2048 01 mykey
let grip = keygrip 01
start
> LEARN --force
<* S KEYPAIRINFO {grip} {_...}
<* OK
shim fail C_FindObjects 1 CKR_DEVICE_ERROR
> LEARN --force
<* OK
> KEYINFO --list
< S KEYINFO {grip} {_...}
< OK
