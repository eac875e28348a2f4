# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# An agreement has no step at which a PIN for this use could be given: such a
# key is unlocked by the login, once.
token demo
key x25519 01 box aa
key p256 02 p256 aa
let q x = ecdh 01
let q2 x2 = ecdh 02
start
> SETDATA {q}
< OK
> PKDECRYPT P15.01
pin 123456
data-is 40{x}
< OK
> PKDECRYPT P15.01
data-is 40{x}
< OK
calls-any 3
> SETDATA {q2}
< OK
> PKDECRYPT P15.02
data-is 41{x2}
< OK
> PKDECRYPT P15.02
data-is 41{x2}
< OK
calls-any 3
calls-total C_Login 1
