# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A client that sends several lines at once: what it is told of one does not
# wait for the next one, whatever that waits for.
token demo
key rsa2048 01 mykey cert
token other
key rsa2048 01 otherkey
config provider-p-allow-protected-auth
shim pinpad 123456
let digest = hash sha256 616263
let grip = keygrip mykey
let ogrip = keygrip otherkey
start
> SETDATA {digest}
< OK
2> SETDATA {digest}
2< OK
# The message of the PIN pad is on the screen before C_Login, which here waits
# for that of another token.
let ask = hex PKSIGN --hash=sha256 {grip}
shim gather C_Login 2
>x {ask}0a454e440a
< INQUIRE POPUPPINPADPROMPT {_:.*}Token: demo{_...}
2> PKSIGN --hash=sha256 {ogrip}
2< INQUIRE POPUPPINPADPROMPT {_:.*}Token: other{_...}
2> END
2< INQUIRE DISMISSPINPADPROMPT{_...}
2> END
2data-verify otherkey sha256 {digest}
2< OK
< INQUIRE DISMISSPINPADPROMPT{_...}
> END
data-verify mykey sha256 {digest}
< OK
unshim gather C_Login 2
# The answer of the first command comes while the second is in C_Sign, which
# here waits for another one.
let set = hex SETDATA {digest}
let sign = hex PKSIGN --hash=sha256 {grip}
shim gather C_Sign 2
3>x {set}0a{sign}0a
3< OK
2> SETDATA {digest}
2< OK
2> PKSIGN --hash=sha256 {ogrip}
2data-verify otherkey sha256 {digest}
2< OK
3data-verify mykey sha256 {digest}
3< OK
