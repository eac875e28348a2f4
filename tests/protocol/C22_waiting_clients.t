# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# While one client has the prompt, others that need the same PIN wait for it;
# they see no prompt of their own.
token demo
key rsa2048 01 mykey
let digest = hash sha256 616263
start
> SETDATA {digest}
< OK
2> SETDATA {digest}
2< OK
3> SETDATA {digest}
3< OK
> PKSIGN --hash=sha256 P15.01
< INQUIRE NEEDPIN {_...}
2> PKSIGN --hash=sha256 P15.01
3> CHECKPIN
sleep 200
> D 123456
> END
data-verify 01 sha256 {digest}
< OK
2data-verify 01 sha256 {digest}
2< OK
3< OK
calls-total C_Login 1
