# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A remembered PIN that the token refuses is forgotten at once and never sent
# again, whatever the agent says; the dialog that follows says so.
token demo
key rsa2048 01 mykey
config pin-cache 0
config use-gnupg-pin-cache
let digest = hash sha256 616263
let grip = keygrip 01
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 {grip}
pin 123456
< S PINCACHE_PUT {key} {old}
data-verify 01 sha256 {digest}
< OK
shim fail C_Login 1 CKR_PIN_INCORRECT
> PKSIGN --hash=sha256 {grip}
< INQUIRE PINCACHE_GET {key}
> D {old}
> END
< S PINCACHE_PUT {key}
< INQUIRE NEEDPIN ||The remembered PIN was wrong.{_...}
calls C_Login 1
# Typed by hand it is not sent again either.
> D 123456
> END
< INQUIRE NEEDPIN ||That PIN was wrong.{_...}
> CAN
< ERR {CANCELED} {_...}
calls-total C_Login 2
# The agent is not asked: there is nothing that could be right.
> PKSIGN --hash=sha256 {grip}
pin 123456
< S PINCACHE_PUT {key} {new}
data-verify 01 sha256 {digest}
< OK
# One that gives what it should have forgotten: it cannot be read any more.
> PKSIGN --hash=sha256 {grip}
< INQUIRE PINCACHE_GET {key}
> D {old}
> END
< INQUIRE NEEDPIN ||Please enter{_...}
calls C_Login 0
> CAN
< ERR {CANCELED} {_...}
> PKSIGN --hash=sha256 {grip}
< INQUIRE PINCACHE_GET {key}
> D {new}
> END
data-verify 01 sha256 {digest}
< OK
