# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# DEVINFO lists all tokens as devices.
token one
token two
start
> DEVINFO
< S DEVINFO_START
< S DEVICE pkcs11 {a:FF500B00[0-9A-F]{16}} p15
< S DEVICE pkcs11 {b:FF500B00[0-9A-F]{16}} p15
< S DEVINFO_END
< OK
run test {a} != {b}
shim absent one
> DEVINFO
< S DEVINFO_START
< S DEVICE pkcs11 {_} p15
< S DEVINFO_END
< OK
