# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Each PIN typed is one C_Login; the second prompt says that the first was
# wrong.
token demo
key rsa2048 01 mykey
let digest = hash sha256 616263
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
< INQUIRE NEEDPIN ||Please enter the PIN to sign.{_...}
> D 654321
> END
< INQUIRE NEEDPIN ||That PIN was wrong.{_...}
calls C_Login 1
> D 123456
> END
data-verify 01 sha256 {digest}
< OK
calls C_Login 2
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
calls-total C_Login 2
