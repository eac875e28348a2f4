# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Where nobody chose a token, it is the one with the keys of openpgp-sign,
# openpgp-encr and openpgp-auth, whichever is first; and without a choice
# OPENPGP.n is the configured key also where another token was asked for last.
token alpha
key rsa2048 09 alphakey
let first = keygrip alphakey
token bob
key rsa2048 01 other
key rsa2048 02 sign
key rsa2048 03 auth
let sign = keygrip sign
let auth = keygrip auth
let digest = hash sha256 616263
config openpgp-sign {sign}
config openpgp-auth {auth}
start
> KEYINFO {first}
< S KEYINFO {first} T {alpha} {_...}
< OK
> READKEY OPENPGP.1
data-is-key sign
< OK
> GENKEY --timestamp=20260101T000000 1
< S KEY-FPR {_}
< S KEY-CREATED-AT {_}
< S SERIALNO {bob}
<* OK
> SERIALNO openpgp
< S SERIALNO {bob}
< OK
> GETATTR $SIGNKEYID
< S $SIGNKEYID OPENPGP.1
< OK
> READKEY OPENPGP.3
data-is-key auth
< OK
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 OPENPGP.1
< INQUIRE NEEDPIN {_:.*}Token: bob{_...}
> CAN
< ERR {CANCELED} {_...}
# The other one as soon as somebody wants it.
> SERIALNO --demand={alpha}
<* OK
> READKEY OPENPGP.1
data-is-key alphakey
< OK
> RESTART
< OK
> SERIALNO
< S SERIALNO {alpha}
< OK
# A number of 0.10 that meant no token in particular.
> SERIALNO --demand=D27600012401115031319909A5ED1111
<* OK
> READKEY OPENPGP.1
data-is-key sign
< OK
> GENKEY --timestamp=20260101T000000 3
< S KEY-FPR {_}
< S KEY-CREATED-AT {_}
< S SERIALNO {bob}
<* OK
> SETDATA {digest}
< OK
> PKAUTH OPENPGP.3
< INQUIRE NEEDPIN {_:.*}Token: bob{_...}
> CAN
< ERR {CANCELED} {_...}
# What the configuration does not name, is that of the token.
> READKEY OPENPGP.2
data-is-key alphakey
< OK
