# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Three clients use a key that wants its PIN at each use at the same time, and
# the PIN in the configuration is not right any more: it costs one try, not
# three, after which a card would be locked.
token demo
key rsa2048 01 careful aa
config provider-p-pin-source file:{dir}/pin
run umask 077; echo 123456 > "$DIR/pin"
let digest = hash sha256 616263
start
> SETDATA {digest}
< OK
2> SETDATA {digest}
2< OK
3> SETDATA {digest}
3< OK
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
shim delay C_Login 500
shim fail C_Login 1 CKR_PIN_INCORRECT *
> PKSIGN --hash=sha256 P15.01
2> PKSIGN --hash=sha256 P15.01
3> PKSIGN --hash=sha256 P15.01
< INQUIRE NEEDPIN ||The PIN from the configuration was wrong.{_:.*}this one signature{_...}
2< INQUIRE NEEDPIN ||The PIN from the configuration was wrong.{_:.*}this one signature{_...}
3< INQUIRE NEEDPIN ||The PIN from the configuration was wrong.{_:.*}this one signature{_...}
run test "$(grep -c '^C_Login 0xa0$' calls)" = 1
> CAN
< ERR {CANCELED} {_...}
2> CAN
2< ERR {CANCELED} {_...}
3> CAN
3< ERR {CANCELED} {_...}
# It is the same for all who use it while it is right.
unshim fail C_Login 1 CKR_PIN_INCORRECT *
shim absent
> SERIALNO
< ERR {_...}
unshim absent
> SERIALNO
<* OK
> PKSIGN --hash=sha256 P15.01
2> PKSIGN --hash=sha256 P15.01
3> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
2data-verify 01 sha256 {digest}
2< OK
3data-verify 01 sha256 {digest}
3< OK
