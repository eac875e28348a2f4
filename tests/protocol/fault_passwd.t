# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# PASSWD, and each call of the module fails in turn: an error without a dialog
# as long as nobody was asked, one C_SetPIN for each PIN that was typed, and the
# next command works.
token demo
key rsa2048 01 mykey
start
> SERIALNO
<* OK
each code CKR_GENERAL_ERROR CKR_FUNCTION_FAILED CKR_HOST_MEMORY CKR_DEVICE_ERROR CKR_DEVICE_REMOVED CKR_TOKEN_NOT_PRESENT CKR_CRYPTOKI_NOT_INITIALIZED CKR_VENDOR_DEFINED
# The slots are looked at first (two with a token, one of them not initialised).
shim fail C_GetTokenInfo 3 {code}
> PASSWD 1
< ERR {_} {_...}
calls C_SetPIN 0
> PASSWD --clear
< OK
shim fail C_OpenSession 1 {code}
> PASSWD 1
< ERR {_} {_...}
calls C_SetPIN 0
> CHECKPIN
pin 123456
< OK
> PASSWD --clear
< OK
done
each code CKR_GENERAL_ERROR CKR_DEVICE_ERROR CKR_DEVICE_REMOVED CKR_VENDOR_DEFINED
shim fail C_GetSessionInfo 1 {code}
> PASSWD 1
< ERR {_} {_...}
calls C_SetPIN 0
> CHECKPIN
pin 123456
< OK
> PASSWD --clear
< OK
done
# A session that was lost: there is another one.
each code CKR_SESSION_HANDLE_INVALID CKR_SESSION_CLOSED
shim fail C_GetSessionInfo 1 {code}
> PASSWD 1
pin 123456
< INQUIRE NEEDPIN |N|{_...}
> CAN
< ERR {CANCELED} {_...}
done
each code CKR_GENERAL_ERROR CKR_ARGUMENTS_BAD CKR_HOST_MEMORY CKR_DEVICE_ERROR CKR_DEVICE_REMOVED CKR_DEVICE_MEMORY CKR_SESSION_HANDLE_INVALID CKR_SESSION_CLOSED CKR_SESSION_READ_ONLY CKR_TOKEN_NOT_PRESENT CKR_PIN_EXPIRED CKR_CRYPTOKI_NOT_INITIALIZED CKR_OPERATION_ACTIVE CKR_VENDOR_DEFINED
shim fail C_SetPIN 1 {code}
> PASSWD 1
pin 123456
pin new-pin-1
< ERR {_} {_...}
calls C_SetPIN 1
> CHECKPIN
pin 123456
< OK
> PASSWD --clear
< OK
done
# What comes after the change does not undo it.
each code CKR_GENERAL_ERROR CKR_DEVICE_ERROR CKR_SESSION_HANDLE_INVALID CKR_FUNCTION_NOT_SUPPORTED
shim fail C_GetSessionInfo 2 {code}
> PASSWD 1
pin 123456
pin new-pin-1
< OK
calls C_SetPIN 1
shim fail C_GetTokenInfo 4 {code}
> PASSWD 1
pin new-pin-1
pin 123456
< OK
calls C_SetPIN 1
> CHECKPIN
pin 123456
< OK
> PASSWD --clear
< OK
done
# Wrong, and then the token goes.
> PASSWD 1
pin 654321
pin new-pin-1
< INQUIRE NEEDPIN ||That PIN was wrong.{_...}
shim absent
> D 123456
> END
< ERR {CARD_REMOVED} {_...}
calls C_SetPIN 2
unshim absent
> CHECKPIN
pin 123456
< OK
