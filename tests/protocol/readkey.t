# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# READKEY: canonical S-expressions of every kind of key, by keygrip and by
# reference.
token demo
key rsa2048 01 rsa
key p256 02 p256
key p384 03 p384
key p521 04 p521
key bp256 05 bp256
key k256 06 k256
key ed25519 07 ed
key x25519 08 box
key p256 09 oid oid
let grip = keygrip 01
let edgrip = keygrip 07
let none = repeat AB 20
start
> READKEY P15.01
data-is-key 01
< OK
> READKEY {grip}
data-is-key 01
< OK
> READKEY P15.02
data-is-key 02
< OK
> READKEY P15.03
data-is-key 03
< OK
> READKEY P15.04
data-is-key 04
< OK
> READKEY P15.05
data-is-key 05
< OK
> READKEY P15.06
data-is-key 06
< OK
> READKEY P15.07
data-is-key 07
< OK
> READKEY P15.08
data-is-key 08
< OK
> READKEY P15.09
data-is-key 09
< OK
> READKEY --info -- {edgrip}
< S KEYPAIRINFO {edgrip} P15.07 sca {_:[0-9]+} ed25519
data-is-key 07
< OK
> READKEY --info-only -- P15.07
< S KEYPAIRINFO {edgrip} P15.07 sca {_:[0-9]+} ed25519
< OK
> READKEY {none}
< ERR {NO_SECKEY} {_...}
> READKEY --info -- {none}
< ERR {NO_SECKEY} {_...}
> READKEY P15.77
< ERR {NOT_FOUND} {_...}
> READKEY P15.
< ERR {_:100663323|100663414} {_...}
> READKEY P15.0
< ERR {_:100663323|100663414} {_...}
> READKEY P15.XYZ
< ERR {_:100663323|100663414} {_...}
calls-total C_Login 0
