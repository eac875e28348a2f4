# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# PASSWD --clear while another client's signature is under way in the token: the
# answer does not wait for that, it ends well, and then the token is logged out.
token demo
key rsa2048 01 mykey
let digest = hash sha256 616263
start
> CHECKPIN
pin 123456
< OK
> SETDATA {digest}
< OK
shim delay C_Sign 5000
> PKSIGN --hash=sha256 P15.01
run n=0; until grep -q ^C_SignInit calls; do n=$((n + 1)); test $n -lt 50 || exit 1; sleep 0.1; done
2> PASSWD --clear
2< OK
2> GETATTR CHV-STATUS
2< S CHV-STATUS -2
2< OK
calls-total C_Logout 0
data-verify 01 sha256 {digest}
< OK
calls-total C_Logout 1
unshim delay C_Sign 5000
2> CHECKPIN
2< INQUIRE NEEDPIN ||{_:.*}unlock the token{_...}
2> CAN
2< ERR {CANCELED} {_...}
