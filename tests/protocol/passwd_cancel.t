# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Nothing, or CAN, in either dialog ends it: nothing is changed and no try is
# used.  A NUL within an answer is a mistake, not a PIN.
token demo
key rsa2048 01 mykey
start
> PASSWD 1
< INQUIRE NEEDPIN ||{_...}
> END
< ERR {CANCELED} {_...}
> PASSWD 1
< INQUIRE NEEDPIN ||{_...}
> CAN
< ERR {CANCELED} {_...}
> PASSWD 1
pin 123456
< INQUIRE NEEDPIN |N|{_...}
> END
< ERR {CANCELED} {_...}
> PASSWD 1
pin 123456
< INQUIRE NEEDPIN |N|{_...}
> CAN
< ERR {CANCELED} {_...}
> PASSWD 1
< INQUIRE NEEDPIN ||{_...}
> D 123456%00789
> END
< ERR {INV_VALUE} {_...}
> PASSWD 1
pin 123456
< INQUIRE NEEDPIN |N|{_...}
> D new-pin%00789
> END
< ERR {INV_VALUE} {_...}
# A client that leaves.
2> PASSWD 1
2pin 123456
2< INQUIRE NEEDPIN |N|{_...}
2gone
calls-total C_SetPIN 0
> CHECKPIN
pin 123456
< OK
