# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A PIN that was changed, or is to be forgotten: the agent forgets it too.
token demo
key rsa2048 01 mykey
config pin-cache 0
config use-gnupg-pin-cache
let digest = hash sha256 616263
let grip = keygrip 01
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 {grip}
pin 123456
< S PINCACHE_PUT {key} {value}
data-verify 01 sha256 {digest}
< OK
# The current PIN has to be typed.
> PASSWD 1
< INQUIRE NEEDPIN ||{_...}
> D 123456
> END
< INQUIRE NEEDPIN |N|{_...}
> D 7654321
> END
< S PINCACHE_PUT {key}
< OK
> PKSIGN --hash=sha256 {grip}
pin 7654321
< S PINCACHE_PUT {key} {changed}
data-verify 01 sha256 {digest}
< OK
> PASSWD --clear
< S PINCACHE_PUT {key}
< OK
> PKSIGN --hash=sha256 {grip}
< INQUIRE NEEDPIN ||Please enter{_...}
> CAN
< ERR {CANCELED} {_...}
