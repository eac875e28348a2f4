# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# What the agent remembers for one token is never tried with another one, nor
# with the same one when it has been away.
token first
key rsa2048 01 firstkey
token second pin=654321
key rsa2048 01 secondkey
config pin-cache 0
config use-gnupg-pin-cache
let digest = hash sha256 616263
let grip = keygrip firstkey
let other = keygrip secondkey
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 {grip}
< INQUIRE NEEDPIN ||{_:.*}Token: first{_...}
> D 123456
> END
< S PINCACHE_PUT {key} {value}
data-verify firstkey sha256 {digest}
< OK
> PKSIGN --hash=sha256 {other}
< INQUIRE NEEDPIN ||{_:.*}Token: second{_...}
> D 654321
> END
< S PINCACHE_PUT {otherkey} {othervalue}
data-verify secondkey sha256 {digest}
< OK
run test {key} != {otherkey}
# An agent that takes one for the other.
> PKSIGN --hash=sha256 {other}
< INQUIRE PINCACHE_GET {otherkey}
> D {value}
> END
< INQUIRE NEEDPIN ||Please enter{_:.*}Token: second{_...}
calls C_Login 0
> CAN
< ERR {CANCELED} {_...}
# The token is pulled out and put back.
shim absent first
> SERIALNO
<* OK
unshim absent first
> SERIALNO
<* OK
> PKSIGN --hash=sha256 {grip}
< INQUIRE NEEDPIN ||Please enter{_:.*}Token: first{_...}
> D 123456
> END
< S PINCACHE_PUT {again} {newvalue}
data-verify firstkey sha256 {digest}
< OK
run test {key} != {again}
> PKSIGN --hash=sha256 {grip}
< INQUIRE PINCACHE_GET {again}
> D {value}
> END
< INQUIRE NEEDPIN ||Please enter{_:.*}Token: first{_...}
calls C_Login 0
> CAN
< ERR {CANCELED} {_...}
