# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Without "use-gnupg-pin-cache" no client is given a PIN to remember.
token demo
key rsa2048 01 mykey
config pin-cache 0
let digest = hash sha256 616263
let grip = keygrip 01
start
> SETDATA {digest}
< OK
each time 1 2
> PKSIGN --hash=sha256 {grip}
pin 123456
data-verify 01 sha256 {digest}
< OK
done
