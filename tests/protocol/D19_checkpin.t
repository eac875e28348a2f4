# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# CHECKPIN: the session's token, one by serial number, one by a key; once the
# PIN is known it is not asked for again.
token one
key rsa2048 01 k1
token two
key rsa2048 01 k2
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
> SWITCHCARD {one}
< S SERIALNO {one}
< OK
> CHECKPIN {none}
< ERR {NO_SECKEY} {_...}
> CHECKPIN {two}
< INQUIRE NEEDPIN {_:.*}Token: two{_...}
> CAN
< ERR {CANCELED} {_...}
> CHECKPIN {g2}
< INQUIRE NEEDPIN {_:.*}Token: two{_...}
> D 123456
> END
< OK
> CHECKPIN P15.01
< INQUIRE NEEDPIN {_:.*}Token: one{_...}
> CAN
< ERR {CANCELED} {_...}
> CHECKPIN 
< INQUIRE NEEDPIN {_:.*}Token: one{_...}
> D 123456
> END
< OK
> CHECKPIN
< OK
> CHECKPIN {two}
< OK
calls-total C_Login 2
