# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Which token's PIN: the session's, or that of a serial number, a reference, a
# keygrip, or of the keygrip behind the number of a PIN.
token one
key rsa2048 01 k1
token two
key rsa2048 02 k2
let g1 = keygrip k1
let g2 = keygrip k2
let none = repeat AB 20
start
> GETATTR SERIALNO {g1}
< S SERIALNO {one}
< OK
> GETATTR SERIALNO {g2}
< S SERIALNO {two}
< OK
> SERIALNO --demand={one}
<* OK
each name 1 2 OPENPGP.1 openpgp.2 P15.01 {one} {g1}
> PASSWD {name}
< INQUIRE NEEDPIN {_:.*}Token: one{_...}
> CAN
< ERR {CANCELED} {_...}
done
each name {two} {g2}
> PASSWD {name}
< INQUIRE NEEDPIN {_:.*}Token: two{_...}
> CAN
< ERR {CANCELED} {_...}
> PASSWD 1 {name}
< INQUIRE NEEDPIN {_:.*}Token: two{_...}
> CAN
< ERR {CANCELED} {_...}
done
> PASSWD
< INQUIRE NEEDPIN {_:.*}Token: one{_...}
> CAN
< ERR {CANCELED} {_...}
> PASSWD {none}
< ERR {NO_SECKEY} {_...}
> PASSWD 1 {none}
< ERR {NO_SECKEY} {_...}
> PASSWD P15.77
< ERR {NOT_FOUND} {_...}
> PASSWD PW1.CH
< ERR {INV_ID} {_...}
> PASSWD 1 {g2}
< INQUIRE NEEDPIN {_:.*}Token: two{_...}
> D 123456
> END
< INQUIRE NEEDPIN |N|{_:.*}Token: two{_...}
> D new-pin-2
> END
< OK
> CHECKPIN {two}
pin new-pin-2
< OK
> CHECKPIN {one}
pin 123456
< OK
