# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# While somebody types on the PIN pad, other clients get their answers: the
# message is on the screen, C_Login waits, and no lock is held.
token demo
key rsa2048 01 mykey cert
token other
key rsa2048 01 otherkey
config provider-p-allow-protected-auth
shim pinpad 123456
shim delay C_Login 5000
let digest = hash sha256 616263
let grip = keygrip mykey
let ogrip = keygrip otherkey
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 {grip}
< INQUIRE POPUPPINPADPROMPT {_:.*}Token: demo{_...}
> END
2> KEYINFO --list
2<~ S KEYINFO {grip} {_...}
2<~ S KEYINFO {ogrip} {_...}
2< OK
2> READKEY {grip}
2data-is-key mykey
2< OK
2> READCERT {grip}
2data-is-cert mykey
2< OK
2> LEARN --force
2<~ S KEYPAIRINFO {grip} {_...}
2<~ S CERTINFO {_...}
2<* OK
# Somebody else's login to another token is another matter.
2> SETDATA {digest}
2< OK
2> PKSIGN --hash=sha256 {ogrip}
2< INQUIRE POPUPPINPADPROMPT {_:.*}Token: other{_...}
# The first C_Login has not come back yet.
calls-total C_Login 0
2> CAN
2< ERR {CANCELED} {_...}
< INQUIRE DISMISSPINPADPROMPT{_...}
> END
data-verify mykey sha256 {digest}
< OK
calls-total C_Login 1
