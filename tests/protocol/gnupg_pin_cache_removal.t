# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A token that is found to be gone: the agent is told to forget its PIN.
token demo
key rsa2048 01 mykey
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
# RESTART and DISCONNECT leave it, as with scdaemon.
> RESTART
< OK
> DISCONNECT
< OK
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 {grip}
< INQUIRE PINCACHE_GET {key}
> D {value}
> END
data-verify 01 sha256 {digest}
< OK
shim fail C_SignInit 1 CKR_DEVICE_REMOVED
> PKSIGN --hash=sha256 {grip}
< S PINCACHE_PUT {key}
< ERR {CARD_REMOVED} {_...}
