# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A key that wants its PIN at each use, whose mechanism is refused when that PIN
# was used up: the other way needs it again, and nobody is there to type it.
token demo
key rsa2048 01 careful aa
config provider-p-pin-source file:{dir}/pin
run umask 077; echo 123456 > "$DIR/pin"
let digest = hash sha256 616263
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
shim fail C_Sign 1 CKR_MECHANISM_INVALID
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
calls C_Sign 2
# One for each way.
calls C_Login 2
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
calls C_Login 1
