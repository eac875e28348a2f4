# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# gpg-agent's answer is a buffer of 90 bytes: the PIN, a NUL, and bytes that
# mean nothing.
token demo
key rsa2048 01 mykey
let digest = hash sha256 616263
let rest = repeat %00 83
let junk = repeat x 83
start
> SETDATA {digest}
< OK
> CHECKPIN
< INQUIRE NEEDPIN {_...}
> D 123456%00{rest}
> END
< OK
> DISCONNECT
< OK
> CHECKPIN
< INQUIRE NEEDPIN {_...}
> D 123456%00{junk}
> END
< OK
calls-total C_Login 2
