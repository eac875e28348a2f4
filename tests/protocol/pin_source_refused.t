# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A PIN from the configuration that the token refuses costs one try: it is not
# used again at RESTART, nor for another client, but when the token is inserted
# again.  The dialogs until then say why they come.
token demo
key rsa2048 01 mykey
config pin-cache 0
config provider-p-pin-source file:{dir}/pin
run umask 077; echo 654321 > "$DIR/pin"
let digest = hash sha256 616263
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
< INQUIRE NEEDPIN ||The PIN from the configuration was wrong.{_:.*}Please enter{_...}
calls C_Login 1
# Typed it is not sent again.
> D 654321
> END
< INQUIRE NEEDPIN ||That PIN was wrong.{_...}
> D 123456
> END
data-verify 01 sha256 {digest}
< OK
calls-total C_Login 2
log-has it is not used again until the token is inserted again
> RESTART
< OK
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
< INQUIRE NEEDPIN ||The PIN from the configuration was wrong.{_...}
calls C_Login 0
> CAN
< ERR {CANCELED} {_...}
2> CHECKPIN
2< INQUIRE NEEDPIN ||The PIN from the configuration was wrong.{_...}
calls C_Login 0
2> CAN
2< ERR {CANCELED} {_...}
# It is right now, and the token comes back.
run echo 123456 > "$DIR/pin"
shim absent
> SERIALNO
< ERR {_...}
unshim absent
> SERIALNO
<* OK
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
log-excludes 654321
# A daemon that was started again, as after a change of the configuration, tries
# it once more.
run echo 654321 > "$DIR/pin"
eof
exit 0
start
each tries 1 0
> CHECKPIN
< INQUIRE NEEDPIN ||The PIN from the configuration was wrong.{_...}
calls C_Login {tries}
> CAN
< ERR {CANCELED} {_...}
done
