# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# CHV-STATUS as an OpenPGP card has it: the tries that are left, as far as the
# token tells, and zero when it is locked.
config card-type openpgp
token demo
key rsa2048 01 mykey
start
> GETATTR CHV-STATUS
< S CHV-STATUS 1+255+0+0+-2+0+0
< OK
# What another command read is known at once.
shim token-flags +CKF_USER_PIN_FINAL_TRY
> CHECKPIN
pin 654321
< INQUIRE NEEDPIN {_...}
> CAN
< ERR {CANCELED} {_...}
> GETATTR CHV-STATUS
< S CHV-STATUS 1+255+0+0+1+0+0
< OK
calls-any 0
shim token-flags +CKF_USER_PIN_LOCKED
> PASSWD 1
< ERR {PIN_BLOCKED} {_...}
> GETATTR CHV-STATUS
< S CHV-STATUS 1+255+0+0+0+0+0
< OK
calls-any 0
unshim token-flags +CKF_USER_PIN_LOCKED
unshim token-flags +CKF_USER_PIN_FINAL_TRY
> PASSWD 1
pin 123456
pin new-pin-1
< OK
> GETATTR CHV-STATUS
< S CHV-STATUS 1+255+0+0+-2+0+0
< OK
calls-any 0
> CHECKPIN
pin new-pin-1
< OK
> GETATTR CHV-STATUS
< S CHV-STATUS 1+255+0+0+-2+0+0
< OK
