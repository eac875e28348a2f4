# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A command that is under way when the daemon is told to end is finished or
# fails, and the module is finalised.
token demo
key rsa2048 01 mykey
let digest = hash sha256 616263
start
> CHECKPIN
pin 123456
< OK
2> SETDATA {digest}
2< OK
shim delay C_Sign 300
2> PKSIGN --hash=sha256 P15.01
calls C_SignInit 1
eof
2<* {_:OK|ERR .*}
exit 0
calls-total C_Finalize 1
