# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A wrong current PIN is asked for again, and only that: one C_SetPIN for each
# that was typed, three in one command.
token demo
key rsa2048 01 mykey
start
> PASSWD 1
< INQUIRE NEEDPIN ||Please enter the current PIN to change it.{_...}
> D 654321
> END
< INQUIRE NEEDPIN |N|{_...}
> D new-pin-1
> END
< INQUIRE NEEDPIN ||That PIN was wrong.  Few tries may be left.%0A%0APlease enter the current PIN to change it.{_...}
calls C_SetPIN 1
> D 123456
> END
< OK
calls C_SetPIN 2
# The same once more is not sent; one that cannot be right is not either.
> PASSWD 1
pin 123456
pin new-pin-2
< INQUIRE NEEDPIN ||That PIN was wrong.{_...}
calls C_SetPIN 1
> D 123456
> END
< INQUIRE NEEDPIN ||That PIN was wrong.{_...}
calls C_SetPIN 1
> D 12
> END
< ERR {BAD_PIN} {_} {_...}current PIN was wrong{_...}
calls C_SetPIN 1
# Three wrong ones.
> PASSWD 1
pin 111111
pin new-pin-2
pin 222222
pin 333333
< ERR {BAD_PIN} {_...}
calls C_SetPIN 3
calls-total C_Login 0
# How near it is to being locked is told.
shim token-flags +CKF_USER_PIN_FINAL_TRY
> PASSWD 1
< INQUIRE NEEDPIN ||1 try is left: one more wrong PIN locks the token!{_...}
> CAN
< ERR {CANCELED} {_...}
> PASSWD 1
pin 111111
< INQUIRE NEEDPIN |N|Please enter a new PIN{_...}
shim token-flags +CKF_USER_PIN_LOCKED
> D new-pin-2
> END
< ERR {PIN_BLOCKED} {_...}own tool{_...}
calls C_SetPIN 1
# Locked now: it is not tried, and nobody is asked.
> PASSWD 1
< ERR {PIN_BLOCKED} {_...}own tool{_...}
calls C_SetPIN 0
unshim token-flags +CKF_USER_PIN_LOCKED
> CHECKPIN
pin new-pin-1
< OK
