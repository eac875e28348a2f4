# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# PASSWD --clear while a signature is under way that began with an older
# configuration: it ends well, and then the token is logged out.
token demo
key rsa2048 01 mykey
let grip = keygrip 01
let digest = hash sha256 616263
start
> CHECKPIN
pin 123456
< OK
2> SETDATA {digest}
2< OK
shim delay C_Sign 10000
2> PKSIGN --hash=sha256 {grip}
run n=0; until grep -q ^C_SignInit calls; do n=$((n + 1)); test $n -lt 100 || exit 1; sleep 0.1; done
> RELOADCONF
< OK
# The new configuration has a session of its own.
> LEARN --force
<* OK
> CHECKPIN
< OK
> PASSWD --clear
< OK
> GETATTR CHV-STATUS
< S CHV-STATUS -2
< OK
calls-total C_Logout 0
2data-verify 01 sha256 {digest}
2< OK
calls-total C_Logout 1
unshim delay C_Sign 10000
> CHECKPIN
< INQUIRE NEEDPIN ||{_:.*}unlock the token{_...}
> CAN
< ERR {CANCELED} {_...}
