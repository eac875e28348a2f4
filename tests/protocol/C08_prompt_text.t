# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# The prompt says which token, which key, and what for.
token "My token"
key rsa2048 01 "My key"
let digest = hash sha256 616263
let c = rsa-encrypt 01 00112233
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
< INQUIRE NEEDPIN ||Please enter the PIN to sign.%0A%0AToken: My token%0ASerial: {serial}%0AKey: My key
> CAN
< ERR {CANCELED} {_...}
> PKAUTH P15.01
< INQUIRE NEEDPIN ||Please enter the PIN to sign.%0A%0AToken: My token%0ASerial: {serial}%0AKey: My key
> CAN
< ERR {CANCELED} {_...}
> CHECKPIN P15.01
< INQUIRE NEEDPIN ||Please enter the PIN to unlock the token.%0A%0AToken: My token%0ASerial: {serial}
> CAN
< ERR {CANCELED} {_...}
setdata {c}
> PKDECRYPT P15.01
< INQUIRE NEEDPIN ||Please enter the PIN to decrypt.%0A%0AToken: My token%0ASerial: {serial}%0AKey: My key
> CAN
< ERR {CANCELED} {_...}
calls-total C_Login 0
