# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Other modules work for several clients at a time, also one that resembles a
# known one, and one that does not say what it is.
token demo
key rsa2048 01 mykey
shim info tpm2-software.github.io; TPM2.0 Cryptoki and more
let digest = hash sha256 616263
start
> CHECKPIN
pin 123456
< OK
calls-total C_GetInfo 1
log-excludes serialised
signal TERM
exit 0
shim fail C_GetInfo 1 CKR_FUNCTION_NOT_SUPPORTED *
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
log-excludes serialised
