# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A token is pulled out and another one put into the same slot, and nobody has
# looked at the slots since: the module only says that the sessions are gone.
# The PIN of the first is neither asked for nor sent to the second.
token demo
key rsa2048 01 mykey
key rsa2048 02 careful aa
let grip = keygrip 01
let careful = keygrip 02
let digest = hash sha256 616263
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 {grip}
< INQUIRE NEEDPIN {_:.*}Token: demo{_...}
> D 123456
> END
data-verify 01 sha256 {digest}
< OK
shim token-text demo label other
shim suspend
# The other one has the same key: the dialog is about that one.
> PKSIGN --hash=sha256 {grip}
< INQUIRE NEEDPIN {_:.*}Token: other{_...}
calls C_Login 0
> CAN
< ERR {CANCELED} {_...}
log-has token 'demo': there is another token in its slot
# It takes its place while the PIN for one use is typed, which nothing has seen
# yet.
unshim token-text demo label other
unshim suspend
> SERIALNO
<* OK
> PKSIGN --hash=sha256 {careful}
< INQUIRE NEEDPIN {_:.*}Token: demo{_...}
> D 123456
> END
data-verify 02 sha256 {digest}
< OK
> PKSIGN --hash=sha256 {careful}
< INQUIRE NEEDPIN {_:.*}Token: demo{_...}
shim token-text demo label other
shim suspend
> D 123456
> END
< INQUIRE NEEDPIN {_:.*}Token: other{_...}
calls C_Login 0
> CAN
< ERR {CANCELED} {_...}
# While the PIN of the token is typed, and somebody else has the session that
# was opened before.
unshim token-text demo label other
unshim suspend
> SERIALNO
<* OK
> CHECKPIN
< INQUIRE NEEDPIN {_:.*}Token: demo{_...}
shim delay C_FindObjects 10000
2> LEARN --force
run n=0; until tail -n 1 calls | grep -q ^C_FindObjectsInit; do n=$((n + 1)); test $n -lt 100 || exit 1; sleep 0.1; done
shim token-text demo label other
shim suspend
> D 123456
> END
< ERR {CARD_REMOVED} {_...}
calls C_Login 0
unshim delay C_FindObjects 10000
2<* {_:(OK|ERR).*}
# While it is changed.
unshim token-text demo label other
unshim suspend
> SERIALNO
<* OK
> PASSWD
< INQUIRE NEEDPIN {_:.*}Token: demo{_...}
shim token-text demo label other
shim suspend
> D 123456
> END
< INQUIRE NEEDPIN |N|{_...}
> D 654321
> END
< ERR {_} {_...}
run ! grep -q '^C_SetPIN 0x0' calls
# It was there before anybody was asked.
unshim token-text demo label other
> SERIALNO
<* OK
shim token-text demo label other
> PASSWD
< ERR {_} {_...}
run test "$(grep -c '^C_Login 0x0$' calls)" -eq 3
