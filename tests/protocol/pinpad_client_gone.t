# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A client that vanishes before the PIN pad is used: the token is not asked.
# One that does not care for the message's end changes nothing.
token demo
key rsa2048 01 mykey
config provider-p-allow-protected-auth
shim pinpad 123456
let digest = hash sha256 616263
start
2> CHECKPIN
2< INQUIRE POPUPPINPADPROMPT {_...}
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
2gone
< INQUIRE POPUPPINPADPROMPT {_...}
calls-total C_Login 0
> END
< INQUIRE DISMISSPINPADPROMPT{_...}
> CAN
data-verify 01 sha256 {digest}
< OK
calls-total C_Login 1
