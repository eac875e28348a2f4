# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# The PIN of a source, which is for one token, is not sent to the one that took
# its place in the slot: nobody would notice that it cost a try.
token demo
key rsa2048 01 mykey
let grip = keygrip 01
let digest = hash sha256 616263
config pin-source pkcs11:token=demo?pin-source=file:{dir}/pin
run umask 077; echo 123456 > "$DIR/pin"
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 {grip}
data-verify 01 sha256 {digest}
< OK
shim token-text demo label other
shim suspend
> PKSIGN --hash=sha256 {grip}
< INQUIRE NEEDPIN {_:.*}Token: other{_...}
calls C_Login 0
> CAN
< ERR {CANCELED} {_...}
run test "$(grep -c 'PIN from file:.* used' stderr)" -eq 1
