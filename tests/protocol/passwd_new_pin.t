# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A new PIN of a length that the token cannot have is asked for again, without
# the current one; then one C_SetPIN.
token demo
key rsa2048 01 mykey
let long = repeat 7 256
start
> PASSWD 1
pin 123456
< INQUIRE NEEDPIN |N|Please enter a new PIN for the token.{_...}
> D 123
> END
< INQUIRE NEEDPIN |N|That PIN was not set: this token's PIN has 4 to 255 characters.%0A%0APlease enter a new PIN for the token.{_...}
calls C_SetPIN 0
> D {long}
> END
< INQUIRE NEEDPIN |N|That PIN was not set: {_...}
> D new-pin-1
> END
< OK
calls C_SetPIN 1
# Three of them, and nothing has changed.
> PASSWD 1
pin new-pin-1
pin 1
pin 2
pin 3
< ERR {INV_PASSPHRASE} {_...}does not take this new PIN{_...}
calls C_SetPIN 0
# A current PIN that cannot be one is not tried.
> PASSWD 1
pin 1
< INQUIRE NEEDPIN ||That PIN was not tried: this token's PIN has 4 to 255 characters.%0A%0APlease enter the current PIN {_...}
> CAN
< ERR {CANCELED} {_...}
calls C_SetPIN 0
# The token has an opinion of its own.
each code CKR_PIN_INVALID CKR_PIN_LEN_RANGE 0x1b8
shim fail C_SetPIN 1 {code}
> PASSWD 1
pin new-pin-1
pin new-pin-2
< ERR {INV_PASSPHRASE} {_...}does not take this new PIN{_...}
calls C_SetPIN 1
done
> CHECKPIN
pin new-pin-1
< OK
