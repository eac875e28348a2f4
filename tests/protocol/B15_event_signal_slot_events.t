# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# The same with a module that has C_WaitForSlotEvent: its slots are not looked
# at in between.
token one
token two
key rsa2048 01 mykey
let grip = keygrip 01
shim slot-events
start
> OPTION event-signal=12
< OK
> SERIALNO --all
< S SERIALNO {_}
< OK
shim absent two
signals USR2 1
> KEYINFO --list
< OK
unshim absent two
signals USR2 2
> KEYINFO --list
< S KEYINFO {grip} T {_...}
< OK
shim absent two
signals USR2 3
fastest-signal 2000
> GETINFO version
data-text {_}
< OK
sleep 2500
calls C_GetSlotList 0
calls-total C_WaitForSlotEvent 3
