# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# The prompt tells how near the token is to being locked, as far as it says.
token demo
key rsa2048 01 mykey
shim token-flags +CKF_USER_PIN_COUNT_LOW
start
> CHECKPIN
< INQUIRE NEEDPIN ||A wrong PIN was entered before.{_...}
> D 654321
> END
< INQUIRE NEEDPIN ||That PIN was wrong.{_...}
> CAN
< ERR {CANCELED} {_...}
shim token-flags +CKF_USER_PIN_FINAL_TRY
> CHECKPIN
< INQUIRE NEEDPIN ||1 try is left: one more wrong PIN locks the token!{_...}
> CAN
< ERR {CANCELED} {_...}
unshim token-flags +CKF_USER_PIN_FINAL_TRY
unshim token-flags +CKF_USER_PIN_COUNT_LOW
shim token-flags -CKF_USER_PIN_COUNT_LOW
> CHECKPIN
< INQUIRE NEEDPIN ||Please enter {_...}
# Between two prompts the flags are read anew.
shim token-flags +CKF_USER_PIN_FINAL_TRY
> D 654321
> END
< INQUIRE NEEDPIN ||That PIN was wrong.  1 try is left{_...}
> D 123456
> END
< OK
