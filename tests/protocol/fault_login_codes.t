# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# What a token may say of a PIN: wrong in its own words, expired, not set.
token demo
key rsa2048 01 mykey
start
shim fail C_Login 1 CKR_PIN_LEN_RANGE
> CHECKPIN
pin 123456
< INQUIRE NEEDPIN ||That PIN was wrong.{_...}
> CAN
< ERR {CANCELED} {_...}
shim fail C_Login 1 CKR_PIN_INVALID
> CHECKPIN
pin 123456
< INQUIRE NEEDPIN ||That PIN was wrong.{_...}
> CAN
< ERR {CANCELED} {_...}
shim fail C_Login 1 CKR_PIN_EXPIRED
> CHECKPIN
pin 123456
< ERR {_:100663427} {_...}
log-has CKR_PIN_EXPIRED: change the PIN, with passwd in gpg --card-edit
unshim fail C_Login 1 CKR_PIN_EXPIRED
shim fail C_Login 1 CKR_USER_PIN_NOT_INITIALIZED
> CHECKPIN
pin 123456
< ERR {_:100663419} {_...}
calls-total C_Login 4
> CHECKPIN
pin 123456
< OK
> PASSWD --clear
< OK
# As the log says: one that has expired is changed without a login.
shim fail C_Login 1 CKR_PIN_EXPIRED
> PASSWD 1
pin 123456
pin 654321
< OK
calls C_Login 0
unshim fail C_Login 1 CKR_PIN_EXPIRED
> CHECKPIN
pin 654321
< OK
