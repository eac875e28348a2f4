# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A module that cannot lock is never waited in, where nobody else could call it
# meanwhile: the shim ends the daemon if two calls overlap.
token one
key rsa2048 01 mykey
let digest = hash sha256 616263
shim cannot-lock
shim slot-events
start
> OPTION event-signal=12
< OK
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
shim absent
signals USR2 1
calls-total C_WaitForSlotEvent 0
