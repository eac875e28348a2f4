# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# The serial numbers that 0.10 made, upstream's and Fedora's, still find their
# token, and are echoed as they were sent.
token "My token"
key rsa2048 01 mykey
token other
key rsa2048 01 otherkey
let id = text SoftHSM\x20project/SoftHSM\x20v2/{serial}/other
let hex = hex {id}
let hash = hash sha1 {hex}
let four = run echo {hash} | cut -c1-8
let upstream = text D2760001240111503131{four}1111
let uri = text pkcs11:model=SoftHSM%20v2;token=other;manufacturer=SoftHSM%20project;serial={serial}
let urihex = hex {uri}
let urihash = hash sha1 {urihex}
let urifour = run echo {urihash} | cut -c1-8
let fedora = text D2760001240111503131{urifour}1111
let grip = keygrip otherkey
start
> GETATTR SERIALNO {grip}
< S SERIALNO {sn}
< OK
> SERIALNO --demand={upstream}
< S SERIALNO {upstream}
< OK
> GETATTR SERIALNO
< S SERIALNO {sn}
< OK
> READKEY P15.01
data-is-key otherkey
< OK
> RESTART
< OK
> SERIALNO --demand={fedora}
< S SERIALNO {fedora}
< OK
> GETATTR SERIALNO
< S SERIALNO {sn}
< OK
> CHECKPIN {upstream}
< INQUIRE NEEDPIN {_:.*}Token: other{_...}
> CAN
< ERR {CANCELED} {_...}
> SWITCHCARD {upstream}
< S SERIALNO {_}
< OK
# The constants of old releases, and well-formed ones of no token here, mean
# whatever the key that follows says.
> SERIALNO --demand=D2760001240111111111111111111111
< S SERIALNO D2760001240111111111111111111111
< OK
> SERIALNO --demand=D2760001240111504B43532331311111
< S SERIALNO D2760001240111504B43532331311111
< OK
> SERIALNO --demand=D2760001240111503131000000001111
< S SERIALNO D2760001240111503131000000001111
< OK
> READKEY {grip}
data-is-key otherkey
< OK
> READKEY {id}/01
data-is-key otherkey
< OK
# A real OpenPGP card's is none of ours.
> SERIALNO --demand=D2760001240103040006123456780000
< ERR {CARD_NOT_PRESENT} {_...}
> SERIALNO --demand=D27600012401115031310000000011
< ERR {CARD_NOT_PRESENT} {_...}
