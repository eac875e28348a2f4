# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# CHV-STATUS: wanted, last try, blocked, verified.
token demo
key rsa2048 01 mykey
start
> GETATTR CHV-STATUS
< S CHV-STATUS -2
< OK
shim token-flags +CKF_USER_PIN_FINAL_TRY
> SERIALNO
<* OK
> GETATTR CHV-STATUS
< S CHV-STATUS 1
< OK
shim token-flags +CKF_USER_PIN_LOCKED
> SERIALNO
<* OK
> GETATTR CHV-STATUS
< S CHV-STATUS -3
< OK
unshim token-flags +CKF_USER_PIN_LOCKED
unshim token-flags +CKF_USER_PIN_FINAL_TRY
> CHECKPIN
pin 123456
< OK
> GETATTR CHV-STATUS
< S CHV-STATUS -5
< OK
# A change of the PIN leaves it so; --clear does not.
> PASSWD 1
pin 123456
pin new-pin-1
< OK
> GETATTR CHV-STATUS
< S CHV-STATUS -5
< OK
calls-any 0
> PASSWD --clear
< OK
> GETATTR CHV-STATUS
< S CHV-STATUS -2
< OK
calls-any 0
