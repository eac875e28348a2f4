# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A token without a PIN, or whose module cannot change it: nobody is asked if
# that is known before, and the answer says what it is.
token demo
key rsa2048 01 mykey
shim token-flags -CKF_USER_PIN_INITIALIZED
start
> PASSWD 1
< ERR {CARD_NOT_INITIALIZED} {_} {_...}no PIN: set the first one with its own tool
calls C_SetPIN 0
unshim token-flags -CKF_USER_PIN_INITIALIZED
shim fail C_SetPIN 1 CKR_USER_PIN_NOT_INITIALIZED
> PASSWD 1
pin 123456
pin new-pin-1
< ERR {CARD_NOT_INITIALIZED} {_} {_...}no PIN: {_...}
shim fail C_SetPIN 1 CKR_FUNCTION_NOT_SUPPORTED
> PASSWD 1
pin 123456
pin new-pin-1
< ERR {NOT_SUPPORTED} {_} {_...}module cannot change its PIN{_...}
shim fail C_SetPIN 1 CKR_USER_NOT_LOGGED_IN
> PASSWD 1
pin 123456
pin new-pin-1
< ERR {NO_PIN} {_} {_...}use CHECKPIN
shim fail C_SetPIN 1 CKR_TOKEN_WRITE_PROTECTED
> PASSWD 1
pin 123456
pin new-pin-1
< ERR {EACCES} {_} {_...}write-protected
calls C_SetPIN 1
> CHECKPIN
pin 123456
< OK
calls-total C_SetPIN 4
