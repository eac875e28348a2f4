# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Every name that CHECKPIN takes, and those that mean nothing here.
token one
key rsa2048 01 k1
token two
key rsa2048 02 k2
let g2 = keygrip k2
let none = repeat AB 20
start
> GETATTR SERIALNO {g2}
< S SERIALNO {two}
< OK
> SERIALNO --demand={two}
<* OK
> GETATTR SERIALNO
< S SERIALNO {two}
< OK
> CHECKPIN
< INQUIRE NEEDPIN {_:.*}Token: two{_...}
> CAN
< ERR {CANCELED} {_...}
> CHECKPIN 
< INQUIRE NEEDPIN {_:.*}Token: two{_...}
> CAN
< ERR {CANCELED} {_...}
each name 1 2 OPENPGP.1 OPENPGP.2 OPENPGP.3 P15.02 02 {two} {g2}
> CHECKPIN {name}
< INQUIRE NEEDPIN {_:.*}Token: two{_...}
> CAN
< ERR {CANCELED} {_...}
done
> CHECKPIN {none}
< ERR {NO_SECKEY} {_...}
> CHECKPIN P15.77
< ERR {NOT_FOUND} {_...}
> CHECKPIN FF500B000000000000000000
< ERR {_} {_...}
> CHECKPIN PW1.CH
< ERR {INV_ID} {_...}
> CHECKPIN 3
< ERR {INV_ID} {_...}
calls-total C_Login 0
