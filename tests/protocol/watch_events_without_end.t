# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# C_WaitForSlotEvent of this module comes back at once, always, and with an event
# that is none: it is left alone soon, and the slots are looked at.
token one
shim fail C_WaitForSlotEvent 1 CKR_OK *
start
> OPTION event-signal=12
< OK
> SERIALNO
< S SERIALNO {_}
< OK
log-has events without end
let n = run grep -c C_WaitForSlotEvent $DIR/calls
run test {n} -ge 16 -a {n} -lt 100
shim absent
signals USR2 1
calls-total C_WaitForSlotEvent {n}
