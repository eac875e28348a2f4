# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# "use-gnupg-pin-cache": whatever the client answers when asked for what it
# remembers, nothing waits for ever, no try is spent, and the next command works.
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
< S PINCACHE_PUT {key:[0-9]+/p11/user} {value:[0-9A-F]+}
data-verify 01 sha256 {digest}
< OK
# A percent sign with less than two digits behind it.
each answer % %4 abc% abc%4 %zz
> PKSIGN --hash=sha256 {grip}
< INQUIRE PINCACHE_GET {key}
> D {answer}
> END
< INQUIRE NEEDPIN {_...}
> CAN
< ERR {CANCELED} {_...}
calls C_Login 0
done
