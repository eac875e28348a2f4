# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A module that gives a key's handle to another one: nothing is signed with
# the other key, and the right one is found at the next use.
token demo
key rsa2048 01 rsa1
key rsa2048 02 rsa2
key p256 03 p1
key p256 04 p2
key ed25519 05 e1
key ed25519 06 e2
let digest = hash sha256 616263
let info = digestinfo sha256 {digest}
start
> CHECKPIN
pin 123456
< OK
> SETDATA {info}
< OK
each id 01 02 03 04 05 06
> PKSIGN --hash=sha256 P15.{id}
<* OK
done
shim exchange 01 02
> PKSIGN --hash=sha256 P15.01
< ERR {BAD_SIGNATURE} {_...}
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
calls-any 2
# The other key is not forgotten by that: its own handle is wrong as well.
> PKSIGN --hash=sha256 P15.02
< ERR {BAD_SIGNATURE} {_...}
> PKSIGN --hash=sha256 P15.02
data-verify 02 sha256 {digest}
< OK
unshim exchange 01 02
shim exchange 03 04
> PKSIGN --hash=sha256 P15.03
< ERR {BAD_SIGNATURE} {_...}
> PKSIGN --hash=sha256 P15.03
data-verify 03 sha256 {digest}
< OK
unshim exchange 03 04
shim exchange 05 06
> PKSIGN --hash=sha256 P15.05
< ERR {BAD_SIGNATURE} {_...}
> PKSIGN --hash=sha256 P15.05
data-verify-eddsa 05 {digest}
< OK
unshim exchange 05 06
# A key of another kind cannot do it at all.
> PKSIGN --hash=sha256 P15.01
< ERR {BAD_SIGNATURE} {_...}
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
shim exchange 01 05
> PKSIGN --hash=sha256 P15.01
< ERR {_} {_...}
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
calls C_FindObjectsInit 1
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
calls-total C_Login 1
