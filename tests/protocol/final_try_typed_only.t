# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# At the last try only what a person types now will do: neither the agent's
# memory nor the source in the configuration is used.
token demo
key rsa2048 01 mykey
token other
key rsa2048 01 otherkey
config pin-cache 0
config use-gnupg-pin-cache
config pin-source pkcs11:token=other?pin-source=file:{dir}/pin
run umask 077; echo 123456 > "$DIR/pin"
let digest = hash sha256 616263
let grip = keygrip mykey
let other = keygrip otherkey
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 {grip}
pin 123456
< S PINCACHE_PUT {key} {value}
data-verify mykey sha256 {digest}
< OK
> PKSIGN --hash=sha256 {other}
data-verify otherkey sha256 {digest}
< OK
shim token-flags +CKF_USER_PIN_FINAL_TRY
> PKSIGN --hash=sha256 {grip}
< INQUIRE NEEDPIN ||1 try is left{_...}
> CAN
< ERR {CANCELED} {_...}
calls C_Login 0
> PKSIGN --hash=sha256 {other}
< INQUIRE NEEDPIN ||1 try is left{_...}
> CAN
< ERR {CANCELED} {_...}
calls C_Login 0
unshim token-flags +CKF_USER_PIN_FINAL_TRY
> PKSIGN --hash=sha256 {grip}
< INQUIRE PINCACHE_GET {key}
> D {value}
> END
data-verify mykey sha256 {digest}
< OK
