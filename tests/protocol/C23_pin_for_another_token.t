# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A PIN that was typed for one token is never sent to another one that has the
# same key: not when the first is pulled out while it is typed, nor when it
# goes at the login.  Both tokens would take it.
token one
key rsa8192 01 same
token two
key rsa8192 01 same
let grip = keygrip same
let digest = hash sha256 616263
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 {grip}
< INQUIRE NEEDPIN {_:.*}Token: one{_...}
shim absent one
> D 123456
> END
# The dialog is about the other token now.
< INQUIRE NEEDPIN {_:.*}Token: two{_...}
> CAN
< ERR {CANCELED} {_...}
# Only the one that it was typed for had it.
calls-total C_Login 1
log-has C_Login = CKR_DEVICE_REMOVED
unshim absent one
> SERIALNO
<* OK
shim fail C_Login 1 CKR_TOKEN_NOT_PRESENT
> PKSIGN --hash=sha256 {grip}
< INQUIRE NEEDPIN {_:.*}Token: one{_...}
> D 123456
> END
# That token is there again: an error, and no other one is tried with the PIN.
< ERR {CARD_REMOVED} {_...}
calls-total C_Login 2
