# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A token that is taken out and put back is not logged in any more; a prompt
# that was open for it ends with an error, and its PIN is not sent anywhere.
token demo
key rsa2048 01 mykey
let digest = hash sha256 616263
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
shim absent
2> SERIALNO
2< ERR {ENODEV} {_...}
unshim absent
2> SERIALNO
2< S SERIALNO {_}
2< OK
> PKSIGN --hash=sha256 P15.01
< INQUIRE NEEDPIN {_...}
shim absent
> D 123456
> END
< ERR {_} {_...}
unshim absent
> SERIALNO
< S SERIALNO {_}
< OK
# Somebody looked while it was away: the module is not even given the PIN, since
# it may use the number of a session again.
> PKSIGN --hash=sha256 P15.01
< INQUIRE NEEDPIN {_...}
shim absent
2> SERIALNO
2< ERR {ENODEV} {_...}
unshim absent
2> SERIALNO
2< S SERIALNO {_}
2< OK
> D 123456
> END
< ERR {CARD_REMOVED} {_...}
calls C_Login 0
> SERIALNO
< S SERIALNO {_}
< OK
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
