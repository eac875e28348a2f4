# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Somebody sits at a PIN dialog when the configuration is read anew: that waits
# for nobody, others have the new configuration at once, and the dialog goes on
# as it began.
token demo
key rsa2048 01 mykey
let grip = keygrip 01
let digest = hash sha256 616263
start
2> SETDATA {digest}
2< OK
2> PKSIGN --hash=sha256 {grip}
2< INQUIRE NEEDPIN {_...}
config card-type pkcs11
> RELOADCONF
< OK
3> SERIALNO
3< S SERIALNO {new:D27600012401[0-9A-F]+}
3< OK
3> KEYINFO {grip}
3< S KEYINFO {grip} T {new} {_...}
3< OK
# The module is the same: it is neither initialised twice nor pulled away.
calls-total C_Initialize 1
calls-total C_Finalize 0
3> SETDATA {digest}
3< OK
3> PKSIGN --hash=sha256 {grip}
3< INQUIRE NEEDPIN {_...}
# Twice more.
> RELOADCONF
< OK
> RELOADCONF
< OK
> LEARN --force
<* OK
2> D 123456
2> END
2data-verify 01 sha256 {digest}
2< OK
3> D 123456
3> END
3data-verify 01 sha256 {digest}
3< OK
calls-total C_Initialize 1
calls-total C_Finalize 0
# What they typed was for configurations that are over.
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 {grip}
pin 123456
data-verify 01 sha256 {digest}
< OK
2> SERIALNO
2< S SERIALNO {new}
2< OK
> RELOADCONF
< OK
calls C_Finalize 1
