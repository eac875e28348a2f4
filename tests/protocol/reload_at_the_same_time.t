# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Reloads, by command and by signal, while other clients list, learn, log in,
# sign and watch.  A signature may be refused when its token is logged out under
# it twice.
token demo
key p256 01 mykey
let grip = keygrip 01
let digest = hash sha256 616263
config provider-p-pin-source file:{dir}/pin
run umask 077; echo 123456 > "$DIR/pin"
start
> OPTION event-signal=12
< OK
4> SETDATA {digest}
4< OK
each i 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25
5> DEVINFO --watch
4> PKSIGN --hash=sha256 {grip}
2> RELOADCONF
3> LEARN --force
6> CHECKPIN
7> RELOADCONF
8> KEYINFO --list
signal USR1
9> SERIALNO
2< OK
3<* OK
4<* {_:OK|ERR .*}
6< {_:OK|ERR .*}
7< OK
8< S KEYINFO {grip} {_...}
8< OK
9< S SERIALNO {_}
9< OK
5> NOP
5<* S DEVINFO_END
5<* OK
5< OK
done
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 {grip}
data-verify 01 sha256 {digest}
< OK
> RELOADCONF
< OK
