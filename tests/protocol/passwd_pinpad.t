# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# With a PIN pad both PINs are typed there: a message, and C_SetPIN without any.
token demo
key rsa2048 01 mykey
config provider-p-allow-protected-auth
shim pinpad 123456
shim pinpad-new new-pin-1
start
> PASSWD  1
< INQUIRE POPUPPINPADPROMPT ||Please enter the current PIN and then the new one.%0A%0AToken: demo%0ASerial: {serial}
calls C_SetPIN 0
> END
< INQUIRE DISMISSPINPADPROMPT{_...}
calls C_SetPIN 1
> END
< OK
# What is on the pad is not the PIN any more: one try, no second message.
> PASSWD 1
< INQUIRE POPUPPINPADPROMPT {_...}
> END
< INQUIRE DISMISSPINPADPROMPT{_...}
> END
< ERR {BAD_PIN} {_...}
calls C_SetPIN 1
> PASSWD 1
< INQUIRE POPUPPINPADPROMPT {_...}
> CAN
< ERR {CANCELED} {_...}
calls C_SetPIN 0
shim fail C_SetPIN 1 CKR_FUNCTION_CANCELED
> PASSWD 1
< INQUIRE POPUPPINPADPROMPT {_...}
> END
< INQUIRE DISMISSPINPADPROMPT{_...}
> END
< ERR {CANCELED} {_...}
shim token-flags +CKF_USER_PIN_LOCKED
> PASSWD 1
< ERR {PIN_BLOCKED} {_...}
calls C_SetPIN 0
unshim token-flags +CKF_USER_PIN_LOCKED
unshim pinpad 123456
shim pinpad new-pin-1
> CHECKPIN
< INQUIRE POPUPPINPADPROMPT {_...}
> END
< INQUIRE DISMISSPINPADPROMPT{_...}
> END
< OK
