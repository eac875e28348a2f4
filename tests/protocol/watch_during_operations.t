# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A module that is waited in serves others meanwhile.
token one
key rsa2048 01 mykey
let digest = hash sha256 616263
shim slot-events
start
> OPTION event-signal=12
< OK
> CHECKPIN
pin 123456
< OK
each i 1 2 3
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
> PKSIGN --hash=sha256 P15.01
calls C_Sign 1
data-verify 01 sha256 {digest}
< OK
# Its key is gone, or found to be gone.
shim absent
> PKSIGN --hash=sha256 P15.01
< ERR {_:100663406|100663323} {_...}
unshim absent
> CHECKPIN
pin 123456
< OK
done
