# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A client that answers the message for a PIN pad with data, and odd ones: it
# is as good as none.
token demo
key rsa2048 01 "My key"
config provider-p-allow-protected-auth
shim pinpad 123456
let digest = hash sha256 616263
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
< INQUIRE POPUPPINPADPROMPT {_...}
> D text%
> END
< INQUIRE DISMISSPINPADPROMPT{_...}
> D %4
> END
data-verify 01 sha256 {digest}
< OK
calls C_Login 1
