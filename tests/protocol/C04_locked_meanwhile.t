# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A token that locks itself after a wrong PIN ends the prompts.
token demo
key rsa2048 01 mykey
start
> CHECKPIN
< INQUIRE NEEDPIN {_...}
shim token-flags +CKF_USER_PIN_LOCKED
> D 654321
> END
< ERR {PIN_BLOCKED} {_...}
calls-total C_Login 1
unshim token-flags +CKF_USER_PIN_LOCKED
# Or says so with the answer to C_Login.
shim fail C_Login 1 CKR_PIN_LOCKED
> CHECKPIN
pin 123456
< ERR {PIN_BLOCKED} {_...}
calls-total C_Login 2
