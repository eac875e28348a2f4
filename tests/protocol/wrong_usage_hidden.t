# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Whether an EC key derives is an attribute of the private key alone.  A token
# that hides it until the login has to be asked, once; then it is known.
token demo
key p256 01 ec-s usage=s
let point secret = ecdh 01
start
> SETDATA {point}
< OK
> PKDECRYPT P15.01
pin 123456
< ERR {WRONG_KEY_USAGE} {_...}
> PKDECRYPT P15.01
< ERR {WRONG_KEY_USAGE} {_...}
calls-any 0
calls-total C_Login 1
