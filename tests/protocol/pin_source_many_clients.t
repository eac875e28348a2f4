# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Many clients while nothing is to last: whenever nobody is inside the token is
# logged out and its sessions are closed, and never under somebody's operation.
token demo
key p256 01 plain
key p256 02 careful aa
config pin-cache 0
config session-timeout 0
config provider-p-pin-source file:{dir}/pin
run umask 077; echo 123456 > "$DIR/pin"
let digest = hash sha256 616263
start
> SETDATA {digest}
< OK
2> SETDATA {digest}
2< OK
3> SETDATA {digest}
3< OK
4> SETDATA {digest}
4< OK
5> SETDATA {digest}
5< OK
6> SETDATA {digest}
6< OK
7> SETDATA {digest}
7< OK
8> SETDATA {digest}
8< OK
each time 1 2 3 4 5
> PKSIGN --hash=sha256 P15.01
2> PKSIGN --hash=sha256 P15.01
3> PKSIGN --hash=sha256 P15.01
4> PKSIGN --hash=sha256 P15.02
5> PKSIGN --hash=sha256 P15.01
6> PKSIGN --hash=sha256 P15.01
7> PKSIGN --hash=sha256 P15.01
8> PKSIGN --hash=sha256 P15.02
data-verify 01 sha256 {digest}
< OK
2data-verify 01 sha256 {digest}
2< OK
3data-verify 01 sha256 {digest}
3< OK
4data-verify 02 sha256 {digest}
4< OK
5data-verify 01 sha256 {digest}
5< OK
6data-verify 01 sha256 {digest}
6< OK
7data-verify 01 sha256 {digest}
7< OK
8data-verify 02 sha256 {digest}
8< OK
done
run test "$(grep -c ^C_OpenSession calls)" = "$(grep -c ^C_CloseSession calls)"
