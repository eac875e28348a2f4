# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Two clients are asked for the PIN of a key that wants it at each use, and the
# first types a wrong one: what the second types into a dialog that did not tell
# of the last try is not sent; a locked token gets no PIN at all.
token demo
key rsa2048 01 careful aa
let digest = hash sha256 616263
start
> SETDATA {digest}
< OK
2> SETDATA {digest}
2< OK
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
> PKSIGN --hash=sha256 P15.01
< INQUIRE NEEDPIN ||Please enter{_...}
2> PKSIGN --hash=sha256 P15.01
2< INQUIRE NEEDPIN ||Please enter{_...}
shim token-flags +CKF_USER_PIN_FINAL_TRY
> D 654321
> END
< INQUIRE NEEDPIN ||That PIN was wrong.  1 try is left{_...}
2> D 123456
2> END
2< INQUIRE NEEDPIN ||1 try is left: one more wrong PIN locks the token!{_...}
calls C_Login 1
2> D 123456
2> END
2data-verify 01 sha256 {digest}
2< OK
> CAN
< ERR {CANCELED} {_...}
unshim token-flags +CKF_USER_PIN_FINAL_TRY
# The last try is used up meanwhile.
> PKSIGN --hash=sha256 P15.01
< INQUIRE NEEDPIN {_...}
2> PKSIGN --hash=sha256 P15.01
2< INQUIRE NEEDPIN {_...}
shim token-flags +CKF_USER_PIN_LOCKED
> D 654321
> END
< ERR {PIN_BLOCKED} {_...}
2> D 123456
2> END
2< ERR {PIN_BLOCKED} {_...}
calls C_Login 1
run test "$(grep -c '^C_Login 0xa0$' calls)" = 2
