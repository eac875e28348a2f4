# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# The same for the login of a key that wants its PIN at each use.
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
calls C_Login 2
# Before a PIN that nobody types is sent, the token is asked how near it is to
# being locked.
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
calls C_GetTokenInfo 1
calls-any 4
shim fail C_Login 1 CKR_PIN_INCORRECT
each time 1 2
> PKSIGN --hash=sha256 P15.01
< INQUIRE NEEDPIN ||The PIN from the configuration was wrong.{_:.*}this one signature{_...}
> CAN
< ERR {CANCELED} {_...}
done
calls-total C_Login 4
