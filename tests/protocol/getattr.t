# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# GETATTR: every attribute of the session's card or of a key's card.
token one
key rsa2048 01 sign+1 usage=s
key rsa2048 02 encr usage=d
token two
key ed25519 01 login
let mine = keygrip encr
let grip = keygrip login
let none = repeat AB 20
start
> GETATTR SERIALNO {mine}
< S SERIALNO {sn:[0-9A-F]{24}}
< OK
> SERIALNO --demand={sn}
< S SERIALNO {sn}
< OK
> GETATTR SERIALNO
< S SERIALNO {sn}
< OK
> GETATTR $DISPSERIALNO
< S $DISPSERIALNO one+{display:[0-9a-f]{16}}
< OK
> GETATTR APPTYPE
< S APPTYPE P15
< OK
> GETATTR CARDTYPE
< S CARDTYPE pkcs11
< OK
> GETATTR MANUFACTURER
< S MANUFACTURER 0 SoftHSM project
< OK
# It must have no value: gpg would take it for the default key.
> GETATTR KEY-FPR
< OK
> GETATTR FROBNICATE
< ERR {INV_NAME} {_...}
> GETATTR KEY-ATTR
< OK
# gpg's "fetch" says so then.
> GETATTR PUBKEY-URL
< ERR {NOT_FOUND} {_...}
# Of the other card, by its key.
> GETATTR SERIALNO {grip}
< S SERIALNO {other}
< OK
> GETATTR $DISPSERIALNO {grip}
< S $DISPSERIALNO two+{serial}/login
< OK
> GETATTR $DISPSERIALNO {none}
< ERR {NO_SECKEY} {_...}
> GETATTR SERIALNO P15.77
< ERR {NOT_FOUND} {_...}
# The two cards are different ones, and that did not change the choice.
run test {sn} != {other}
> GETATTR SERIALNO
< S SERIALNO {sn}
< OK
calls-total C_Login 0
