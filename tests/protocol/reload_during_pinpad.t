# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# The same with somebody at the PIN pad, which nothing can interrupt.
token demo
key rsa2048 01 mykey
let grip = keygrip 01
let digest = hash sha256 616263
config provider-p-allow-protected-auth
shim pinpad 123456
start
2> SETDATA {digest}
2< OK
2> PKSIGN --hash=sha256 {grip}
2< INQUIRE POPUPPINPADPROMPT {_...}
shim delay C_Login 2000
2> END
calls C_Login 1
config card-type pkcs11
> RELOADCONF
< OK
3> SERIALNO
3< S SERIALNO {_:D27600012401[0-9A-F]+}
3< OK
2< INQUIRE DISMISSPINPADPROMPT{_...}
2> END
2data-verify 01 sha256 {digest}
2< OK
calls-total C_Initialize 1
