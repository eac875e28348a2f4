# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A token with a PIN pad, and a provider that may use it: the client shows a
# message while the PIN is typed there, and C_Login gets none.
token demo
key rsa2048 01 "My key"
config provider-p-allow-protected-auth
shim pinpad 123456
let digest = hash sha256 616263
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
< INQUIRE POPUPPINPADPROMPT ||{_:.*}Token: demo{_:.*}Key: My key
calls C_Login 0
> END
< INQUIRE DISMISSPINPADPROMPT{_...}
calls C_Login 1
> END
data-verify 01 sha256 {digest}
< OK
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
calls-any 2
calls-total C_Login 1
